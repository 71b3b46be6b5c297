"""The few phrases that are put into mails as values, in every language that has texts of its own (B3, B4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`{day}`, `{city}` and `{text}` are filled in. An agenda ends with next steps only if there are any (B4)."""

    zone: str
    by_day: str
    unsubscribe: str
    review_proposal: str
    about_it: str
    first_talk: tuple[str, str]
    later_talk: tuple[str, str]
    next_steps: str


_PHRASES = {
    "en": Phrases(
        zone="{city} time",
        by_day="{text} (by {day})",
        unsubscribe="No more mails like this one, please",
        review_proposal="Review the proposal of {day}",
        about_it="Your questions about it",
        first_talk=("What you would like to change", "What could help"),
        later_talk=("What we recommend", "Your questions"),
        next_steps="Next steps, if any",
    ),
    "de": Phrases(
        zone="Ortszeit {city}",
        by_day="{text} (bis {day})",
        unsubscribe="Bitte keine weiteren Mails dieser Art",
        review_proposal="Das Angebot vom {day} durchgehen",
        about_it="Ihre Fragen dazu",
        first_talk=("Was Sie gern ändern würden", "Was dabei helfen könnte"),
        later_talk=("Was wir empfehlen", "Ihre Fragen"),
        next_steps="Nächste Schritte, falls es welche gibt",
    ),
}


def phrases(language: str) -> Phrases:
    """Those of the language, English if it has none."""
    return _PHRASES.get(language.split("-")[0].lower(), _PHRASES["en"])


def agenda_in(language: str, *, proposal_day: str, talked: bool) -> tuple[str, ...]:
    """B3: a proposal that was sent is reviewed, otherwise there are recommendations. `proposal_day` in words."""
    said = phrases(language)
    if proposal_day:
        return (said.review_proposal.format(day=proposal_day), said.about_it, said.next_steps)
    return (*(said.later_talk if talked else said.first_talk), said.next_steps)
