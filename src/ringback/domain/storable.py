"""Which characters a database can hold."""

from __future__ import annotations

import re

# PostgreSQL holds no NUL, and no database a half of a surrogate pair.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> bool:
    """Whether the text can be written, and asked for."""
    return not UNSTORABLE.search(text)
