"""The keys of the wrap-up: how a call can end, what each ending asks, the four questions before sending anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ringback.domain.outcome import GATE_QUESTIONS, MACHINE_RESULTS, OUTCOMES
from ringback.domain.vocabulary import Mood
from ringback.web.calls.forms import PromiseLine, WrapUpForm

MOODS = ((Mood.GOOD, "+", "smile"), (Mood.NEUTRAL, "=", "meh"), (Mood.BAD, "-", "frown"))


@dataclass(frozen=True, slots=True)
class Ending:
    value: str
    label: str
    hotkey: str
    asks: str = ""
    meaning: str = ""


def machine_endings() -> list[Ending]:
    return [Ending(rule.machine.value, _(rule.label), rule.hotkey) for rule in MACHINE_RESULTS]


def outcome_endings() -> list[Ending]:
    return [
        Ending(rule.outcome.value, _(rule.label), rule.hotkey, " ".join(sorted(rule.asks)), _(rule.meaning))
        for rule in OUTCOMES
    ]


def moods() -> list[dict[str, str]]:
    labels = {Mood.GOOD: _("Good"), Mood.NEUTRAL: _("So-so"), Mood.BAD: _("Bad")}
    return [{"value": mood.value, "label": labels[mood], "key": key, "icon": icon} for mood, key, icon in MOODS]


def gate_questions(form: WrapUpForm) -> list[dict[str, Any]]:
    return [
        {"name": name, "text": _(question), "checked": bool(form[name].value())}
        for name, question in GATE_QUESTIONS.items()
    ]


def of(form: WrapUpForm) -> dict[str, Any]:
    return {
        "machine_rules": machine_endings(),
        "outcome_rules": outcome_endings(),
        "moods": moods(),
        "gate_questions": gate_questions(form),
        "promises": form.promise_lines or (PromiseLine(),),
        "promise_rule": _("What is promised gets a day, and comes up in the queue when it is due."),
        "gate_rule": _("Sending information ends no conversation: all four have to be true."),
        "moment_rule": _("Every conversation ends with an exact day and time, or with an explicit end."),
        "reason_rule": _("It is agreed with the moment and goes into the confirmation."),
        "objections_rule": _("An objection may hide another one: ask before you answer."),
    }


def keys() -> tuple[tuple[str, str], ...]:
    """For the `?` dialog."""
    endings = (*machine_endings(), *outcome_endings())
    return (
        ("c", _("Dial, and start the clock")),
        ("1–9", _("On along this way of the map")),
        ("⌫", _("One place back")),
        ("a", _("Write down what they say")),
        ("m", _("Go to any place of the map")),
        ("o", _("Objections at hand")),
        ("w", _("Back to the map")),
        ("e", _("How it ended: then the key of the ending")),
        *((ending.hotkey, ending.label) for ending in endings),
        *((mood["key"], _("It felt: %(mood)s") % {"mood": mood["label"]}) for mood in moods()),
        ("Enter", _("Save")),
        ("Ctrl Enter", _("Save, from within a text")),
    )
