"""People and turns of events that lists of the real world are full of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from ringback.actions.appointing import cancel_appointment, make_appointment
from ringback.actions.enrolling import pause, stop
from ringback.actions.prospecting import PointFields, ProspectFields, assign, close_prospect, note
from ringback.actions.reacting import opt_out, record_absence, record_bounce, record_reply
from ringback.adapters.contacts.phones import zones_for_number
from ringback.demo.cast import companies, e164, places
from ringback.demo.hours import last_open
from ringback.demo.lives import Teller, owner_of
from ringback.domain.local_time import local
from ringback.domain.vocabulary import Channel, Qualification, Temperature
from ringback.models import ContactPoint, Enrollment, Prospect, User

A_DAY = timedelta(days=1)
TOLL_FREE = "+1 800-555-0142"
MOBILE = "+44 7700 900942"

NAMES: tuple[dict[str, Any], ...] = (
    {
        "first_name": "Maria-Magdalena Theodora Wilhelmine",
        "last_name": "von und zu Hohenstein-Wittelsbach-Oberammergau",
    },
    {"first_name": "يوسف", "last_name": "عبد الرحمن السالم", "language": "ar"},
    {"first_name": "יעל", "last_name": "בן־דוד", "language": "he"},
    {"first_name": "Zoë", "last_name": "Larkin 🌻"},
    {"first_name": "健二", "last_name": "森本", "language": "ja"},
    {"first_name": "Björk", "last_name": "O’Brien-D’Ângelo"},
)


def scenes(teller: Teller, team: dict[str, User]) -> Iterator[Callable[[], Any]]:
    for number, name in enumerate(NAMES):
        yield partial(unusual_name, teller, team["rosa"], number, name)
    yield partial(nobodys, teller, team["ada"])
    for scene in (without_a_zone, only_a_number, only_an_address):
        yield partial(scene, teller, team["rosa"])
    for number, turn in enumerate(TURNS):
        rep = team[("rosa", "ben", "mei")[number % 3]]
        yield partial(with_turn, teller, rep, number, turn)


def unusual_name(teller: Teller, rep: User, number: int, name: dict[str, Any]) -> None:
    place, company = companies()[(number * 7) % len(companies())]
    fields = teller.casting.somebody(place, company, value=2_600 * (number + 1), temperature=Temperature.WARM, **name)
    prospect = teller.arrive(fields, rep, teller.now - (number + 2) * A_DAY)
    at = last_open(teller.now - number * A_DAY, teller.calendar(prospect))
    teller.enter(prospect, max(at, prospect.created_at), "general")
    teller.live(prospect, teller.now - 2 * A_DAY)


def without_a_zone(teller: Teller, rep: User) -> None:
    """A toll-free number could be anywhere: called only when every possible zone is open."""
    number = PointFields(ContactPoint.PHONE, e164(TOLL_FREE), TOLL_FREE, "office")
    fields = ProspectFields(
        first_name="Terry",
        last_name="Vantage",
        company_name="Northbound Freight Exchange",
        possible_zones=zones_for_number(number.value),
        country="US",
        temperature=Temperature.WARM,
        qualification=Qualification.QUALIFIED,
        value=9_000,
        contact_points=(number,),
    )
    prospect = teller.arrive(fields, rep, teller.now - 3 * A_DAY)
    teller.enter(prospect, prospect.created_at + timedelta(minutes=5))
    teller.live(prospect, teller.now - A_DAY)


def only_a_number(teller: Teller, rep: User) -> None:
    """Someone who left nothing but a number is a person too."""
    points = (PointFields(ContactPoint.PHONE, e164(MOBILE), MOBILE, "mobile"),)
    fields = ProspectFields(contact_points=points, zone="Europe/London", source="Missed call", country="GB")
    teller.arrive(fields, rep, teller.now - timedelta(hours=30))


def only_an_address(teller: Teller, rep: User) -> None:
    """No number at all: the calls of a cadence cannot reach them, so they are not in one."""
    mail = "hello@orchardlane.example.org"
    fields = ProspectFields(
        first_name="Wren",
        last_name="Abernathy",
        company_name="Orchard Lane Cider",
        zone="Europe/London",
        region="GB-ENG",
        country="GB",
        qualification=Qualification.QUALIFIED,
        value=1_800,
        contact_points=(PointFields(ContactPoint.EMAIL, mail, mail),),
    )
    teller.arrive(fields, rep, teller.now - 4 * A_DAY)


def nobodys(teller: Teller, admin: User) -> None:
    """Nobody owns them yet: every rep sees them and may take them."""
    for company in (0, 1):
        fields = teller.casting.somebody(
            places()["London"], companies()[company][1], qualification=Qualification.UNKNOWN
        )
        prospect = teller.arrive(fields, admin, teller.now - 2 * A_DAY)
        assign(by=admin, prospect=prospect, owner=None, now=teller.now - A_DAY)


def with_turn(teller: Teller, rep: User, number: int, turn: Callable[[Teller, Prospect], None]) -> None:
    """Somebody in a cadence, to whom something happened."""
    place, company = companies()[(number * 5 + 3) % len(companies())]
    fields = teller.casting.somebody(place, company, temperature=Temperature.WARM, value=4_200)
    prospect = teller.arrive(fields, rep, teller.now - 6 * A_DAY)
    teller.enter(prospect, prospect.created_at + timedelta(minutes=9), "general")
    prospect.refresh_from_db()
    turn(teller, prospect)


def _paused(teller: Teller, prospect: Prospect) -> None:
    running = Enrollment.objects.get(prospect=prospect, state="running")
    reason = "They are moving the warehouse; asked for peace until it is done."
    until = teller.now + 12 * A_DAY
    pause(
        by=owner_of(prospect),
        enrollment=running,
        reason=reason,
        until=until,
        key=teller.key(),
        now=teller.now - 2 * A_DAY,
    )


def _stopped(teller: Teller, prospect: Prospect) -> None:
    running = Enrollment.objects.get(prospect=prospect, state="running")
    stop(
        by=owner_of(prospect), enrollment=running, reason="Taken over by the trade fair team.", key=teller.key(),
        now=teller.now - 3 * A_DAY,
    )  # fmt: skip


def _wrote_back(teller: Teller, prospect: Prospect) -> None:
    at = teller.now - timedelta(minutes=47)
    record_reply(by=owner_of(prospect), prospect=prospect, channel=Channel.EMAIL, key=teller.key(), now=at)


def _away(teller: Teller, prospect: Prospect) -> None:
    until = local(teller.now, prospect.zone).date() + timedelta(days=6)
    record_absence(by=owner_of(prospect), prospect=prospect, until=until, key=teller.key(), now=teller.now - A_DAY)


def _bounced(teller: Teller, prospect: Prospect) -> None:
    point = prospect.contact_points.filter(kind=ContactPoint.EMAIL).first()
    assert point is not None
    at = teller.now - 2 * A_DAY
    record_bounce(by=owner_of(prospect), prospect=prospect, address=point.value, key=teller.key(), now=at)


def _never_again(teller: Teller, prospect: Prospect) -> None:
    proof = "Asked on the telephone not to be contacted again; repeated it in a mail."
    opt_out(by=owner_of(prospect), prospect=prospect, proof=proof, key=teller.key(), now=teller.now - 2 * A_DAY)


def _closed(teller: Teller, prospect: Prospect) -> None:
    at = teller.now - A_DAY
    note(
        by=owner_of(prospect), prospect=prospect, text="The firm was sold; the new owners count by themselves.", now=at
    )
    close_prospect(
        by=owner_of(prospect), prospect=prospect, reason="Sold to a group that does it alone", key=teller.key(), now=at
    )


def _booked(teller: Teller, prospect: Prospect) -> None:
    at = teller.now - A_DAY
    starts_at = teller.answers.diary.agree(prospect.owner_id or 0, teller.now + 2 * A_DAY, teller.calendar(prospect))
    make_appointment(
        by=owner_of(prospect), prospect=prospect, starts_at=starts_at, reason="They booked: questions on the pilot",
        key=teller.key(), now=at, booked=True,
    )  # fmt: skip


def _called_off(teller: Teller, prospect: Prospect) -> None:
    _booked(teller, prospect)
    agreed = prospect.appointments.get(state="agreed")
    at = teller.now - timedelta(hours=20)
    cancel_appointment(
        by=owner_of(prospect), appointment=agreed, reason="They are ill; asked for peace until they call.",
        key=teller.key(), now=at,
    )  # fmt: skip


TURNS: tuple[Callable[[Teller, Prospect], None], ...] = (
    _paused, _stopped, _wrote_back, _away, _bounced, _never_again, _closed, _booked, _called_off,
    _wrote_back,
)  # fmt: skip
