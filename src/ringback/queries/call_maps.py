"""Published call maps: the current ones, their versions, and the one that fits an occasion and a language (A10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ringback.domain.maps.graph import CallMap
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


_published = Prepared(
    lambda: (
        CallMapVersion.objects.filter(retired_at=None)
        .order_by("built_in", "-published_at", "name", "id")
        .values_list("id", "name", "language", "occasion", "built_in", "title")
    )
)


@lru_cache(maxsize=256)
def map_value(version_id: int) -> CallMap:
    """A version as a value; a version never changes, so that each is read once."""
    return CallMapVersion.objects.get(pk=version_id).as_value()


def current_maps() -> list[MapRow]:
    """What is published now: a house's own maps first, the newest first."""
    return [MapRow(*row) for row in _published()]


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


def own_words(rep: User, rows: Sequence[MapRow]) -> dict[tuple[str, str, str], str]:
    """A rep's own texts on these maps, by map, language and node."""
    names = {row.name for row in rows}
    found = OwnWording.objects.filter(owner=rep, map_name__in=names)
    return {(name, language, node): text
            for name, language, node, text in found.values_list("map_name", "language", "node", "text")}  # fmt: skip


def current_version(name: str, language: str) -> CallMapVersion | None:
    return CallMapVersion.objects.filter(name=name, language=language, retired_at=None).first()


def versions_of(name: str, language: str) -> list[CallMapVersion]:
    """All versions, the newest first."""
    rows = CallMapVersion.objects.filter(name=name, language=language).select_related("published_by")
    return list(rows.order_by("-version"))
