"""Raw bytes of a mail as a value. Survives everything: what cannot be read is named, and the rest is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import Message
from hashlib import sha256
from urllib.parse import unquote_to_bytes

from ringback.adapters.mail import header_lines
from ringback.adapters.mail.bounces import failed_addresses
from ringback.adapters.mail.calendar_answers import calendar_answer
from ringback.adapters.mail.charsets import clean, clean_line, decoded
from ringback.adapters.mail.html_text import as_text, harmless
from ringback.adapters.mail.reports import report_of
from ringback.domain.mail.incoming import Attached, CalendarReply, Incoming
from ringback.domain.mail.new_text import new_text

LARGEST = 60_000_000
MOST_NESTED = 40
NESTED_READ = 200_000
MOST_PARTS = 400
MOST_ATTACHMENTS = 100
LONGEST_TEXT = 200_000
LARGEST_TEXT_PART = 2_000_000
LARGEST_BOUNCE = 250_000

_NESTS = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
# A line that begins with two dashes right above a part's own header lines.
_USED_BOUNDARY = re.compile(rb"^--([^\s\"]{1,200})\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_TOO_LARGE = "It is larger than is read; only its beginning was."
_TOO_NESTED = "Its parts are packed into each other too deeply; only its beginning was read."
_BROKEN = "Its parts could not be told apart; it was read as plain text."


@dataclass(slots=True)
class _Found:
    """What a walk over the parts brought to light."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attached] = field(default_factory=list)
    calendar: CalendarReply | None = None


def parse(raw: bytes) -> Incoming:
    """The mail as a value; never raises, whatever the bytes are."""
    message, problems = _message(raw)
    found = _read_parts(message)
    own = header_lines.address_in(header_lines.raw_line(message, "from"))
    html = "\n".join(found.html)
    text = clean("\n\n".join(found.plain)).strip("\n")
    if not text.strip() and html:
        text = clean(as_text(html)).strip("\n")
    text = text[:LONGEST_TEXT]
    incoming = Incoming(
        from_=own,
        reply_to=header_lines.address_in(header_lines.raw_line(message, "reply-to")),
        to=header_lines.addresses_of(message),
        written_at=header_lines.written_at(message),
        subject=header_lines.subject_of(message),
        message_id=header_lines.own_id(message) or _made_id(raw),
        in_reply_to=header_lines.ids_in(header_lines.raw_line(message, "in-reply-to")),
        references=header_lines.ids_in(" ".join(header_lines.all_lines(message, "references"))),
        headers=header_lines.headers_of(message),
        text=text,
        new_text=new_text(text, own.name),
        html=harmless(clean(html)) if html else "",
        attachments=tuple(found.attachments[:MOST_ATTACHMENTS]),
        calendar=found.calendar,
        problems=tuple(problems),
    )
    return _with_reports(incoming, message, raw)


def _made_id(raw: bytes) -> str:
    """A name for a mail that came without one: the same bytes are the same mail, however often they are read."""
    return f"<{sha256(raw).hexdigest()[:40]}@no-message-id.invalid>"


def _with_reports(incoming: Incoming, message: Message, raw: bytes) -> Incoming:
    """Bounces are small; what is large is searched for them in its first part only."""
    about = message if len(raw) <= LARGEST_BOUNCE else _message(raw[:LARGEST_BOUNCE])[0]
    try:
        report = report_of(about)
        return replace(incoming, failed=failed_addresses(about, incoming.text), report=report)
    except RecursionError:
        return incoming


def _message(raw: bytes) -> tuple[Message, list[str]]:
    problems: list[str] = []
    if len(raw) > LARGEST:
        raw, problems = raw[:LARGEST], [_TOO_LARGE]
    if sum(1 for _ in _NESTS.finditer(raw)) > MOST_NESTED:
        # Reading costs the depth for every line; a real mail is five or six deep.
        raw = _shallow(raw)
        problems.append(_TOO_NESTED)
    try:
        return _with_parts(message_from_bytes(raw, policy=policy.compat32), raw), problems
    except (RecursionError, ValueError, LookupError, AssertionError, IndexError):
        return _as_plain(raw), [*problems, _BROKEN]


def _with_parts(message: Message, raw: bytes) -> Message:
    """Where the boundary between the parts is named wrongly or not at all, the one that is used tells them apart."""
    if message.get_content_maintype() != "multipart" or message.is_multipart():
        return message
    used = _USED_BOUNDARY.search(raw)
    if used is None:
        return message
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in re.split(rb"\n(?![ \t])", head) if not line.lower().startswith(b"content-type:")]
    kind = b'Content-Type: %s; boundary="%s"' % (message.get_content_type().encode("ascii", "replace"), used[1])
    return message_from_bytes(b"\n".join([*lines, kind]) + b"\n\n" + body, policy=policy.compat32)


def _shallow(raw: bytes) -> bytes:
    """Up to the part that nests deeper than any real mail does."""
    starts = [found.start() for found in _NESTS.finditer(raw[:NESTED_READ])]
    return raw[: starts[MOST_NESTED] if len(starts) > MOST_NESTED else NESTED_READ]


def _as_plain(raw: bytes) -> Message:
    """The header lines as they are, and all that follows them as one text."""
    head, _, body = raw[:NESTED_READ].replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in re.split(rb"\n(?![ \t])", head) if not line.lower().startswith(b"content-")]
    return message_from_bytes(b"\n".join(lines) + b"\n\n" + body, policy=policy.compat32)


def _read_parts(message: Message) -> _Found:
    found = _Found()
    for part in _leaves(message):
        kind = part.get_content_type()
        name = _file_name(part)
        attached = bool(name) or part.get_content_disposition() == "attachment"
        if kind == "text/calendar" or name.lower().endswith(".ics"):
            found.calendar = found.calendar or calendar_answer(_text_of(part))
            attached = attached or kind != "text/calendar"
        elif kind == "text/plain" and not attached:
            found.plain.append(_unflowed(part, _text_of(part)))
            continue
        elif kind == "text/html" and not attached:
            found.html.append(_text_of(part))
            continue
        if attached or not kind.startswith(("text/", "message/")):
            found.attachments.append(Attached(name or clean_line(kind, 100), _size(part)))
    return found


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail inside the mail is one of them, and stays closed."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [each for each in payload if isinstance(each, Message)] + waiting
        else:
            yield part


def _text_of(part: Message) -> str:
    return decoded(_bytes_of(part)[:LARGEST_TEXT_PART], str(part.get_param("charset", "") or ""))


def _bytes_of(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _size(part: Message) -> int:
    payload = part.get_payload()
    if isinstance(payload, list):
        return sum(len(str(each.get_payload())) for each in payload[:1] if isinstance(each, Message))
    return len(_bytes_of(part))


def _file_name(part: Message) -> str:
    """What the file calls itself, as a bare name: no folders, nothing that turns the line around."""
    for line, key in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            given = part.get_param(key, None, line)
        except (ValueError, LookupError, IndexError, TypeError):
            given = None
        if given:
            return clean_line(re.split(r"[/\\]", _plain_name(given))[-1], 200) or "file"
    return ""


def _plain_name(given: str | tuple[str | None, str | None, str]) -> str:
    """RFC 2231 gives (charset, language, text); others write encoded words or plain bytes."""
    if isinstance(given, tuple):
        data = unquote_to_bytes(given[2]) if "%" in given[2] else given[2].encode("latin-1", "replace")
        return decoded(data, given[0] or "")
    if not given.isascii():
        given = decoded(given.encode("utf-8", "surrogateescape"))
    return header_lines.words_of(given[:2_000])


def _unflowed(part: Message, text: str) -> str:
    """Lines that were only broken to fit (RFC 3676) are put together again; quotes and the signature's mark stay."""
    if str(part.get_param("format", "") or "").lower() != "flowed" or len(text) > LONGEST_TEXT:
        return text
    lines: list[str] = []
    open_line = False
    for line in text.splitlines():
        quoted = line.startswith(">")
        if open_line and not quoted and line != "-- ":
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        open_line = line.endswith(" ") and line != "-- " and not quoted and bool(line.strip())
    return "\n".join(lines)
