"""The settings of the whole house: one row."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models

from ringback.domain.policy import Policy


def weekdays() -> list[int]:
    return [0, 1, 2, 3, 4]


class Workspace(models.Model):
    """The firm, its working hours and its limits; `id` is always 1."""

    firm_name = models.CharField(max_length=160, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    region = models.CharField(max_length=16, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    window_open = models.TimeField(default=time(9))
    window_close = models.TimeField(default=time(18))
    workdays = models.JSONField(default=weekdays)
    calls_per_week = models.PositiveSmallIntegerField(default=3)
    calls_per_day_part = models.PositiveSmallIntegerField(default=1)
    talk_minutes = models.PositiveSmallIntegerField(default=10)
    card_transit_days = models.PositiveSmallIntegerField(default=3)
    reminder_at = models.TimeField(default=time(10))
    language = models.CharField(
        max_length=10, default="en", help_text="Of mails to people whose language is not known."
    )
    postal_address = models.CharField(max_length=300, blank=True, help_text="Stands below mails where law wants it.")
    private_hosts = models.BooleanField(default=False, help_text="Whether mailboxes may lie on private addresses.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_workspace"),
            models.CheckConstraint(
                condition=models.Q(window_open__lt=models.F("window_close")), name="window_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.firm_name or "Ringback"

    def as_value(self) -> Policy:
        return Policy(
            calls_per_week=self.calls_per_week,
            calls_per_day_part=self.calls_per_day_part,
            talk_minutes=self.talk_minutes,
            card_transit_days=self.card_transit_days,
            reminder_at=self.reminder_at,
        )
