"""Where a connection may lead that people typed into settings."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from ringback.adapters.mail.hosts import ForbiddenHost, Reach, ascii_host, connect, is_permitted, permitted

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"]
PRIVATE = [
    *("127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"),
    *("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12:3456::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
]
NEVER = [
    *("169.254.169.254", "fe80::1", "fe80::1%lo", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"),
    *("0.0.0.0", "::", "224.0.0.1", "ff02::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_may_be_reached(address: str) -> None:
    assert is_permitted(address, Reach())


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_only_if_the_administrator_allows_it(address: str) -> None:
    assert (is_permitted(address, Reach()), is_permitted(address, Reach(private=True))) == (False, True)


@pytest.mark.parametrize("address", NEVER)
def test_address_that_is_never_reached(address: str) -> None:
    assert (is_permitted(address, Reach()), is_permitted(address, Reach(private=True))) == (False, False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "127.0.0.1."])
def test_however_it_is_written_our_own_machine_is_not_reached(host: str) -> None:
    with pytest.raises((ForbiddenHost, socket.gaierror)):
        connect(host, 25, timeout=1, reach=Reach())


def test_name_is_asked_for_once_and_its_answer_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers the second question otherwise gains nothing (DNS rebinding)."""
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 25))]])
    asked: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: asked.append(host) or next(answers))
    assert permitted("rebinding.example", 25, Reach()) == [("93.184.216.34", 25)]
    assert asked == ["rebinding.example"]


def test_of_mixed_answers_only_the_permitted_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 25)) for ip in ("10.0.0.1", "93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: mixed)
    assert permitted("mixed.example", 25, Reach()) == [("93.184.216.34", 25)]


@pytest.mark.parametrize(
    ("typed", "asked"), [("mail.bücher.example", "mail.xn--bcher-kva.example"), (" mail.example. ", "mail.example")]
)
def test_name_as_dns_knows_it(typed: str, asked: str) -> None:
    assert ascii_host(typed) == asked


@pytest.mark.parametrize("host", ["", "a..b", "x" * 70 + ".exämple", "bad host"])
def test_name_that_is_none(host: str) -> None:
    with pytest.raises(OSError):
        connect(host, 25, timeout=1, reach=Reach())
