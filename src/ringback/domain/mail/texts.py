"""What a mail text may name, what each kind has to say, and what is wrong with one (A4, A5, A7, A9, A10, D1)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ringback.domain.pressure import SOFTENED
from ringback.domain.vocabulary import Situation
from ringback.domain.wording import Finding, check_pressure, without

STEP_MARK = "/"
# A place that the author of the text left for words of one's own; a link or an escaped bracket is none.
_PLACE = re.compile(r"(?<![\\\]])\[([^\]\[\n]{3,300})\](?![(\[])")
# The signature stands below every mail already; texts of cadences, which are also read out, carry their own.
_SIGN_OFF = re.compile(r"\n\s*\n(?:[\s,|·–-]|\{\{\s*(?:rep_name|rep_first_name|firm_name|phone)\s*\}\})+\Z")


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that texts may use. A list is gone through with `for`."""

    name: str
    meaning: str
    is_list: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable("first_name", "their first name"),
    Variable("last_name", "their last name"),
    Variable("full_name", "first and last name, as far as they are known"),
    Variable("company", "their company"),
    Variable("their_phone", "the number on which you ring them"),
    Variable("rep_name", "your full name"),
    Variable("rep_first_name", "your first name"),
    Variable("firm_name", "your firm, from the settings"),
    Variable("phone", "your telephone number, from your profile"),
    Variable("need", "what matters to them most lately, in their own words"),
    Variable("needs", "all that matters to them", is_list=True),
    Variable("interests", "what they like to talk about", is_list=True),
    Variable("points", "the lines of your note of the last talk, as you wrote them", is_list=True),
    Variable("objections", "what they object to, as long as it is open", is_list=True),
    Variable("ours", "what you promised, each with its day", is_list=True),
    Variable("theirs", "what they promised, each with its day", is_list=True),
    Variable("last_talk_day", "the day of the last talk, such as Friday 6 November"),
    Variable("appointment_day", "the day of the agreed talk, such as Friday 13 November"),
    Variable("appointment_time", "its time on their clock"),
    Variable("appointment_zone", "the zone of that clock, such as Berlin time"),
    Variable("appointment_reason", "what the talk is about"),
    Variable("agenda", "what the talk will go through; the last point is next steps, if any", is_list=True),
    Variable("article_title", "the title of the article that goes with the mail"),
    Variable("article_promise", "what its reader gets"),
    Variable("article_link", "its address, if it is a link; empty if it is attached"),
    Variable("confirm_url", "the link by which they confirm a summary"),
)
NAMES = {variable.name: variable for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text. Of each group in `subject` and `body` the text has to use at least one."""

    situation: Situation
    title: str
    when: str
    rule: str
    subject: tuple[tuple[str, ...], ...] = ()
    body: tuple[tuple[str, ...], ...] = ()


_MOMENT = (("appointment_day",), ("appointment_time",))
KINDS: tuple[Kind, ...] = (
    Kind(
        Situation.CONFIRMATION,
        "Confirmation of an appointment",
        "Right after the call, with an invitation.",
        "A4",
        body=(*_MOMENT, ("appointment_reason",)),
    ),
    Kind(
        Situation.CHANGE,
        "Appointment moved",
        "When a confirmed appointment gets another moment; the invitation moves along.",
        "A4",
        body=_MOMENT,
    ),
    Kind(
        Situation.CANCELLATION,
        "Appointment cancelled",
        "When a confirmed appointment is called off.",
        "A4",
        body=(("appointment_day",),),
    ),
    Kind(
        Situation.THANK_YOU,
        "Thank-you",
        "After the first talk, if a card would come too late.",
        "A5",
        body=(("appointment_day",),),
    ),
    Kind(
        Situation.REMINDER,
        "Reminder",
        "On the business day before the talk, with an article.",
        "A7",
        subject=(("appointment_day",),),
        body=(*_MOMENT, ("needs", "need", "points", "appointment_reason"), ("agenda",), ("article_title",)),
    ),
    Kind(
        Situation.SUMMARY,
        "Summary of a talk",
        "After a talk; you read it before it goes, and they confirm it by a link.",
        "D1",
        body=(("confirm_url",), ("needs", "points"), ("ours",), ("theirs",)),
    ),
    Kind(Situation.REBOOK, "We missed each other", "After an agreed talk that did not come about.", "C2"),
    Kind(Situation.STEP, "Mail of a cadence", "On the day that the cadence says.", "C4"),
)
KIND_OF = {kind.situation: kind for kind in KINDS}


def situation_of(key: str) -> Situation:
    """The situation that a key stands for: its own, or a step of a cadence. ValueError if it is neither."""
    return Situation.STEP if STEP_MARK in key else Situation(key)


def lint_text(
    key: str, subject: str, body: str, *, in_subject: frozenset[str], in_body: frozenset[str], language: str
) -> tuple[Finding, ...]:
    """What is wrong with a text before it is filled; `in_subject` and `in_body` are the variables it uses."""
    kind = KIND_OF[situation_of(key)]
    return (
        *_unknown(in_subject, "subject"),
        *_unknown(in_body, "body"),
        *_absent(kind, kind.subject, in_subject, "subject"),
        *_absent(kind, kind.body, in_body, "body"),
        *(_reminder(subject, body, in_subject, in_body) if kind.situation is Situation.REMINDER else ()),
        *check_pressure(subject, language, field="subject"),
        *check_pressure(body, language, field="body"),
    )


def places_in(markdown: str) -> tuple[str, ...]:
    """The places where words of one's own, or a missing value, still have to be put in; each once, in order."""
    return tuple(dict.fromkeys(found.strip() for found in _PLACE.findall(markdown)))


def without_sign_off(body: str) -> str:
    """The text without the names at its end: the signature of the mailbox takes their place."""
    return _SIGN_OFF.sub("", body.strip())


def _unknown(used: frozenset[str], field: str) -> Iterator[Finding]:
    for name in sorted(used - NAMES.keys()):
        close = difflib.get_close_matches(name, NAMES, n=1)
        better = f"{{{{ {close[0]} }}}}" if close else ""
        yield Finding("A10", field, name, f"There is no variable “{name}”.", better)


def _absent(kind: Kind, wanted: tuple[tuple[str, ...], ...], used: frozenset[str], field: str) -> Iterator[Finding]:
    for group in wanted:
        if used.isdisjoint(group):
            meaning = NAMES[group[0]].meaning
            yield Finding(kind.rule, field, "", f"The {field} lacks {meaning}.", f"{{{{ {group[0]} }}}}")


def _reminder(subject: str, body: str, in_subject: frozenset[str], in_body: frozenset[str]) -> Iterator[Finding]:
    if "appointment_time" in in_subject:
        why = "A subject that already gives the time leaves no reason to open the mail."
        found = re.search(r"\{\{\s*appointment_time[^}]*\}\}", subject)
        excerpt = found[0] if found else "appointment_time"
        yield Finding("A7", "subject", excerpt, why, without(subject, excerpt))
    if "agenda" not in in_body and not SOFTENED.search(body):
        why = "Nothing tells them that they are free to say no; whoever feels bound does not come."
        yield Finding("A7", "body", "", why, "next steps, if any")
