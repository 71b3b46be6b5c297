"""Connections to hosts that people type into settings: into our own network only if the administrator allows it."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64, RFC 6052: the last 32 bits are the real address


class ForbiddenHost(OSError):
    """The name leads to an address that settings may not reach."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a connection may go, and whose certificates it believes.

    `private` allows loopback and private addresses (an administrator's choice). `authorities` is a PEM file of
    certificate authorities believed beside the system's own.
    """

    private: bool = False
    authorities: Path | None = None

    def tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.authorities is not None:
            context.load_verify_locations(self.authorities)
        return context


def connect(host: str, port: int, *, timeout: float, reach: Reach) -> socket.socket:
    """A connection to the first permitted address that answers; `timeout` seconds for all of them together.

    The address that was checked is the one connected to: a name cannot be safe when asked and private when used.
    Raises OSError: ForbiddenHost, socket.gaierror, or what the last address answered.
    """
    addresses = permitted(host, port, reach)
    until = time.monotonic() + timeout
    for number, address in enumerate(addresses):
        share = max(0.05, (until - time.monotonic()) / (len(addresses) - number))
        try:
            return _at_once(socket.create_connection(address, timeout=share))
        except OSError as error:
            failure = error
    raise failure


def _at_once(connection: socket.socket) -> socket.socket:
    """Without waiting for company (Nagle): the last line of a mail would lie still until the rest was acknowledged."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def permitted(host: str, port: int, reach: Reach) -> list[tuple[str, int]]:
    """Where `host` may be reached, as numeric addresses in the system's order of preference; never empty.

    Raises socket.gaierror for a name that leads nowhere, ForbiddenHost for one that leads only where it may not.
    """
    try:
        found = socket.getaddrinfo(ascii_host(host), port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    numeric = list(dict.fromkeys((str(address[0]), port) for *_, address in found))
    allowed = [each for each in numeric if is_permitted(each[0], reach)]
    if not allowed:
        raise ForbiddenHost(f"{host} leads to {numeric[0][0]}, a private address, which settings may not reach")
    return allowed


def ascii_host(host: str) -> str:
    """The name as DNS knows it: münchen.example becomes xn--mnchen-3ya.example. Raises UnicodeError."""
    host = host.strip().rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")


def is_permitted(address: str, reach: Reach) -> bool:
    """Link-local addresses (a cloud's own secrets live there), multicast and “any” are never permitted."""
    ip = _innermost(ipaddress.ip_address(address))
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return reach.private or ip.is_global


def _innermost(ip: _Address) -> _Address:
    """The IPv4 address that an IPv6 address stands for, if it stands for one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
