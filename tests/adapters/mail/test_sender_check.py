"""What the DNS says about a domain's mail, read from a real name server."""

from __future__ import annotations

from base64 import b64encode

import pytest

from ringback.adapters.mail import sender_check
from ringback.adapters.mail.sender_check import CannotAsk, read_sender
from ringback.domain.mail.sender_judgement import Grade
from ringback.domain.mail.sender_records import judge
from tests.name_server import FAILS, SILENT, Zone, name_server

KEY = b64encode(bytes(294)).decode()
ZONE: Zone = {
    ("kilns.example", "TXT"): ['"v=spf1 include:spf.post.example -all"', '"some other text"'],
    ("kilns.example", "MX"): ["10 mx.kilns.example."],
    ("spf.post.example", "TXT"): ['"v=spf1 include:more.post" ".example ~all"'],
    ("more.post.example", "TXT"): ['"v=spf1 ip4:203.0.113.0/24 ~all"'],
    ("s1._domainkey.kilns.example", "TXT"): [f'"v=DKIM1; p={KEY[:200]}" "{KEY[200:]}"'],
    ("_dmarc.kilns.example", "TXT"): ['"v=DMARC1; p=reject; rua=mailto:d@kilns.example"'],
    ("large.example", "TXT"): [f'"{letter * 250}"' for letter in "abcdefgh"] + ['"v=spf1 -all"'],
    ("broken.example", FAILS): [],
    ("silent.example", SILENT): [],
    ("half.example", "TXT"): ['"v=spf1 include:broken.example -all"'],
    ("_dmarc.half.example", FAILS): [],
    ("xn--mnchen-3ya.example", "TXT"): ['"v=spf1 -all"'],
}


def grades(domain: str, server: str, *selectors: str) -> dict[str, Grade]:
    return {each.subject: each.grade for each in judge(read_sender(domain, selectors=selectors, nameserver=server))}


def test_good_sender() -> None:
    with name_server(ZONE) as server:
        read = read_sender("Rosa@Kilns.EXAMPLE.", selectors=["s1"], nameserver=server)
    assert read.domain == "kilns.example"
    assert read.spf["spf.post.example"].texts == ("v=spf1 include:more.post.example ~all",)
    assert [each.grade for each in judge(read)] == [Grade.GOOD] * 4
    assert set(read.spf) == {"kilns.example", "spf.post.example", "more.post.example"}


def test_the_usual_selectors_are_tried_unless_one_is_named() -> None:
    with name_server(ZONE) as server:
        assert grades("kilns.example", server)["DKIM"] is Grade.GOOD
        assert grades("kilns.example", server, "s2")["DKIM"] is Grade.BAD


def test_domain_that_says_nothing_about_mail() -> None:
    with name_server(ZONE) as server:
        assert set(grades("post.example", server).values()) == {Grade.BAD}


def test_domain_that_does_not_exist() -> None:
    with name_server(ZONE) as server, pytest.raises(CannotAsk, match=r"no domain nowhere\.example\."):
        read_sender("nowhere.example", nameserver=server)


def test_answer_too_large_for_one_packet_comes_over_tcp() -> None:
    with name_server(ZONE) as server:
        assert grades("large.example", server)["SPF"] is Grade.GOOD


def test_letters_beyond_ascii() -> None:
    with name_server(ZONE) as server:
        assert grades("münchen.example", server)["SPF"] is Grade.GOOD


def test_one_name_that_fails_spoils_only_its_own_line() -> None:
    with name_server(ZONE) as server:
        found = grades("half.example", server)
    assert (found["SPF"], found["DMARC"], found["MX"]) == (Grade.GOOD, Grade.UNKNOWN, Grade.BAD)


def test_name_server_that_fails_is_told_in_words() -> None:
    with name_server(ZONE) as server, pytest.raises(CannotAsk, match=r"broken\.example: the name servers answer with"):
        read_sender("broken.example", nameserver=server)


def test_name_server_that_stays_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_check, "SECONDS_A_QUESTION", 0.5)
    with name_server(ZONE) as server, pytest.raises(CannotAsk, match="no answer in time"):
        read_sender("silent.example", nameserver=server)


@pytest.mark.parametrize("domain", ["", "kilns", "a..example", f"{'x' * 64}.example", "rosa@", "."])
def test_what_is_no_domain(domain: str) -> None:
    with pytest.raises(CannotAsk, match="is no domain"):
        read_sender(domain, nameserver="127.0.0.1:9")


@pytest.mark.parametrize(
    "nameserver", ["127.0.0.1:dns", "127.0.0.1:0", "127.0.0.1:65536", "[::1]:x", "no such.example"]
)
def test_what_is_no_name_server(nameserver: str) -> None:
    with pytest.raises(CannotAsk):
        read_sender("kilns.example", nameserver=nameserver)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("[::1]:5353", ("::1", 5353)), ("::1", ("::1", 53)), ("192.0.2.1", ("192.0.2.1", 53)), ("ns:54", ("ns", 54))],
)
def test_ways_to_name_a_name_server(said: str, meant: tuple[str, int]) -> None:
    assert sender_check._split(said) == meant
