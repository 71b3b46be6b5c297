"""How an action says no: in words for a person, at a field where there is one."""

from __future__ import annotations

from ringback.domain.outcome import Missing


class Refused(Exception):
    """Nothing was written. `missing` lists every field that stands in the way, if fields do."""

    def __init__(self, message: str, field: str = "", missing: tuple[Missing, ...] = ()) -> None:
        super().__init__(message)
        self.message, self.field, self.missing = message, field, missing


def refuse_missing(missing: tuple[Missing, ...]) -> None:
    """Refuse with all that is missing, the first of it as the message; nothing to do if nothing is."""
    if missing:
        raise Refused(missing[0].message, missing[0].field, missing)
