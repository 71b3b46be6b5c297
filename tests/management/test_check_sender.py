"""`ringback check-sender` before a real name server."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from ringback.domain.mail.dkim import key_name
from tests.name_server import Zone, name_server

ZONE: Zone = {
    ("kilns.example", "TXT"): ['"v=spf1 mx ?all"'],
    ("kilns.example", "MX"): ["10 mx.kilns.example."],
    ("_dmarc.kilns.example", "TXT"): ['"v=DMARC1; p=none"'],
}


def checked(*words: str) -> tuple[str, int]:
    said = io.StringIO()
    with name_server(ZONE) as server:
        try:
            call_command("check_sender", *words, "--nameserver", server, stdout=said)
        except SystemExit as ended:
            return said.getvalue(), int(str(ended.code))
    return said.getvalue(), 0


def test_what_is_missing_is_said_with_the_record_to_publish() -> None:
    said, code = checked("kilns.example", "--selector", "s1")
    assert code == 1
    assert said.splitlines() == [
        "! SPF    kilns.example: “v=spf1 mx ?all”: it says nothing about other servers",
        "         → End it with ~all.",
        '           kilns.example  TXT  "v=spf1 mx ~all"',
        "✗ DKIM   s1._domainkey.kilns.example: there is no key",
        "         → Publish the key that your provider shows for this name.",
        "! DMARC  _dmarc.kilns.example: forged mail still arrives (p=none)",
        "         → Fine to begin with. Once the reports show that your own mail passes, publish p=quarantine.",
        '           _dmarc.kilns.example  TXT  "v=DMARC1; p=quarantine"',
        "✓ MX     kilns.example: replies arrive at mx.kilns.example",
        "",
        "Mail of kilns.example will be mistrusted until what is marked ✗ is put right.",
    ]


def test_for_scripts() -> None:
    said, code = checked("kilns.example", "--selector", "s1", "--json")
    data = json.loads(said)
    assert (code, data["domain"], data["grade"]) == (1, "kilns.example", "bad")
    assert [(each["subject"], each["grade"]) for each in data["records"]] == [
        ("SPF", "weak"), ("DKIM", "bad"), ("DMARC", "weak"), ("MX", "good"),
    ]  # fmt: skip
    assert data["records"][1] == {
        "subject": "DKIM",
        "name": key_name("s1", "kilns.example"),
        "grade": "bad",
        "found": "there is no key",
        "do": "Publish the key that your provider shows for this name.",
        "add": "",
    }


def test_no_domain_is_told_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="“kilns” is no domain"):
        checked("kilns")
