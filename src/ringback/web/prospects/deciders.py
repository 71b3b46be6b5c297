"""How they decide: who else, whom they also ask, budget, timing; a named decider leads to a prospect or becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ringback.domain.named_people import person_named
from ringback.domain.vocabulary import Learnable
from ringback.models import Circumstance, Prospect
from ringback.queries.deciders import known_among, people_there
from ringback.web.requests import MemberRequest
from ringback.web.words import LEARNABLES


@dataclass(frozen=True, slots=True)
class Circumstanced:
    """`known` is who it is if they are a prospect; `can_come` the name under which they could become one."""

    id: int
    kind: str
    text: str
    known: str
    known_url: str
    can_come: str


def circumstances(request: MemberRequest, prospect: Prospect) -> list[Circumstanced]:
    """Who else decides, whom they also ask, budget, timing; a decider is led to, or can be made a prospect (B5)."""
    rows = list(prospect.circumstances.order_by("-learned_at", "-id"))
    people = people_there(request.user, prospect) if any(row.kind == Learnable.DECISION_MAKER for row in rows) else []
    return [shown_circumstance(row, people) for row in rows]


def shown_circumstance(row: Circumstance, people: Sequence[Prospect]) -> Circumstanced:
    named = person_named(row.text) if row.kind == Learnable.DECISION_MAKER else None
    known = known_among(people, named) if named and named.name else None
    url = reverse("prospect", args=[known.pk]) if known else ""
    can_come = named.name if named and not known else ""
    return Circumstanced(row.pk, str(LEARNABLES[row.kind]), row.text, known.shown_name if known else "", url, can_come)
