"""Whether receivers will believe that a domain's mail is its own: SPF, DKIM and DMARC read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ringback.domain.mail.dkim import judge_dkim
from ringback.domain.mail.dmarc import judge_dmarc
from ringback.domain.mail.sender_judgement import Grade, Judgement, Reading, unreadable
from ringback.domain.mail.spf import judge_spf

_ORDER = (Grade.BAD, Grade.UNKNOWN, Grade.WEAK, Grade.GOOD)


@dataclass(frozen=True, slots=True)
class SenderRecords:
    """All that was read: `spf` and `dmarc` by domain, `dkim` by selector, `mx` as “preference host”."""

    domain: str
    spf: Mapping[str, Reading]
    dkim: Mapping[str, Reading]
    dmarc: Mapping[str, Reading]
    mx: Reading
    selectors_named: bool


def judge(records: SenderRecords) -> list[Judgement]:
    """SPF, DKIM, DMARC, and whether replies can arrive, in this order."""
    return [
        judge_spf(records.domain, records.spf),
        *judge_dkim(records.domain, records.dkim, named=records.selectors_named),
        judge_dmarc(records.domain, records.dmarc),
        judge_mx(records.domain, records.mx),
    ]


def judge_mx(domain: str, reading: Reading) -> Judgement:
    """RFC 5321 and RFC 7505: a lone “0 .” says that the domain takes no mail."""
    if reading.trouble:
        return unreadable("MX", domain, reading)
    hosts = [text.split()[-1].rstrip(".") for text in reading.texts]
    named = next(filter(None, hosts), "")
    if not named:
        found = "it says that it takes no mail" if hosts else "there is no server for incoming mail"
        return Judgement("MX", domain, Grade.BAD, found, "Without one, replies and bounces are lost.")
    return Judgement("MX", domain, Grade.GOOD, f"replies arrive at {named}")


def worst(judged: list[Judgement]) -> Grade:
    """One word for all of them. A weak or missing DKIM beside a good SPF still counts: forwarders break SPF."""
    return next(grade for grade in _ORDER if any(each.grade is grade for each in judged))
