"""Whether somebody who was named as a decider is a prospect already (B5)."""

from __future__ import annotations

from collections.abc import Sequence

from ringback.domain.folding import folded
from ringback.domain.named_people import NamedPerson, same_person
from ringback.models import Prospect, User
from ringback.queries.access import visible_prospects

MOST_PEOPLE = 500


def people_there(user: User, prospect: Prospect) -> list[Prospect]:
    """The others at the prospect's company whom this user may see; without a company, those who have none either.

    Whom somebody else looks after stays unseen, as everywhere.
    """
    others = visible_prospects(user).filter(merged_into=None, company=prospect.company_id).exclude(pk=prospect.pk)
    if prospect.company_id is None:
        others = others.filter(source=source_of(prospect))
    return list(others.only("pk", "shown_name", "first_name", "last_name").order_by("pk")[:MOST_PEOPLE])


def source_of(prospect: Prospect) -> str:
    """Where a person comes from whom this prospect named."""
    return f"Named by {prospect.shown_name}"[:160]


def known_among(people: Sequence[Prospect], named: NamedPerson) -> Prospect | None:
    """The one of exactly this name, else the only one whom it may mean."""
    exact = [each for each in people if folded(each.shown_name) == folded(named.name)]
    alike = exact or [each for each in people if same_person(named.name, each.shown_name)]
    return alike[0] if len(alike) == 1 or exact else None
