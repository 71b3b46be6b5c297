"""What follows from a mail that came in, by its kind: each lets one thing happen to its prospect."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from ringback.actions.carrying_out import Carrying
from ringback.actions.confirming import BY_REPLY, note_confirmed
from ringback.actions.deciding import Decide, by_rule, happen
from ringback.actions.errors import Refused
from ringback.actions.reacting import LONGEST_PROOF, opt_out, record_absence
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import shortened
from ringback.domain.events import Bounced, InvitationAnswered, LeftCompany, Replied
from ringback.domain.mail.answers import Entry, why_it_does_not_count
from ringback.domain.vocabulary import CalendarAnswer, Channel, MailKind, MessageState, Situation
from ringback.models import Activity, Appointment, Arrangement, ContactPoint, IncomingMail, Message, User
from ringback.queries.standing import Stand

log = logging.getLogger("ringback.mail")

PENDING = "What follows from it has not been carried out yet."
CARRIED_OUT = "What follows from it has been carried out meanwhile."
NOBODY = "Nobody here has this address: say whose mail it is."
NO_RETURN = "No day of return can be read from it: nothing was moved. Say when they are back."
NO_ADDRESS = "It names no address of theirs that failed: nothing was changed."
FAULT = "Something went wrong inside Ringback while it was carried out; see the log. Correct it by hand."
LONGEST_SAID = 300

Effect = Callable[[IncomingMail, User | None, str, datetime], Arrangement | None]


def follow(mail: IncomingMail, *, by: User | None, now: datetime) -> None:
    """Let happen what the mail's kind brings, once for each reading, and write down what came of it.

    What cannot happen is told on the mail (`trouble`) and stops nothing else; a database that is out of reach is no
    trouble of the mail, and it is tried again. An arrangement that was taken back stays named, so that the mail can be
    read in the same way a second time. Whoever comes second, because somebody else carried it out meanwhile, changes
    nothing.
    """
    if not _waiting(mail).exists():
        return
    arrangement, trouble = None, ""
    key = f"mail-{mail.pk}-{mail.kind}-{mail.arrangement_id or 0}"
    try:
        effect = _EFFECTS.get(MailKind(mail.kind))
        if effect is not None and mail.prospect_id is None:
            raise Refused(NOBODY)
        arrangement = effect(mail, by, key, now) if effect else None
    except _Overtaken:
        return
    except Refused as refused:
        trouble = refused.message
    except OperationalError:
        raise
    except Exception:
        log.exception("mail %s could not be carried out", mail.pk)
        trouble = FAULT
    mail.arrangement, mail.trouble = arrangement or mail.arrangement, shortened(trouble, 300)
    with transaction.atomic():
        first = _waiting(mail).update(arrangement=mail.arrangement, trouble=mail.trouble)
        if first and arrangement is None:
            _note(mail, by, now)


def _waiting(mail: IncomingMail) -> QuerySet[IncomingMail]:
    """The row, if it is still read as it was, and nobody has carried out what follows from it."""
    return IncomingMail.objects.filter(pk=mail.pk, kind=mail.kind, prospect=mail.prospect_id, trouble=PENDING)


class _Overtaken(Refused):
    """While it was on its way, the mail was read otherwise, or somebody else carried it out."""


def _still_waiting(mail: IncomingMail) -> None:
    """Under the lock of its prospect, which whoever corrects the mail holds as well. Raises _Overtaken."""
    if not _waiting(mail).exists():
        raise _Overtaken(CARRIED_OUT)


def _carried_out(mail: IncomingMail) -> Callable[[Carrying], None]:
    """The mail names its arrangement in the transaction that makes it: whoever corrects it finds what to take back."""

    def write(carrying: Carrying) -> None:
        _waiting(mail).update(arrangement=carrying.row.pk, trouble="")

    return write


def _happens(
    mail: IncomingMail, by: User | None, key: str, now: datetime, *, decide: Decide, verb: str, text: str = "",
    also: Callable[[Carrying], None],
) -> Arrangement:  # fmt: skip
    def decide_if_waiting(stand: Stand) -> Decision:
        _still_waiting(mail)
        return decide(stand)

    def write(carrying: Carrying) -> None:
        also(carrying)
        _carried_out(mail)(carrying)

    prospect_id = _prospect_id(mail)
    return happen(
        by=by, prospect_id=prospect_id, decide=decide_if_waiting, verb=verb, text=text, key=key, now=now, also=write
    )


def _note(mail: IncomingMail, by: User | None, now: datetime) -> None:
    """The story of the prospect holds every mail, also one that changes nothing."""
    if mail.prospect_id is not None:
        text = shortened(f"Mail came in: “{mail.subject}”. {mail.because}", 1000)
        Activity.objects.create(
            prospect_id=mail.prospect_id, at=now, by=by, verb="mail", text=text, data={"mail": mail.pk}
        )


def _reply(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement:
    """The ladder stops at once (C5); a yes to a summary confirms it as well (D1)."""
    message = mail.answers
    confirms = bool(mail.facts.get("confirms")) and message is not None and message.situation == Situation.SUMMARY

    def confirm(carrying: Carrying) -> None:
        if confirms and message is not None and message.confirmed_at is None:
            note_confirmed(carrying, message.touch, message, BY_REPLY)

    said = "They confirmed the summary" if confirms else "They wrote"
    rule = by_rule(Replied(now, Channel.EMAIL))
    return _happens(mail, by, key, now, decide=rule, verb="reply", text=_quoted(said, mail), also=confirm)


def _prospect_id(mail: IncomingMail) -> int:
    assert mail.prospect_id is not None
    return mail.prospect_id


def _quoted(said: str, mail: IncomingMail) -> str:
    words = " ".join(mail.new_text.split()) or mail.subject
    return f"{said}: “{shortened(words, LONGEST_SAID)}”."


def _absence(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement:
    until = str(mail.facts.get("until", ""))
    if not until:
        raise Refused(NO_RETURN)
    assert mail.prospect is not None
    day, first, also = date.fromisoformat(until), partial(_still_waiting, mail), _carried_out(mail)
    return record_absence(by=by, prospect=mail.prospect, until=day, key=key, now=now, first=first, also=also)


def _bounce(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement | None:
    """An address that failed for good is marked, and so is the mail that did not arrive. A delay changes nothing."""
    failed = [each for each in mail.facts.get("failed", []) if each.get("permanent")]
    if mail.facts.get("failed") and not failed:
        return None
    address, reason = _failed_address(mail, failed)

    def decide(stand: Stand) -> Decision:
        return by_rule(Bounced(now, address, last=not _other_addresses(stand, address)))(stand)

    def mark(carrying: Carrying) -> None:
        _mark_failed(carrying, address, now)
        _fail_message(carrying, mail.answers, reason, now)

    return _happens(mail, by, key, now, decide=decide, verb="bounce", also=mark)


def _failed_address(mail: IncomingMail, failed: list[dict[str, str]]) -> tuple[str, str]:
    """The failed address that is theirs, with the server's reason; a redirected one stands for the one written to."""
    points = ContactPoint.objects.filter(prospect=mail.prospect, kind=ContactPoint.EMAIL)
    theirs = set(points.values_list("value", flat=True))
    for each in failed:
        if each["address"] in theirs:
            return each["address"], each.get("reason", "")
    if mail.answers is not None:
        return mail.answers.to_address.lower(), next((each.get("reason", "") for each in failed), "")
    raise Refused(NO_ADDRESS)


def _other_addresses(stand: Stand, address: str) -> bool:
    points = stand.contact_points
    return any(each.kind == ContactPoint.EMAIL and each.failed_at is None and each.value != address for each in points)


def _mark_failed(carrying: Carrying, address: str, now: datetime) -> None:
    for point in carrying.stand.contact_points:
        if point.kind == ContactPoint.EMAIL and point.value == address and point.failed_at is None:
            carrying.journal.change(point, failed_at=now)


def _fail_message(carrying: Carrying, message: Message | None, reason: str, now: datetime) -> None:
    if message is not None and message.state in (MessageState.SENT, MessageState.UNKNOWN):
        said = shortened(f"It came back: {reason or 'no reason was given'}", 500)
        settled_at = message.settled_at or now
        carrying.journal.change(message, state=MessageState.FAILED.value, answer=said, settled_at=settled_at)


def _opt_out(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement:
    """Blocked on every channel, with the whole mail as the proof (C5)."""
    assert mail.prospect is not None
    first, also = partial(_still_waiting, mail), _carried_out(mail)
    return opt_out(by=by, prospect=mail.prospect, proof=_proof(mail), key=key, now=now, first=first, also=also)


def _proof(mail: IncomingMail) -> str:
    at = mail.written_at or mail.taken_at
    head = f"Mail {mail.message_id} from {mail.from_address}, {at:%Y-%m-%d %H:%M} UTC\nSubject: {mail.subject}\n\n"
    return shortened(f"{head}{mail.text or mail.because}", LONGEST_PROOF)


def _left(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement:
    """The ladder stops, the address is given up, and somebody looks for the successor (C6)."""
    rule = by_rule(LeftCompany(now, str(mail.facts.get("successor", ""))))

    def give_up(carrying: Carrying) -> None:
        _mark_failed(carrying, mail.from_address, now)

    return _happens(mail, by, key, now, decide=rule, verb="left_company", also=give_up)


def _calendar(mail: IncomingMail, by: User | None, key: str, now: datetime) -> Arrangement:
    """Only about the appointment as it stands now: an answer to an earlier moment says nothing about this one."""
    facts = mail.facts
    starts_at = datetime.fromisoformat(facts["starts_at"]) if facts.get("starts_at") else None
    answer = CalendarAnswer(facts.get("answer", CalendarAnswer.TENTATIVE))
    rule = by_rule(InvitationAnswered(now, answer, starts_at, str(facts.get("comment", ""))))

    def decide(stand: Stand) -> Decision:
        _refuse_other(stand.appointment, facts)
        return rule(stand)

    def note_answer(carrying: Carrying) -> None:
        """A declined one is settled by the decision, and keeps its answer as well."""
        assert carrying.stand.appointment is not None
        said = {"answer": answer.value, "answered_at": now, "answered_by": mail.from_address}
        carrying.journal.change(carrying.stand.appointment, **said)

    return _happens(mail, by, key, now, decide=decide, verb=f"invitation_{answer.value}", also=note_answer)


def _refuse_other(standing: Appointment | None, facts: dict[str, object]) -> None:
    answered = Entry(str(facts.get("uid", "")), int(str(facts.get("sequence") or 0)))
    as_it_stands = Entry(standing.uid, standing.sequence) if standing is not None else None
    if why := why_it_does_not_count(answered, as_it_stands):
        raise Refused(why)


_EFFECTS: dict[MailKind, Effect] = {
    MailKind.BOUNCE: _bounce,
    MailKind.COMPLAINT: _opt_out,
    MailKind.CALENDAR_ANSWER: _calendar,
    MailKind.OUT_OF_OFFICE: _absence,
    MailKind.LEFT_COMPANY: _left,
    MailKind.REMOVE_ME: _opt_out,
    MailKind.REPLY: _reply,
}
