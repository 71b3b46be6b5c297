"""What it means when a folder does not take the copy of a sent mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# So many refused one after the other, and none taken between them: it is the folder that takes nothing.
IN_A_ROW = 3
# Codes (RFC 5530, 7889) and words by which a server says that one mail is too large.
_ABOUT_SIZE = re.compile(
    r"\[(?:TOOBIG|LIMIT)\]|\btoo (?:large|big|long)\b|\bexceeds\b"
    r"|\b(?:maximum|size|length) (?:message |allowed )?(?:size|limit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """How a folder was found. `trouble`: why it cannot be used, in words; blank if it can.

    `refused`: mails by their id of which it takes no copy although it can be used, with what was said to each.
    """

    trouble: str = ""
    refused: Mapping[int, str] = field(default_factory=dict)


def looked(refused: Mapping[int, str], *, taken: int, refused_before: Iterable[str]) -> Looked:
    """A folder that took any copy can be used; one that refused several in a row takes none.

    What was too large says nothing of the folder. `refused_before`: what was said in earlier looks since one was taken.
    """
    unclear = {mail: said for mail, said in refused.items() if not _ABOUT_SIZE.search(said)}
    before = sum(not _ABOUT_SIZE.search(said) for said in refused_before)
    if unclear and not taken and len(unclear) + before >= IN_A_ROW:
        others = {mail: said for mail, said in refused.items() if mail not in unclear}
        return Looked(trouble=list(unclear.values())[-1], refused=others)
    return Looked(refused=refused)
