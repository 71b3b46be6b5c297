"""All texts as they stand: by what they are for and language, with who has an own one, and their versions (A10)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ringback.domain.mail.texts import KINDS, STEP_MARK
from ringback.domain.vocabulary import Channel, Situation
from ringback.models import CadenceVersion, MailText, User
from ringback.queries.access import visible_users
from ringback.queries.library import cadence_value
from ringback.queries.mail_texts import LAST_LANGUAGE, Words, step_key

LANGUAGES = ("en", "de")


@dataclass(slots=True)
class Place:
    """One text in one language. `house` is None where nobody has written one; `owners` have a copy of their own."""

    key: str
    language: str
    house: Words | None = None
    owners: list[User] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one kind of mail has, in every language."""

    key: str
    situation: Situation
    title: str
    cadence: str
    rule: str
    places: tuple[Place, ...]


def shelves(reader: User) -> tuple[Shelf, ...]:
    """The situations, then the mails of every current cadence, step by step."""
    rows = _current(reader)
    found = [
        Shelf(
            kind.situation.value, kind.situation, kind.title, "", kind.rule, _places(kind.situation.value, rows, None)
        )
        for kind in KINDS
        if kind.situation is not Situation.STEP
    ]
    for version in CadenceVersion.objects.filter(retired_at=None).order_by("title"):
        cadence = cadence_value(version.pk)
        found += [
            Shelf(
                step_key(cadence.name, step.id),
                Situation.STEP,
                step.title or step.id,
                cadence.title,
                cadence.rule,
                _places(step_key(cadence.name, step.id), rows, Words("", LAST_LANGUAGE, step.subject, step.say)),
            )
            for step in cadence.steps
            if step.channel is Channel.EMAIL
        ]
    return tuple(found)


def shelf_of(key: str, reader: User) -> Shelf | None:
    return next((shelf for shelf in shelves(reader) if shelf.key == key), None)


def current_words(key: str, language: str, owner: User | None) -> Words | None:
    """The text of this owner (None: the house) as it stands; None if there is none."""
    row = MailText.objects.filter(key=key, language=language, owner=owner, retired_at=None).first()
    return Words(key, language, row.subject, row.body, row) if row else None


def versions_of(key: str, language: str, owner: User | None) -> list[MailText]:
    """All versions, the newest first."""
    rows = MailText.objects.filter(key=key, language=language, owner=owner).select_related("published_by")
    return list(rows.order_by("-version"))


def _current(reader: User) -> dict[tuple[str, str], list[MailText]]:
    rows: dict[tuple[str, str], list[MailText]] = defaultdict(list)
    owners = {None, *visible_users(reader).values_list("pk", flat=True)}
    for row in MailText.objects.filter(retired_at=None).select_related("owner"):
        if row.owner_id in owners:
            rows[row.key, row.language].append(row)
    return rows


def _places(key: str, rows: dict[tuple[str, str], list[MailText]], of_cadence: Words | None) -> tuple[Place, ...]:
    others = sorted({language for other, language in rows if other == key} - set(LANGUAGES))
    places = []
    for language in (*LANGUAGES, *others):
        place = Place(key, language)
        if STEP_MARK in key and language == LAST_LANGUAGE and of_cadence is not None:
            place.house = of_cadence
        for row in rows.get((key, language), ()):
            if row.owner is None:
                place.house = Words(key, language, row.subject, row.body, row)
            else:
                place.owners.append(row.owner)
        places.append(place)
    return tuple(places)
