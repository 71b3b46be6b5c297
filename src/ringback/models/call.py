"""Dials and what came of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.vocabulary import MachineResult, Mood, Outcome
from ringback.models.fields import one_of, word
from ringback.models.prospect import Prospect
from ringback.models.team import User
from ringback.models.touch import Touch


class Call(models.Model):
    """One dial: machine result, outcome and mood are separate facts; `agreed_for` is the promised moment (B1)."""

    OUT, IN = "out", "in"
    DIRECTIONS = ((OUT, "outbound"), (IN, "inbound"))

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="calls")
    rep = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calls")
    touch = models.OneToOneField(Touch, on_delete=models.SET_NULL, null=True, blank=True, related_name="call")
    direction = models.CharField(max_length=3, choices=DIRECTIONS, default=OUT)
    at = models.DateTimeField(help_text="When it was dialled.")
    ended_at = models.DateTimeField()
    phone = models.CharField(max_length=320, blank=True)
    machine = word(MachineResult)
    outcome = word(Outcome, blank=True)
    mood = word(Mood, blank=True)
    notes = models.TextField(blank=True)
    agreed_for = models.DateTimeField(null=True, blank=True)
    in_agreed_ladder = models.BooleanField(default=False, help_text="Exempt from the weekly limit.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("machine", MachineResult), name="call_machine"),
            models.CheckConstraint(condition=one_of("outcome", Outcome, or_blank=True), name="call_outcome"),
            models.CheckConstraint(condition=one_of("mood", Mood, or_blank=True), name="call_mood"),
            models.CheckConstraint(
                condition=Q(machine="answered") & ~Q(outcome="") | ~Q(machine="answered") & Q(outcome=""),
                name="call_answered_has_outcome",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["prospect", "at"], name="calls_of_prospect"),
            models.Index(fields=["rep", "at"], name="calls_of_rep"),
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.outcome}".strip()
