"""Invitations, read by a small calendar that follows RFC 5546 and does no more."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from ringback.adapters.calendar.invitation import invitation
from ringback.domain.mail.invitation import Invitation

# The half hour before the clocks go forward in Berlin, in UTC.
STARTS = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
WRITTEN = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
TALK = Invitation(
    uid="6a1f@ringback.example",
    sequence=0,
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=30),
    written_at=WRITTEN,
    summary="Rosa Díaz and Imogen Hartley: the trial",
    description="We speak about the trial.\nNext steps, if any.",
    organizer_address="rosa@ringback.example",
    organizer_name="Rosa Díaz",
    attendee_address="imogen@hartley.example",
    attendee_name="Imogen Hartley",
    location="By telephone: +44 20 7946 0000",
)


@dataclass
class SmallCalendar:
    """What stands in an attendee's calendar after some mails, in whatever order they came."""

    events: dict[str, Event] = field(default_factory=dict)

    def take(self, text: str) -> None:
        [calendar] = [Calendar.from_ical(text)]
        [event] = calendar.walk("VEVENT")
        known = self.events.get(str(event["UID"]))
        if known is not None and _rank(event) <= _rank(known):
            return
        if calendar["METHOD"] == "CANCEL":
            assert event["STATUS"] == "CANCELLED"
        self.events[str(event["UID"])] = event


def _rank(event: Event) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


def lines(it: Invitation) -> list[str]:
    return invitation(it).replace("\r\n ", "").split("\r\n")


def test_invitation_line_by_line() -> None:
    assert sorted(lines(TALK)) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Ringback//Ringback//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            "UID:6a1f@ringback.example",
            "SEQUENCE:0",
            "DTSTAMP:20260302T093015Z",
            "DTSTART:20260329T003000Z",
            "DTEND:20260329T010000Z",
            "SUMMARY:Rosa Díaz and Imogen Hartley: the trial",
            "DESCRIPTION:We speak about the trial.\\nNext steps\\, if any.",
            "LOCATION:By telephone: +44 20 7946 0000",
            'ORGANIZER;CN="Rosa Díaz":mailto:rosa@ringback.example',
            'ATTENDEE;CN="Imogen Hartley";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE'
            ":mailto:imogen@hartley.example",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_no_line_is_longer_than_75_octets() -> None:
    long = replace(TALK, description="Ünïcödé " * 60, summary="x" * 400)
    assert max(len(line) for line in invitation(long).encode().split(b"\r\n")) <= 75


def test_calling_off_keeps_the_uid_and_asks_for_no_answer() -> None:
    text = lines(replace(TALK, sequence=4, called_off=True))
    assert {"METHOD:CANCEL", "UID:6a1f@ringback.example", "SEQUENCE:4", "STATUS:CANCELLED"} <= set(text)
    assert [line for line in text if "RSVP=FALSE" in line] != []


@pytest.mark.parametrize("seed", range(5))
def test_fifty_moves_and_an_end_leave_one_event_in_whatever_order_they_come(seed: int) -> None:
    moves = [
        replace(
            TALK, sequence=number, starts_at=STARTS + timedelta(days=number), ends_at=STARTS + timedelta(days=number)
        )
        for number in range(51)
    ]
    mails = [invitation(each) for each in moves]
    called_off = invitation(replace(moves[-1], sequence=51, called_off=True))

    calendar = SmallCalendar()
    for text in random.Random(seed).sample(mails, len(mails)):
        calendar.take(text)
    [event] = calendar.events.values()
    assert (event["SEQUENCE"], event["DTSTART"].dt, event["STATUS"]) == (50, moves[-1].starts_at, "CONFIRMED")

    calendar.take(called_off)
    for text in mails:  # repeated by some server that was away
        calendar.take(text)
    [event] = calendar.events.values()
    assert (event["SEQUENCE"], event["STATUS"]) == (51, "CANCELLED")


def test_moment_given_in_another_zone_is_the_same_moment() -> None:
    there = STARTS.astimezone(tz=None)
    assert invitation(replace(TALK, starts_at=there)) == invitation(TALK)


def test_naughty_strings_stay_inside_their_property(shared_data: Path) -> None:
    strings = json.loads((shared_data / "security" / "blns.json").read_text(encoding="utf-8"))
    for text in [*strings, "a\r\nATTENDEE:mailto:all@evil.example", "\0\udc80", 'a";X=y:mailto:z@evil.example']:
        written = invitation(
            replace(TALK, summary=text, description=text, location=text, organizer_name=text, attendee_name=text)
        )
        [event] = Calendar.from_ical(written).walk("VEVENT")
        assert str(event["ATTENDEE"]) == "mailto:imogen@hartley.example"
        assert str(event["ORGANIZER"]) == "mailto:rosa@ringback.example"
        assert set(event) <= {
            *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION"),
            *("ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"),
        }
        assert " ".join(str(event.get("SUMMARY", "")).split()) == " ".join(_printable(text).split())


def _printable(text: str) -> str:
    unfit = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029", "\ufeff", "\udc80"}
    return "".join(" " if char in unfit else char for char in text)
