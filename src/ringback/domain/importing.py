"""The judgement of one row of an imported list: who it is, how to reach them, and what is wrong with it.

Nothing is lost silently: what has no place goes to `custom`, what does not fit goes to the notes, and each comes with a
finding. A row is refused only if it offers no way to reach anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from ringback.domain.vocabulary import Qualification, Temperature


class Severity(StrEnum):
    """An error keeps the row out; a warning changed or left out something; a note is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """One line of the report. `line` is the line in the file (0: the file as a whole), `field` a column's name."""

    line: int
    field: str
    severity: Severity
    message: str
    value: str = ""


class PointKind(StrEnum):
    """A way to reach somebody."""

    PHONE = "phone"
    EMAIL = "email"
    PROFILE = "profile"
    WEBSITE = "website"


class Point(NamedTuple):
    """One way to reach somebody. `value` is normalised, `shown` is as it was written."""

    kind: PointKind
    value: str
    shown: str
    extension: str = ""
    label: str = ""


class Candidate(NamedTuple):
    """A person as the row describes them. Zones are IANA names; `country` is an ISO code."""

    line: int
    first_name: str
    last_name: str
    shown_name: str
    job_title: str
    company_name: str
    zone: str
    possible_zones: tuple[str, ...]
    language: str
    street: str
    city: str
    postal_code: str
    state_name: str
    country: str
    region: str
    temperature: Temperature | None
    qualification: Qualification | None
    value: int | None
    source: str
    owner: str
    external_id: str
    tags: tuple[str, ...]
    do_not_call: bool
    custom: dict[str, str]
    points: tuple[Point, ...]
    notes: str


class Judgement(NamedTuple):
    """`candidate` is None if the row is refused; the findings say why."""

    candidate: Candidate | None
    findings: tuple[Finding, ...]


class PhoneRead(Protocol):
    @property
    def e164(self) -> str: ...
    @property
    def extension(self) -> str: ...
    @property
    def valid(self) -> bool: ...


class PhonesRead(Protocol):
    @property
    def phones(self) -> tuple[PhoneRead, ...]: ...
    @property
    def unread(self) -> tuple[str, ...]: ...


class EmailsRead(Protocol):
    @property
    def addresses(self) -> tuple[str, ...]: ...
    @property
    def unread(self) -> tuple[str, ...]: ...


class NameRead(Protocol):
    @property
    def first(self) -> str: ...
    @property
    def last(self) -> str: ...
    @property
    def shown(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def looks_like_company(self) -> bool: ...


class ZoneRead(Protocol):
    @property
    def zone(self) -> str | None: ...
    @property
    def possible(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the contents of cells. Pure functions over strings, given by the edge; see adapters/contacts."""

    phones: Callable[[str, str], PhonesRead]
    emails: Callable[[str], EmailsRead]
    split_name: Callable[[str], NameRead]
    join_name: Callable[[str, str, str, str, str], NameRead]
    country: Callable[[str], str]
    state_code: Callable[[str, str], str]
    zone: Callable[[str, str, str, tuple[str, ...]], ZoneRead]


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the person who imports says about the whole list. `region` is where bare numbers are at home (ISO code)."""

    region: str = ""
    qualified: bool | None = None
    temperature: Temperature | None = None
    source: str = ""


LENGTHS = {
    "first_name": 120,
    "last_name": 160,
    "shown_name": 300,
    "job_title": 200,
    "company_name": 200,
    "street": 300,
    "city": 120,
    "postal_code": 20,
    "state_name": 120,
    "source": 160,
    "external_id": 120,
}
SHORTEST_LENGTH = min(LENGTHS.values())
POINT_LENGTH = 320
EXTENSION_LENGTH = 12
