"""Reports about a mail of ours: whether it was delivered (RFC 3462), or complained about (ARF, RFC 5965)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from ringback.adapters.mail.charsets import decoded
from ringback.adapters.mail.header_lines import address_in, ids_in, raw_line
from ringback.domain.mail.incoming import Report

_FEEDBACK_LINES = 100


def report_of(message: Message) -> Report:
    feedback = _feedback(message)
    original_to = feedback.get("original-rcpt-to") or feedback.get("removal-recipient", "")
    returned = list(_returned(message))
    recipient = address_in(original_to).address or next(
        (found for each in returned if (found := address_in(raw_line(each, "to")).address)), ""
    )
    return Report(
        is_delivery=any(part.get_content_type() == "message/delivery-status" for part in message.walk()),
        feedback=feedback.get("feedback-type", "").strip().lower()[:40],
        feedback_recipient=recipient if feedback else "",
        original_message_ids=tuple(dict.fromkeys(_ids(message, returned, feedback))),
    )


def _feedback(message: Message) -> dict[str, str]:
    """The fields of the machine-readable part; empty if there is none."""
    for part in message.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        fields: dict[str, str] = {}
        for line in _text(part).splitlines()[:_FEEDBACK_LINES]:
            name, colon, value = line.partition(":")
            if colon and not name.startswith((" ", "\t")):
                fields.setdefault(name.strip().lower(), value.strip())
        return fields
    return {}


def _text(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):  # the parser takes message/… for a whole mail
        inner = payload[0] if payload and isinstance(payload[0], Message) else None
        return "\n".join(f"{name}: {value}" for name, value in inner.raw_items()) if inner else ""
    data = part.get_payload(decode=True)
    return decoded(data) if isinstance(data, bytes) else str(payload)


def _returned(message: Message) -> Iterator[Message]:
    """The mail that the report is about: whole, or only its header lines."""
    for part in message.walk():
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list) and payload and isinstance(payload[0], Message):
            yield payload[0]
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            yield _headers_of(part)


def _headers_of(part: Message) -> Message:
    found = Message()
    last = ""
    for line in _text(part).splitlines()[:300]:
        name, colon, value = line.partition(":")
        if line[:1] in " \t" and last:
            found[f"{last}-more"] = line.strip()
        elif colon and name.strip():
            last = name.strip().lower()
            found[last] = value.strip()
    return found


def _ids(message: Message, returned: list[Message], feedback: dict[str, str]) -> Iterator[str]:
    for each in returned:
        yield from ids_in(raw_line(each, "message-id") or raw_line(each, "message-id-more"))
    yield from ids_in(feedback.get("original-message-id", ""))
    for part in message.walk():
        yield from ids_in(raw_line(part, "original-message-id") if part is not message else "")
        payload = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(payload, list):
            for block in (each for each in payload if isinstance(each, Message)):
                yield from ids_in(raw_line(block, "original-message-id") + raw_line(block, "x-original-message-id"))
