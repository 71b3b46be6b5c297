"""The opening statement of a call, made from the record: complete, or it says what is missing (B2, B3, B4)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ringback.domain.because import day_words
from ringback.domain.script import LONG_OPENING_SECONDS, speaking_seconds

# What can be said in one breath; the rest stays on the screen (B7).
MOST_NEEDS, MOST_POINTS = 2, 3
MARKS = '“”"'


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
    """What the record holds. Days are local to the prospect; needs and points are in the prospect's own words."""

    rep_name: str
    firm_name: str
    first_name: str
    talk: Talk = Talk.FOLLOW_UP
    reason: str = ""
    needs: tuple[str, ...] = ()
    last_points: tuple[str, ...] = ()
    last_talk_on: date | None = None
    proposal_sent_on: date | None = None


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

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


def opening(facts: OpeningFacts) -> Opening:
    """What to say first. A sentence whose facts are missing is left out and named, never read out with a hole in it."""
    parts = ((kind, say(facts)) for kind, say in _PARTS.items())
    sentences = tuple(Sentence(kind, text) for kind, text in parts if text)
    seconds = speaking_seconds(" ".join(sentence.text for sentence in sentences))
    return Opening(sentences, agenda(facts), _missing(facts), seconds, seconds > LONG_OPENING_SECONDS)


def agenda(facts: OpeningFacts) -> tuple[str, ...]:
    """B3: a proposal that was sent is reviewed, otherwise there are recommendations. B4: next steps only if any."""
    if facts.proposal_sent_on is not None:
        return (f"Review the proposal of {day_words(facts.proposal_sent_on)}", "Your questions about it", NEXT_STEPS)
    if facts.talk is Talk.FIRST:
        return ("What you would like to change", "What could help", NEXT_STEPS)
    return ("What we recommend", "Your questions", NEXT_STEPS)


NEXT_STEPS = "Next steps, if any"


def _name(facts: OpeningFacts) -> str:
    rep, firm, first_name = (_plain(each) for each in (facts.rep_name, facts.firm_name, facts.first_name))
    if not (rep and firm):
        return ""
    hello = f"Hello {first_name}" if first_name else "Hello"
    introduction = "my name is" if facts.talk is Talk.FIRST else "this is"
    return f"{hello}, {introduction} {rep} from {firm}."


def _reason(facts: OpeningFacts) -> str:
    reason = _plain(facts.reason)
    if not reason:
        return ""
    return {
        Talk.FIRST: f"I am ringing about this: {reason}.",
        Talk.FOLLOW_UP: f"We set this time aside for: {reason}.",
        Talk.MISSED: f"We had set a time aside for this and missed each other: {reason}.",
    }[facts.talk]


def _need(facts: OpeningFacts) -> str:
    """The prospect's own words stand behind a colon, so that they fit whatever their grammar is."""
    needs = _listed(facts.needs, MOST_NEEDS)
    if not needs:
        return ""
    if facts.talk is Talk.FIRST:
        return f"As I understand it, this matters to you: {needs}."
    when = f"When we spoke on {day_words(facts.last_talk_on)}" if facts.last_talk_on else "When we last spoke"
    return f"{when}, this mattered to you: {needs}."


def _last_time(facts: OpeningFacts) -> str:
    """A note may be half a sentence or three, about “them”: as a quotation it can be read out whatever it is."""
    points = _quoted(facts.last_points, MOST_POINTS)
    return f"From our last talk I noted: {points}." if points and facts.talk is not Talk.FIRST else ""


def _agenda_sentence(facts: OpeningFacts) -> str:
    if facts.proposal_sent_on is not None:
        first = f"go through the proposal of {day_words(facts.proposal_sent_on)} with you and take your questions"
    elif facts.talk is Talk.FIRST:
        first = "ask you a few questions and tell you what could help"
    else:
        first = "tell you what I recommend and hear what you think"
    return f"Today I would like to {first}; then we can work out next steps together, if there are any."


def _question(_facts: OpeningFacts) -> str:
    return "How does that sound?"


_PARTS: dict[Part, Callable[[OpeningFacts], str]] = {
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
    """In a first talk nothing is known of the last one, and a reason can stand for the need."""
    first = facts.talk is Talk.FIRST
    reason, needs = bool(_plain(facts.reason)), bool(_listed(facts.needs, MOST_NEEDS))
    checks = (
        (" " in _plain(facts.rep_name), _FULL_NAME),
        (bool(_plain(facts.firm_name)), _FIRM_NAME),
        (bool(_plain(facts.first_name)), _FIRST_NAME),
        (reason or (first and needs), _REASON),
        (needs or first, _NEEDS),
        (bool(_listed(facts.last_points, MOST_POINTS)) or first, _POINTS),
    )
    return tuple(missing for known, missing in checks if not known)


def _listed(items: Iterable[str], most: int) -> str:
    """“a”, “a and b”, “a, b and c”; items with commas or full stops of their own stand apart: “a, b; c”."""
    plain = _first(items, most)
    if any(sign in text for text in plain for sign in (", ", ". ", "; ", " and ")):
        return "; ".join(plain)
    return " and ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


def _quoted(items: Iterable[str], most: int) -> str:
    """Each in quotation marks; marks of its own are dropped."""
    return ", ".join(f"“{text.strip(MARKS)}”" for text in _first(items, most))


def _first(items: Iterable[str], most: int) -> list[str]:
    return [text for item in items if (text := _plain(item))][:most]


def _plain(text: str) -> str:
    """One line without the full stop at its end: it becomes part of a sentence."""
    return " ".join(text.split()).lstrip(";:, ").rstrip(".;:, ")
