"""How a mailbox is, in finished words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.mail.providers import PROVIDERS
from ringback.models import Mailbox
from ringback.queries.mailboxes import MailboxState
from ringback.web import when
from ringback.web.presenting import number


@dataclass(frozen=True, slots=True)
class ShownMailbox:
    """`look` is the tag's colour; `why` says more about the state; `facts` are (label, value)."""

    pk: int
    address: str
    owner: str
    state: str
    look: str
    why: str
    is_new: bool
    paused: bool
    sends: bool
    facts: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return str(self.pk)


def shown(state: MailboxState, zone: str, now: datetime) -> ShownMailbox:
    box = state.mailbox
    word, look, why = _state(state, zone, now)
    return ShownMailbox(
        pk=box.pk,
        address=box.address,
        owner=box.owner.shown_name,
        state=word,
        look=look,
        why=why,
        is_new=not state.used,
        paused=box.paused_at is not None,
        sends=state.sends,
        facts=_facts(state, zone, now),
    )


def _state(state: MailboxState, zone: str, now: datetime) -> tuple[str, str, str]:
    box = state.mailbox
    if box.paused_at is not None:
        since = _("Since %(moment)s.") % {"moment": when.moment(box.paused_at, zone, now)}
        return _("Paused"), "", f"{box.paused_because} {since}"
    if box.trouble:
        return _("In trouble"), "tag-error", f"{box.trouble} {_again(box, zone, now)}".strip()
    if box.reading_trouble:
        return _("Not read"), "tag-warning", box.reading_trouble
    if box.copying_trouble:
        return _("No copies"), "tag-warning", box.copying_trouble
    if not state.used:
        return _("Not used yet"), "tag-info", _("Try it: a mail to itself shows whether everything is right.")
    return _("Works"), "tag-success", ""


def _again(box: Mailbox, zone: str, now: datetime) -> str:
    if box.retry_at is None or box.retry_at <= now:
        return ""
    return _("Tried again at %(time)s.") % {"time": when.clock(box.retry_at, zone)}


def _facts(state: MailboxState, zone: str, now: datetime) -> tuple[tuple[str, str], ...]:
    box = state.mailbox
    cap = _("%(count)s of %(cap)s") if box.per_day else "%(count)s"
    sent = cap % {"count": number(state.sent_last_day), "cap": number(box.per_day)}
    through = PROVIDERS[box.provider].name if box.provider in PROVIDERS else box.smtp_host
    if not (state.sends or box.paused_at):
        through = _("%(server)s, when needed: the mails go out from another mailbox") % {"server": through}
    found = [(_("Sends through"), through), (_("Sent in 24 hours"), sent)]
    if state.waiting:
        waits = ngettext("%(count)s mail", "%(count)s mails", state.waiting) % {"count": number(state.waiting)}
        found.append((_("Waiting"), waits))
    return (*found, (_("Inbox last read"), _read(box, zone, now)))


def _read(box: Mailbox, zone: str, now: datetime) -> str:
    if not box.imap_host:
        return _("Never: replies are only in your own mail program")
    return when.moment(box.read_at, zone, now) if box.read_at else _("Not yet")
