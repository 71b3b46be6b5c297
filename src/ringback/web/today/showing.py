"""Today as finished strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.vocabulary import CalendarAnswer, Channel, TouchKind
from ringback.models import User
from ringback.queries.mail_state import MailState
from ringback.queries.today import NextAppointment, Progress, QueueEntry, Today
from ringback.web import presenting, when
from ringback.web.tags import CHANNEL_ICONS
from ringback.web.words import CALENDAR_ANSWERS, CHANNELS
from ringback.web.worker_seen import worker_seen

SOON = timedelta(minutes=2)
# A line has room for some thirty letters: no more than forty are sent, and the tooltip tells what the line cuts off.
FITS, MOST_SENT, MOST_TOLD = 32, 40, 90
TONES = {TouchKind.APPOINTMENT: "now", TouchKind.CALL_BACK: "now", TouchKind.NEW_LEAD: "warm"}


@dataclass(frozen=True, slots=True)
class ShownEntry:
    touch_id: int
    is_call: bool
    url: str
    icon: str
    tone: str
    channel_name: str
    name: str
    name_title: str
    company: str
    company_title: str
    why: str
    rule: str
    attempt: str
    value: str
    local_time: str
    zone: str


@dataclass(frozen=True, slots=True)
class ShownAppointment:
    url: str
    name: str
    company: str
    reason: str
    moment: str
    there: str
    iso: str
    alert: str
    state: str
    answer: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class ShownProgress:
    calls_done: str
    goal: int
    value: int
    conversations: str
    appointments_made: str
    sentence: str


def entries(rows: Iterable[QueueEntry], currency: str) -> list[ShownEntry]:
    return [_entry(row, currency) for row in rows]


def _entry(row: QueueEntry, currency: str) -> ShownEntry:
    is_call = row.channel == Channel.CALL
    call_url = f"{reverse('call', args=[row.prospect_id])}?touch={row.touch_id}"
    return ShownEntry(
        touch_id=row.touch_id,
        is_call=is_call,
        url=call_url if is_call else reverse("prospect", args=[row.prospect_id]),
        icon=CHANNEL_ICONS[row.channel],
        tone=TONES.get(TouchKind(row.kind), "plain"),
        channel_name=str(CHANNELS[row.channel]),
        name=_cut(row.name, MOST_SENT),
        name_title=_beyond(row.name),
        company=_cut(row.company, MOST_SENT),
        company_title=_beyond(row.company),
        why=row.why,
        rule=row.rule,
        attempt=presenting.attempt(row.attempt) if is_call else "",
        value=presenting.money(row.value, currency),
        local_time=row.local_time,
        zone=row.zone,
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _beyond(text: str) -> str:
    """A tooltip for what a line does not show in full."""
    return _cut(text, MOST_TOLD) if len(text) > FITS else ""


def held(found: Today) -> dict[str, Any] | None:
    """The calls that wait, under the reason why the first of them does."""
    if not found.held:
        return None
    number = presenting.number
    rest = found.held_count - len(found.held)
    return {
        "because": found.held_because,
        "count": ngettext("%(count)s waits", "%(count)s wait", found.held_count) % {"count": number(found.held_count)},
        "each_its_own": len({row.why for row in found.held}) > 1,
        "entries": entries(found.held, found.currency),
        "rest": _("and %(count)s more") % {"count": number(rest)} if rest else "",
    }


def appointment(row: NextAppointment | None, reader: User, now: datetime) -> ShownAppointment | None:
    if row is None:
        return None
    moment = when.moment(row.starts_at, reader.zone, now)
    there, here = when.clock(row.starts_at, row.zone), when.clock(row.starts_at, reader.zone)
    left = row.starts_at - now
    return ShownAppointment(
        url=f"{reverse('call', args=[row.prospect_id])}" + (f"?touch={row.touch_id}" if row.touch_id else ""),
        name=row.name,
        company=row.company,
        reason=row.reason,
        moment=moment,
        there=_("%(time)s there") % {"time": there} if there != here else "",
        iso=row.starts_at.isoformat(),
        alert=_("Call %(name)s") % {"name": row.name},
        state="past" if left < timedelta(0) else "soon" if left <= SOON else "ahead",
        answer=str(CALENDAR_ANSWERS.get(row.answer, "")),
        accepted=row.answer == CalendarAnswer.ACCEPTED,
    )


def progress(done: Progress) -> ShownProgress:
    goal = max(1, done.goal)
    facts = {"done": presenting.number(done.calls_done), "goal": presenting.number(goal)}
    return ShownProgress(
        calls_done=facts["done"],
        goal=goal,
        value=min(done.calls_done, goal),
        conversations=presenting.number(done.conversations),
        appointments_made=presenting.number(done.appointments_made),
        sentence=_("%(done)s of %(goal)s calls today") % facts,
    )


def mail_news(mail: MailState, reader: User, now: datetime) -> dict[str, str]:
    """What is wrong with the rep's mail; nothing while all is well, or while no mailbox is connected."""
    news = {}
    if said := " ".join(filter(None, (in_doubt(mail.in_doubt), failed(mail.failed)))):
        news["not_gone"] = said
    if mail.trouble:
        news["waits"] = _("Mail waits: %(address)s is in trouble.") % {"address": mail.trouble}
    elif mail.has_mailbox and (silent := worker_seen(zone=reader.zone, now=now).trouble):
        news["waits"] = _("Mail waits: %(trouble)s.") % {"trouble": silent}
    return news


def in_doubt(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(count)s mail may not have gone.", "%(count)s mails may not have gone.", count)
    return said % {"count": presenting.number(count)}


def failed(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(count)s mail could not be sent.", "%(count)s mails could not be sent.", count)
    return said % {"count": presenting.number(count)}


def due(done: Progress, listed: int) -> str:
    """The heading of the queue: how much is due."""
    if done.due_is_more:
        return _("More than %(count)s due") % {"count": presenting.number(done.due_count)}
    count = max(done.due_count, listed)
    if not count:
        return _("Queue")
    return ngettext("%(count)s due", "%(count)s due", count) % {"count": presenting.number(count)}
