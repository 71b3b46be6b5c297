"""DMARC: what receivers do with mail that neither SPF nor DKIM vouches for (RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ringback.domain.mail.sender_judgement import Grade, Judgement, Reading, tags_of, unreadable

POLICIES = ("none", "quarantine", "reject")
_MEANINGS = {
    "quarantine": "forged mail goes to spam (p=quarantine)",
    "reject": "forged mail is refused (p=reject)",
}


def record_name(domain: str) -> str:
    return f"_dmarc.{domain}"


def asked_domains(domain: str) -> list[str]:
    """The domain and those above it, down to two labels: the first with a record speaks for those below."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))][:8]


def judge_dmarc(domain: str, readings: Mapping[str, Reading]) -> Judgement:
    """`readings` by domain, those above it as well."""
    for each in asked_domains(domain):
        reading = readings.get(each, Reading())
        if reading.trouble:
            return unreadable("DMARC", record_name(each), reading)
        records = [text.strip() for text in reading.texts if re.match(r"v=DMARC1\s*(;|$)", text.strip())]
        if len(records) > 1:
            found = f"there are {len(records)} records, and receivers then believe none"
            return Judgement("DMARC", record_name(each), Grade.BAD, found, "Keep one.")
        if records:
            return _judge_record(domain, each, records[0])
    do = "Begin with reports alone, and tighten once they show that your own mail passes."
    add = f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"
    return Judgement("DMARC", record_name(domain), Grade.BAD, "there is no record", do, add)


def _judge_record(domain: str, of: str, record: str) -> Judgement:
    name, tags = record_name(of), tags_of(record)
    policy = (tags.get("p", "") if of == domain else tags.get("sp", tags.get("p", ""))).lower()
    above = "" if of == domain else f", inherited from {of}"
    if policy not in POLICIES:
        do = f"Say p={' or p='.join(POLICIES)}."
        return Judgement("DMARC", name, Grade.BAD, f"“{record}” names no policy that receivers know", do)
    if wrong := _wrong_report_address(tags):
        return Judgement("DMARC", name, Grade.WEAK, f"“{wrong}” is no address for reports", "Write rua=mailto:….")
    if policy == "none":
        do = "Fine to begin with. Once the reports show that your own mail passes, publish p=quarantine."
        found = f"forged mail still arrives (p=none){above}"
        tag = "p" if of == domain or "sp" not in tags else "sp"
        tighter = re.sub(rf"(?<![a-z]){tag}\s*=\s*none", f"{tag}=quarantine", record, count=1, flags=re.IGNORECASE)
        return Judgement("DMARC", name, Grade.WEAK, found, do, tighter)
    if (share := tags.get("pct", "100")) != "100":
        return Judgement("DMARC", name, Grade.WEAK, f"it holds for {share} % of the mail only{above}", "Remove pct.")
    if not tags.get("rua"):
        do = f"You get no reports; add rua=mailto:dmarc@{of} to see who sends in your name."
        return Judgement("DMARC", name, Grade.GOOD, _MEANINGS[policy] + above, do)
    return Judgement("DMARC", name, Grade.GOOD, _MEANINGS[policy] + above)


def _wrong_report_address(tags: Mapping[str, str]) -> str:
    given = [address.strip() for address in tags.get("rua", "").split(",") if address.strip()]
    return next((each for each in given if not re.match(r"mailto:[^@\s]+@[^@\s]+$", each, re.IGNORECASE)), "")
