"""Call maps as they were published, a rep's own words on top, and how they were walked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.reading import RESULTS, read_map
from ringback.domain.vocabulary import GateChoice, Occasion
from ringback.models.call import Call
from ringback.models.fields import one_of, word
from ringback.models.prospect import Prospect
from ringback.models.team import User


class CallMapVersion(models.Model):
    """One published version of a map in one language, never changed afterwards; `document` is its plain mapping."""

    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    occasion = word(Occasion)
    document = models.JSONField()
    built_in = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "language", "version"], name="call_map_version_once"),
            models.UniqueConstraint(
                fields=["name", "language"], condition=Q(retired_at=None), name="one_current_call_map"
            ),
            models.CheckConstraint(condition=one_of("occasion", Occasion), name="call_map_occasion"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, version {self.version})"

    def as_value(self) -> CallMap:
        return read_map(self.document)


class OwnWording(models.Model):
    """One rep's words at one place of a team's map (A10). `instead_of` is what they replaced, to notice a change."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="own_wordings")
    map_name = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    node = models.CharField(max_length=60)
    text = models.TextField()
    instead_of = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "map_name", "language", "node"], name="own_wording_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} at {self.map_name}/{self.node}"


class Walk(models.Model):
    """One way through a map: in a call, or (`rehearsal`) with the played prospect, which counts for nothing else.

    `path` holds visits and answers; `edges` the ways taken, as “node:number”, for counting; `result` is how it ended.
    """

    map = models.ForeignKey(CallMapVersion, on_delete=models.PROTECT, related_name="walks")
    rep = models.ForeignKey(User, on_delete=models.PROTECT, related_name="walks")
    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, null=True, blank=True, related_name="walks")
    call = models.OneToOneField(Call, on_delete=models.CASCADE, null=True, blank=True, related_name="walk")
    path = models.JSONField()
    edges = models.JSONField(default=list)
    result = models.CharField(max_length=24, blank=True)
    rehearsal = models.BooleanField(default=False)
    seed = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(rehearsal=True, prospect=None, call=None) | Q(rehearsal=False, prospect__isnull=False),
                name="rehearsals_have_no_prospect",
            ),
            models.CheckConstraint(condition=Q(result__in=["", *RESULTS]), name="walk_result"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["map", "rehearsal", "ended_at"], name="walks_of_map"),
        ]

    def __str__(self) -> str:
        return f"walk through {self.map_id}"


class GateDecision(models.Model):
    """B6: the gate before “send information” was shut, by which questions, and what the rep did all the same."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="gate_decisions")
    call = models.OneToOneField(Call, on_delete=models.CASCADE, null=True, blank=True, related_name="gate_decision")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="gate_decisions")
    at = models.DateTimeField()
    choice = word(GateChoice)
    shut_by = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("choice", GateChoice), name="gate_choice"),
            models.CheckConstraint(condition=~Q(choice="overridden", reason=""), name="gate_overridden_with_reason"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["choice", "at"], name="gate_decisions_by_choice")]

    def __str__(self) -> str:
        return f"gate {self.choice}"
