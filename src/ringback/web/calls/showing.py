"""Who is called and the words for it, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.vocabulary import TouchKind
from ringback.models import ContactPoint
from ringback.queries.brief import Brief
from ringback.web.presenting import speaking
from ringback.web.tags import CHANNEL_ICONS

# They named the moment themselves.
AGREED = (TouchKind.APPOINTMENT, TouchKind.CALL_BACK)


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
    """“+39 0546 123456 ext. 12”: grouped as its country does, so that it can be checked at a glance."""
    try:
        number = phonenumbers.parse(point.value)
    except phonenumbers.NumberParseException:
        return point.shown or point.value
    number.extension = point.extension or None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _tel(point: ContactPoint) -> str:
    """RFC 3966: only the digits and the plus, with the extension behind."""
    digits = "".join(sign for sign in point.value if sign.isdigit() or sign == "+")
    return f"{digits};ext={point.extension}" if point.extension else digits


def said(brief: Brief) -> dict[str, Any]:
    """The middle column: opening, agenda, and this step's own words."""
    opening, say = brief.opening, brief.say
    missing = {each.what: " ".join((each.why, each.ask)) for each in opening.missing}
    subject = _subject(brief, gap=missing.pop("reason", ""))
    gaps = [*missing.values()]
    if opening.too_long:
        gaps.append(_("This opening is long: leave out what they know already."))
    return {
        "opening": {
            "sentences": [sentence.text for sentence in opening.sentences],
            "more": _further(len(opening.sentences) - 1),
            "seconds": speaking(opening.seconds),
            "language": opening.language,
            "missing": gaps,
            "subject": subject,
        },
        "points": opening.agenda,
        "script": {
            "title": _("For this step"),
            "say": say.answered.text,
            "voicemail": say.voicemail.text,
            "seconds": speaking(say.voicemail_seconds),
        },
    }


def _further(sentences: int) -> str:
    """How much of the opening stands behind its first sentence where there is little room."""
    if sentences < 1:
        return ""
    return ngettext("and %(n)d more sentence", "and %(n)d more sentences", sentences) % {"n": sentences}


def _subject(brief: Brief, *, gap: str) -> dict[str, Any] | None:
    """The field for what this talk is about, where no appointment and no promise says it (B2)."""
    if brief.reason_is_agreed and not gap:
        return None
    return {
        "gap": gap,
        "text": brief.prospect.talk_about or "",
        "address": reverse("talk_about", args=[brief.prospect.pk]),
    }


def why_now(brief: Brief) -> dict[str, str]:
    touch = brief.touch
    if touch is None:
        return {"text": _("Not planned: a call of your own choosing."), "rule": "", "icon": "phone"}
    return {"text": touch.because_text, "rule": touch.because_rule, "icon": CHANNEL_ICONS[touch.channel]}
