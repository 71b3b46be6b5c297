"""Exact moments to speak."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.vocabulary import AppointmentState, CalendarAnswer
from ringback.models.fields import one_of, word, zone_column
from ringback.models.prospect import Prospect
from ringback.models.team import User


def calendar_uid() -> str:
    return f"{uuid.uuid4()}@ringback"


class Appointment(models.Model):
    """An agreed moment (UTC, with the prospect's zone); `uid` and `sequence` are its calendar entry's (RFC 5545)."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="appointments")
    rep = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    zone = zone_column()
    reason = models.CharField(max_length=500)
    agenda = models.TextField(blank=True)
    state = word(AppointmentState, AppointmentState.AGREED)
    uid = models.CharField(max_length=80, unique=True, default=calendar_uid)
    sequence = models.PositiveIntegerField(default=0)
    agreed_at = models.DateTimeField()
    answer = word(
        CalendarAnswer,
        blank=True,
        help_text="What their calendar answered to the appointment as it stands; blank while nothing came.",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=320, blank=True, help_text="The address that answered.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["prospect"], condition=Q(state="agreed"), name="one_agreed_appointment_per_prospect"
            ),
            models.CheckConstraint(condition=one_of("state", AppointmentState), name="appointment_state"),
            models.CheckConstraint(condition=~Q(zone=""), name="appointment_zone"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["rep", "starts_at"], condition=Q(state="agreed"), name="appointments_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.prospect_id} at {self.starts_at:%Y-%m-%d %H:%M}Z"
