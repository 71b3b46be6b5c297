"""The published cadences as values; a version never changes, so each is read from its document once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ringback.domain.cadence import Cadence
from ringback.models import CadenceVersion
from ringback.queries.prepared import Prepared

published = Prepared(lambda: CadenceVersion.objects.filter(retired_at=None).values_list("id", "name"))


class NoSuchCadence(LookupError):
    """The words say which cadences there are."""


def current_cadences() -> dict[str, Cadence]:
    """The current version of every cadence, by name."""
    return cadences_by_name(published())


def cadences_by_name(rows: Iterable[tuple[int, str]]) -> dict[str, Cadence]:
    return {name: cadence_value(version_id) for version_id, name in rows}


@lru_cache(maxsize=512)
def cadence_value(version_id: int) -> Cadence:
    return CadenceVersion.objects.get(pk=version_id).as_value()


def current_version(name: str) -> CadenceVersion:
    version = CadenceVersion.objects.filter(name=name, retired_at=None).first()
    if version is None:
        known = ", ".join(
            CadenceVersion.objects.filter(retired_at=None).order_by("name").values_list("name", flat=True)
        )
        raise NoSuchCadence(f"There is no cadence “{name}”. There are: {known}.")
    return version
