"""The opening statement of a call, made from the record: complete, or it says what is missing (B2–B5)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ringback.domain.maps.moments import spoken_day
from ringback.domain.opening_words import GERMAN_WORDS, OpeningWords, words_in
from ringback.domain.script import LONG_OPENING_SECONDS, speaking_seconds

# What can be said in one breath; the rest stays on the screen (B7).
MOST_NEEDS, MOST_POINTS, MOST_RAISED = 2, 3, 1
# On the agenda, which is read and not said.
MOST_STILL_OPEN = 3
MARKS = '“”„"'


class Talk(StrEnum):
    """Which kind of talk is opened."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    MISSED = "missed"


class Part(StrEnum):
    NAME = "name"
    REASON = "reason"
    NEED = "need"
    LAST_TIME = "last_time"
    AGENDA = "agenda"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What the record holds. Days are local to the prospect; needs, points and objections are in their own words.

    `still_open` are the objections that turned out to be real, the newest first. `language` is the prospect's: what is
    read out is said in it, what the rep is told stays English. `agreed`: this time was set aside for the talk, rather
    than chosen by us.
    """

    rep_name: str
    firm_name: str
    first_name: str
    talk: Talk = Talk.FOLLOW_UP
    reason: str = ""
    agreed: bool = True
    needs: tuple[str, ...] = ()
    last_points: tuple[str, ...] = ()
    last_talk_on: date | None = None
    proposal_sent_on: date | None = None
    last_name: str = ""
    language: str = ""
    still_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    kind: Part
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece that the record lacks: which, why the opening needs it, and what to ask or enter."""

    what: str
    why: str
    ask: str


@dataclass(frozen=True, slots=True)
class Opening:
    sentences: tuple[Sentence, ...]
    agenda: tuple[str, ...]
    missing: tuple[Missing, ...]
    seconds: int
    too_long: bool
    language: str = "en"

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


def opening(facts: OpeningFacts) -> Opening:
    """What to say first. A sentence whose facts are missing is left out and named, never read out with a hole in it.

    What stands in their way is worth more than the notes of last time, but no long opening (B7): it stands on the
    agenda in any case.
    """
    sentences, seconds = _said(facts)
    if facts.still_open and seconds > LONG_OPENING_SECONDS:
        sentences, seconds = _said(replace(facts, last_points=()))
    if facts.still_open and seconds > LONG_OPENING_SECONDS:
        sentences, seconds = _said(replace(facts, still_open=()))
    long, said_in = seconds > LONG_OPENING_SECONDS, "de" if words_in(facts.language) is GERMAN_WORDS else "en"
    return Opening(sentences, agenda(facts), _missing(facts), seconds, long, said_in)


def _said(facts: OpeningFacts) -> tuple[tuple[Sentence, ...], int]:
    """The sentences, and how many seconds they take to say."""
    parts = ((kind, say(facts, words_in(facts.language))) for kind, say in _PARTS.items())
    sentences = tuple(Sentence(kind, text) for kind, text in parts if text)
    return sentences, speaking_seconds(" ".join(sentence.text for sentence in sentences), facts.language or "en")


def agenda(facts: OpeningFacts) -> tuple[str, ...]:
    """B3: a proposal that was sent is reviewed, otherwise there are recommendations. B5: what really stands in the way
    comes back before the end. B4: next steps only if any."""
    words = words_in(facts.language)
    *first, last = _usual_points(facts, words)
    quoted = (words.quoted.format(what=text.strip(MARKS)) for text in _first(facts.still_open, MOST_STILL_OPEN))
    return (*first, *(words.point_open.format(what=each) for each in quoted), last)


def _usual_points(facts: OpeningFacts, words: OpeningWords) -> tuple[str, ...]:
    if facts.proposal_sent_on is not None:
        day = spoken_day(facts.proposal_sent_on, facts.language)
        return tuple(point.format(day=day) for point in words.points_review)
    return words.points_first if facts.talk is Talk.FIRST else words.points_recommend


def _name(facts: OpeningFacts, words: OpeningWords) -> str:
    rep, firm = _plain(facts.rep_name), _plain(facts.firm_name)
    if not (rep and firm):
        return ""
    # Whoever is addressed formally is not called by the first name alone.
    names = (facts.first_name, facts.last_name) if words is GERMAN_WORDS else (facts.first_name,)
    who = " ".join(filter(None, map(_plain, names)))
    hello = words.hello.format(who=who) if who else words.hello_nobody
    introduction = words.first_name_is if facts.talk is Talk.FIRST else words.this_is
    return hello + introduction.format(rep=rep, firm=firm)


def _reason(facts: OpeningFacts, words: OpeningWords) -> str:
    reason = _plain(facts.reason)
    if not reason:
        return ""
    if facts.talk is Talk.MISSED:
        return words.reason_missed.format(what=reason)
    set_aside = facts.talk is Talk.FOLLOW_UP and facts.agreed
    return (words.reason_follow_up if set_aside else words.reason_first).format(what=reason)


def _need(facts: OpeningFacts, words: OpeningWords) -> str:
    """The prospect's own words stand behind a colon, so that they fit whatever their grammar is."""
    needs = _listed(facts.needs, MOST_NEEDS, words.conjunction)
    if not needs:
        return ""
    if facts.talk is Talk.FIRST:
        return words.need_first.format(what=needs)
    if facts.last_talk_on is None:
        return words.need_last.format(what=needs)
    return words.need_on.format(day=spoken_day(facts.last_talk_on, facts.language), what=needs)


def _last_time(facts: OpeningFacts, words: OpeningWords) -> str:
    """A note may be half a sentence or three, about “them”: as a quotation it can be read out whatever it is."""
    points = _quoted(facts.last_points, MOST_POINTS, words.quoted)
    return words.last_time.format(what=points) if points and facts.talk is not Talk.FIRST else ""


def _agenda_sentence(facts: OpeningFacts, words: OpeningWords) -> str:
    if facts.proposal_sent_on is not None:
        first = words.review.format(day=spoken_day(facts.proposal_sent_on, facts.language))
    else:
        first = words.ask if facts.talk is Talk.FIRST else words.recommend
    raised = _quoted(facts.still_open, MOST_RAISED, words.quoted)
    return words.today.format(what=first, also=words.come_back.format(what=raised) if raised else "")


def _question(_facts: OpeningFacts, words: OpeningWords) -> str:
    return words.question


_PARTS: dict[Part, Callable[[OpeningFacts, OpeningWords], str]] = {
    Part.NAME: _name,
    Part.REASON: _reason,
    Part.NEED: _need,
    Part.LAST_TIME: _last_time,
    Part.AGENDA: _agenda_sentence,
    Part.QUESTION: _question,
}

_FULL_NAME = Missing(
    "rep_name", "An opening gives your first and last name.", "Enter your full name in your own settings."
)
_FIRM_NAME = Missing("firm_name", "An opening says where you ring from.", "Enter the firm's name in the settings.")
_FIRST_NAME = Missing("first_name", "People listen when they hear their name.", "Find out the first name and note it.")
_REASON = Missing("reason", "They should hear why you speak today.", "What is this talk about? Note it in a few words.")
_NEEDS = Missing(
    "needs",
    "The problem to solve or the gain they hope for, in their own words, is why they listen.",
    "Ask: “What would you most like to be different?” and note the answer as they say it.",
)
_POINTS = Missing(
    "last_points", "The main points of last time show that you listened.", "Note two or three points of your last talk."
)


def _missing(facts: OpeningFacts) -> tuple[Missing, ...]:
    """In a first talk nothing is known of the last one, and a reason can stand for the need.

    What they want to be different is reason enough to ring; a time that was agreed had a reason of its own (A4).
    """
    first = facts.talk is Talk.FIRST
    reason, needs = bool(_plain(facts.reason)), bool(_listed(facts.needs, MOST_NEEDS, "and"))
    checks = (
        (" " in _plain(facts.rep_name), _FULL_NAME),
        (bool(_plain(facts.firm_name)), _FIRM_NAME),
        (bool(_plain(facts.first_name)), _FIRST_NAME),
        (reason or (needs and (first or not facts.agreed)), _REASON),
        (needs or first, _NEEDS),
        (bool(_first(facts.last_points, MOST_POINTS)) or first, _POINTS),
    )
    return tuple(missing for known, missing in checks if not known)


def _listed(items: Iterable[str], most: int, conjunction: str) -> str:
    """“a”, “a and b”, “a, b and c”; items with commas or full stops of their own stand apart: “a, b; c”."""
    plain = _first(items, most)
    if any(sign in text for text in plain for sign in (", ", ". ", "; ", f" {conjunction} ")):
        return "; ".join(plain)
    return f" {conjunction} ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


def _quoted(items: Iterable[str], most: int, quoted: str) -> str:
    """Each in quotation marks; marks of its own are dropped."""
    return ", ".join(quoted.format(what=text.strip(MARKS)) for text in _first(items, most))


def _first(items: Iterable[str], most: int) -> list[str]:
    return [text for item in items if (text := _plain(item))][:most]


def _plain(text: str) -> str:
    """One line without the full stop at its end: it becomes part of a sentence."""
    return " ".join(text.split()).lstrip(";:, ").rstrip(".;:, ")
