"""Why a mail has not left yet, as a sentence."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ringback.domain.mail.waiting import Reason, WaitsFor
from ringback.models import Message, User
from ringback.web import when
from ringback.web.worker_seen import worker_seen


def in_words(reason: Reason, mail: Message, *, reader: User, now: datetime) -> str:
    facts = {
        "address": mail.mailbox.address,
        "until": when.moment(reason.until, reader.zone, now) if reason.until else "",
        "answer": mail.answer,
        "trouble": mail.mailbox.trouble,
        "why": mail.mailbox.paused_because,
    }
    if reason.waits_for is WaitsFor.TURN:
        silent = worker_seen(zone=reader.zone, now=now).trouble
        return _("It could leave, but %(trouble)s.") % {"trouble": silent} if silent else _("It leaves within seconds.")
    return (sentences()[reason.waits_for] % facts).strip()


def sentences() -> dict[WaitsFor, str]:
    return {
        WaitsFor.BEING_SENT: _("It is being handed over at this moment."),
        WaitsFor.MAILBOX: _("The mailbox %(address)s is paused. %(why)s"),
        WaitsFor.TROUBLE: _("The mailbox %(address)s is in trouble and is tried again %(until)s. %(trouble)s"),
        WaitsFor.AGAIN: _("The server did not take it yet; it is tried again %(until)s. %(answer)s"),
        WaitsFor.MOMENT: _("It leaves %(until)s."),
        WaitsFor.CAP: _("The mailbox %(address)s has sent as much as it may; it goes on %(until)s."),
    }
