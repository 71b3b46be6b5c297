"""Ends doubts by the log of a mail server on this machine, where one can be read."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from ringback.actions.mailing.doubting import found_sent
from ringback.adapters.mail.server_log import taken
from ringback.queries.outbox import doubted_mails

log = logging.getLogger("ringback.worker")

PROOF = "The mail server's log says that it took it: {line}"


def look_into_log(now: datetime) -> int:
    """How many mails turned out to be sent. Nothing is read without RINGBACK_MAIL_LOG, or while nothing is in doubt."""
    path = settings.MAIL_LOG
    doubted = doubted_mails() if path else []
    if path is None or not doubted:
        return 0
    try:
        found = taken(path, {message.message_id for message in doubted})
    except OSError as error:
        log.warning("the mail server's log cannot be read: %s", error)
        return 0
    sent = [message for message in doubted if message.message_id in found]
    return sum(found_sent(message=each, proof=PROOF.format(line=found[each.message_id]), now=now) for each in sent)
