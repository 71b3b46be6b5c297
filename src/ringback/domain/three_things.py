"""The three things to know before the dial, the weightiest first, each with its reason (A13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ringback.domain.because import Because, day_words
from ringback.domain.vocabulary import Mood, Temperature

MOST = 3
MANY_TRIES = 4
LATEST_TALKS = 3


@dataclass(frozen=True, slots=True)
class Owed:
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What the record holds; `today` is the prospect's local day, moods and promises stand in the order of their day.

    `unanswered` counts the tries since somebody was last reached.
    """

    today: date
    talked: bool = False
    temperature: Temperature = Temperature.COLD
    source: str = ""
    unanswered: int = 0
    moods: tuple[Mood, ...] = ()
    ours: tuple[Owed, ...] = ()
    theirs: tuple[Owed, ...] = ()
    real_objection: str = ""
    open_objection: str = ""
    decision_maker: str = ""
    competitor: str = ""
    budget: str = ""
    timing: str = ""
    need: str = ""
    interest: str = ""
    proposal_sent_on: date | None = None


def three_things(facts: KnownFacts) -> tuple[Because, ...]:
    """At most three, fewer where little is known."""
    found = (rule(facts) for rule in _BY_WEIGHT)
    return tuple(each for each in found if each is not None)[:MOST]


def mood_trend(moods: tuple[Mood, ...]) -> int:
    """Of the latest talks: 1 if the last felt better than those before, -1 if worse, 0 if alike or too few."""
    latest = [_WORTH[mood] for mood in moods[-LATEST_TALKS:]]
    if len(latest) < 2:
        return 0
    before = sum(latest[:-1]) / (len(latest) - 1)
    return (latest[-1] > before) - (latest[-1] < before)


_WORTH = {Mood.BAD: -1, Mood.NEUTRAL: 0, Mood.GOOD: 1}


def _we_are_late(facts: KnownFacts) -> Because | None:
    late = next((each for each in facts.ours if each.due_on < facts.today), None)
    return (
        Because("A3", f"You owe them “{late.text}” since {day_words(late.due_on)}: begin with that.") if late else None
    )


def _bad_mood(facts: KnownFacts) -> Because | None:
    if not facts.moods or facts.moods[-1] is not Mood.BAD:
        return None
    return Because("A13", "The last talk did not feel good: ask how they see it before anything else.")


def _real_objection(facts: KnownFacts) -> Because | None:
    return _said("B5", "A real objection stands: “{}”. It belongs on the agenda.", facts.real_objection)


def _they_are_late(facts: KnownFacts) -> Because | None:
    late = next((each for each in facts.theirs if each.due_on < facts.today), None)
    return Because("D3", f"They owe you “{late.text}” since {day_words(late.due_on)}: ask kindly.") if late else None


def _proposal(facts: KnownFacts) -> Because | None:
    sent = facts.proposal_sent_on
    return (
        Because("B3", f"They have had your proposal since {day_words(sent)}: go through it with them.")
        if sent
        else None
    )


def _others_decide(facts: KnownFacts) -> Because | None:
    return _said("B5", "Not one person alone decides: “{}”.", facts.decision_maker)


def _open_objection(facts: KnownFacts) -> Because | None:
    return _said("B5", "Not settled yet: “{}”. Is it the real reason?", facts.open_objection)


def _competitor(facts: KnownFacts) -> Because | None:
    return _said("A14", "They also have somebody else: “{}”.", facts.competitor)


def _timing(facts: KnownFacts) -> Because | None:
    return _said("D2", "Their time: “{}”.", facts.timing)


def _hard_to_reach(facts: KnownFacts) -> Because | None:
    if facts.unanswered < MANY_TRIES:
        return None
    return Because("C6", f"{facts.unanswered} tries since you last reached them: keep this one short.")


def _due_today(facts: KnownFacts) -> Because | None:
    due = next((each for each in facts.ours if each.due_on == facts.today), None)
    return Because("A3", f"You promised “{due.text}” for today.") if due else None


def _need(facts: KnownFacts) -> Because | None:
    return _said("B2", "What matters to them, in their words: “{}”.", facts.need)


def _budget(facts: KnownFacts) -> Because | None:
    return _said("D2", "The frame they named: “{}”.", facts.budget)


def _interest(facts: KnownFacts) -> Because | None:
    return _said("A8", "A topic that is theirs: “{}”.", facts.interest)


def _never_talked(facts: KnownFacts) -> Because | None:
    if facts.talked:
        return None
    from_where = f" through {facts.source}" if facts.source else ""
    if facts.temperature is Temperature.WARM:
        return Because("A14", f"You have not talked yet, and they came to you{from_where}.")
    return Because("A14", f"You have not talked yet, and you come to them{from_where}: say in one breath why.")


def _ask_for_the_need(facts: KnownFacts) -> Because | None:
    return None if facts.need else Because("B2", "No need is noted: find out what should be different for them.")


def _ask_who_decides(facts: KnownFacts) -> Because | None:
    return None if facts.decision_maker else Because("B5", "Who decides is not known yet: ask who else is part of it.")


def _said(rule: str, sentence: str, words: str) -> Because | None:
    return Because(rule, sentence.format(words)) if words else None


_BY_WEIGHT: tuple[Callable[[KnownFacts], Because | None], ...] = (
    _we_are_late,
    _bad_mood,
    _real_objection,
    _due_today,
    _they_are_late,
    _proposal,
    _others_decide,
    _open_objection,
    _competitor,
    _never_talked,
    _hard_to_reach,
    _timing,
    _need,
    _budget,
    _ask_for_the_need,
    _ask_who_decides,
    _interest,
)
