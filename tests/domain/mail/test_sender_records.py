"""What receivers make of a domain's SPF, DKIM and DMARC records, as tables of cases."""

from __future__ import annotations

from base64 import b64encode

import pytest

from ringback.domain.mail.dkim import judge_dkim
from ringback.domain.mail.dmarc import asked_domains, judge_dmarc
from ringback.domain.mail.sender_judgement import Grade, Judgement, Reading
from ringback.domain.mail.sender_records import SenderRecords, judge, judge_mx, worst
from ringback.domain.mail.spf import judge_spf, lookups

GOOD, WEAK, BAD, UNKNOWN = Grade.GOOD, Grade.WEAK, Grade.BAD, Grade.UNKNOWN
KILNS = "kilns.example"

SPF: dict[str, tuple[list[str], Grade, str, str]] = {
    "good": (["other text", "v=spf1 mx -all"], GOOD, "v=spf1 mx -all", ""),
    "soft-end": (["V=SPF1 a:mail.kilns.example ~all"], GOOD, "", ""),
    "redirect": (["v=spf1 redirect=mail.example"], GOOD, "", ""),
    "long-key-beside": (["v=spf10 +all", "v=spf1 ip4:203.0.113.0/24 ip6:2001:db8::/32 -all"], GOOD, "", ""),
    "foreign-modifier": (["v=spf1 mx ra=postmaster -all"], GOOD, "", ""),
    "macro": (["v=spf1 exists:%{i}._spf.kilns.example -all"], GOOD, "", ""),
    "none": (["v=spf10 -all"], BAD, "no record", "v=spf1 mx include:YOUR-PROVIDER ~all"),
    "two": (
        ["v=spf1 mx ~all", "v=spf1 include:mail.example -all"],
        BAD,
        "2 records",
        "v=spf1 mx include:mail.example ~all",
    ),
    "typing-error": (["v=spf1 includ:mail.example -all"], BAD, "“includ:mail.example”", ""),
    "empty-include": (["v=spf1 include: -all"], BAD, "“include:”", ""),
    "include-of-nothing": (["v=spf1 include:empty.example -all"], BAD, "empty.example, which has no", ""),
    "anybody": (["v=spf1 mx +all"], BAD, "anybody", "v=spf1 mx ~all"),
    "anybody-too": (["v=spf1 all"], BAD, "anybody", "v=spf1 ~all"),
    "shrug": (["v=spf1 mx ?all"], WEAK, "says nothing", "v=spf1 mx ~all"),
    "no-end": (["v=spf1 mx"], WEAK, "no end", "v=spf1 mx ~all"),
    "slow": (["v=spf1 ptr -all"], WEAK, "ptr", ""),
    "circle": ([f"v=spf1 include:{KILNS} -all"], BAD, "receivers stop at 10", ""),
    "too-many": ([f"v=spf1 {' '.join(f'a:m{each}.example' for each in range(11))} -all"], BAD, "stop at 10", ""),
}
OTHERS = {"mail.example": Reading(("v=spf1 ip4:198.51.100.1 -all",)), "empty.example": Reading(("hello",))}


@pytest.mark.parametrize("case", SPF)
def test_spf(case: str) -> None:
    texts, grade, found, add = SPF[case]
    judged = judge_spf(KILNS, OTHERS | {KILNS: Reading(tuple(texts))})
    assert (judged.grade, judged.add) == (grade, add)
    assert found in judged.found
    assert bool(judged.do) == (grade is not GOOD)


def test_spf_counts_what_others_draw_in() -> None:
    readings = {KILNS: Reading(("v=spf1 include:a.example mx -all",)), "a.example": Reading(("v=spf1 a a:b.example",))}
    assert lookups(KILNS, readings) == 4


def test_ten_lookups_are_not_too_many() -> None:
    ten = Reading((f"v=spf1 {' '.join(f'a:m{each}.example' for each in range(10))} -all",))
    assert judge_spf(KILNS, {KILNS: ten}).grade is GOOD


def key(size: int) -> str:
    return b64encode(bytes(size)).decode()


DKIM: dict[str, tuple[list[str], Grade, str]] = {
    "2048-bits": ([f"v=DKIM1; k=rsa; p={key(294)}"], GOOD, "2048"),
    "4096-bits": ([f"p={key(550)}"], GOOD, "4096"),
    "with-blanks": ([f"v=DKIM1; p={key(294)[:100]} {key(294)[100:]}"], GOOD, "2048"),
    "ed25519": ([f"v=DKIM1; k=ed25519; p={key(32)}"], GOOD, "Ed25519"),
    "strict-names": ([f"v=DKIM1; t=s; s=email; p={key(294)}"], GOOD, "2048"),
    "1024-bits": ([f"v=DKIM1; p={key(162)}"], WEAK, "1024"),
    "trial": ([f"v=DKIM1; t=y:s; p={key(294)}"], WEAK, "trial"),
    "512-bits": ([f"v=DKIM1; p={key(94)}"], BAD, "shorter than 1024"),
    "withdrawn": (["v=DKIM1; p="], BAD, "withdrawn"),
    "damaged": (["v=DKIM1; p=MIIB…"], BAD, "damaged"),
    "damaged-ed25519": ([f"v=DKIM1; k=ed25519; p={key(31)}"], BAD, "damaged"),
    "other-version": ([f"v=DKIM2; p={key(294)}"], BAD, "DKIM2"),
    "not-for-mail": ([f"v=DKIM1; s=tlsrpt; p={key(294)}"], BAD, "not for mail"),
    "odd-kind": ([f"v=DKIM1; k=dsa; p={key(294)}"], BAD, "dsa"),
    "two-keys": ([f"v=DKIM1; p={key(294)}", f"v=DKIM1; p={key(162)}"], BAD, "2 keys"),
    "no-key": (["v=spf1 -all"], BAD, "no key"),
}


@pytest.mark.parametrize("case", DKIM)
def test_dkim(case: str) -> None:
    texts, grade, found = DKIM[case]
    (judged,) = judge_dkim(KILNS, {"s1": Reading(tuple(texts))}, named=True)
    assert (judged.name, judged.grade) == (f"s1._domainkey.{KILNS}", grade)
    assert found in judged.found


def test_dkim_usual_names_are_told_only_where_there_is_a_key() -> None:
    readings = {"a": Reading(), "b": Reading((f"p={key(294)}",)), "c": Reading(trouble="no answer in time")}
    assert [each.name for each in judge_dkim(KILNS, readings, named=False)] == [f"b._domainkey.{KILNS}"]
    (none,) = judge_dkim(KILNS, {"a": Reading()}, named=False)
    assert (none.grade, "--selector" in none.do) == (BAD, True)
    (unread,) = judge_dkim(KILNS, {"a": Reading(), "c": Reading(trouble="no answer in time")}, named=False)
    assert unread.grade is UNKNOWN


DMARC: dict[str, tuple[str, Grade, str, str]] = {
    "reject": ("v=DMARC1; p=reject; rua=mailto:d@kilns.example", GOOD, "refused", ""),
    "quarantine": ("v=DMARC1;p=quarantine;rua=mailto:d@kilns.example!10m,mailto:e@x.example", GOOD, "spam", ""),
    "no-reports": ("v=DMARC1; p=reject", GOOD, "refused", ""),
    "begin": ("v=DMARC1; p=none; sp=none", WEAK, "still arrives", "v=DMARC1; p=quarantine; sp=none"),
    "sub-first": ("v=DMARC1; sp=none; p=none", WEAK, "still arrives", "v=DMARC1; sp=none; p=quarantine"),
    "some": ("v=DMARC1; p=reject; pct=20; rua=mailto:d@kilns.example", WEAK, "20 %", ""),
    "odd-address": ("v=DMARC1; p=reject; rua=d@kilns.example", WEAK, "no address for reports", ""),
    "odd-policy": ("v=DMARC1; p=rejekt", BAD, "names no policy", ""),
    "no-policy": ("v=DMARC1", BAD, "names no policy", ""),
    "none": ("v=DMARC10; p=reject", BAD, "no record", f"v=DMARC1; p=none; rua=mailto:dmarc@{KILNS}"),
}


@pytest.mark.parametrize("case", DMARC)
def test_dmarc(case: str) -> None:
    text, grade, found, add = DMARC[case]
    judged = judge_dmarc(KILNS, {KILNS: Reading((text,))})
    assert (judged.name, judged.grade, judged.add) == (f"_dmarc.{KILNS}", grade, add)
    assert found in judged.found


@pytest.mark.parametrize(
    ("above", "grade", "add"),
    [
        ("v=DMARC1; p=reject; sp=none", WEAK, "v=DMARC1; p=reject; sp=quarantine"),
        ("v=DMARC1; p=none; sp=reject; rua=mailto:d@kilns.example", GOOD, ""),
        ("v=DMARC1; p=reject; rua=mailto:d@kilns.example", GOOD, ""),
    ],
)
def test_dmarc_of_a_domain_above_holds_for_those_below(above: str, grade: Grade, add: str) -> None:
    judged = judge_dmarc(f"news.{KILNS}", {f"news.{KILNS}": Reading(), KILNS: Reading((above,))})
    assert (judged.name, judged.grade, judged.add) == (f"_dmarc.{KILNS}", grade, add)
    assert f"inherited from {KILNS}" in judged.found


def test_dmarc_is_asked_for_down_to_two_labels() -> None:
    assert asked_domains("a.b.kilns.example") == ["a.b.kilns.example", "b.kilns.example", "kilns.example"]
    assert asked_domains("kilns.example") == ["kilns.example"]


@pytest.mark.parametrize(
    ("texts", "grade"),
    [(("10 mx.kilns.example.",), GOOD), ((), BAD), (("0 .",), BAD), (("0 .", "5 mx.example."), GOOD)],
)
def test_mx(texts: tuple[str, ...], grade: Grade) -> None:
    assert judge_mx(KILNS, Reading(texts)).grade is grade


def test_what_could_not_be_read_is_neither_good_nor_missing() -> None:
    lost = Reading(trouble="no answer in time")
    judged = judge(SenderRecords(KILNS, {KILNS: lost}, {"s": lost}, {KILNS: lost}, lost, selectors_named=True))
    assert [each.grade for each in judged] == [UNKNOWN] * 4
    assert all("no answer in time" in each.found for each in judged)


@pytest.mark.parametrize(
    ("grades", "all_in_all"), [([GOOD, WEAK], WEAK), ([UNKNOWN, WEAK], UNKNOWN), ([GOOD, BAD], BAD)]
)
def test_the_worst_counts(grades: list[Grade], all_in_all: Grade) -> None:
    assert worst([Judgement("SPF", KILNS, grade, "") for grade in grades]) is all_in_all
