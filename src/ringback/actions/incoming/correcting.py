"""A person reads a mail otherwise than the product did: the first reading is undone, and the other one happens."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.incoming.effects import PENDING, follow
from ringback.actions.incoming.taking_in import by_their_clock, zone_of
from ringback.actions.undoing import undo
from ringback.domain.local_time import local
from ringback.domain.mail.classify import read_as
from ringback.domain.mail.incoming import Address, FailedAddress, Incoming
from ringback.domain.vocabulary import MailKind
from ringback.models import IncomingMail, Prospect, User
from ringback.queries.access import may_see
from ringback.queries.inbox import may_see_mail

SAME = "It is taken for that already."


def correct(*, by: User, mail: IncomingMail, kind: MailKind, now: datetime) -> IncomingMail:
    """It is of another kind: what the first reading changed is taken back, and what this one brings happens.

    Refused, with what stands in the way, if the first reading can no longer be taken back.
    """
    with transaction.atomic():
        row = _held(by, mail)
        if row.kind == kind:
            raise Refused(SAME)
        _take_back(by, row, now)
        zone = zone_of(row.prospect)
        verdict = read_as(kind, by_their_clock(_as_incoming(row), zone), local(row.taken_at, zone).date())
        row.corrected_from = row.corrected_from or row.kind
        row.corrected_by, row.kind, row.because = by, kind.value, f"{by.shown_name} read it so."
        row.facts = row.facts | verdict.facts
        _save(row, "corrected_from", "corrected_by", "kind", "because", "facts")
    follow(row, by=by, now=now)
    return row


def say_return(*, by: User, mail: IncomingMail, until: date, now: datetime) -> IncomingMail:
    """The last day on which they are away (local to them), where it could not be read or was read wrongly."""
    with transaction.atomic():
        row = _held(by, mail)
        if row.kind != MailKind.OUT_OF_OFFICE:
            raise Refused("Only an absence has a day of return.")
        _take_back(by, row, now)
        row.facts, row.corrected_by = row.facts | {"until": until.isoformat()}, by
        _save(row, "facts", "corrected_by")
    follow(row, by=by, now=now)
    return row


def give_to(*, by: User, mail: IncomingMail, prospect: Prospect, now: datetime) -> IncomingMail:
    """It is this person's mail; what it brings happens to them, and to nobody else any more."""
    with transaction.atomic():
        row = _held(by, mail, prospect)
        if not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        if row.prospect_id == prospect.pk:
            raise Refused("It is theirs already.")
        _take_back(by, row, now)
        row.prospect, row.matched_by, row.answers, row.corrected_by = prospect, "by hand", None, by
        _save(row, "prospect", "matched_by", "answers", "corrected_by")
    follow(row, by=by, now=now)
    return row


def mark_done(*, by: User, mail: IncomingMail, now: datetime) -> None:
    """Somebody has looked at it. Not before what follows from it has happened: it would be forgotten."""
    row = _held(by, mail)
    if row.trouble == PENDING:
        raise Refused(PENDING)
    IncomingMail.objects.filter(pk=row.pk, done_at=None).update(done_at=now)


def reopen(*, by: User, mail: IncomingMail) -> None:
    row = _held(by, mail)
    IncomingMail.objects.filter(pk=row.pk).update(done_at=None)


def _held(by: User, mail: IncomingMail, *prospects: Prospect) -> IncomingMail:
    """The row as it is now; held for as long as the transaction around it lasts, and its prospects before it.

    Everybody holds prospects first: who held the mail and waited for its prospect could wait for ever.
    """
    if not may_see_mail(by, mail):
        raise Refused("This mail came in for somebody else.")
    rows = IncomingMail.objects.select_related("prospect__owner", "answers", "mailbox__owner", "arrangement")
    if transaction.get_connection().in_atomic_block:
        _hold_prospects(mail, prospects)
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=mail.pk)


def _hold_prospects(mail: IncomingMail, others: tuple[Prospect, ...]) -> None:
    now_theirs = IncomingMail.objects.filter(pk=mail.pk).values_list("prospect", flat=True).first()
    for prospect_id in sorted({each for each in (now_theirs, *(other.pk for other in others)) if each is not None}):
        locked_prospect(prospect_id)


def _take_back(by: User, row: IncomingMail, now: datetime) -> None:
    if row.arrangement is not None and row.arrangement.undone_at is None:
        undo(by=by, arrangement=row.arrangement, now=now)


def _save(row: IncomingMail, *names: str) -> None:
    row.trouble, row.done_at = PENDING, None
    row.save(update_fields=[*names, "trouble", "done_at"])


def _as_incoming(row: IncomingMail) -> Incoming:
    """What is known of the mail after it was taken in; enough to read it in another way."""
    return Incoming(
        from_=Address(row.from_address, row.from_name),
        to=(row.mailbox.address.lower(),),
        written_at=row.written_at,
        subject=row.subject,
        text=row.text,
        new_text=row.new_text,
        failed=tuple(FailedAddress(**each) for each in row.facts.get("failed", [])),
    )
