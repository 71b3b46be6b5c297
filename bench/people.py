"""Made-up people for benches: prospects that are alike and enrolled, or a rep's million with a believable mix."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from filling import fill, in_haste, instant, multiply

from ringback.actions.enrolling import enroll
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect
from ringback.actions.publishing_maps import install_maps
from ringback.domain.ranking import lane_for
from ringback.domain.vocabulary import Channel, Qualification, Role, Temperature, TouchKind
from ringback.library.scripts import map_documents
from ringback.models import (
    Activity,
    Appointment,
    Call,
    CallMapVersion,
    Circumstance,
    Commitment,
    ContactPoint,
    Enrollment,
    Interest,
    Need,
    Objection,
    Prospect,
    Touch,
    User,
    Walk,
)

FIRST = ("Ada", "Bo", "Cleo", "Dag", "Enno", "Fee", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Liv", "Mats", "Nele", "Ole")
SYLLABLES = ("ba", "den", "fur", "gra", "hol", "kim", "lor", "mur", "nes", "pel", "rik", "stan", "tor", "vel", "win")
TRADES = ("Pumps", "Logistics", "Bakery", "Optics", "Timber", "Foods", "Bearings", "Software", "Print", "Glass")
ZONES = ("Europe/Berlin", "America/New_York", "Europe/London", "America/Chicago", "Europe/Paris")


def a_rep(username: str = "rep") -> User:
    """Somebody with a goal and a team of one."""
    return User.objects.get_or_create(
        username=username, defaults={"role": Role.REP, "first_name": "Ren", "zone": "Europe/Berlin"}
    )[0]


def enrolled(count: int, now: datetime) -> tuple[User, list[int]]:
    """So many prospects at the same rung, their call due: one made by actions, the rest copied from it."""
    rep = a_rep()
    first = _first_enrolled(rep, now)
    start = (Prospect.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
    ids = list(range(start, start + count))
    fill(Prospect, ({"id": each} for each in ids), like=first)
    for model in (ContactPoint, Enrollment):
        fill(model, _copies(model, ids), like=model.objects.filter(prospect=first).first())
    of = dict(Enrollment.objects.filter(prospect__gte=start).values_list("prospect", "pk"))
    rows = ({**row, "enrollment_id": of[row["prospect_id"]]} for row in _copies(Touch, ids))
    fill(Touch, rows, like=Touch.objects.get(prospect=first, state="open"))
    return rep, ids


def _first_enrolled(rep: User, now: datetime) -> Prospect:
    earlier = now - timedelta(days=3)
    points = (
        PointFields("phone", "+493012345678", "030 12345678"),
        PointFields("email", "ada.badenfur@example.org"),
    )
    fields = ProspectFields(
        first_name="Ada",
        last_name="Badenfur",
        company_name="Holkim Pumps",
        zone="Europe/Berlin",
        region="DE-BE",
        temperature=Temperature.WARM,
        qualification=Qualification.QUALIFIED,
        value=24_000,
        contact_points=points,
    )
    prospect = add_prospect(by=rep, fields=fields, now=earlier)
    enroll(by=rep, prospect=prospect, cadence="general", key=f"bench-{prospect.pk}", now=earlier)
    return prospect


def _copies(model: type[Any], ids: list[int]) -> Iterator[dict[str, Any]]:
    top = model.objects.aggregate(top=Max("pk"))["top"]
    return ({"id": top + number, "prospect_id": each} for number, each in enumerate(ids, start=1))


def known_for_long(rep: User, events: int, now: datetime) -> int:
    """Somebody in a cadence with so many lines of history, half of them calls; the prospect's number."""
    install_maps(documents=map_documents(), now=now)
    prospect = _first_enrolled(rep, now)
    for number in range(6):
        mail = (PointFields("email", f"bo{number}@example.org"),)
        colleague = ProspectFields(first_name=f"Bo{number}", company_name=prospect.company_name, contact_points=mail)
        add_prospect(by=rep, fields=colleague, now=now)
    _history(prospect, rep, events, now)
    _record(prospect, now)
    agreed = {"prospect": prospect, "rep": rep, "zone": "Europe/Berlin", "agreed_at": now}
    Appointment.objects.create(**agreed, starts_at=now + timedelta(days=3), reason="Compare the quotes")
    warm = CallMapVersion.objects.get(name="first-call-warm", language="en")
    Walk.objects.create(map=warm, rep=rep, prospect=prospect, path={}, edges=[], started_at=now, ended_at=now)
    Prospect.objects.filter(pk=prospect.pk).update(conversations=events // 20)
    return prospect.pk


def _history(prospect: Prospect, rep: User, events: int, now: datetime) -> None:
    """So many lines of the timeline; every second is a call, every tenth of these a talk."""
    past = [now - timedelta(days=1, hours=6 * number) for number in range(events)]
    talked = {"machine": "answered", "outcome": "thinking", "mood": "good", "notes": "Wants fewer cracks.\nAsks Enzo."}
    Call.objects.bulk_create(
        Call(prospect=prospect, rep=rep, at=at, ended_at=at, **({"machine": "no_answer"} if number % 10 else talked))
        for number, at in enumerate(past[::2])
    )
    lines = (Activity(prospect=prospect, at=at, by=rep, verb="call.ended", text="Nobody answered.") for at in past)
    Activity.objects.bulk_create(lines)
    done = {"kind": "cadence", "channel": "call", "state": "done", "lane": 5, "zone": "Europe/Berlin", "title": "Call"}
    Touch.objects.bulk_create(
        Touch(prospect=prospect, owner=rep, planned_at=at, due_at=at, closed_at=at, because_rule="C4", **done)
        for at in past[::2]
    )


def _record(prospect: Prospect, now: datetime) -> None:
    for number in range(5):
        text = f"In their words, the {number}th"
        Need.objects.create(prospect=prospect, text=text, learned_at=now)
        Interest.objects.create(prospect=prospect, text=text, learned_at=now)
        Objection.objects.create(prospect=prospect, text=text, raised_at=now)
        Circumstance.objects.create(prospect=prospect, kind="budget", text=text, learned_at=now)
        for party in ("us", "them"):
            Commitment.objects.create(prospect=prospect, party=party, text=text, due_on=now.date(), made_at=now)


# kind, channel, value, share in percent: what a rep's open touches are made of.
MIX = (
    ("cadence", "call", 0, 9),
    ("cadence", "call", 400, 14),
    ("cadence", "call", 4_000, 14),
    ("cadence", "call", 40_000, 12),
    ("cadence", "call", 400_000, 4),
    ("retry", "call", 9_000, 14),
    ("new_lead", "call", 9_000, 5),
    ("call_back", "call", 9_000, 5),
    ("appointment", "call", 9_000, 1),
    ("commitment", "task", 9_000, 5),
    ("cadence", "email", 9_000, 12),
    ("thank_you", "card", 9_000, 5),
)
SPREAD = timedelta(days=20)


def a_full_desk(rep: User, count: int, now: datetime) -> None:
    """So many prospects, each with a number and an open touch; half are due, three in ten were called before.

    What there is already is kept: a small desk first, then a multiple of it.
    """
    base = Prospect.objects.count() or min(count, 10_000)
    with in_haste():
        if not Prospect.objects.exists():
            _a_small_desk(rep, range(1, base + 1), now)
        if count > base:
            number = {"prospect_id": "{id}"}
            multiply(Prospect, base, count // base, {})
            value = "'+' || CAST(493000000000 + {id} AS varchar(20))"
            multiply(ContactPoint, base, count // base, {**number, "value": value, "shown": value})
            multiply(Touch, base, count // base, number)
            multiply(Call, base, count // base, number)


def _a_small_desk(rep: User, ids: range, now: datetime) -> None:
    chance = random.Random(7)
    people = [{"id": each, **_person(chance, rep), "created_at": instant(now)} for each in ids]
    fill(Prospect, people)
    numbers = ({"id": each, "prospect_id": each, "value": f"+49{30_0000_0000 + each}"} for each in ids)
    fill(ContactPoint, numbers, like=ContactPoint(kind="phone"))
    kinds = [each for each in MIX for _ in range(each[3])]
    blank = Touch(owner=rep, title="Call on day 7", because_rule="C4", because_text="Day 7.")
    touches = (
        {**_touch(each["id"], chance.choice(kinds), instant(_moment(chance, now))), "zone": each["zone"]}
        for each in people
    )
    fill(Touch, touches, like=blank)
    past = Call(rep=rep, machine="no_answer", ended_at=now - timedelta(days=40))
    called = (each for each in ids if each % 10 < 3)
    fill(
        Call, ({"id": each, "prospect_id": each, "at": instant(now - timedelta(days=40))} for each in called), like=past
    )


def _moment(chance: random.Random, now: datetime) -> datetime:
    return now + SPREAD * (chance.random() - 0.5)


def _person(chance: random.Random, rep: User) -> dict[str, Any]:
    first, last = chance.choice(FIRST), "".join(chance.choices(SYLLABLES, k=3)).title()
    company = f"{''.join(chance.choices(SYLLABLES, k=2)).title()} {chance.choice(TRADES)}"
    name = f"{first} {last}"
    return {
        "first_name": first,
        "last_name": last,
        "shown_name": name,
        "company_name": company,
        "search_text": f"{name} {company}".casefold(),
        "owner_id": rep.pk,
        "zone": chance.choice(ZONES),
        "qualification": "qualified",
    }


def _touch(number: int, what: tuple[str, str, int, int], at: Any) -> dict[str, Any]:
    kind, channel, value, _ = what
    lane = lane_for(TouchKind(kind), Channel(channel), value).value
    planned = {"planned_at": at, "due_at": at, "kind": kind, "channel": channel, "lane": lane, "value": value}
    return {"id": number, "prospect_id": number, **planned}
