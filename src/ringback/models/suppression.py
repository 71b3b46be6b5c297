"""Who is never contacted again, and the proof of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.models.prospect import Prospect
from ringback.models.team import User


class Suppression(models.Model):
    """Never contact this person or this number/address again. A blank `channel` means every channel.

    `value` is a normalised contact point; a row by value holds for whoever else has that number. The rows that one
    moment wrote for one person are one block, which is lifted as a whole and stays on record.
    """

    prospect = models.ForeignKey(
        Prospect, on_delete=models.SET_NULL, null=True, blank=True, related_name="suppressions"
    )
    value = models.CharField(max_length=320, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300)
    proof = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_list = models.BooleanField(default=False, help_text="An imported list said so, not the person.")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(prospect__isnull=False) | ~Q(value=""), name="suppression_of_somebody"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["value"], condition=Q(lifted_at=None) & ~Q(value=""), name="suppressed_values"),
        ]

    def __str__(self) -> str:
        return f"{self.channel or 'every channel'}: {self.value or self.prospect_id}"
