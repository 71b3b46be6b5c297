"""A mailbox's settings before anything is tried: what each field may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ringback.domain.mail.mailbox import MailboxSettings, faults, host_fault
from ringback.domain.mail.presets import _BY_DOMAIN, hint_of, preset_for

GOOD = MailboxSettings(
    address="rosa@example.com",
    from_name="Rosa Lindqvist",
    provider="",
    smtp_host="smtp.example.com",
    smtp_port=587,
    smtp_security="starttls",
    username="rosa@example.com",
    has_secret=True,
    imap_host="imap.example.com",
    imap_port=993,
    imap_security="tls",
    imap_username="",
    has_imap_secret=False,
    inbox_folder="INBOX",
    sent_folder="Sent",
    per_minute=20,
    per_day=400,
)

FINE: dict[str, dict[str, Any]] = {
    "as-most-have-it": {},
    "no-reading": {"imap_host": "", "sent_folder": "", "imap_port": 0},
    "no-log-in": {"username": "", "has_secret": False, "imap_host": "", "sent_folder": ""},
    "provider": {"provider": "postmark", "smtp_host": "", "imap_host": "", "sent_folder": ""},
    "provider-and-reading": {"provider": "postmark", "smtp_host": "", "imap_username": "rosa", "has_imap_secret": True},
    "provider-elsewhere": (
        {"provider": "mailgun", "smtp_host": "https://api.eu.mailgun.net/v3", "imap_host": "", "sent_folder": ""}
    ),
    "provider-with-a-second-key": {
        "provider": "mailjet",
        "smtp_host": "",
        "imap_username": "rosa",
        "has_imap_secret": True,
    },
    "no-caps": {"per_minute": 0, "per_day": 0},
    "address-as-host": {"smtp_host": "203.0.113.9", "imap_host": "2001:db8::25"},
    "letters-of-others": {"smtp_host": "post.münchen.example"},
}

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "header-in-name": ({"from_name": "Rosa\r\nBcc: all@example.com"}, "from_name"),
    "header-in-address": ({"address": "rosa@example.com\nX: y"}, "address"),
    "line-separator-in-log-in": ({"username": "rosa\u2028"}, "username"),
    "command-in-folder": ({"inbox_folder": "INBOX\r\nA1 LOGOUT"}, "inbox_folder"),
    "command-in-sent-folder": ({"sent_folder": "Sent\x00"}, "sent_folder"),
    "nobody": ({"from_name": "  "}, "from_name"),
    "no-server": ({"smtp_host": ""}, "smtp_host"),
    "address-of-a-page": ({"smtp_host": "https://smtp.example.com/"}, "smtp_host"),
    "port-in-host": ({"imap_host": "imap.example.com:993"}, "imap_host"),
    "command-in-host": ({"smtp_host": "smtp.example.com\r\nQUIT"}, "smtp_host"),
    "port-zero": ({"smtp_port": 0}, "smtp_port"),
    "port-beyond": ({"imap_port": 65_536}, "imap_port"),
    "odd-security": ({"smtp_security": "ssl"}, "smtp_security"),
    "no-encryption": ({"smtp_security": "none"}, "smtp_security"),
    "no-encryption-reading": ({"imap_security": "none"}, "imap_security"),
    "log-in-without-password": ({"has_secret": False, "has_imap_secret": True}, "secret"),
    "odd-provider": ({"provider": "pigeon", "imap_username": "rosa", "has_imap_secret": True}, "provider"),
    "server-as-web-address": ({"provider": "postmark", "imap_host": "", "sent_folder": ""}, "smtp_host"),
    "key-in-the-clear": (
        {"provider": "postal", "smtp_host": "http://p.example", "imap_host": "", "sent_folder": ""},
        "smtp_host",
    ),
    "postal-of-nobody": ({"provider": "postal", "smtp_host": "", "imap_host": "", "sent_folder": ""}, "smtp_host"),
    "no-second-key": (
        {"provider": "mailjet", "smtp_host": "", "username": "", "imap_username": "r", "has_imap_secret": True},
        "username",
    ),
    "provider-without-key": (
        {"provider": "postmark", "smtp_host": "", "has_secret": False, "imap_host": "", "sent_folder": ""},
        "secret",
    ),
    "key-opens-no-inbox": ({"provider": "postmark", "smtp_host": "", "imap_username": "rosa"}, "imap_secret"),
    "nor-does-its-user": ({"provider": "mailjet", "smtp_host": "", "has_imap_secret": True}, "imap_username"),
    "reading-without-log-in": ({"username": "", "has_imap_secret": True}, "imap_username"),
    "copies-without-reading": ({"imap_host": ""}, "sent_folder"),
    "no-inbox": ({"inbox_folder": " "}, "inbox_folder"),
    "too-many-a-minute": ({"per_minute": 1_001}, "per_minute"),
    "fewer-than-none": ({"per_day": -1}, "per_day"),
}


@pytest.mark.parametrize("case", FINE)
def test_settings_that_can_be(case: str) -> None:
    assert faults(replace(GOOD, **FINE[case]), private_hosts=False) == ()


@pytest.mark.parametrize("case", WRONG)
def test_settings_that_cannot_be_say_so_at_their_field(case: str) -> None:
    changed, field = WRONG[case]
    assert [fault.field for fault in faults(replace(GOOD, **changed), private_hosts=False)] == [field]


def test_inside_ones_own_network_it_may_go_without_encryption() -> None:
    plain = replace(GOOD, smtp_security="none", imap_security="none")
    assert faults(plain, private_hosts=True) == ()


@pytest.mark.parametrize(
    "host", ["a..b", "-a.example", "a_b-.example", "x" * 64, "a." * 127 + "example", "a b", "ä" * 70]
)
def test_what_is_no_name_of_a_server(host: str) -> None:
    assert host_fault(host)


@pytest.mark.parametrize("host", ["localhost", "mail.example.com.", "mail_1.example.com", "127.0.0.1", "::1"])
def test_what_is_one(host: str) -> None:
    assert host_fault(host) == ""


@pytest.mark.parametrize("domain", _BY_DOMAIN)
def test_every_preset_is_a_mailbox_that_can_be(domain: str) -> None:
    preset = preset_for(f"Rosa@{domain.upper()} ")
    assert preset is not None
    servers = {
        name: getattr(preset, name)
        for name in ("smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security", "per_day")
    }
    assert faults(replace(GOOD, **servers), private_hosts=False) == ()
    assert preset.name in hint_of(preset)


def test_a_firm_of_its_own_has_no_preset() -> None:
    assert preset_for("rosa@kilns.example") is None
    assert preset_for("gmail.com.attacker.example") is None
