"""What it means when a folder does not take the copy of a sent mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# So many refused one after the other, and none taken between them: it is the folder that takes nothing.
IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """How a folder was found. `trouble`: why it cannot be used, in words; blank if it can.

    `refused`: mails by their id of which it takes no copy although it can be used, with what was said to each.
    """

    trouble: str = ""
    refused: Mapping[int, str] = field(default_factory=dict)


def looked(refused: Mapping[int, str], *, taken: int, refused_before: int) -> Looked:
    """A folder that took any copy can be used; one that refused several in a row takes none.

    `refused_before` counts those refused in earlier looks since one was taken.
    """
    if refused and not taken and len(refused) + refused_before >= IN_A_ROW:
        return Looked(trouble=list(refused.values())[-1])
    return Looked(refused=refused)
