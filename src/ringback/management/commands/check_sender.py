"""ringback check-sender"""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from ringback.adapters.mail.sender_check import CannotAsk, read_sender
from ringback.domain.mail.sender_judgement import Grade, Judgement
from ringback.domain.mail.sender_records import judge, worst
from ringback.management.ours import OurCommand, Trouble

MARKS = {Grade.GOOD: "✓", Grade.WEAK: "!", Grade.BAD: "✗", Grade.UNKNOWN: "?"}
ALL_IN_ALL = {
    Grade.GOOD: "Receivers can tell that mail of {domain} is its own.",
    Grade.WEAK: "Mail of {domain} is believed; what is marked could be better.",
    Grade.BAD: "Mail of {domain} will be mistrusted until what is marked ✗ is put right.",
    Grade.UNKNOWN: "Not everything could be read; try again in a while.",
}
WIDTH = 112


class Command(OurCommand):
    help = (
        "Do receivers believe mail from this domain? Reads SPF, DKIM, DMARC and MX. Ends with 1 if something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("domain", metavar="DOMAIN", help="such as example.com; a mail address is fine too")
        add("--selector", action="append", default=[], metavar="S", help="a DKIM selector (default: the usual ones)")
        add("--nameserver", default="", metavar="HOST[:PORT]", help="whom to ask (default: the system's name servers)")
        add("--json", action="store_true", help="{domain, grade, records: [{subject, name, grade, found, do, add}]}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            read = read_sender(options["domain"], selectors=options["selector"], nameserver=options["nameserver"])
        except CannotAsk as refused:
            raise Trouble(str(refused)) from refused
        judged = judge(read)
        grade = worst(judged)
        if options["json"]:
            data = {"domain": read.domain, "grade": grade, "records": [asdict(each) for each in judged]}
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(in_words(each) for each in judged))
            self.stdout.write("\n" + ALL_IN_ALL[grade].format(domain=read.domain))
        if grade is Grade.BAD:
            raise SystemExit(1)


def in_words(it: Judgement) -> str:
    """One line what was found, under it what to do, and the record to publish on a line of its own for copying."""
    lines = [_wrapped(f"{MARKS[it.grade]} {it.subject:<6} {it.name}: {it.found}")]
    if it.do:
        lines.append(_wrapped(f"→ {it.do}", first=" " * 9))
    if it.add:
        lines.append(f'{"":<11}{it.name}  TXT  "{it.add}"')
    return "\n".join(lines)


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * 11, break_long_words=False, break_on_hyphens=False
    )
