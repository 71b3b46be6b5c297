"""What the person who imports decides, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from ringback.adapters.files import Options as FileOptions
from ringback.domain.importing import Expectations, Finding
from ringback.domain.vocabulary import Temperature


class Duplicates(StrEnum):
    """What happens to a row whose number or address is known already.

    Skip leaves everything as it is; update lets the file win wherever it says something; merge fills what is blank.
    """

    SKIP = "skip"
    UPDATE = "update"
    MERGE = "merge"


class Mode(StrEnum):
    """Whether one refused row keeps the whole file out."""

    GOOD_ROWS = "good_rows"
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`region` is the ISO code where numbers without a country code are at home; `qualified` answers A15 for all rows
    that do not answer it themselves; `owner_id` None leaves them to whoever imports, `unowned` leaves them to nobody.
    """

    duplicates: Duplicates = Duplicates.SKIP
    mode: Mode = Mode.GOOD_ROWS
    region: str = ""
    qualified: bool | None = None
    temperature: Temperature | None = None
    source: str = ""
    owner_id: int | None = None
    unowned: bool = False
    file: FileOptions = field(default_factory=FileOptions)

    def expectations(self) -> Expectations:
        return Expectations(self.region, self.qualified, self.temperature, self.source)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ImportOptions:
        """What `as_json` gave."""
        temperature = data.get("temperature")
        return cls(
            duplicates=Duplicates(data.get("duplicates", Duplicates.SKIP)),
            mode=Mode(data.get("mode", Mode.GOOD_ROWS)),
            region=data.get("region", ""),
            qualified=data.get("qualified"),
            temperature=Temperature(temperature) if temperature else None,
            source=data.get("source", ""),
            owner_id=data.get("owner_id"),
            unowned=bool(data.get("unowned")),
            file=FileOptions(**data.get("file", {})),
        )


@dataclass(slots=True)
class Counts:
    """The tally of a run; every row read is added, changed, skipped, or refused."""

    read: int = 0
    added: int = 0
    changed: int = 0
    skipped: int = 0
    refused: int = 0
    duplicates: int = 0
    warnings: int = 0
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row whose number or address is known: by an earlier line of the file, or by a prospect you may see."""

    line: int
    name: str
    matched_by: str
    earlier_line: int = 0
    prospect_id: int = 0
    prospect_name: str = ""
    hidden: bool = False
    several: bool = False


@dataclass(slots=True)
class Report:
    """What a dry run shows or a run did. `findings` and `duplicates` hold the first ones only; `counts` counts all."""

    counts: Counts
    findings: list[Finding] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    kept_findings: int = 200
