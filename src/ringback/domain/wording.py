"""Checks on what is about to be written or said: reminders that get opened, nothing that pushes (A7, A9, B4)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ringback.domain.because import day_words
from ringback.domain.pressure import PUSHES, SOFTENED, TAKEN_BACK
from ringback.domain.spoken_time import gives_day, readable, times_in

LONG_WORD = 4
# Characters before a phrase in which a negation can take it back; without a bound a long text takes minutes.
LOOK_BACK = 120
_NEXT_STEPS = re.compile(r"next steps|nächste schritte", re.IGNORECASE)
_A_NEXT_STEP = re.compile(r"\b(?:next steps?|nächste[nrms]? schritt(?:e|en)?)\b", re.IGNORECASE)
# What leaves a next step open, anywhere in its sentence.
_LEFT_OPEN = re.compile(
    r"\b(?:if|whether|could|might|may|perhaps|maybe|any|no|not|"
    r"falls|sofern|ob|wenn|könnte\w*|vielleicht|gegebenenfalls|ggf|kein\w*|nicht)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_SOFT_STEPS = {"en": "next steps, if there are any", "de": "nächste Schritte, falls es welche gibt"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, in which field, the words in question (empty if something is missing), why, and a better form."""

    rule: str
    field: str
    excerpt: str
    why: str
    better: str


def check_reminder(
    subject: str,
    body: str,
    *,
    starts_at_local: datetime,
    recap_points: Iterable[str],
    agenda: Iterable[str],
    language: str = "en",
) -> tuple[Finding, ...]:
    """A7 and A9: what keeps a reminder from being sent; nothing if it is fine.

    `starts_at_local` is the appointment on the prospect's own clock. The subject gives the date and no time; the body
    gives both, one of the points of last time, the agenda, and leaves the next steps open.
    """
    return (
        *_subject(subject, starts_at_local),
        *_moment(body, starts_at_local),
        *_substance(body, tuple(recap_points), tuple(agenda)),
        *_softener(body),
        *check_pressure(subject, language, field="subject"),
        *check_pressure(body, language, field="body"),
    )


def check_pressure(text: str, language: str = "en", *, field: str = "text") -> tuple[Finding, ...]:
    """A9: phrases that push for a commitment, in reading order; a language without a list is read as English."""
    plain = readable(text)
    pushes = PUSHES.get(language.split("-")[0].lower(), PUSHES["en"])
    found = [
        (match.start(), Finding("A9", field, match[0], push.why, push.better))
        for push in pushes
        for match in push.pattern.finditer(plain)
        if not TAKEN_BACK.search(plain, max(0, match.start() - LOOK_BACK), match.start())
    ]
    return tuple(finding for _, finding in sorted(found, key=lambda each: each[0]))


def check_next_steps(text: str, language: str = "en", *, field: str = "text") -> tuple[Finding, ...]:
    """B4: whoever speaks of next steps leaves open whether there are any; an open question does so by itself."""
    why = "Next steps that are taken for granted sound like a decision that was made for them."
    better = _SOFT_STEPS.get(language.split("-")[0].lower(), _SOFT_STEPS["en"])
    return tuple(
        Finding("B4", field, found[0], why, better)
        for sentence in _SENTENCE.findall(readable(text))
        if (found := _A_NEXT_STEP.search(sentence)) and not sentence.endswith("?") and not _LEFT_OPEN.search(sentence)
    )


def _subject(subject: str, starts_at: datetime) -> Iterator[Finding]:
    for found in times_in(subject, starts_at.time(), starts_at.date()):
        yield Finding(
            "A7",
            "subject",
            found.excerpt,
            "A subject that already gives the time leaves no reason to open the mail.",
            without(subject, found.excerpt),
        )
    if not gives_day(subject, starts_at.date()):
        day = day_words(starts_at.date())
        yield Finding("A7", "subject", "", f"The subject does not give the date, {day}.", f"Our call on {day}")


def _moment(body: str, starts_at: datetime) -> Iterator[Finding]:
    day, clock = day_words(starts_at.date()), f"{starts_at:%H:%M}"
    if not gives_day(body, starts_at.date()):
        yield Finding("A7", "body", "", f"The body does not confirm the date, {day}.", f"We speak on {day} at {clock}.")
    times = times_in(body, starts_at.time(), starts_at.date())
    if not any(starts_at.hour * 60 + starts_at.minute in found.minutes for found in times):
        wrong = times[0].excerpt if times else ""
        why = (
            f"The body says “{wrong}”, the appointment is at {clock}."
            if wrong
            else "The body does not confirm the time."
        )
        yield Finding("A7", "body", wrong, why, f"We speak on {day} at {clock}.")


def _substance(body: str, recap_points: tuple[str, ...], agenda: tuple[str, ...]) -> Iterator[Finding]:
    if not any(_mentions(body, point) for point in recap_points):
        better = (
            f"Last time we talked about {recap_points[0]}." if recap_points else "Note what you talked about first."
        )
        yield Finding("A7", "body", "", "The body does not recall what you talked about last time.", better)
    points = [point for point in agenda if not _NEXT_STEPS.search(point)] or list(agenda)
    if not any(_mentions(body, point) for point in points):
        better = "; ".join(agenda) or "What we recommend; your questions; next steps, if any"
        yield Finding(
            "A7", "body", "", "The body gives no agenda, so they cannot tell what the call is good for.", better
        )


def _softener(body: str) -> Iterator[Finding]:
    if not SOFTENED.search(readable(body)):
        why = "Nothing tells them that they are free to say no; whoever feels bound does not come."
        yield Finding("A7", "body", "", why, "next steps, if any")


def _mentions(body: str, point: str) -> bool:
    """Whether the point stands there, word for word or with at least half of its longer words."""
    text, wanted = _words(body), _words(point)
    if not wanted:
        return False
    long = {word for word in wanted if len(word) >= LONG_WORD} or set(wanted)
    return len(long & set(text)) * 2 >= len(long)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", readable(text).casefold())


def without(subject: str, excerpt: str) -> str:
    """The subject as it reads when the time and the word that leads to it are gone."""
    leading = r"(?:(?:\b(?:at|by|from|um|ab|à|a las|alle|kl\.?)|@|,|–|—|-)\s*)*"
    shorter = re.sub(leading + re.escape(excerpt), "", readable(subject), count=1, flags=re.IGNORECASE)
    tidy = re.sub(r"\s+([,.!?;:])", r"\1", re.sub(r"\(\s*\)", "", shorter))
    return " ".join(tidy.split()).strip(" ,;:–—-")
