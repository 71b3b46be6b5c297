"""What one event planted, as one thing that can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ringback.models.prospect import Prospect
from ringback.models.team import User


class Arrangement(models.Model):
    """The set of changes that one event made. `journal` says what each row held before; undo plays it backwards.

    `key` is the caller's idempotency key: the same key of the same person never arranges twice.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="arrangements")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="arrangements")
    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    because_rule = models.CharField(max_length=8)
    because_text = models.CharField(max_length=500)
    summary = models.JSONField(default=dict)
    journal = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="arrangement_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.prospect_id}"
