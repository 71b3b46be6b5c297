"""Which words a mail has: the rep's own before the house's before the built-in ones, in the best language (A10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ringback.domain.cadence import Step
from ringback.domain.mail.texts import STEP_MARK
from ringback.models import CadenceVersion, MailText, User, Workspace
from ringback.queries.library import cadence_value
from ringback.queries.mail_reads import texts_for, texts_of_house

LAST_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """A text before it is filled. `row` is its version; None for a cadence's own words."""

    key: str
    language: str
    subject: str
    body: str
    row: MailText | None = None


def step_key(cadence: str, step_id: str) -> str:
    return f"{cadence}{STEP_MARK}{step_id}"


def languages_for(language: str, workspace: Workspace) -> tuple[str, ...]:
    """In which languages a text is looked for, the best first: theirs, the house's, English."""
    base = [re.split(r"[-_]", each)[0].lower() for each in (language, workspace.language, LAST_LANGUAGE)]
    return tuple(dict.fromkeys(each for each in base if each))


def words_for(
    key: str, *, owner: User | None, languages: tuple[str, ...], version: CadenceVersion | None = None
) -> Words | None:
    """The text for `key` in the first of the languages that has one; `version` is the cadence that a step stands in."""
    rows = texts_for(key, owner.pk) if owner else texts_of_house(key)
    own_words = _of_cadence(key, version, languages)
    found = [_of_row(row) for row in _usable(rows, key, version)] + ([own_words] if own_words else [])
    for language in languages:
        speaking = [each for each in found if each.language == language]
        if speaking:
            return min(speaking, key=_nearness)
    return own_words


def _nearness(words: Words) -> int:
    """A rep's own text is nearest, then the house's, the cadence's, the built-in one."""
    if words.row is None:
        return 2
    return 0 if words.row.owner_id else 3 if words.row.built_in else 1


def _of_row(row: MailText) -> Words:
    return Words(row.key, row.language, row.subject, row.body, row)


def _of_cadence(key: str, version: CadenceVersion | None, languages: tuple[str, ...]) -> Words | None:
    """The words in the cadence's file. Whoever publishes an own one writes it in the house's language."""
    step = _step(key, version)
    if version is None or step is None or not (step.subject or step.say):
        return None
    return Words(key, LAST_LANGUAGE if version.built_in else languages[-2:][0], step.subject, step.say)


def _usable(rows: Iterable[MailText], key: str, version: CadenceVersion | None) -> list[MailText]:
    """A built-in translation stands for the built-in step; where the house has reworded that, it says another thing."""
    found = list(rows)
    if version is None or version.built_in or not any(row.built_in for row in found):
        return found
    original = CadenceVersion.objects.filter(name=version.name, built_in=True).order_by("-version").first()
    here, there = _step(key, version), _step(key, original)
    same = here and there and (here.subject, here.say) == (there.subject, there.say)
    return found if same else [row for row in found if not row.built_in]


def _step(key: str, version: CadenceVersion | None) -> Step | None:
    if version is None:
        return None
    step_id = key.partition(STEP_MARK)[2]
    return next((step for step in cadence_value(version.pk).steps if step.id == step_id), None)
