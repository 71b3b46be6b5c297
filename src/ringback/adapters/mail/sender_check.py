"""Reads what the DNS says about a domain's mail; judging it is `domain/mail/sender_records`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address

import dns.exception
import dns.name
import dns.resolver
from dns.rdatatype import RdataType

from ringback.domain.mail.dkim import USUAL_SELECTORS, key_name
from ringback.domain.mail.dmarc import asked_domains, record_name
from ringback.domain.mail.sender_judgement import Reading
from ringback.domain.mail.sender_records import SenderRecords
from ringback.domain.mail.spf import MOST_LOOKUPS, asks_for, records_of

SECONDS_A_QUESTION = 5.0
Ask = Callable[[str, RdataType], Reading]
# Nothing under a name, not even the name: for a key as good as no key, for a whole domain a misspelling.
NOWHERE = Reading()


class CannotAsk(Exception):
    """No domain, no name server, or one that does not answer; the words say which."""


def read_sender(domain: str, *, selectors: Sequence[str] = (), nameserver: str = "") -> SenderRecords:
    """SPF with what it draws in, DKIM keys, DMARC up to the organisation's domain, MX.

    `nameserver` is “host”, “host:port” or “[IPv6]:port”; without one the system's are asked. Raises CannotAsk.
    """
    domain = _checked_domain(domain)
    ask = _asker(_resolver(nameserver))
    own = ask(domain, RdataType.TXT)
    if own is NOWHERE:
        raise CannotAsk(f"There is no domain {domain}. Is it misspelt, or not registered any more?")
    if own.trouble:
        # Whoever does not answer the first question would let the other thirty run out of time as well.
        raise CannotAsk(f"The name servers say nothing about {domain}: {own.trouble}")
    keys = {each: ask(key_name(each, domain), RdataType.TXT) for each in selectors or USUAL_SELECTORS}
    return SenderRecords(
        domain=domain,
        spf=_drawn_in(domain, own, ask),
        dkim=keys,
        dmarc={each: ask(record_name(each), RdataType.TXT) for each in asked_domains(domain)},
        mx=ask(domain, RdataType.MX),
        selectors_named=bool(selectors),
    )


def _checked_domain(text: str) -> str:
    try:
        domain = dns.name.from_text(text.strip().rpartition("@")[2]).to_text(omit_final_dot=True).lower()
    except (UnicodeError, dns.exception.DNSException):
        domain = ""
    if "." not in domain.strip("."):
        raise CannotAsk(f"“{text}” is no domain, such as example.com.")
    return domain


def _resolver(nameserver: str) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=False)
    if nameserver:
        host, port = _split(nameserver)
        resolver.nameservers, resolver.port = [_address_of(host)], port
    else:
        try:
            resolver = dns.resolver.Resolver()
        except dns.resolver.NoResolverConfiguration as trouble:
            raise CannotAsk("This machine names no name server; give one with --nameserver.") from trouble
    resolver.lifetime = SECONDS_A_QUESTION
    return resolver


def _split(nameserver: str) -> tuple[str, int]:
    host, colon, port = nameserver.rpartition(":")
    if not colon or (":" in host and not host.startswith("[")):
        host, port = nameserver, "53"
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise CannotAsk(f"“{nameserver}” is no name server, such as 127.0.0.1:53.")
    return host.strip("[]"), int(port)


def _address_of(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return str(socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)[0][4][0])
    except (OSError, UnicodeError) as trouble:
        raise CannotAsk(f"The name server {host} cannot be found.") from trouble


def _asker(resolver: dns.resolver.Resolver) -> Ask:
    def ask(name: str, kind: RdataType) -> Reading:
        try:
            answer = resolver.resolve(dns.name.from_text(name), kind, search=False)
        except dns.resolver.NXDOMAIN:
            return NOWHERE
        except dns.resolver.NoAnswer:
            return Reading()
        except dns.resolver.LifetimeTimeout:
            return Reading(trouble="no answer in time")
        except (dns.exception.DNSException, UnicodeError, OSError) as trouble:
            return Reading(trouble=_in_words(trouble))
        return Reading(tuple(_text(each) for each in answer))

    return ask


def _in_words(trouble: Exception) -> str:
    if isinstance(trouble, dns.resolver.NoNameservers):
        return "the name servers answer with an error"
    return " ".join(str(trouble).split())[:200] or type(trouble).__name__


def _text(record: object) -> str:
    """A TXT record's pieces belong together without a blank (RFC 7208, 3.3)."""
    pieces: tuple[bytes, ...] | None = getattr(record, "strings", None)
    return b"".join(pieces).decode("utf-8", "replace") if pieces is not None else str(record)


def _drawn_in(domain: str, own: Reading, ask: Ask) -> Mapping[str, Reading]:
    """The SPF records that a receiver would read, no more of them than it would."""
    read = {domain: own}
    waiting = [domain]
    while waiting and len(read) <= MOST_LOOKUPS + 1:
        for record in records_of(read[waiting.pop(0)])[:1]:
            for name in asks_for(record):
                if name not in read:
                    read[name] = ask(name, RdataType.TXT)
                    waiting.append(name)
    return read
