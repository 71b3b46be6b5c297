"""The timeline: append-only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from ringback.models.arrangement import Arrangement
from ringback.models.prospect import Prospect
from ringback.models.team import User


class Activity(models.Model):
    """Who did what, when, and which rule said so. Rows are written once; correcting one is another row.

    `prospect` is empty for what concerns the house: settings, team, a whole import.
    """

    prospect = models.ForeignKey(
        Prospect, on_delete=models.CASCADE, null=True, blank=True, related_name="activities", db_index=False
    )
    at = models.DateTimeField()
    # Nobody asks for all that a person ever did, and people who have done something are never deleted.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=40)
    text = models.CharField(max_length=1000)
    rule = models.CharField(max_length=8, blank=True)
    arrangement = models.ForeignKey(
        Arrangement, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["prospect", "-at", "-id"], name="timeline")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The timeline is append-only.")
        super().save(*args, **kwargs)
