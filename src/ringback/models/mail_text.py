"""The words of mails, and the articles that go with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.models.team import User
from ringback.models.touch import Touch


class MailText(models.Model):
    """One published version of a text, never changed afterwards. `owner` is set on a rep's own copy (A10).

    `key` is a situation (domain/vocabulary), or `cadence/step` for a cadence's mail. Subject and body are Liquid over
    flat values; the body is Markdown.
    """

    key = models.CharField(max_length=160)
    language = models.CharField(max_length=10)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="mail_texts")
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=400)
    body = models.TextField()
    built_in = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key", "language", "version"], condition=Q(owner=None), name="house_text_version_once"
            ),
            models.UniqueConstraint(
                fields=["key", "language", "owner", "version"],
                condition=Q(owner__isnull=False),
                name="own_text_version_once",
            ),
            models.UniqueConstraint(
                fields=["key", "language"], condition=Q(retired_at=None, owner=None), name="one_current_house_text"
            ),
            models.UniqueConstraint(
                fields=["key", "language", "owner"],
                condition=Q(retired_at=None, owner__isnull=False),
                name="one_current_own_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}, version {self.version})"


class Article(models.Model):
    """Something worth reading that goes with a reminder (A8): a file, a link, or a text; topics say for whom.

    The file lies in the data folder under `stored_as`; `owner` is empty for what the whole house may send.
    """

    title = models.CharField(max_length=200)
    promise = models.CharField(max_length=200, blank=True, help_text="What the reader gets, for the subject (A7).")
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True, help_text="Blank: fits any.")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    link = models.CharField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    stored_as = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(link="", text="", stored_as=""), name="article_holds_something"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleChoice(models.Model):
    """A person chose the article that goes with a planned mail; none of them, if `article` is empty."""

    touch = models.OneToOneField(Touch, on_delete=models.CASCADE, related_name="article_choice")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"article {self.article_id} for touch {self.touch_id}"
