"""Which rows of a chunk are known already, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ringback.adapters.judging import Entry
from ringback.models import User
from ringback.queries.known_points import Known, known_points


@dataclass(slots=True)
class Matches:
    """A chunk sorted: people nobody knows, rows that repeat an earlier one of this chunk, rows that prospects fit."""

    fresh: list[Entry] = field(default_factory=list)
    repeated: list[tuple[Entry, int, str]] = field(default_factory=list)
    known: list[tuple[Entry, list[Known], str]] = field(default_factory=list)


def match(entries: Sequence[Entry], by: User) -> Matches:
    """One query for the whole chunk. Matching is by equality of normalised numbers and addresses, nothing vaguer."""
    keys = [key for entry in entries for key in entry.keys]
    known = known_points(by, keys)
    if not known and len(set(keys)) == len(keys):
        return Matches(fresh=list(entries))
    return _sorted(entries, known)


def open_to_change(known: Sequence[tuple[Entry, list[Known], str]]) -> list[tuple[Entry, int]]:
    """Rows that fit one prospect, whom whoever imports may see."""
    return [(entry, fits[0].prospect_id) for entry, fits, _ in known if len(fits) == 1 and fits[0].visible]


def _sorted(entries: Sequence[Entry], known: dict[str, list[Known]]) -> Matches:
    matches = Matches()
    seen: dict[str, int] = {}
    for entry in entries:
        found = _known_by(entry.keys, known)
        if found:
            matches.known.append((entry, found, next(key for key in entry.keys if key in known)))
            continue
        earlier = next((key for key in entry.keys if key in seen), None)
        if earlier is not None:
            matches.repeated.append((entry, seen[earlier], earlier))
            continue
        matches.fresh.append(entry)
        seen.update(dict.fromkeys(entry.keys, entry.line))
    return matches


def _known_by(keys: Iterable[str], known: dict[str, list[Known]]) -> list[Known]:
    found = {each.prospect_id: each for key in keys for each in known.get(key, ())}
    return [found[prospect_id] for prospect_id in sorted(found)]
