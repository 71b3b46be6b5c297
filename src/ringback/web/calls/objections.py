"""Answers to have at hand when they hesitate (B5): a question that finds out what is behind it, never an argument."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Objection:
    title: str | Promise
    text: str | Promise


AT_HAND = (
    Objection(
        _("“I need to think about it.”"),
        _("Of course. Which part would you like to weigh up? And who else will look at it with you?"),
    ),
    Objection(
        _("“It costs too much.”"),
        _("Compared with what? Leaving the price aside for a moment: would it solve what you described?"),
    ),
    Objection(
        _("“We already work with somebody.”"),
        _("Good to hear. What works well there, and what would you change if it were up to you?"),
    ),
    Objection(
        _("“Just send me something.”"),
        _("Gladly, once I know what is useful to you. What would you need to see in it to go on?"),
    ),
    Objection(
        _("“This is a bad moment.”"),
        _("Thank you for saying so. When would ten minutes suit you: tomorrow morning, or later in the week?"),
    ),
    Objection(
        _("“That is not my decision.”"),
        _("Who should be part of it? And what will that person want to know first?"),
    ),
)
