"""What was learned and promised in conversations (D2): records, not prose."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.vocabulary import CommitmentState, Learnable, ObjectionState, Party
from ringback.models.fields import one_of, word
from ringback.models.prospect import Prospect
from ringback.models.team import User


class Need(models.Model):
    """A problem to fix or an improvement to gain, in the prospect's own words (B2)."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="needs")
    text = models.CharField(max_length=500)
    learned_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class Interest(models.Model):
    """A topic, business or personal, that an article can speak to (A8)."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="interests")
    text = models.CharField(max_length=200)
    learned_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


CIRCUMSTANCES = (Learnable.DECISION_MAKER, Learnable.COMPETITOR, Learnable.BUDGET, Learnable.TIMING)


class Circumstance(models.Model):
    """Who else decides, whom they also ask, what it may cost, by when it matters: in their words."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="circumstances")
    kind = word(Learnable)
    text = models.CharField(max_length=500)
    learned_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in CIRCUMSTANCES]), name="circumstance_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Objection(models.Model):
    """What keeps them from going on, in their words (B5). `card` is the objection card that was open, if one was."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="objections")
    text = models.CharField(max_length=500)
    card = models.CharField(max_length=60, blank=True)
    state = word(ObjectionState, ObjectionState.OPEN)
    raised_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("state", ObjectionState), name="objection_state"),
        ]

    def __str__(self) -> str:
        return self.text


class ObjectionChange(models.Model):
    """What an objection turned out to be, when, who said so, and in which words (B5)."""

    objection = models.ForeignKey(Objection, on_delete=models.CASCADE, related_name="changes")
    before = word(ObjectionState)
    after = word(ObjectionState)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("before", ObjectionState), name="objection_change_before"),
            models.CheckConstraint(condition=one_of("after", ObjectionState), name="objection_change_after"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Commitment(models.Model):
    """Something owed by us or by them by a day (A3); the day is the prospect's local date."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="commitments")
    party = word(Party, Party.US)
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    state = word(CommitmentState, CommitmentState.OPEN)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("party", Party), name="commitment_party"),
            models.CheckConstraint(condition=one_of("state", CommitmentState), name="commitment_state"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_on"], condition=Q(state="open"), name="open_commitments"),
        ]

    def __str__(self) -> str:
        return self.text
