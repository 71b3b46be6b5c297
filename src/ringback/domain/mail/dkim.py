"""DKIM: the public keys with which receivers check a mail's signature (RFC 6376, RFC 8301, RFC 8463)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping

from ringback.domain.mail.sender_judgement import Grade, Judgement, Reading, tags_of, unreadable

# Where the large providers put their keys; a domain's own selector is in each mail it sends (DKIM-Signature, s=).
USUAL_SELECTORS = (
    "google", "selector1", "selector2", "default", "mail", "dkim", "k1", "k2", "k3", "s1", "s2", "key1", "fm1",
    "mandrill", "pm", "20230601", "protonmail", "zoho", "sig1", "mta",
)  # fmt: skip
# A public key of 1024 bits takes 162 bytes as it is published, one of 2048 bits 294.
_LEAST_BYTES, _FAIR_BYTES = 150, 270
_ED25519_BYTES = (32, 44)


def key_name(selector: str, domain: str) -> str:
    return f"{selector}._domainkey.{domain}"


def judge_dkim(domain: str, readings: Mapping[str, Reading], *, named: bool) -> list[Judgement]:
    """One judgement for each selector that was named; of the usual ones only those that hold a key.

    `readings` by selector.
    """
    judged = [_judge_key(key_name(selector, domain), reading) for selector, reading in readings.items()]
    if named:
        return judged
    found = [each for each in judged if each.found != NO_KEY]
    if any(each.grade is not Grade.UNKNOWN for each in found):
        return [each for each in found if each.grade is not Grade.UNKNOWN]
    if found:
        return found[:1]
    do = (
        "Turn on DKIM where your mail is sent from, and publish the key shown there. If it is on already, look for s=… "
        "in the DKIM-Signature of a mail you sent, and name it with --selector."
    )
    return [Judgement("DKIM", f"…._domainkey.{domain}", Grade.BAD, "no key under any of the usual names", do)]


NO_KEY = "there is no key"


def _judge_key(name: str, reading: Reading) -> Judgement:
    if reading.trouble:
        return unreadable("DKIM", name, reading)
    keys = [text for text in reading.texts if "p" in tags_of(text)]
    if not keys:
        return Judgement("DKIM", name, Grade.BAD, NO_KEY, "Publish the key that your provider shows for this name.")
    if len(keys) > 1:
        return Judgement(
            "DKIM", name, Grade.BAD, f"there are {len(keys)} keys under one name", "Keep the newest alone."
        )
    grade, found, do = _judge_tags(tags_of(keys[0]))
    return Judgement("DKIM", name, grade, found, do)


def _judge_tags(tags: Mapping[str, str]) -> tuple[Grade, str, str]:
    anew = "Publish the key anew, exactly as your provider shows it."
    if tags.get("v", "DKIM1") != "DKIM1":
        return Grade.BAD, f"its version is “{tags['v']}”, not DKIM1", anew
    if not tags["p"]:
        return Grade.BAD, "the key was withdrawn", "Remove the record, or publish the key that is in use."
    if not {"*", "email"} & {service.strip() for service in tags.get("s", "*").split(":")}:
        return Grade.BAD, f"the key is not for mail (s={tags['s']})", anew
    try:
        key = b64decode(tags["p"].replace(" ", ""), validate=True)
    except (binascii.Error, ValueError):
        return Grade.BAD, "the key is damaged", anew
    if "y" in tags.get("t", "").split(":"):
        return Grade.WEAK, "it is marked as a trial (t=y), so receivers do not rely on it", "Remove t=y."
    return _judge_length(tags.get("k", "rsa").lower(), len(key), anew)


def _judge_length(kind: str, size: int, anew: str) -> tuple[Grade, str, str]:
    if kind == "ed25519":
        if size in _ED25519_BYTES:
            return Grade.GOOD, "an Ed25519 key", ""
        return Grade.BAD, "the key is damaged", anew
    if kind != "rsa":
        return Grade.BAD, f"“{kind}” is a kind of key that receivers do not know", anew
    if size < _LEAST_BYTES:
        return Grade.BAD, "the key is shorter than 1024 bits, and receivers ignore it", "Make a key of 2048 bits."
    if size < _FAIR_BYTES:
        return Grade.WEAK, "a key of 1024 bits", "It still counts; 2048 bits are asked for by now."
    return Grade.GOOD, f"a key of {2048 if size < 400 else 4096} bits", ""
