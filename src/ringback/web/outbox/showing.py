"""The outbox as finished strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.vocabulary import MailKind, Situation
from ringback.models import Message, Touch, User
from ringback.queries.outgoing import Outbox
from ringback.queries.outgoing_walk import MOST_OTHERS, Section
from ringback.web import when
from ringback.web.outbox import reasons
from ringback.web.presenting import number
from ringback.web.words import CAME_BACK, SITUATIONS

Tag = tuple[str, str]
BAD = frozenset({MailKind.BOUNCE, MailKind.COMPLAINT, MailKind.LEFT_COMPANY, MailKind.REMOVE_ME})
GOOD = frozenset({MailKind.REPLY, MailKind.CALENDAR_ANSWER})


@dataclass(frozen=True, slots=True)
class ShownMail:
    """`sender` is told only where mails of several mailboxes stand together; `note` is the server's words or ours."""

    id: int
    url: str
    subject: str
    what: str
    to_name: str
    to_address: str
    prospect_url: str
    sender: str
    moment: str
    exact: str
    note: str = ""
    tags: tuple[Tag, ...] = ()
    planned: str = ""
    fence: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """A mail that goes by itself, before it is written."""

    title: str
    name: str
    prospect_url: str
    moment: str
    exact: str
    rule: str
    why: str


def sections(found: Outbox, *, reader: User, now: datetime) -> dict[str, Any]:
    """Each section's lines, and the address of the page that goes on where the list of sent mails ends."""
    several = found.senders > 1
    mails, sent = found.mails, found.mails[Section.SENT]
    return {
        "doubts": [line(mail, mail.due_at, reader, now, several, note=mail.answer) for mail in mails[Section.DOUBT]],
        "failed": [_failed(mail, found, reader, now, several) for mail in mails[Section.FAILED]],
        "waits": [_waits(mail, found, reader, now, several) for mail in mails[Section.WAITS]],
        "coming": [_coming(touch, reader, now) for touch in found.coming],
        "sent": [_sent(mail, found, reader, now, several) for mail in sent],
        "counts": {section.value: count(mails.get(section, ()), MOST_OTHERS) for section in Section},
        "more_coming": found.more_coming,
        "next_url": f"{reverse('outbox')}?before={sent[-1].pk}" if found.more_sent else "",
        "no_mailbox": not found.senders,
    }


def count(rows: Iterable[Any], most: int) -> str:
    amount = sum(1 for _row in rows)
    return f"{number(amount)}+" if amount >= most else number(amount)


def line(
    mail: Message,
    at: datetime,
    reader: User,
    now: datetime,
    several: bool,
    **told: Any,
) -> ShownMail:
    return ShownMail(
        id=mail.pk,
        url=reverse("outbox-mail", args=[mail.pk]),
        subject=mail.subject or _("without a subject"),
        what=str(SITUATIONS[mail.situation]),
        to_name=mail.to_name or mail.prospect.shown_name,
        to_address=mail.to_address,
        prospect_url=reverse("prospect", args=[mail.prospect_id]),
        sender=mail.mailbox.address if several else "",
        moment=when.moment(at, reader.zone, now),
        exact=when.full(at, reader.zone),
        fence=mail.fence,
        **told,
    )


def _failed(mail: Message, found: Outbox, reader: User, now: datetime, several: bool) -> ShownMail:
    planned = planned_words(found.planned_next.get(mail.prospect_id), reader, now)
    return line(mail, mail.settled_at or mail.due_at, reader, now, several, note=mail.answer, planned=planned)


def planned_words(touch: Touch | None, reader: User, now: datetime) -> str:
    """What stands in the plan now that this mail did not go."""
    if touch is None:
        return _("Nothing is planned for them now.")
    facts = {"title": touch.title, "moment": when.moment(touch.due_at, reader.zone, now)}
    return _("Planned now: %(title)s, %(moment)s.") % facts


def _waits(mail: Message, found: Outbox, reader: User, now: datetime, several: bool) -> ShownMail:
    why = reasons.in_words(found.reasons[mail.pk], mail, reader=reader, now=now)
    tries = ngettext("Tried once", "Tried %(count)s times", mail.attempts) % {"count": number(mail.attempts)}
    return line(
        mail, mail.due_at, reader, now, several, note=why, tags=((tries, "tag-warning"),) if mail.attempts else ()
    )


def _coming(touch: Touch, reader: User, now: datetime) -> Coming:
    return Coming(
        title=touch.title,
        name=touch.prospect.shown_name,
        prospect_url=reverse("prospect", args=[touch.prospect_id]),
        moment=when.moment(touch.due_at, reader.zone, now),
        exact=when.full(touch.due_at, reader.zone),
        rule=touch.because_rule,
        why=touch.because_text,
    )


def _sent(mail: Message, found: Outbox, reader: User, now: datetime, several: bool) -> ShownMail:
    tags = tags_of(mail, found.answers.get(mail.pk, frozenset()))
    return line(mail, mail.settled_at or mail.due_at, reader, now, several, tags=tags)


def tags_of(mail: Message, came_back: frozenset[MailKind]) -> tuple[Tag, ...]:
    """What came of a mail that was sent: confirmed, answered, bounced, and that its copy was refused."""
    confirmed = _confirmation(mail) if mail.situation == Situation.SUMMARY else ()
    no_copy = ((_("No copy kept"), "tag-warning"),) if mail.copy_refused and mail.copied_at is None else ()
    return (*confirmed, *((str(CAME_BACK[kind]), _tone(kind)) for kind in MailKind if kind in came_back), *no_copy)


def _confirmation(mail: Message) -> tuple[Tag, ...]:
    if mail.confirmed_at is not None:
        return ((_("Confirmed"), "tag-primary"),)
    return ((_("Not confirmed yet"), ""),)


def _tone(kind: MailKind) -> str:
    return "tag-error" if kind in BAD else "tag-primary" if kind in GOOD else ""
