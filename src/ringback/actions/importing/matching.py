"""Which rows of a chunk are known already, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ringback.domain.importing import Candidate, PointKind
from ringback.models import User
from ringback.queries.known_points import Known, known_points

_IDENTIFYING = (PointKind.PHONE, PointKind.EMAIL, PointKind.PROFILE)


@dataclass(slots=True)
class Matches:
    """A chunk sorted: people nobody knows, rows that repeat an earlier one of this chunk, rows that prospects fit."""

    fresh: list[Candidate] = field(default_factory=list)
    repeated: list[tuple[Candidate, int, str]] = field(default_factory=list)
    known: list[tuple[Candidate, list[Known], str]] = field(default_factory=list)


def keys_of(candidate: Candidate) -> list[str]:
    """The normalised numbers and addresses that make two rows the same person."""
    return [point.value for point in candidate.points if point.kind in _IDENTIFYING]


def match(candidates: Sequence[Candidate], by: User) -> Matches:
    """One query for the whole chunk. Matching is by equality of normalised numbers and addresses, nothing vaguer."""
    keyed = [(candidate, keys_of(candidate)) for candidate in candidates]
    known = known_points(by, [key for _, keys in keyed for key in keys])
    matches = Matches()
    seen: dict[str, int] = {}
    for candidate, keys in keyed:
        found = _known_by(keys, known)
        if found:
            matches.known.append((candidate, found, next(key for key in keys if key in known)))
            continue
        earlier = next((key for key in keys if key in seen), None)
        if earlier is not None:
            matches.repeated.append((candidate, seen[earlier], earlier))
            continue
        matches.fresh.append(candidate)
        seen.update(dict.fromkeys(keys, candidate.line))
    return matches


def _known_by(keys: Iterable[str], known: dict[str, list[Known]]) -> list[Known]:
    if not known:
        return []
    found = {each.prospect_id: each for key in keys for each in known.get(key, ())}
    return [found[prospect_id] for prospect_id in sorted(found)]
