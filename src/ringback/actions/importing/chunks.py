"""Writes one chunk of a run: its people, its findings, and how far the run has come, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from ringback.actions.errors import Refused
from ringback.actions.importing.adding import Adder, People, Writers
from ringback.actions.importing.bulk import Writer
from ringback.actions.importing.changing import Change, change_known, changes_of
from ringback.actions.importing.matching import Matches, match, open_to_change
from ringback.actions.importing.options import Counts, Duplicate, Duplicates, ImportOptions, Report
from ringback.actions.importing.owners import Owners
from ringback.actions.importing.straight import Straight
from ringback.actions.importing.turns import commits_of_others, one_import_at_a_time
from ringback.adapters.judging import Chunk, Entry, Tables
from ringback.domain.importing import Finding, Severity
from ringback.models import ImportFinding, ImportRun, User
from ringback.queries.known_points import Known, names_of, suppressed_values

STORED_FINDINGS = 200_000
CHANGED_AT_ONCE = 10
ELSEWHERE = "This import is being carried out elsewhere at this moment. Nothing was written twice."
_SUPPRESSED = "Must not be contacted any more; the number or address was imported, but stays barred."


class CarriedOutElsewhere(Refused):
    """Somebody else has carried the run further than this one has."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the database knew of some rows, at a moment told by `seen` (see `commits_of_others`); `people` are those
    nobody knows, with their owners; or all of the chunk, if they can go `straight` (see there). `changes` are what
    rows say of people who are known.
    """

    matches: Matches
    changes: list[Change]
    people: People
    remarks: list[Finding]
    barred: set[str]
    seen: int | None
    straight: Tables | None = None


@dataclass(slots=True)
class ChunkWriter:
    """Everything a run needs to write its chunks one after another."""

    run: ImportRun
    by: User
    options: ImportOptions
    report: Report
    now: datetime
    _owners: Owners = field(init=False)
    _adder: Adder = field(init=False)
    _straight: Straight = field(init=False)
    _findings: Writer = field(init=False)
    _stored: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._owners = Owners(self.by, self.options)
        writers = Writers.of(self.by, self.now)
        self._adder = Adder(self.by, self.now, self.run.file_name, writers)
        self._straight = Straight(self.run.file_name, writers, self._owners.usual)
        columns = ("line", "field", "severity", "message", "value")
        self._findings = Writer(ImportFinding, columns, {"run_id": self.run.pk})

    @property
    def _may_change(self) -> bool:
        return self.options.duplicates is not Duplicates.SKIP

    def look_ahead(self, entries: Sequence[Entry]) -> Looked | None:
        """What can be done before the lock is taken, where `write` can tell whether it still holds."""
        seen = commits_of_others()
        if seen is None and not self._may_change:
            return None
        if isinstance(entries, Tables) and self._straight.fits(entries):
            return Looked(Matches(), [], [], [], set(), seen, entries)
        looked = self._look(entries, seen)
        if seen is not None:
            self._adder.stage(looked.people)
        return looked

    def changes_many(self, looked: Looked | None) -> bool:
        """Whether the rows change people who are known, which takes a hundred times as long as adding others.

        Whoever stands in the list twice is known from the second line on.
        """
        if looked is None or not self._may_change:
            return False
        return len(looked.changes) + len(looked.matches.repeated) > CHANGED_AT_ONCE

    def write(self, chunk: Chunk, looked: Looked | None = None) -> None:
        """Inside the caller's transaction. Leaves the tally untouched if anything goes wrong.

        What was `looked` up ahead counts if nobody else has written since.
        """
        one_import_at_a_time()
        if looked is None or looked.seen is None or looked.seen != commits_of_others():
            looked = self._look(chunk.entries)
        findings = list(chunk.findings)
        counts = replace(self.report.counts)
        duplicates: list[Duplicate] = []
        counts.read += chunk.read
        counts.refused += chunk.read - len(chunk.entries)
        counts.last_line = max(counts.last_line, chunk.last_line)
        if looked.straight:
            self._straight.add(looked.straight)
            counts.added += len(looked.straight)
        else:
            self._settle(looked, counts, findings, duplicates)
        counts.warnings += sum(finding.severity is Severity.WARNING for finding in findings)
        self._step(counts, chunk.progress)
        self._store(findings)
        self._remember(counts, findings, duplicates)

    def forget(self) -> None:
        """A transaction was taken back, and with it what it had added."""
        self._adder.forget()

    def store_findings(self, findings: Sequence[Finding]) -> None:
        """Findings of a run that writes nothing else."""
        self._store(findings)

    def _look(self, entries: Sequence[Entry], seen: int | None = None) -> Looked:
        """Who of them is known or barred, and which companies are there."""
        matches = match(entries, self.by)
        barred = suppressed_values([key for entry in matches.fresh for key in entry.keys])
        self._adder.find_companies(matches.fresh)
        remarks: list[Finding] = []
        people = [(entry, self._owners.of(entry, remarks)) for entry in matches.fresh]
        changes = changes_of(open_to_change(matches.known), self.options.duplicates)
        return Looked(matches, changes, people, remarks, barred, seen)

    def _settle(self, looked: Looked, counts: Counts, findings: list[Finding], duplicates: list[Duplicate]) -> None:
        matches = looked.matches
        if looked.barred:
            findings += _suppressed(matches.fresh, looked.barred)
        findings += looked.remarks
        self._adder.add(looked.people)
        counts.added += len(matches.fresh)
        counts.duplicates += len(matches.known)
        self._settle_known(looked, counts, findings, duplicates)
        if matches.repeated and self.options.duplicates is Duplicates.SKIP:
            counts.duplicates += len(matches.repeated)
            counts.skipped += len(matches.repeated)
            found = [repeated(*each) for each in matches.repeated]
            duplicates += found
            findings += [told(each) for each in found]
        elif matches.repeated:
            # Their likes are rows by now, so that they meet them as anybody whom we know.
            again = self._look([each for each, _, _ in matches.repeated])
            self._settle(again, counts, findings, duplicates)

    def _settle_known(
        self, looked: Looked, counts: Counts, findings: list[Finding], duplicates: list[Duplicate]
    ) -> None:
        if not looked.matches.known:
            return
        found = known_duplicates(looked.matches)
        duplicates += found
        really = change_known(
            by=self.by,
            changes=looked.changes,
            policy=self.options.duplicates,
            file_name=self.run.file_name,
            now=self.now,
        )
        counts.changed += really
        counts.skipped += len(found) - really
        left_out = [each for each in found if each.hidden or each.several or not self._may_change]
        findings += [told(each) for each in left_out]

    def _step(self, counts: Counts, progress: float) -> None:
        """How far the run has come, written only if nobody else has carried it further."""
        before = self.report.counts.last_line
        rows = ImportRun.objects.filter(pk=self.run.pk, state=ImportRun.RUNNING, counts__last_line=before)
        if rows.update(counts=asdict(counts), bytes_done=int(progress * self.run.bytes_total)) != 1:
            raise CarriedOutElsewhere(ELSEWHERE)

    def _store(self, findings: Sequence[Finding]) -> None:
        room = max(STORED_FINDINGS - self._stored, 0)
        kept = findings[:room] if room < len(findings) else findings
        self._stored += len(kept)
        self._findings.write(
            [(it.line, it.field[:120], it.severity.value, it.message[:500], it.value[:300]) for it in kept]
        )

    def _remember(self, counts: Counts, findings: list[Finding], duplicates: list[Duplicate]) -> None:
        report = self.report
        report.counts = counts
        report.findings += findings[: report.kept_findings - len(report.findings)]
        report.duplicates += duplicates[: report.kept_findings - len(report.duplicates)]


def repeated(entry: Entry, earlier_line: int, key: str) -> Duplicate:
    """A row that repeats an earlier one of the same file."""
    return Duplicate(entry.line, entry.shown_name, key, earlier_line=earlier_line)


def known_duplicates(matches: Matches) -> list[Duplicate]:
    """The rows that fit prospects; somebody else's are not named."""
    names = names_of(each.prospect_id for _, known, _ in matches.known for each in known if each.visible)
    return [_known_duplicate(entry, known, by, names) for entry, known, by in matches.known]


def told(duplicate: Duplicate) -> Finding:
    """The line of the report for a row that was left out because it is known."""
    return Finding(duplicate.line, "", Severity.NOTE, _why(duplicate)[:500], duplicate.matched_by[:300])


def _known_duplicate(entry: Entry, known: list[Known], key: str, names: dict[int, str]) -> Duplicate:
    first = known[0]
    if not all(each.visible for each in known):
        return Duplicate(entry.line, entry.shown_name, key, hidden=True)
    name = names.get(first.prospect_id, "")
    several = len(known) > 1
    return Duplicate(entry.line, entry.shown_name, key, 0, first.prospect_id, name, several=several)


def _why(duplicate: Duplicate) -> str:
    if duplicate.earlier_line:
        return f"The same person as in line {duplicate.earlier_line}; left out."
    if duplicate.hidden:
        return "Known already, as a prospect of somebody else; left out."
    if duplicate.several:
        return "Fits more than one prospect; left out. Merge those first, then import this row again."
    return f"Known already: {duplicate.prospect_name} (number {duplicate.prospect_id}); left out."


def _suppressed(entries: Sequence[Entry], barred: set[str]) -> list[Finding]:
    return [
        Finding(entry.line, "", Severity.WARNING, _SUPPRESSED, key)
        for entry in entries
        for key in entry.keys
        if key in barred
    ]
