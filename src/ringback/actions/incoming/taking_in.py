"""One mail of an inbox becomes a row, once, and what it changes happens."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from ringback.actions.incoming.effects import PENDING, follow
from ringback.actions.mailing.doubting import found_sent
from ringback.domain.because import shortened
from ringback.domain.local_time import local
from ringback.domain.mail.classify import Verdict, classify
from ringback.domain.mail.incoming import Incoming
from ringback.domain.vocabulary import MailKind, MessageState
from ringback.models import IncomingMail, Mailbox, Prospect
from ringback.queries.mail_matching import Match, match
from ringback.queries.standing import workspace_now

# They wait for a mail that is being handed over, and nobody waits while holding a transaction open.
WAITING = frozenset({MailKind.COMPLAINT, MailKind.REMOVE_ME})
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def take_in(*, mailbox: Mailbox, uid_validity: int, uid: int, incoming: Incoming, now: datetime) -> IncomingMail:
    """Store the mail, say what it is, and let follow what follows; a mail taken in before is given back as it is.

    The same mail is known by its place in the mailbox and by its Message-ID: neither a second look nor a mailbox that
    was numbered anew takes it twice. If this is broken off half-way, `carry_out_pending` does the rest.
    """
    if earlier := _taken_before(mailbox, uid_validity, uid, incoming.message_id):
        return earlier
    found = match(mailbox, incoming)
    verdict = _verdict(mailbox, incoming, zone_of(found.prospect if found else None), now)
    try:
        with transaction.atomic():
            row = _row(mailbox, uid_validity, uid, incoming, verdict, found, now)
            row.save(force_insert=True)
            _end_doubt(row, now)
            if verdict.kind not in WAITING:
                follow(row, by=None, now=now)
    except IntegrityError:
        if earlier := _taken_before(mailbox, uid_validity, uid, incoming.message_id):
            return earlier
        raise
    if verdict.kind in WAITING:
        follow(row, by=None, now=now)
    return row


def _end_doubt(mail: IncomingMail, now: datetime) -> None:
    """Whatever answers a mail of ours, and be it a bounce, proves that it was sent."""
    if mail.answers is not None and mail.answers.state == MessageState.UNKNOWN:
        found_sent(message=mail.answers, proof=f"It was answered: “{mail.subject}”.", now=now)
        mail.answers.refresh_from_db(fields=["state"])


def carry_out_pending(*, mailbox: Mailbox, now: datetime) -> int:
    """What a stop in the middle left undone; returns how many mails it was."""
    pending = IncomingMail.objects.filter(mailbox=mailbox, trouble=PENDING, done_at=None).order_by("id")
    rows = list(pending.select_related("prospect__owner", "answers", "mailbox", "arrangement", "corrected_by"))
    for row in rows:
        follow(row, by=row.corrected_by, now=now)
    return len(rows)


def zone_of(prospect: Prospect | None) -> str:
    """By whose clock “tomorrow” is meant: the writer's where it is known, else the house's."""
    zones = prospect.zones if prospect else ()
    return zones[0] if zones else workspace_now().zone


def by_their_clock(mail: Incoming, zone: str) -> Incoming:
    """The mail with its Date as their clock showed it: at midnight in Auckland it is still yesterday in UTC."""
    return replace(mail, written_at=local(mail.written_at, zone)) if mail.written_at else mail


def _verdict(mailbox: Mailbox, mail: Incoming, zone: str, now: datetime) -> Verdict:
    if mail.from_.address == mailbox.address.lower():
        return Verdict(MailKind.AUTOMATIC, "It comes from this mailbox itself.")
    if mail == Incoming(problems=mail.problems):
        return Verdict(MailKind.REPLY, "Perhaps a person wrote.")
    return classify(by_their_clock(mail, zone), local(now, zone).date())


def _taken_before(mailbox: Mailbox, uid_validity: int, uid: int, message_id: str) -> IncomingMail | None:
    mails = IncomingMail.objects.filter(mailbox=mailbox)
    by_place = mails.filter(uid_validity=uid_validity, uid=uid).first()
    return by_place or (mails.filter(message_id=message_id).first() if message_id else None)


def _row(
    mailbox: Mailbox, uid_validity: int, uid: int, mail: Incoming, verdict: Verdict, found: Match | None, now: datetime
) -> IncomingMail:
    doubt = found.said if found else ""
    return IncomingMail(
        mailbox=mailbox,
        uid_validity=uid_validity,
        uid=uid,
        message_id=mail.message_id,
        written_at=mail.written_at,
        taken_at=now,
        from_address=shortened(mail.from_.address, 320),
        from_name=shortened(mail.from_.name, 300),
        subject=shortened(mail.subject, 400),
        new_text=mail.new_text,
        text=mail.text,
        html=mail.html,
        attachments=[{"name": each.name, "size": each.size} for each in mail.attachments],
        kind=verdict.kind,
        because=shortened(" ".join(filter(None, (verdict.because, doubt, *mail.problems))), 300),
        facts=_storable(verdict.facts),
        prospect=found.prospect if found else None,
        matched_by=found.by if found else "",
        answers=found.answers if found else None,
        trouble=PENDING,
        done_at=now if verdict.kind is MailKind.AUTOMATIC else None,  # nobody has to look at it
    )


def _storable(facts: dict[str, object]) -> dict[str, object]:
    return {name: _UNWRITABLE.sub("", value) if isinstance(value, str) else value for name, value in facts.items()}
