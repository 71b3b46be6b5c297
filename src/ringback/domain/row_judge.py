"""Judges rows one after another; everything that depends on the columns alone is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringback.domain.cell_text import clean, has_oddities
from ringback.domain.cell_words import amount, qualification, temperature, yes_or_no
from ringback.domain.columns import Column
from ringback.domain.importing import (
    EXTENSION_LENGTH,
    LENGTHS,
    POINT_LENGTH,
    SHORTEST_LENGTH,
    Candidate,
    Expectations,
    Finding,
    Judgement,
    Point,
    PointKind,
    Readers,
    Severity,
    ZoneRead,
)
from ringback.domain.row_plan import RowPlan
from ringback.domain.vocabulary import Qualification, Temperature

_PREFIX = "Salutation"
_CUSTOM_COLUMNS = 60
_CUSTOM_LENGTH = 2_000
_SHOWN_IN_FINDING = 300
_TAGS = 50
_TAG_LENGTH = 60
# Plain names: an enum's members are looked up slowly, and this runs for every row of a million.
_PHONE, _EMAIL, _PROFILE, _WEBSITE = PointKind
_NOTHING: tuple[str, ...] = ()


class RowJudge:
    """`judge(line, cells)` for the rows of one list. Holds no state between rows but the plan."""

    def __init__(self, columns: Sequence[Column], readers: Readers, expected: Expectations) -> None:
        self._plan = RowPlan(columns, readers, expected)

    def judge(self, line: int, cells: Sequence[str]) -> Judgement:
        """The row as a Candidate, or refused; `cells` may be shorter or longer than the header."""
        return _Row(self._plan, line, cells).judge()


class _Row:
    """One row while it is being judged."""

    __slots__ = ("at", "cells", "custom", "findings", "line", "numbers", "plan", "points", "readers", "surplus")

    def __init__(self, plan: RowPlan, line: int, cells: Sequence[str]) -> None:
        self.plan = plan
        self.readers = plan.readers
        self.at = plan.at
        self.line = line
        self.findings: list[Finding] = []
        self.custom: dict[str, str] = {}
        self.points: list[Point] = []
        self.numbers: tuple[str, ...] = _NOTHING
        self.surplus: list[str] = []
        self.cells = self._cleaned(cells) if has_oddities(cells) else [cell.strip() for cell in cells]
        if len(cells) > plan.width:
            self._keep_extra_cells()
        self.cells += [""] * (plan.width - len(self.cells) + 1)

    def judge(self) -> Judgement:
        country = self._country()
        self._read_phones(country)
        self._read_emails()
        if self.at.linkedin >= 0 or self.at.website >= 0:
            self._read_links()
        if not self._can_be_reached():
            return self._refused()
        return Judgement(self._candidate(country), tuple(self.findings))

    def _candidate(self, country: str) -> Candidate:
        cells, at = self.cells, self.at
        first, last, shown, company = self._names()
        state = cells[at.state]
        zone: ZoneRead = self.readers.zone(cells[at.time_zone], country, state, self.numbers)
        self._keep_others()
        fit = self._fit
        return Candidate(
            self.line,
            fit("first_name", first),
            fit("last_name", last),
            fit("shown_name", shown),
            fit("job_title", cells[at.job_title]),
            fit("company_name", company),
            zone.zone or "",
            _NOTHING if zone.zone else zone.possible,
            self._language() if cells[at.language] else "",
            fit("street", cells[at.street]),
            fit("city", cells[at.city]),
            fit("postal_code", cells[at.postal_code]),
            fit("state_name", state),
            country,
            self._region(country, state) if state else country,
            self._temperature(),
            self._qualification(),
            self._value() if cells[at.value] else None,
            fit("source", cells[at.source] or self.plan.expected.source),
            cells[at.owner],
            fit("external_id", cells[at.external_id]),
            self._read_tags() if self.plan.tags else _NOTHING,
            self._do_not_call() if cells[at.do_not_call] else False,
            self.custom,
            tuple(self.points),
            self._read_notes(),
        )

    def _find(self, field: str, severity: Severity, message: str, value: str = "") -> None:
        self.findings.append(Finding(self.line, field, severity, message, value[:_SHOWN_IN_FINDING]))

    def _cleaned(self, cells: Sequence[str]) -> list[str]:
        cleaned = []
        for index, cell in enumerate(cells):
            bare, said = clean(cell)
            cleaned.append(bare.strip())
            for message in said:
                self._find(self._header(index), Severity.WARNING, message, bare)
        return cleaned

    def _header(self, index: int) -> str:
        headers = self.plan.headers
        return headers[index] if 0 <= index < len(headers) else f"Column {index + 1}"

    def _keep_extra_cells(self) -> None:
        """Cells beyond the header: something is shifted, or a delimiter stood in a text without quotes."""
        width = self.plan.width
        extra = [(index, cell) for index, cell in enumerate(self.cells) if index >= width and cell]
        del self.cells[width:]
        for index, cell in extra:
            self._keep(f"Column {index + 1}", cell)
        if extra:
            message = "The row has more cells than the header; they were kept, but the row may be shifted."
            self._find("", Severity.WARNING, message, " | ".join(cell for _, cell in extra))

    def _keep(self, header: str, text: str) -> None:
        """Text that has no place of its own; beyond the bounds it goes to the notes instead."""
        if len(self.custom) < _CUSTOM_COLUMNS and len(text) <= _CUSTOM_LENGTH and header not in self.custom:
            self.custom[header] = text
        else:
            self.surplus.append(f"{header}: {text}")

    def _keep_others(self) -> None:
        headers = self.plan.headers
        for index in self.plan.others:
            if text := self.cells[index]:
                self._keep(headers[index], text)

    def _fit(self, name: str, text: str) -> str:
        if len(text) <= SHORTEST_LENGTH or len(text) <= LENGTHS[name]:
            return text
        limit = LENGTHS[name]
        self.surplus.append(f"{name.replace('_', ' ')}: {text}")
        message = f"Longer than {limit} characters; it was cut, and the whole text was put into the notes."
        self._find(name, Severity.WARNING, message, text)
        return text[: limit - 1] + "…"

    def _country(self) -> str:
        text = self.cells[self.at.country]
        if not text:
            return ""
        code = self.readers.country(text)
        if not code:
            self._unread(self.at.country, text, "This country is not known by that name; it was kept as text.")
        return code

    def _read_phones(self, country: str) -> None:
        region = country or self.plan.expected.region
        for index, label, kind_at in self.plan.phones:
            if cell := self.cells[index]:
                reading = self.readers.phones(cell, region)
                if self.cells[kind_at]:
                    label = self.cells[kind_at].strip("* ").lower()[:40]
                for phone in reading.phones:
                    self._add_phone(cell, phone.e164, phone.extension, label, index)
                    if not phone.valid:
                        message = "The number is possible, but its country has no such numbers. Check it."
                        self._find(self._header(index), Severity.WARNING, message, cell)
                for piece in reading.unread:
                    self._unread(index, piece, "This is no telephone number that can be dialled; it was kept as text.")

    def _add_phone(self, cell: str, e164: str, extension: str, label: str, index: int) -> None:
        if e164 in self.numbers:
            return
        if len(extension) > EXTENSION_LENGTH:
            self._unread(index, extension, "The extension is too long; it was kept as text.")
            extension = ""
        shown = cell if len(cell) <= 60 and "\n" not in cell else e164
        self.numbers += (e164,)
        self.points.append(Point(_PHONE, e164, shown, extension, label))

    def _read_emails(self) -> None:
        for index in self.plan.emails:
            if cell := self.cells[index]:
                reading = self.readers.emails(cell)
                for address in reading.addresses:
                    if len(address) > POINT_LENGTH or address in [point.value for point in self.points]:
                        continue
                    self.points.append(Point(_EMAIL, address, address))
                for piece in reading.unread:
                    self._unread(index, piece, "This is no mail address; it was kept as text.")

    def _unread(self, index: int, piece: str, message: str) -> None:
        self._find(self._header(index), Severity.WARNING, message, piece)
        self._keep(self._header(index), piece)

    def _read_links(self) -> None:
        for index, kind in ((self.at.linkedin, _PROFILE), (self.at.website, _WEBSITE)):
            if not (cell := self.cells[index]):
                continue
            is_profile = kind is _PROFILE or "linkedin.com/in/" in cell.lower()
            if len(cell) > POINT_LENGTH:
                self._unread(index, cell, "The address is too long; it was kept as text.")
            elif cell.rstrip("/") not in [point.value for point in self.points]:
                self.points.append(Point(_PROFILE if is_profile else kind, cell.rstrip("/"), cell))

    def _can_be_reached(self) -> bool:
        """By telephone, mail or a profile; or by post: a card or a visit may be the beginning."""
        if any(point.kind is not _WEBSITE for point in self.points):
            return True
        cells, at = self.cells, self.at
        named = cells[at.full_name] or cells[at.last_name] or cells[at.first_name]
        if not (named and cells[at.street] and (cells[at.city] or cells[at.postal_code])):
            return False
        self._find("", Severity.WARNING, "Only by post: find a telephone number or a mail address.", "")
        return True

    def _refused(self) -> Judgement:
        message = (
            "There is no way to reach this person: no telephone number, mail address or postal address can be read."
        )
        self._find("", Severity.ERROR, message, " | ".join(cell for cell in self.cells if cell))
        return Judgement(None, tuple(self.findings))

    def _names(self) -> tuple[str, str, str, str]:
        cells, at = self.cells, self.at
        first, last, company = cells[at.first_name], cells[at.last_name], cells[at.company]
        if first or last:
            name = self.readers.join_name(
                first, cells[at.middle_name], last, cells[at.name_prefix], cells[at.name_suffix]
            )
            if cells[at.name_prefix]:
                self._keep(_PREFIX, cells[at.name_prefix])
            return name.first, name.last, name.shown, company
        full = cells[at.full_name]
        if not full:
            return "", "", company or self.points[0].shown, company
        name = self.readers.split_name(full)
        if name.prefix:
            self._keep(_PREFIX, name.prefix)
        if name.looks_like_company and not company:
            company = full
            self._find("", Severity.NOTE, "The name looks like a company's; it was taken for the company too.", full)
        return name.first, name.last, name.shown, company

    def _region(self, country: str, state: str) -> str:
        """The region whose holidays count, such as US-CA."""
        code = self.readers.state_code(country, state) if country else ""
        return f"{country}-{code}" if code else country

    def _language(self) -> str:
        text = self.cells[self.at.language]
        code = text.replace("_", "-")
        start = code.partition("-")[0]
        if len(code) <= 10 and code.isascii() and start.isalpha() and 2 <= len(start) <= 3:
            return code
        self._keep(self._header(self.at.language), text)
        return ""

    def _temperature(self) -> Temperature | None:
        text = self.cells[self.at.temperature]
        said = temperature(text) if text else None
        if text and said is None:
            self._keep(self._header(self.at.temperature), text)
        return said or self.plan.expected.temperature

    def _qualification(self) -> Qualification | None:
        text, status = self.cells[self.at.qualified], self.cells[self.at.status]
        answer = yes_or_no(text) if text else None
        if status:
            self._keep(self._header(self.at.status), status)
            if answer is None and (said := qualification(status)) is not None:
                return said
        answer = self.plan.expected.qualified if answer is None else answer
        if answer is None:
            return None
        return Qualification.QUALIFIED if answer else Qualification.UNQUALIFIED

    def _value(self) -> int | None:
        text = self.cells[self.at.value]
        found = amount(text)
        if found is None:
            self._unread(self.at.value, text, "This is no amount; it was kept as text.")
        return found

    def _do_not_call(self) -> bool:
        text = self.cells[self.at.do_not_call]
        answer = yes_or_no(text)
        if answer is None:
            message = "It is not clear whether this person may be called; taken as “do not call”."
            self._find(self._header(self.at.do_not_call), Severity.WARNING, message, text)
        return answer is not False

    def _read_tags(self) -> tuple[str, ...]:
        texts = (self.cells[index] for index in self.plan.tags)
        pieces = [piece.strip("* ") for text in texts if text for piece in _tag_pieces(text)]
        tags = tuple(dict.fromkeys(piece[:_TAG_LENGTH] for piece in pieces if piece))
        if len(tags) > _TAGS or any(len(piece) > _TAG_LENGTH for piece in pieces):
            self.surplus.append("tags: " + ", ".join(pieces))
        return tags[:_TAGS]

    def _read_notes(self) -> str:
        """Last, because everything that found no other place is in them too."""
        if last := self.cells[self.at.last_contacted]:
            self._keep(self._header(self.at.last_contacted), last)
        texts = [cell for index in self.plan.notes if (cell := self.cells[index])]
        return "\n\n".join(texts + self.surplus) if texts or self.surplus else ""


def _tag_pieces(text: str) -> Iterable[str]:
    for mark in (":::", ";", ",", "\n", "|"):
        if mark in text:
            return text.split(mark)
    return [text]
