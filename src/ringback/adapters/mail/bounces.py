"""Which addresses a mail says could not be reached, and whether for good (RFC 3464, and the many untidy ones)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from email.message import Message

from flufl.bounce import all_failures

from ringback.adapters.mail.bounce_words import PASSES, named_in_words, only_address, own_words
from ringback.adapters.mail.charsets import clean_line, decoded
from ringback.adapters.mail.header_lines import address_in, raw_line, words_of
from ringback.domain.mail.incoming import FailedAddress

log = logging.getLogger(__name__)
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # it tells the log of each mail that surprises it

LONGEST_REASON = 300
MOST_FAILED = 50

_MACHINE = re.compile(
    r"mailer.?daemon|postmaster|mail.?delivery|mdaemon|bounce|microsoftexchange|^mta\b|mail.?system|mailsystem|^daemon@"
    r"|mailerdaemon|^mailer@|^noreply-dmarc",
    re.IGNORECASE,
)
_FAILED_SUBJECT = re.compile(
    r"undeliver|unzustellbar|delivery (?:status|failure|failed|has failed|report|notification|problem|error|delayed)"
    r"|returned mail|returned to sender|mail delivery|failure notice|delivery.{0,20}fail|non.?delivery|nicht zugestellt"
    r"|nicht zustellbar|zustellung.{0,30}(?:fehlgeschlagen|nicht)|unzustellbarkeit|message (?:delayed|undelivered)"
    r"|mail (?:failure|error|system error|delivery)|warning: (?:could not|message)|could not (?:send|be delivered)"
    r"|échec de (?:la )?remise|non (?:remis|distribué)|no se puede entregar|no entregado|mancata consegna|onbestelbaar"
    r"|not delivered|rejected|user unknown|unknown (?:user|address)|nondeliverable|message status|error sending"
    r"|failed to deliver|unable to deliver|mensagem não entregue|delivery unsuccessful|недоставлен|не доставлено",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY_CODE = re.compile(r"(?:^|[\s:<>\"'(])(5\d\d|4[25]\d)[\s\-]")
_ADDRESS = re.compile(r"<?([\w.+=%&'/\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6})>?")
# Machines only if they say nothing else: people are written to from such addresses as well.
_PERHAPS_MACHINE = re.compile(r"administrat|no-?reply|notification|mail.?router|donotreply", re.IGNORECASE)


def failed_addresses(message: Message, text: str) -> tuple[FailedAddress, ...]:
    """Each address once; what two places say differently is permanent. `text` is the mail's own plain text.

    A person who quotes or forwards a bounce is no bounce: without a delivery report the mail has to look like one.
    """
    reports = tuple(_blocks(message))
    if not reports and not _looks_like_bounce(message):
        return ()
    found = _by_reports(reports) or _by_known_shapes(message, reports) or _by_text(message, text)
    return tuple(found.values())[:MOST_FAILED]


def _looks_like_bounce(message: Message) -> bool:
    if raw_line(message, "x-failed-recipients"):
        return True
    subject = words_of(raw_line(message, "subject"))
    if re.match(r"\s*(?:re|aw|fwd?|wg|antw?)\s*:", subject, re.IGNORECASE) and raw_line(message, "in-reply-to"):
        return False
    return bool(_from_machine(message) or _no_sender(message) or _FAILED_SUBJECT.search(subject))


def _blocks(message: Message) -> Iterator[Message]:
    """The blocks of a delivery report that are about one recipient each."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        payload = part.get_payload()
        for block in payload if isinstance(payload, list) else []:
            if isinstance(block, Message) and block.get("action"):
                yield block


def _by_reports(blocks: tuple[Message, ...]) -> dict[str, FailedAddress]:
    found: dict[str, FailedAddress] = {}
    for block in blocks:
        action = raw_line(block, "action").strip().lower()
        if not action.startswith(("fail", "error", "delay")):
            continue
        address = _recipient(raw_line(block, "original-recipient")) or _recipient(raw_line(block, "final-recipient"))
        if address:
            reason = clean_line(words_of(raw_line(block, "diagnostic-code")), LONGEST_REASON)
            status = _STATUS.search(raw_line(block, "status") or reason)
            _note(found, address, not action.startswith("delay"), status[0] if status else "", reason)
    return found


def _recipient(line: str) -> str:
    """“rfc822; ada@example.com”, with or without its type, brackets, quotes."""
    _, semicolon, rest = line.partition(";")
    return address_in((rest if semicolon else line).strip().strip('"')).address


def _note(found: dict[str, FailedAddress], address: str, permanent: bool, status: str = "", reason: str = "") -> None:
    known = found.get(address)
    if known is None or (permanent and not known.permanent):
        found[address] = FailedAddress(address, permanent, status, reason)


def _by_known_shapes(message: Message, blocks: tuple[Message, ...]) -> dict[str, FailedAddress]:
    """The shapes of some twenty mail systems. A report that only says “relayed” or “delivered” is no failure."""
    if not raw_line(message, "from").strip():
        del message["from"]
        message["from"] = "<>"  # one detector stumbles over none, and those after it would not be asked
    try:
        passing, final = all_failures(message)
    except Exception:  # its detectors read anything and were not written for everything
        log.info("a mail's bounce could not be read", exc_info=True)
        return {}
    found: dict[str, FailedAddress] = {}
    for addresses, permanent in ((final, True), (passing, False)):
        for raw in sorted(addresses):
            address = address_in(decoded(raw)).address
            if address and not (blocks and permanent and not _any_failed(blocks)):
                _note(found, address, permanent)
    return found


def _any_failed(blocks: tuple[Message, ...]) -> bool:
    return any(raw_line(block, "action").strip().lower().startswith(("fail", "error")) for block in blocks)


def _by_text(message: Message, text: str) -> dict[str, FailedAddress]:
    """The rest: an address that Exim names, or one that stands beside a server's final answer."""
    found: dict[str, FailedAddress] = {}
    subject = words_of(raw_line(message, "subject"))
    passes = bool(PASSES.search(subject) or PASSES.search(text[:3_000]))
    named = [address_in(each).address for each in raw_line(message, "x-failed-recipients").split(",")]
    for address in filter(None, named):
        _note(found, address, not passes)
    if found or not (_from_machine(message) or _FAILED_SUBJECT.search(subject)):
        return found
    own = {address_in(raw_line(message, name)).address for name in ("from", "to", "delivered-to", "reply-to")}
    for address, code, line in _beside_codes(text[:8_000]):
        if address not in own and not _MACHINE.search(address):
            _note(found, address, not passes and not code.startswith("4"), code, clean_line(line, LONGEST_REASON))
    return found or _by_words(message, text, own)


def _by_words(message: Message, text: str, own: set[str]) -> dict[str, FailedAddress]:
    """Last of all: an address near words of failure, or the only one named where the subject says what happened.

    A person may write such words too: only what no person sent is read so.
    """
    found: dict[str, FailedAddress] = {}
    subject = words_of(raw_line(message, "subject"))
    by_itself = raw_line(message, "auto-submitted").lower().startswith("auto") or _no_sender(message)
    if not (_from_machine(message) or by_itself or _PERHAPS_MACHINE.search(raw_line(message, "from"))):
        return found
    named = list(named_in_words(text)) or (list(only_address(text)) if _FAILED_SUBJECT.search(subject) else [])
    passes = bool(PASSES.search(subject) or PASSES.search(own_words(text[:3_000])))
    for written, line in named:
        address = address_in(written).address
        if address and address not in own and not _MACHINE.search(address):
            _note(found, address, not passes, reason=clean_line(line, LONGEST_REASON))
    return found


def _from_machine(message: Message) -> bool:
    sender = raw_line(message, "from")
    return bool(_MACHINE.search(sender)) or not sender.strip(" <>")


def _no_sender(message: Message) -> bool:
    """An empty envelope, as bounces must have it."""
    return raw_line(message, "return-path").strip() == "<>"


def _beside_codes(text: str) -> Iterator[tuple[str, str, str]]:
    """(address, code, line) of each answer of a server; the address may stand up to three lines above it."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        code = _STATUS.search(line) or _REPLY_CODE.search(line)
        if not code or code[0].strip().startswith("2"):
            continue
        around = (line, *reversed(lines[max(0, at - 3) : at]))
        near = next(filter(None, map(_ADDRESS.search, around)), None)
        if near and (address := address_in(near[1]).address):
            yield address, code[0].strip(" :<>\"'(-\t"), line
