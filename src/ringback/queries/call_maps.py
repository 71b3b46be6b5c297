"""Published call maps: the current ones, their versions, and the one that fits an occasion and a language (A10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import BooleanField, CharField, QuerySet, Value

from ringback.domain.maps.graph import CallMap
from ringback.domain.storable import storable
from ringback.domain.vocabulary import Occasion
from ringback.models import CallMapVersion, OwnWording, User
from ringback.queries.prepared import Prepared


@dataclass(frozen=True, slots=True)
class MapRow:
    """A current map, without its document."""

    id: int
    name: str
    language: str
    occasion: str
    built_in: bool
    title: str


Line = tuple[str, int, str, str, str, bool, datetime, str]
Own = dict[tuple[str, str, str], str]


@Prepared
def _published_and_own(owner: int) -> QuerySet[CallMapVersion, Line]:
    """Both in one statement: every call screen asks for both."""
    maps = CallMapVersion.objects.filter(retired_at=None)
    own = OwnWording.objects.filter(owner_id=owner)
    return maps.values_list(
        _word("map"), "id", "name", "language", "occasion", "built_in", "published_at", "title"
    ).union(
        own.values_list(
            _word("own"), "id", "map_name", "language", "node", Value(False, BooleanField()), "written_at", "text"
        ),
        all=True,
    )


def _word(what: str) -> Value:
    return Value(what, CharField())


@lru_cache(maxsize=256)
def map_value(version_id: int) -> CallMap:
    """A version as a value; a version never changes, so that each is read once."""
    return CallMapVersion.objects.get(pk=version_id).as_value()


def maps_and_own_words(rep: User) -> tuple[list[MapRow], Own]:
    """What is published now, a house's own maps first, the newest first; and the rep's texts by map, language, node."""
    lines = _published_and_own(rep.pk)
    maps = [line for line in lines if line[0] == "map"]
    maps.sort(key=lambda line: (line[5], -line[6].timestamp(), line[2], line[1]))
    own = {(name, language, node): text for what, _, name, language, node, _, _, text in lines if what == "own"}
    return [MapRow(*line[1:6], title=line[7]) for line in maps], own


def fitting(rows: Sequence[MapRow], occasion: Occasion, languages: Sequence[str], *, place: int = 0) -> MapRow | None:
    """The map for an occasion in the first of the languages that has one, else in any; a voicemail by its place."""
    wanted = [row for row in rows if row.occasion == occasion and (not place or map_value(row.id).place == place)]
    for language in _with_bases(languages):
        if found := next((row for row in wanted if row.language == language), None):
            return found
    return next(iter(wanted), None)


def _with_bases(languages: Sequence[str]) -> list[str]:
    """“de-AT” is understood by whoever reads “de”; English comes last."""
    both = [each for language in languages if language for each in (language, language.split("-")[0].lower())]
    return list(dict.fromkeys([*both, "en"]))


def version_row(version_id: int) -> MapRow | None:
    """Any version, published now or not."""
    columns = ("id", "name", "language", "occasion", "built_in", "title")
    row = CallMapVersion.objects.filter(pk=version_id).values_list(*columns).first()
    return MapRow(*row) if row else None


def current_version(name: str, language: str) -> CallMapVersion | None:
    """None also for a name that no database could hold."""
    if not storable(name + language):
        return None
    current = CallMapVersion.objects.filter(name=name, language=language, retired_at=None)
    return current.select_related("published_by").first()


def versions_of(name: str, language: str) -> list[CallMapVersion]:
    """All versions, the newest first."""
    rows = CallMapVersion.objects.filter(name=name, language=language).select_related("published_by")
    return list(rows.order_by("-version"))
