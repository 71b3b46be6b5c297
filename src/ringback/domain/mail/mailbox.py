"""What a mailbox's settings must say before anything is tried with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from ringback.domain.mail.providers import PROVIDERS

NONE, STARTTLS, TLS = "none", "starttls", "tls"
SECURITIES = (NONE, STARTTLS, TLS)

# More than any provider lets through; a slip of the finger, not a limit of ours.
MOST_PER_MINUTE = 1_000
MOST_PER_DAY = 100_000

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")
_ONE_LINE = ("address", "from_name", "username", "imap_username", "inbox_folder", "sent_folder")


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that cannot stay as it is, and why."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """A mailbox as somebody wants it; `has_secret` and `has_imap_secret` say that there is one, not which."""

    address: str
    from_name: str
    provider: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    username: str
    has_secret: bool
    imap_host: str
    imap_port: int
    imap_security: str
    imap_username: str
    has_imap_secret: bool
    inbox_folder: str
    sent_folder: str
    per_minute: int
    per_day: int


def faults(it: MailboxSettings, *, private_hosts: bool) -> tuple[Fault, ...]:
    """All that stands in the way. `private_hosts`: the house lets mailboxes lie inside its own network."""
    return (*_texts(it), *_sending(it, private_hosts), *_reading(it, private_hosts), *_caps(it))


def _texts(it: MailboxSettings) -> Iterator[Fault]:
    for name in _ONE_LINE:
        if _CONTROL.search(getattr(it, name)):
            yield Fault(name, "A line break or another control character is in it; mail would break apart there.")
    if not it.from_name.strip():
        yield Fault("from_name", "Say under which name mails go out.")


def _sending(it: MailboxSettings, private_hosts: bool) -> Iterator[Fault]:
    if it.provider:
        yield from _by_provider(it, private_hosts)
        return
    if not it.smtp_host:
        yield Fault("smtp_host", "Name the server that takes outgoing mail, such as smtp.example.com.")
    else:
        yield from _server("smtp", it.smtp_host, it.smtp_port, it.smtp_security, private_hosts)
    if it.username and not it.has_secret:
        yield Fault("secret", "Type the password that belongs to this log-in name.")


def _by_provider(it: MailboxSettings, private_hosts: bool) -> Iterator[Fault]:
    """There, `smtp_host` is a web address in the place of the provider's usual one, and `username` a second key."""
    provider = PROVIDERS.get(it.provider)
    if provider is None:
        yield Fault("provider", f"Choose one of: {', '.join(PROVIDERS)}.")
        return
    if not it.has_secret:
        yield Fault("secret", "Paste the API key that the provider shows you.")
    if provider.user and not it.username:
        yield Fault("username", f"{provider.name} also wants {provider.user}.")
    if provider.own_address and not it.smtp_host:
        yield Fault("smtp_host", f"{provider.name} runs where you installed it: give its web address.")
    if it.smtp_host and not _WEB_ADDRESS.fullmatch(it.smtp_host):
        yield Fault("smtp_host", "Give a web address that begins with https://, or leave it empty.")
    elif it.smtp_host.startswith("http://") and not private_hosts:
        yield Fault("smtp_host", "Without encryption the key could be read on its way: write https://.")


def _reading(it: MailboxSettings, private_hosts: bool) -> Iterator[Fault]:
    if not it.imap_host:
        if it.sent_folder:
            yield Fault("sent_folder", "Copies are stored through the server for incoming mail: name it, or leave out.")
        return
    yield from _server("imap", it.imap_host, it.imap_port, it.imap_security, private_hosts)
    # What a provider's API is given opens no inbox.
    if not it.imap_username and (it.provider or not it.username):
        yield Fault("imap_username", "Name the log-in for reading.")
    if not it.has_imap_secret and (it.provider or not it.has_secret):
        yield Fault("imap_secret", "Type the password for reading.")
    if not it.inbox_folder.strip():
        yield Fault("inbox_folder", "Name the folder that is read; most servers call it INBOX.")


def _server(kind: str, host: str, port: int, security: str, private_hosts: bool) -> Iterator[Fault]:
    if message := host_fault(host):
        yield Fault(f"{kind}_host", message)
    if not 1 <= port <= 65_535:
        yield Fault(f"{kind}_port", "Ports are numbers from 1 to 65535.")
    if security not in SECURITIES:
        yield Fault(f"{kind}_security", f"Choose one of: {', '.join(SECURITIES)}.")
    if security == NONE and not private_hosts:
        yield Fault(
            f"{kind}_security",
            "Without encryption the password could be read on its way. It is only possible when an admin allows "
            "mailboxes on private addresses.",
        )


def host_fault(host: str) -> str:
    """Why this is no name or address of a server; empty if it is one. Nothing is looked up."""
    if "://" in host or "/" in host or "@" in host:
        return "Write the server’s name alone, without https://, a path or a mail address."
    if _is_address(host):
        return ""
    if ":" in host:
        return "Write the server’s name alone; the port has a field of its own."
    try:
        ascii_host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return "This is no name of a server."
    labels = ascii_host.removesuffix(".").split(".")
    if len(ascii_host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return "This is no name of a server."
    return ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _caps(it: MailboxSettings) -> Iterator[Fault]:
    if not 0 <= it.per_minute <= MOST_PER_MINUTE:
        yield Fault("per_minute", f"Between 1 and {MOST_PER_MINUTE:,}; 0 sets no limit.")
    if not 0 <= it.per_day <= MOST_PER_DAY:
        yield Fault("per_day", f"Between 1 and {MOST_PER_DAY:,}; 0 sets no limit.")
