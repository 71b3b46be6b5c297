"""Somebody else decides: whoever was named in a conversation becomes a prospect of their own (B5)."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.prospecting import name_in_lists
from ringback.domain.because import shortened
from ringback.domain.named_people import NamedPerson, person_named
from ringback.domain.vocabulary import Learnable
from ringback.models import Activity, Circumstance, Prospect, User
from ringback.queries.access import may_see
from ringback.queries.deciders import known_among, people_there, source_of

SHARED = (
    "company_id", "company_name", "owner_id", "zone", "possible_zones", "region", "language", "street", "city",
    "postal_code", "state_name", "country",
)  # fmt: skip


def bring_in_decider(*, by: User, circumstance: Circumstance, now: datetime) -> Prospect:
    """Make the named decider a prospect of the same company and owner, or give back who is known by that name there.

    Writes the prospect and a line on both timelines. Nothing is planned, and how to reach them is still to be asked;
    worth and temperature are the first prospect's alone, or they would count twice. Refused where no name was given.
    """
    if circumstance.kind != Learnable.DECISION_MAKER:
        raise Refused("Only somebody who decides becomes a prospect.")
    named = person_named(circumstance.text)
    if not named.name:
        raise Refused("There is no name in it. Ask for it, or add the person by hand.")
    with once():
        # Two clicks at once come one after the other, and the second finds the person.
        named_by = locked_prospect(circumstance.prospect_id)
        if not may_see(by, named_by):
            raise Refused("This prospect belongs to somebody else.")
        return known_among(people_there(by, named_by), named) or _brought_in(by, named_by, named, circumstance, now)


def _brought_in(
    by: User, named_by: Prospect, named: NamedPerson, circumstance: Circumstance, now: datetime
) -> Prospect:
    told = f"{named_by.shown_name} said who else decides: “{circumstance.text}”"
    person = Prospect(
        first_name=named.first[:120],
        last_name=named.last[:160],
        job_title=shortened(named.role, 200),
        source=source_of(named_by),
        notes=told,
        created_at=now,
        **{name: getattr(named_by, name) for name in SHARED},
    )
    name_in_lists(person)
    person.save(force_insert=True)
    Activity.objects.create(prospect=person, at=now, by=by, verb="added", text=shortened(told, 1000), rule="B5")
    text = f"{person.shown_name}, who decides too, became a prospect."
    Activity.objects.create(prospect=named_by, at=now, by=by, verb="added", text=text, rule="B5")
    return person
