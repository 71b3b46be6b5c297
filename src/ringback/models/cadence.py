"""Cadences as they were published, and who is in one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.cadence import Cadence, read_cadence
from ringback.domain.ladder import Position
from ringback.domain.vocabulary import EnrollmentState, FinishReason
from ringback.domain.working_time import Moment
from ringback.models.fields import one_of, word
from ringback.models.prospect import Prospect
from ringback.models.team import User


class CadenceVersion(models.Model):
    """One published version of a cadence, never changed afterwards; `document` is the plain mapping of its file."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    document = models.JSONField()
    built_in = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "version"], name="cadence_version_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(retired_at=None), name="one_current_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"

    def as_value(self) -> Cadence:
        return read_cadence(self.document)


class Enrollment(models.Model):
    """One prospect in one version of one cadence, standing on one rung.

    `rung_attempt` counts the tries on this rung, `attempts` all dials in this enrollment.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="enrollments")
    cadence = models.ForeignKey(CadenceVersion, on_delete=models.PROTECT, related_name="enrollments")
    state = word(EnrollmentState, EnrollmentState.RUNNING)
    step_id = models.CharField(max_length=60)
    repetition = models.PositiveIntegerField(default=1)
    rung_attempt = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField(help_text="The rung's unshifted day.")
    due_at = models.DateTimeField(help_text="The rung's moment inside the window.")
    anchor_at = models.DateTimeField(null=True, blank=True, help_text="Planned moment that monthly rungs count from.")
    attempts = models.PositiveIntegerField(default=0)
    messages_left = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    finish_reason = word(FinishReason, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["prospect"], condition=~Q(state="finished"), name="one_open_enrollment_per_prospect"
            ),
            models.CheckConstraint(condition=one_of("state", EnrollmentState), name="enrollment_state"),
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False) & ~Q(finish_reason="")
                | ~Q(state="finished") & Q(finished_at=None, finish_reason=""),
                name="enrollment_finished_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prospect_id} in {self.cadence_id} at {self.step_id}"

    def as_value(self) -> Position:
        return Position(
            step_id=self.step_id,
            moment=Moment(self.planned_at, self.due_at),
            repetition=self.repetition,
            attempt=self.rung_attempt,
            anchor=self.anchor_at,
        )


class Pause(models.Model):
    """Who held an enrollment, when and why; `ended_at` is when it went on."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="pauses")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrollment"], condition=Q(ended_at=None), name="one_running_pause"),
        ]

    def __str__(self) -> str:
        return f"pause of {self.enrollment_id}"
