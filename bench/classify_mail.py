"""How many real mails are read rightly, and how fast.

    python bench/classify_mail.py [--data ../shared/data/mail]

Bounces: every address of the gold is named, its kind (for good, or passing) is right, and the mail is taken for one.
Replies: right is a text that begins and ends as the answer does (a table below, made by reading each file): nothing of
the quote or the signature is left, and nothing of the answer is gone. White space and case do not count. Where an
answer closes with “Thanks, Alex”, that is part of it: somebody typed it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from ringback.adapters.mail.parsing import parse
from ringback.domain.mail.classify import classify
from ringback.domain.mail.new_text import new_text
from ringback.domain.vocabulary import MailKind

DAY = date(2026, 11, 23)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail"
FINE = ("Hi. I am fine.", "Thanks, Alex")

GITHUB = {
    "correct_sig": ("this is an email", "-- signature."),
    "email_1_1": ("Hi folks", "Java HTTP API."),
    "email_1_2": ("Hi,", 'delete them all individually."'),
    "email_1_3": ("Oh thanks.", "would be great."),
    "email_1_4": ("Awesome!", "problem with it."),
    "email_1_5": ("One: Here's", "for a while."),
    "email_1_6": ("I get proper", "rendering as well."),
    "email_1_7": (":+1:", ":+1:"),
    "email_1_8": ("I will reply", "and under this."),
    "email_2_1": ("Outlook with a reply", "a reply"),
    "email_2_2": ("Outlook with", "above line"),
    "email_2_3": ("Outlook with", "above line"),
    "email_BlackBerry": ("Here is", "another email"),
    "email_bullets": ("test 2", "- and another"),
    "email_iPhone": ("Here is", "another email"),
    "email_multi_word_sent_from_my_mobile_device": ("Here is", "another email"),
    "email_one_is_not_on": ("Thank, this", "when I run..."),
    "email_sent_from_my_not_signature": ("Here is", "my mobile phone."),
    "email_sig_delimiter_in_middle_of_line": ("Hi there!", "kthxbai"),
    "greedy_on": ("On your remote host", "is not working."),
    "pathological": ("I think you're", "to a computer."),
}
TALON = {
    "reply-quotations-share-block": ("Hi Katharine.", "Joe XXX"),
    "OLK_SRC_BODY_SECTION": ("Reply", "Reply"),
    "reply-separated-by-hr": ("Hi there", "Bob"),
}
SIGNED = {
    "camel_case": ("Martin, can we", "cool shirts!"),
    "jeff": ("Thanks Sasha", "to the homepage."),
    "johndoeexamplecom": ("(Please accept", "in the drawing!"),
    "long": ("Lorem ipsum", "sed non aliquam lacus."),
    "short_url": ("Simone,", "what you see."),
    "sparse": ("Lorem ipsum", "sed non aliquam lacus."),
}


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--data", type=Path, default=SHARED)
    folder = asked.parse_args().data
    if not folder.is_dir():
        print(f"{folder} is absent: nothing was measured")
        return 0
    bounces(folder / "bounces-flufl")
    replies("github", github(folder / "replies-github"))
    replies("talon", talon(folder / "replies-talon"))
    rate([path.read_bytes() for path in sorted(folder.rglob("*.txt")) + sorted(folder.rglob("*.eml"))])
    return 0


def bounces(folder: Path) -> None:
    addresses = found = right = kinds = mails = 0
    for gold in json.loads((folder / "_gold.json").read_text()):
        mail = parse((folder / gold["file"]).read_bytes())
        named = {each.address: each.permanent for each in mail.failed}
        wanted = [address.lower() for address in gold["addresses"]]
        addresses += len(wanted)
        found += sum(address in named for address in wanted)
        right += sum(named.get(address) is not gold["temporary"] for address in wanted if address in named)
        mails += bool(wanted)
        kinds += bool(wanted) and classify(mail, DAY).kind is MailKind.BOUNCE
    tell("bounces, every address named", found, addresses, 1.0)
    tell("bounces, for good or passing", right, addresses, 0.95)
    tell("bounces, taken for one", kinds, mails, 0.95)


def github(folder: Path) -> Iterator[tuple[str, str, tuple[str, str]]]:
    for name, words in GITHUB.items():
        yield name, new_text((folder / f"{name}.txt").read_text(encoding="utf-8")), words


def talon(folder: Path) -> Iterator[tuple[str, str, tuple[str, str]]]:
    for path in sorted((folder / "standard_replies").iterdir()):
        text = path.read_bytes()
        yield path.name, parse(text if path.suffix == ".eml" else b"\n" + text).new_text, ("Hello", "Hello")
    for path in sorted((folder / "html_replies").iterdir()):
        yield path.name, html(path), FINE
    for name, words in TALON.items():
        path = next(folder.glob(f"{name}*"))
        yield name, parse(path.read_bytes()).new_text if path.suffix == ".eml" else html(path), words
    for name, words in SIGNED.items():
        signed = folder / "signature" / "emails" / "stripped"
        yield (
            name,
            new_text((signed / f"{name}_body.txt").read_text(), (signed / f"{name}_sender.txt").read_text()),
            words,
        )


def html(path: Path) -> str:
    return parse(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + path.read_bytes()).new_text


def replies(what: str, judged: Iterator[tuple[str, str, tuple[str, str]]]) -> None:
    right = count = 0
    for name, text, (begins, ends) in judged:
        plain, first, last = (" ".join(each.split()).lower() for each in (text, begins, ends))
        good = plain.startswith(first) and plain.endswith(last)
        right, count = right + good, count + 1
        if not good:
            print(f"  not right: {name}: …{plain[-70:]}")
    tell(f"replies, {what}: new text", right, count, 0.9)


def rate(mails: list[bytes]) -> None:
    started = process_time()
    for raw in mails:
        classify(parse(raw), DAY)
    print(f"read and judged: {len(mails) / (process_time() - started):.0f} mails a second of one core, n={len(mails)}")


def tell(what: str, right: int, count: int, aim: float) -> None:
    met = "met" if right >= aim * count else "MISSED"
    print(f"{what:<32} {right / max(1, count):6.1%}   n={count}   aim ≥ {aim:.0%}: {met}")


if __name__ == "__main__":
    raise SystemExit(main())
