"""Things to do, each with its moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.lanes import AUTOMATIC
from ringback.domain.vocabulary import Channel, TouchKind, TouchState
from ringback.models.appointment import Appointment
from ringback.models.arrangement import Arrangement
from ringback.models.cadence import Enrollment
from ringback.models.fields import one_of, word, zone_column
from ringback.models.learned import Commitment
from ringback.models.prospect import Prospect
from ringback.models.team import User


class Touch(models.Model):
    """One planned thing to do.

    `planned_at` is the unshifted day that later waits count from, `due_at` the moment inside the window, `latest_at`
    the last moment at which it still makes sense (all UTC; `zone` is the prospect's). `lane` is its queue lane; what
    the worker does by itself stands in none (`lanes.AUTOMATIC`), until `held` says why a person has to.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="touches")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="touches")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, null=True, blank=True, related_name="touches")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="touches"
    )
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="touches")
    arrangement = models.ForeignKey(
        Arrangement, on_delete=models.PROTECT, null=True, blank=True, related_name="touches"
    )
    kind = word(TouchKind)
    channel = word(Channel)
    state = word(TouchState, TouchState.OPEN)
    lane = models.PositiveSmallIntegerField()
    value = models.PositiveBigIntegerField(default=0)
    title = models.CharField(max_length=300)
    step_id = models.CharField(max_length=60, blank=True)
    repetition = models.PositiveIntegerField(default=1)
    attempt = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    latest_at = models.DateTimeField(null=True, blank=True)
    zone = zone_column()
    held = models.CharField(max_length=300, blank=True, help_text="Why the worker could not do it by itself.")
    because_rule = models.CharField(max_length=8)
    because_text = models.CharField(max_length=500)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(state="open"), name="one_open_touch_per_enrollment"
            ),
            models.CheckConstraint(condition=one_of("kind", TouchKind), name="touch_kind"),
            models.CheckConstraint(condition=one_of("channel", Channel), name="touch_channel"),
            models.CheckConstraint(condition=one_of("state", TouchState), name="touch_state"),
            models.CheckConstraint(condition=~Q(zone="") & ~Q(because_rule=""), name="touch_says_where_and_why"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="touch_closed_at",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The zone and the id let a walk look far behind people whose night it is without leaving the index.
            models.Index(fields=["owner", "lane", "due_at", "zone", "id"], condition=Q(state="open"), name="queue"),
            models.Index(fields=["latest_at"], condition=Q(state="open", latest_at__isnull=False), name="touch_expiry"),
            models.Index(fields=["due_at", "id"], condition=Q(state="open", lane=AUTOMATIC), name="automatic_touches"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.channel} for {self.prospect_id} at {self.due_at:%Y-%m-%d %H:%M}Z"
