"""What changed between two versions, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` is same, added, removed, or skipped (then `text` is empty and lines were left out)."""

    kind: str
    text: str = ""
    old: int = 0
    new: int = 0


def changes(old: str, new: str) -> tuple[Change, ...]:
    before, after = old.splitlines(), new.splitlines()
    found: list[Change] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT):
        if found or group[0][1]:
            found.append(Change("skipped"))
        for tag, start, end, to_start, to_end in group:
            if tag == "equal":
                found += [Change("same", before[n], n + 1, to_start + n - start + 1) for n in range(start, end)]
                continue
            found += [Change("removed", before[n], old=n + 1) for n in range(start, end)]
            found += [Change("added", after[n], new=n + 1) for n in range(to_start, to_end)]
    return tuple(found)
