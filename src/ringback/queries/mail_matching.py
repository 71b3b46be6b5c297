"""Whose mail it is: by what only an answer to ours can carry, then by the address it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from ringback.domain.mail.identity import token_of_address
from ringback.domain.mail.incoming import Incoming
from ringback.models import Appointment, ContactPoint, Mailbox, Message, Prospect
from ringback.queries.access import visible_prospects

MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Match:
    """`by` is what they were recognised by, `answers` our mail that it is about; `said` tells of a doubt, in words."""

    prospect: Prospect
    by: str
    answers: Message | None = None
    said: str = ""


def match(mailbox: Mailbox, mail: Incoming) -> Match | None:
    """The surest sign first; None if nobody whom the mailbox's owner may see fits."""
    for look in (_by_plus_address, _by_thread, _by_calendar, _by_report, _by_sender):
        if found := look(mailbox, mail):
            return found
    return None


def _by_plus_address(_: Mailbox, mail: Incoming) -> Match | None:
    tokens = filter(None, map(token_of_address, mail.to))
    for token in tokens:
        message = _messages().filter(message_id__startswith=f"<{token}.ringback@").first()
        if message:
            return _about(message, "plus address")
    return None


def _by_thread(_: Mailbox, mail: Incoming) -> Match | None:
    """In-Reply-To names the mail that is answered; References the whole thread, the latest last."""
    return _newest_named(mail.in_reply_to, "In-Reply-To") or _newest_named(mail.references, "References")


def _newest_named(ids: Iterable[str], by: str) -> Match | None:
    named = list(ids)
    found = {message.message_id: message for message in _messages().filter(message_id__in=named)} if named else {}
    newest = next((found[each] for each in reversed(named) if each in found), None)
    return _about(newest, by) if newest else None


def _by_calendar(_: Mailbox, mail: Incoming) -> Match | None:
    """Their calendar's answer may lack In-Reply-To, but never the entry's UID."""
    if mail.calendar is None:
        return None
    appointment = Appointment.objects.filter(uid=mail.calendar.uid).select_related("prospect").first()
    if appointment is None:
        return None
    message = _messages().filter(appointment=appointment).order_by("-id").first()
    return Match(_now(appointment.prospect), "calendar UID", message)


def _by_report(mailbox: Mailbox, mail: Incoming) -> Match | None:
    """A bounce or a complaint says which mail it is about, or at least which address."""
    if found := _newest_named(mail.report.original_message_ids, "original Message-ID"):
        return found
    addresses = [each.address for each in mail.failed] + [mail.report.feedback_recipient]
    for address in filter(None, addresses):
        message = _messages().filter(to_address__iexact=address, mailbox=mailbox).order_by("-id").first()
        if message:
            return _about(message, "recipient")
        if found := _by_address(mailbox, address, "recipient"):
            return found
    return None


def _by_sender(mailbox: Mailbox, mail: Incoming) -> Match | None:
    """From, then Reply-To; a mail about an address that failed does not come from whom it is about."""
    if mail.failed or mail.report.feedback:
        return None
    for address in dict.fromkeys((mail.from_.address, mail.reply_to.address)):
        if address and (found := _by_address(mailbox, address, "sender")):
            return found
    return None


def _by_address(mailbox: Mailbox, address: str, by: str) -> Match | None:
    if address == mailbox.address.lower():
        return None
    having = ContactPoint.objects.filter(value=address, kind=ContactPoint.EMAIL).values("prospect")
    visible = (
        visible_prospects(mailbox.owner).filter(pk__in=having, merged_into=None).select_related("owner", "company")
    )
    found = list(visible.select_related("owner").order_by("-id")[:MOST_CANDIDATES])
    if len(found) < 2:
        return Match(found[0], by) if found else None
    latest = _mailed_last(found)
    names = ", ".join(each.shown_name for each in found if each != latest)
    said = f"{len(found)} people have this address; taken for the one written to last, not {names}."
    return Match(latest, by, said=said)


def _mailed_last(candidates: list[Prospect]) -> Prospect:
    sent = Message.objects.filter(prospect__in=candidates).order_by().values("prospect").annotate(at=Max("id"))
    last = dict(sent.values_list("prospect", "at"))
    return max(candidates, key=lambda each: (last.get(each.pk, 0), each.pk))


def _about(message: Message, by: str) -> Match:
    return Match(_now(message.prospect), by, message)


def _now(prospect: Prospect) -> Prospect:
    """The prospect, or the one it was merged into since."""
    for _ in range(10):
        if prospect.merged_into is None:
            break
        prospect = prospect.merged_into
    return prospect


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("prospect__owner", "prospect__merged_into", "mailbox")
