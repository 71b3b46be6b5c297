"""The brief and the words of a call as finished strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import phonenumbers
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ringback.domain.local_time import local
from ringback.domain.vocabulary import MachineResult, TouchKind
from ringback.models import Call, Commitment, ContactPoint, User
from ringback.queries.brief import Brief
from ringback.web import when
from ringback.web.presenting import MACHINE_ICONS, ended_as, money, speaking
from ringback.web.tags import CHANNEL_ICONS
from ringback.web.words import TEMPERATURES

MOST_PLANNED = 5
# They named the moment themselves.
AGREED = (TouchKind.APPOINTMENT, TouchKind.CALL_BACK)


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    icon: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class PastCall:
    icon: str
    result: str
    when: str
    who: str
    notes: str


@dataclass(frozen=True, slots=True)
class Phone:
    tel: str
    shown: str
    label: str


def who(brief: Brief) -> dict[str, str]:
    prospect, zone = brief.prospect, brief.stand.calendar.zone
    return {
        "name": prospect.shown_name,
        "company": prospect.company_name,
        "role": ", ".join(filter(None, [prospect.job_title, prospect.company_name])),
        "url": reverse("prospect", args=[prospect.pk]),
        "zone": zone,
        "local_time": f"{brief.local_now:%H:%M}",
        "place": _("in %(city)s") % {"city": prospect.city} if prospect.city else place_of(zone),
        "doubt": brief.stand.doubt,
    }


def at_a_bad_hour(brief: Brief, now: datetime) -> str:
    """A warning if their call hours are over; empty if not, or if they asked for this very call."""
    touch, calendar = brief.touch, brief.stand.calendar
    if calendar.is_open(now) or (touch is not None and touch.kind in AGREED and touch.due_at <= now):
        return ""
    facts = {"time": f"{brief.local_now:%H:%M}", "day": date_format(brief.local_now, "l")}
    return _("It is %(day)s %(time)s there: outside their call hours.") % facts


def place_of(zone: str) -> str:
    """“Buenos Aires” for America/Argentina/Buenos_Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def phones(brief: Brief) -> list[Phone]:
    return [Phone(_tel(point), _readable(point), point.label) for point in brief.phones]


def _readable(point: ContactPoint) -> str:
    """“+39 0546 123456”: grouped as its country does, so that it can be checked at a glance."""
    try:
        number = phonenumbers.parse(point.value)
    except phonenumbers.NumberParseException:
        return point.shown or point.value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _tel(point: ContactPoint) -> str:
    """RFC 3966: only the digits and the plus, with the extension behind."""
    digits = "".join(sign for sign in point.value if sign.isdigit() or sign == "+")
    return f"{digits};ext={point.extension}" if point.extension else digits


def facts(brief: Brief) -> list[tuple[str, str]]:
    prospect = brief.prospect
    found = (
        (_("E-mail"), brief.emails[0].shown or brief.emails[0].value if brief.emails else ""),
        (_("Worth"), money(prospect.value, brief.stand.workspace.currency)),
        (_("Lead"), str(TEMPERATURES[prospect.temperature])),
        (_("Came from"), prospect.source),
        (_("Time zone"), brief.stand.doubt),
        (_("Note"), prospect.notes[:300]),
    )
    return [(label, text) for label, text in found if text]


def groups(brief: Brief, now: datetime) -> list[Group]:
    today = brief.local_now.date()
    zone = brief.stand.calendar.zone
    planned = [touch for touch in brief.planned if brief.touch is None or touch.pk != brief.touch.pk][:MOST_PLANNED]
    found = (
        Group(_("Needs"), "target", [Item(need.text) for need in brief.needs]),
        Group(_("Open objections"), "message-square-quote", [Item(each.text) for each in brief.objections]),
        Group(_("We owe"), "hand", [_owed(each, today) for each in brief.ours]),
        Group(_("They owe"), "handshake", [_owed(each, today) for each in brief.theirs]),
        Group(_("They care about"), "heart", [Item(interest.text) for interest in brief.interests]),
        Group(
            _("Others there"),
            "users",
            [Item(each.shown_name, each.job_title) for each in brief.colleagues],
        ),
        Group(_("Also planned"), "calendar", [Item(t.title, when.moment(t.due_at, zone, now)) for t in planned]),
    )
    return [group for group in found if group.items]


def _owed(commitment: Commitment, today: date) -> Item:
    return Item(commitment.text, when.day(commitment.due_on, today), late=commitment.due_on < today)


def history(calls: Iterable[Call], reader: User, now: datetime) -> list[PastCall]:
    return [
        PastCall(
            icon="phone-incoming" if call.direction == Call.IN else MACHINE_ICONS[MachineResult(call.machine)],
            result=ended_as(call.machine, call.outcome),
            when=when.moment(call.at, reader.zone, now),
            who="" if call.rep_id == reader.pk else call.rep.shown_name,
            notes=call.notes if len(call.notes) <= 400 else f"{call.notes[:400]}…",
        )
        for call in calls
    ]


def appointment(brief: Brief, reader: User, now: datetime) -> dict[str, str] | None:
    agreed = brief.stand.appointment
    if agreed is None:
        return None
    there = local(agreed.starts_at, agreed.zone).utcoffset() != local(agreed.starts_at, reader.zone).utcoffset()
    moment = when.moment(agreed.starts_at, reader.zone, now)
    reading = _("%(time)s there") % {"time": when.clock(agreed.starts_at, agreed.zone)} if there else ""
    return {"moment": " · ".join(filter(None, [moment, reading])), "reason": agreed.reason}


def said(brief: Brief) -> dict[str, Any]:
    """The middle column: opening, agenda, and this step's own words."""
    opening, say = brief.opening, brief.say
    gaps = [" ".join((missing.why, missing.ask)) for missing in opening.missing]
    if opening.too_long:
        gaps.append(_("This opening is long: leave out what they know already."))
    return {
        "opening": {
            "sentences": [sentence.text for sentence in opening.sentences],
            "seconds": speaking(opening.seconds),
            "missing": gaps,
        },
        "points": opening.agenda,
        "script": {
            "title": _("For this step"),
            "say": say.answered.text,
            "voicemail": say.voicemail.text,
            "seconds": speaking(say.voicemail_seconds),
        },
    }


def why_now(brief: Brief) -> dict[str, str]:
    touch = brief.touch
    if touch is None:
        return {"text": _("Not planned: a call of your own choosing."), "rule": "", "icon": "phone"}
    return {"text": touch.because_text, "rule": touch.because_rule, "icon": CHANNEL_ICONS[touch.channel]}


def brief_column(brief: Brief, reader: User, now: datetime) -> dict[str, Any]:
    return {
        "appointment": appointment(brief, reader, now),
        "facts": facts(brief),
        "groups": groups(brief, now),
        "history": history(brief.calls, reader, now),
    }
