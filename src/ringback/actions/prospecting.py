"""Prospects themselves: added, changed, qualified, given away, closed, reopened, merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from ringback.actions.carrying_out import Carrying, once
from ringback.actions.checking import check_columns, check_zone, writable
from ringback.actions.deciding import by_rule, happen, locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.journal import Journal
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import withdraw_written
from ringback.actions.noting import noted
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import Because, shortened
from ringback.domain.events import Closed
from ringback.domain.folding import folded
from ringback.domain.vocabulary import ProspectState, Qualification, Temperature, TouchState
from ringback.models import Activity, Arrangement, Company, ContactPoint, Prospect, Touch, User
from ringback.queries.access import may_manage, may_see
from ringback.queries.standing import Stand


@dataclass(frozen=True, slots=True)
class PointFields:
    """A contact point, already normalised: E.164, lower-case address."""

    kind: str
    value: str
    shown: str = ""
    label: str = ""
    extension: str = ""


@dataclass(frozen=True, slots=True)
class ProspectFields:
    """What a person may say about a prospect. None leaves a field as it is."""

    first_name: str | None = None
    last_name: str | None = None
    shown_name: str | None = None
    job_title: str | None = None
    company_name: str | None = None
    zone: str | None = None
    possible_zones: tuple[str, ...] | None = None
    region: str | None = None
    language: str | None = None
    street: str | None = None
    city: str | None = None
    postal_code: str | None = None
    state_name: str | None = None
    country: str | None = None
    temperature: Temperature | None = None
    qualification: Qualification | None = None
    value: int | None = None
    proposal_sent_on: date | None = None
    source: str | None = None
    notes: str | None = None
    tags: tuple[str, ...] | None = None
    contact_points: tuple[PointFields, ...] | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the prospect's own row that are to be written."""
        given = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "contact_points"}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in given.items()
            if value is not None
        }


def add_prospect(*, by: User, fields: ProspectFields, now: datetime, owner: User | None = None) -> Prospect:
    """A new prospect, owned by whoever adds it unless said otherwise. Refused without a name or a way to reach them."""
    points = fields.contact_points or ()
    if not points:
        raise Refused("Give at least one way to reach them: a telephone number or an e-mail address.", "contact_points")
    with once():
        prospect = Prospect(owner=owner or by, created_at=now, **fields.columns())
        _check(prospect, fields.columns())
        _place_in_company(prospect)
        name_in_lists(prospect, points)
        prospect.save(force_insert=True)
        _add_points(prospect, points)
        Activity.objects.create(prospect=prospect, at=now, by=by, verb="added", text="Added by hand.")
        return prospect


def change_prospect(*, by: User, prospect: Prospect, fields: ProspectFields, now: datetime) -> Prospect:
    """Write only the columns that differ; open touches follow a changed value. New contact points are added."""
    with once():
        row = locked_prospect(prospect.pk)
        _must_see(by, row)
        columns = {name: value for name, value in fields.columns().items() if getattr(row, name) != value}
        for name, value in columns.items():
            setattr(row, name, value)
        _check(row, columns)
        _place_in_company(row)
        name_in_lists(row, fields.contact_points or ())
        row.save(update_fields=[*columns, "shown_name", "search_text", "company", "company_name"])
        if "value" in columns:
            place_touches(row)
        names = [*columns, *(["contact_points"] if _add_points(row, fields.contact_points or ()) else [])]
        if names:
            changed = ", ".join(sorted(name.replace("_", " ") for name in names))
            Activity.objects.create(prospect=row, at=now, by=by, verb="changed", text=f"Changed: {changed}.")
        return row


def _check(prospect: Prospect, names: Iterable[str]) -> None:
    check_columns(prospect, names)
    for zone in filter(None, [prospect.zone, *prospect.possible_zones]):
        check_zone(zone)


def remove_contact_point(*, by: User, point: ContactPoint, now: datetime) -> None:
    """Take a number or an address away for good."""
    with once():
        row = locked_prospect(point.prospect_id)
        _must_see(by, row)
        ContactPoint.objects.filter(pk=point.pk).delete()
        Activity.objects.create(prospect=row, at=now, by=by, verb="changed", text=f"Removed {point}.")


def mark_contact_point(*, by: User, point: ContactPoint, works: bool, now: datetime) -> None:
    """Say whether a number or an address works; one that does not is passed over."""
    with once():
        row = locked_prospect(point.prospect_id)
        _must_see(by, row)
        ContactPoint.objects.filter(pk=point.pk).update(failed_at=None if works else now)
        words = "works" if works else "does not work"
        Activity.objects.create(prospect=row, at=now, by=by, verb="changed", text=f"{point} {words}.")


def qualify(*, by: User, prospect: Prospect, qualification: Qualification, now: datetime) -> Arrangement | None:
    """Answer the question whether they are a probable buyer (A15); None if that is the answer already."""
    with once():
        row = locked_prospect(prospect.pk)
        _must_see(by, row)
        if row.qualification == qualification:
            return None
        journal = Journal()
        journal.change(row, qualification=qualification.value)
        text = f"Marked as {qualification.value}."
        return noted(by=by, prospect=row, event="qualified", text=text, journal=journal, now=now, rule="A15")


def assign(*, by: User, prospect: Prospect, owner: User | None, now: datetime) -> Arrangement | None:
    """Give a prospect, with everything open, to somebody else, or to nobody; None if it is theirs already.

    Their appointments move to the new owner's calendar.
    """
    with once():
        row = locked_prospect(prospect.pk)
        _must_see(by, row)
        if row.owner_id == (owner.pk if owner else None):
            return None
        # Whoever sees it may take what is nobody's; giving people away is for whoever answers for the team.
        if not may_manage(by) and (owner is None or owner.pk != by.pk):
            raise Refused("Only a manager or an admin gives prospects to somebody else.", "owner")
        if owner is not None and not owner.is_active:
            raise Refused("They do not work here any more; choose somebody else.", "owner")
        whom, whose = owner.shown_name if owner else "nobody", row.owner.shown_name if row.owner else "nobody"
        journal = _given(row, owner)
        withdraw_written(row, why=f"Given to {whom}: it would have gone in somebody else's name.", now=now)
        place_touches(row)
        text = f"Given to {whom}; before, it was {whose}'s."
        return noted(by=by, prospect=row, event="assigned", text=text, journal=journal, now=now)


def _given(row: Prospect, owner: User | None) -> Journal:
    journal, owner_id = Journal(), owner.pk if owner else None
    journal.change(row, owner_id=owner_id)
    journal.change_all(Touch.objects.filter(prospect=row, state=TouchState.OPEN), owner_id=owner_id)
    if owner is not None:
        journal.change_all(row.appointments.filter(state="agreed"), rep_id=owner_id)
    return journal


def note(*, by: User, prospect: Prospect, text: str, now: datetime) -> Activity:
    """A line of one's own on the timeline; at most 1,000 characters."""
    if not text.strip():
        raise Refused("There is nothing to note.", "text")
    writable(text, "text", at_most=1000, name="note")
    _must_see(by, prospect)
    return Activity.objects.create(prospect=prospect, at=now, by=by, verb="note", text=text.strip())


def say_what_about(*, by: User, prospect: Prospect, text: str, now: datetime) -> None:
    """What the next talk is about, for its opening (B2); what an appointment is about stands with the appointment.

    Writes the prospect and a line of the timeline. Nothing takes it away; at most 300 characters.
    """
    about = writable(" ".join(text.split()), "talk_about", at_most=300, name="what it is about") or None
    with once():
        row = locked_prospect(prospect.pk)
        _must_see(by, row)
        if row.talk_about == about:
            return
        Prospect.objects.filter(pk=row.pk).update(talk_about=about)
        words = f"The next talk is about: {about}." if about else "What the next talk is about was taken away."
        Activity.objects.create(prospect=row, at=now, by=by, verb="changed", text=words, rule="B2")


def close_prospect(*, by: User, prospect: Prospect, reason: str, key: str, now: datetime) -> Arrangement:
    """An explicit end: everything planned is cancelled (A1)."""
    if not reason.strip():
        raise Refused("Say why it ends, so that it stays ended for a reason.", "reason")
    writable(reason, "reason", at_most=300)

    def decide(stand: Stand) -> Decision:
        if stand.facts.state is not ProspectState.OPEN:
            raise Refused("It is closed already.")
        return by_rule(Closed(now, reason.strip()))(stand)

    return happen(by=by, prospect_id=prospect.pk, decide=decide, verb="closed", text="", key=key, now=now)


def reopen_prospect(*, by: User, prospect: Prospect, key: str, now: datetime) -> Arrangement:
    """They asked for it: the lead is open again. A suppression stays until it is lifted."""

    def decide(stand: Stand) -> Decision:
        if stand.facts.state is ProspectState.OPEN:
            raise Refused("It is open already.")
        return Decision(Because("C6", "Reopened. Agree on the next step, or choose a cadence."))

    def reopen(carrying: Carrying) -> None:
        carrying.journal.change(carrying.stand.prospect, state=ProspectState.OPEN.value, close_reason="")

    return happen(
        by=by, prospect_id=prospect.pk, decide=decide, verb="reopened", text="", key=key, now=now, also=reopen
    )


def shown_name(prospect: Prospect, points: tuple[PointFields, ...]) -> str:
    """What lists call them: the name, else the company, else the number: phone-only rows are people too."""
    own = f"{prospect.first_name} {prospect.last_name}".strip()
    first_point = points[0].shown or points[0].value if points else ""
    return shortened(own or prospect.shown_name or prospect.company_name or first_point, 300)


def name_in_lists(prospect: Prospect, points: tuple[PointFields, ...] = ()) -> None:
    """What lists show and search finds, made of what is known."""
    prospect.shown_name = shown_name(prospect, points) or prospect.shown_name
    prospect.search_text = folded(f"{prospect.shown_name} {prospect.company_name}")[:520]


def _place_in_company(prospect: Prospect) -> None:
    name = prospect.company_name.strip()
    prospect.company_name = name
    if not name:
        prospect.company = None
        return
    match_name = name.casefold()[:200]
    if prospect.company is None or prospect.company.match_name != match_name:
        # Two rows of one name may exist, brought in at the same moment: the older one is meant.
        known = Company.objects.filter(match_name=match_name).order_by("pk").first()
        prospect.company = known or Company.objects.create(match_name=match_name, name=name)


def _add_points(prospect: Prospect, points: tuple[PointFields, ...]) -> int:
    """Those that are not there yet; how many that were."""
    known = set(ContactPoint.objects.filter(prospect=prospect).values_list("kind", "value"))
    named = {(point.kind, point.value): point for point in reversed(points)}
    fresh = [
        point for point in points if (point.kind, point.value) not in known and named[point.kind, point.value] is point
    ]
    rows = [
        ContactPoint(
            prospect=prospect,
            kind=point.kind,
            value=point.value,
            shown=point.shown,
            label=point.label,
            extension=point.extension,
            position=len(known) + place,
        )
        for place, point in enumerate(fresh)
    ]
    for row in rows:
        check_columns(row, ("kind", "value", "shown", "label", "extension"))
    ContactPoint.objects.bulk_create(rows)
    return len(rows)


def _must_see(by: User, prospect: Prospect) -> None:
    if not may_see(by, prospect):
        raise Refused("This prospect belongs to somebody else.")
