"""What a mail that came in is, and why. Pure: the same mail is always the same.

Looked for in the order of MailKind: a third of real bounces call themselves an automatic answer, so that bounces come
first; a person's reply is what is left, and other automatic mail is what no person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ringback.domain.because import day_words, shortened
from ringback.domain.mail.absence import absence
from ringback.domain.mail.incoming import Incoming
from ringback.domain.mail.mail_words import (
    ABSENT,
    AUTOMATIC_SUBJECT,
    BARE_WISH,
    CONFIRMS,
    LEFT,
    NOT_A_WISH,
    OBJECTS,
    REMOVE_ME,
)
from ringback.domain.vocabulary import CalendarAnswer, MailKind

LONGEST_BECAUSE = 300
LONGEST_CONFIRMATION = 400
_READ = 4_000
_SENTENCE = re.compile(r"[^.!?\n]*")
_MACHINES, _LISTS = ("auto_reply", "auto-reply", "junk"), ("bulk", "list")
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
_ROBOT = re.compile(
    r"^(?:no-?reply|do-?not-?reply|donotreply|notifications?|mailer|newsletter|news|alerts?|system|automat\w*)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen)|moin|liebe[rs]?|sehr geehrte[rs]?|bonjour|hola|ciao)\b"
    r"[^\n,.!]{0,60}[,.!\n]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`because` is a sentence for a person. `facts` is plain JSON: what the kind brings with it."""

    kind: MailKind
    because: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "because", shortened(self.because, LONGEST_BECAUSE))


def classify(mail: Incoming, received_on: date) -> Verdict:
    """`received_on` is the local day on which it was taken in; its own Date goes before, where it has one."""
    for look in _LOOKS.values():
        if verdict := look(mail, received_on):
            return verdict
    return Verdict(MailKind.REPLY, "A person wrote: nothing marks it as automatic.", _confirmation(mail))


def read_as(kind: MailKind, mail: Incoming, received_on: date) -> Verdict:
    """What it brings when a person has said which kind it is."""
    look = _LOOKS.get(kind)
    found = look(mail, received_on) if look else None
    if found is not None and found.kind is kind:
        return found
    return Verdict(kind, "Somebody here read it so.", _facts(kind, mail, received_on))


def _facts(kind: MailKind, mail: Incoming, received_on: date) -> dict[str, Any]:
    if kind is MailKind.OUT_OF_OFFICE:
        return _away(mail, received_on)
    if kind is MailKind.LEFT_COMPANY:
        return _successor(mail)
    if kind is MailKind.BOUNCE:
        return _failed(mail)
    return _confirmation(mail) if kind is MailKind.REPLY else {}


def _own(mail: Incoming) -> str:
    """What it says itself: not what it quotes, of which most is ours."""
    return (mail.new_text or mail.text)[:_READ]


def _bounce(mail: Incoming, _: date) -> Verdict | None:
    final = [each for each in mail.failed if each.permanent]
    if final:
        said = f": {final[0].reason}" if final[0].reason else ""
        return Verdict(MailKind.BOUNCE, f"It says that {_listed(final)} cannot be reached{said}.", _failed(mail))
    if mail.failed:
        return Verdict(MailKind.BOUNCE, f"It says that mail to {_listed(mail.failed)} is delayed.", _failed(mail))
    if mail.report.is_delivery:
        return Verdict(MailKind.AUTOMATIC, "A delivery report that names no failure.")
    return None


def _listed(failed: Any) -> str:
    names = [each.address for each in failed]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _failed(mail: Incoming) -> dict[str, Any]:
    return {
        "failed": [
            {"address": each.address, "permanent": each.permanent, "status": each.status, "reason": each.reason}
            for each in mail.failed
        ]
    }


def _complaint(mail: Incoming, _: date) -> Verdict | None:
    kind = mail.report.feedback
    if not kind:
        return None
    if kind == "not-spam":
        return Verdict(MailKind.AUTOMATIC, "A feedback report that takes a complaint back.")
    whom = mail.report.feedback_recipient or "A recipient"
    because = f"{whom} marked a mail of yours as unwanted (feedback report “{kind}”)."
    return Verdict(MailKind.COMPLAINT, because, {"address": mail.report.feedback_recipient, "feedback": kind})


_ANSWERED = {
    CalendarAnswer.ACCEPTED: "Their calendar accepted the invitation.",
    CalendarAnswer.TENTATIVE: "Their calendar answered “perhaps”.",
    CalendarAnswer.DECLINED: "Their calendar declined the invitation.",
    CalendarAnswer.COUNTER: "Their calendar proposes another moment.",
}


def _calendar_answer(mail: Incoming, _: date) -> Verdict | None:
    answer = mail.calendar
    if answer is None:
        return None
    facts = {
        "answer": answer.answer.value,
        "uid": answer.uid,
        "sequence": answer.sequence,
        "starts_at": answer.starts_at.isoformat() if answer.starts_at else "",
        "comment": answer.comment,
    }
    return Verdict(MailKind.CALENDAR_ANSWER, _ANSWERED[answer.answer], facts)


def _out_of_office(mail: Incoming, received_on: date) -> Verdict | None:
    why = _automatic_by(mail)
    if not why or not (ABSENT.search(mail.subject) or ABSENT.search(_own(mail))):
        return None
    facts = _away(mail, received_on)
    if not facts["until"] and LEFT.search(_own(mail)):
        return None
    if facts["until"]:
        until = f"They are away until {day_words(date.fromisoformat(facts['until']))} (“…{facts['words']}”)"
    else:
        until = "They are away; no day of return can be read from it"
        until += f" (“…{facts['words']}” is no day to wait for)" if facts["words"] else ""
    return Verdict(MailKind.OUT_OF_OFFICE, f"{until}. {why}", facts)


def _away(mail: Incoming, received_on: date) -> dict[str, Any]:
    written = mail.written_at.date() if mail.written_at else received_on
    # A clock that is years off would move the return as well.
    written = written if abs((written - received_on).days) <= 45 else received_on
    found = absence(f"{mail.subject}\n{_own(mail)}", written)
    return {"until": found.until.isoformat() if found.until else "", "words": found.words}


def _left_company(mail: Incoming, _: date) -> Verdict | None:
    why = _automatic_by(mail)
    if not (found := LEFT.search(_own(mail))) or not why:
        return None
    return Verdict(MailKind.LEFT_COMPANY, f"It says “{_sentence(_own(mail), found)}”. {why}", _successor(mail))


def _successor(mail: Incoming) -> dict[str, Any]:
    """The first address in it that is neither the sender's nor ours, of the same domain where there is one."""
    own = {mail.from_.address, *mail.to}
    others = [each for each in map(str.lower, _ADDRESS.findall(_own(mail))) if each not in own]
    domain = mail.from_.address.rpartition("@")[2]
    near = [each for each in others if each.endswith(f"@{domain}")]
    return {"successor": next(iter(near or others), "")[:320]}


def _remove_me(mail: Incoming, _: date) -> Verdict | None:
    """Only in what they wrote themselves: our own footer, quoted back, is no wish."""
    if _automatic_by(mail):
        return None
    if BARE_WISH.match(mail.new_text) or (BARE_WISH.match(mail.subject) and len(mail.new_text) < 200):
        facts = {"words": mail.new_text[:200] or mail.subject}
        return Verdict(MailKind.REMOVE_ME, "The whole mail is the wish to be left alone.", facts)
    found = REMOVE_ME.search(mail.new_text[:_READ])
    if found is None:
        return None
    said = _sentence(mail.new_text, found)
    if NOT_A_WISH.search(said):
        return None
    return Verdict(MailKind.REMOVE_ME, f"They wrote “{said}”.", {"words": said})


def _automatic(mail: Incoming, _: date) -> Verdict | None:
    why = _automatic_by(mail)
    return Verdict(MailKind.AUTOMATIC, why) if why else None


def _automatic_by(mail: Incoming) -> str:
    """By what a machine gives itself away; blank if nothing says that one wrote."""
    lines = mail.headers
    if lines.auto_submitted and not lines.auto_submitted.startswith("no"):
        return f"Its header says “Auto-Submitted: {lines.auto_submitted[:40]}”."
    if lines.autoreply and not lines.autoreply.startswith(("no", "false")):
        return "Its header says that it is an automatic answer."
    if lines.precedence in _MACHINES or (lines.precedence in _LISTS and not mail.in_reply_to):
        return f"Its header says “Precedence: {lines.precedence}”."
    if AUTOMATIC_SUBJECT.search(mail.subject):
        return "Its subject is that of an automatic answer."
    if lines.null_sender:
        return "It has no sender to answer to."
    if _ROBOT.match(mail.from_.address):
        return f"It comes from {mail.from_.address}, where nobody reads."
    return "It went to a mailing list." if lines.list_id and not mail.in_reply_to else ""


def _sentence(text: str, found: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1
    tail = _SENTENCE.match(text, found.end())
    return shortened(" ".join(text[start : tail.end() if tail else found.end()].split()), 160)


def _confirmation(mail: Incoming) -> dict[str, Any]:
    """Whether a reply says yes to what it answers: short, and without a but (D1)."""
    said = mail.new_text.strip()
    says_yes = bool(CONFIRMS.search(_GREETING.sub("", said))) and not OBJECTS.search(said)
    return {"confirms": True} if says_yes and len(said) <= LONGEST_CONFIRMATION else {}


Look = Callable[[Incoming, date], "Verdict | None"]
_LOOKS: dict[MailKind, Look] = {
    MailKind.BOUNCE: _bounce,
    MailKind.COMPLAINT: _complaint,
    MailKind.CALENDAR_ANSWER: _calendar_answer,
    MailKind.OUT_OF_OFFICE: _out_of_office,
    MailKind.LEFT_COMPANY: _left_company,
    MailKind.REMOVE_ME: _remove_me,
    MailKind.AUTOMATIC: _automatic,
}
