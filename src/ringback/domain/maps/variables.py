"""What the texts of a map may name, and how they are filled: a gap is shown as one, never read out (A10, B2).

`{{ name }}` is a variable. `[[ … ]]` is a part that is left out when a variable in it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ringback.domain.script import VARIABLE, gap, variables_of

OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_SIGN = re.compile(r"\s+([,.;:!?])")


@dataclass(frozen=True, slots=True)
class Variable:
    """`meaning` explains it to whoever writes a map; `ask` says how a rep can close the gap, by language."""

    meaning: str
    ask: Mapping[str, str]


def _variable(meaning: str, english: str, german: str) -> Variable:
    return Variable(meaning, {"en": english, "de": german})


VARIABLES: Mapping[str, Variable] = {
    "first_name": _variable(
        "the prospect's first name", "Ask for the name and note it.", "Den Namen erfragen und notieren."
    ),
    "last_name": _variable(
        "the prospect's last name", "Ask for the full name and note it.", "Den vollen Namen erfragen und notieren."
    ),
    "name": _variable(
        "the prospect's name in full", "Ask for the full name and note it.", "Den vollen Namen erfragen und notieren."
    ),
    "company": _variable(
        "the prospect's company", "Ask which company they work for.", "Fragen, für welche Firma die Person arbeitet."
    ),
    "rep_name": _variable(
        "the rep in full", "Enter your full name in your settings.", "Den eigenen Namen in den Einstellungen eintragen."
    ),
    "firm_name": _variable(
        "your firm", "The firm's name is missing in the settings.", "Der Firmenname fehlt in den Einstellungen."
    ),
    "phone": _variable(
        "the rep's number to ring back",
        "Enter your number in your settings.",
        "Die eigene Rufnummer in den Einstellungen eintragen.",
    ),
    "need": _variable(
        "what they want fixed or better, in their words",
        "Ask: “What would you most like to be different?”",
        "Fragen: „Was soll in erster Linie anders werden?“",
    ),
    "reason": _variable(
        "why you speak again, as agreed",
        "Ask what they would like to get out of this talk.",
        "Fragen, was dieses Gespräch bringen soll.",
    ),
    "last_point": _variable(
        "the main point of the last talk",
        "Ask what has stayed with them from last time.",
        "Fragen, was vom letzten Mal hängen geblieben ist.",
    ),
    "last_talk_day": _variable(
        "the day of the last talk", "No earlier talk is on record.", "Es ist kein früheres Gespräch vermerkt."
    ),
    "proposal_day": _variable(
        "the day on which the proposal went out",
        "Enter on the prospect's page when the proposal was sent.",
        "Auf der Seite der Person eintragen, wann das Angebot hinausging.",
    ),
    "interest": _variable(
        "a topic that they care about", "Ask what else is on their mind.", "Fragen, was sie sonst beschäftigt."
    ),
    "objection": _variable(
        "an objection that is still open",
        "Ask what still keeps them from going on.",
        "Fragen, was dem noch im Weg steht.",
    ),
    "decision_maker": _variable(
        "who else decides", "Ask: “Who else should be part of this?”", "Fragen: „Wer sollte noch dabei sein?“"
    ),
    "our_promise": _variable(
        "what you owe them", "Nothing is noted that you promised.", "Es ist keine eigene Zusage vermerkt."
    ),
    "their_promise": _variable(
        "what they owe you", "Nothing is noted that they promised.", "Es ist keine Zusage von ihnen vermerkt."
    ),
    "appointment_day": _variable(
        "the day of the agreed talk", "No talk is agreed.", "Es ist kein Gespräch vereinbart."
    ),
    "next_try": _variable(
        "when the ladder will ring again: in 10 minutes, this afternoon",
        "Say when you will ring again.",
        "Sagen, wann der nächste Anruf kommt.",
    ),
    "later_time": _variable(
        "a time a few hours out", "Name a time a few hours from now.", "Eine Uhrzeit in ein paar Stunden nennen."
    ),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as it is said. `gaps` are the variables without a value, whether left out, replaced or shown."""

    text: str
    gaps: tuple[str, ...] = ()


def spoken(text: str, values: Mapping[str, str], fallbacks: Mapping[str, str] | None = None) -> Spoken:
    """The text filled in. Unknown values are left out with their optional part, replaced by a fall-back, or shown.

    Values are put in as they are, on one line, and never read for variables themselves.
    """
    known = {name: plain for name in variables_of(text) if (plain := " ".join(values.get(name, "").split()))}
    gaps = tuple(name for name in variables_of(text) if name not in known)
    kept = OPTIONAL.sub(lambda part: part[1] if all(name in known for name in variables_of(part[1])) else "", text)
    instead = {**(fallbacks or {}), **known}
    filled = VARIABLE.sub(lambda found: instead.get(found[1]) or gap(found[1]), kept)
    return Spoken(_tidy(filled), gaps)


def longest_form(text: str) -> str:
    """The text with every optional part in it and a few words for each variable: what it takes to say at most."""
    return VARIABLE.sub("something like this", OPTIONAL.sub(lambda part: part[1], text))


def how_to_ask(name: str, language: str) -> str:
    """What closes a gap, in the map's language; English where there is no other."""
    variable = VARIABLES.get(name)
    if variable is None:
        return ""
    return variable.ask.get(language.split("-")[0].lower(), variable.ask["en"])


def _tidy(text: str) -> str:
    """Without the doubled spaces that a part left out leaves behind."""
    return _BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", text)).strip()
