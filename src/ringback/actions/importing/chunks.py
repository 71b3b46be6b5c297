"""Writes one chunk of a run: its people, its findings, and how far the run has come, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from ringback.actions.errors import Refused
from ringback.actions.importing.adding import Adder
from ringback.actions.importing.bulk import Writer, reserve_ids
from ringback.actions.importing.changing import change_known
from ringback.actions.importing.matching import Matches, keys_of, match
from ringback.actions.importing.options import Counts, Duplicate, Duplicates, ImportOptions, Report
from ringback.actions.importing.owners import Owners
from ringback.adapters.judging import Chunk
from ringback.domain.importing import Candidate, Finding, Severity
from ringback.models import ImportFinding, ImportRun, Prospect, User
from ringback.queries.known_points import Known, names_of, suppressed_values

STORED_FINDINGS = 200_000
ELSEWHERE = "This import is being carried out elsewhere at this moment. Nothing was written twice."
_SUPPRESSED = "Must not be contacted any more; the number or address was imported, but stays barred."


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
    _findings: Writer = field(init=False)
    _stored: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._owners = Owners(self.by, self.options)
        self._adder = Adder(self.by, self.now, self.run.file_name)
        columns = ("line", "field", "severity", "message", "value")
        self._findings = Writer(ImportFinding, columns, {"run_id": self.run.pk})

    def write(self, chunk: Chunk) -> None:
        """Inside the caller's transaction. Leaves the tally untouched if anything goes wrong."""
        findings = list(chunk.findings)
        counts = replace(self.report.counts)
        duplicates: list[Duplicate] = []
        counts.read += chunk.read
        counts.refused += chunk.read - len(chunk.candidates)
        counts.last_line = max(counts.last_line, chunk.last_line)
        self._settle(chunk.candidates, counts, findings, duplicates)
        counts.warnings += sum(finding.severity is Severity.WARNING for finding in findings)
        self._step(counts, chunk.progress)
        self._store(findings)
        self._remember(counts, findings, duplicates)

    def store_findings(self, findings: Sequence[Finding]) -> None:
        """Findings of a run that writes nothing else."""
        self._store(findings)

    def _settle(
        self,
        candidates: Sequence[Candidate],
        counts: Counts,
        findings: list[Finding],
        duplicates: list[Duplicate],
    ) -> None:
        matches = match(candidates, self.by)
        findings += _suppressed(matches.fresh)
        self._adder.add([(candidate, self._owners.of(candidate, findings)) for candidate in matches.fresh])
        counts.added += len(matches.fresh)
        counts.duplicates += len(matches.known)
        self._settle_known(matches, counts, findings, duplicates)
        if matches.repeated and self.options.duplicates is Duplicates.SKIP:
            counts.duplicates += len(matches.repeated)
            counts.skipped += len(matches.repeated)
            found = [repeated(*each) for each in matches.repeated]
            duplicates += found
            findings += [told(each) for each in found]
        elif matches.repeated:
            # Their likes are rows by now, so that they meet them as anybody whom we know.
            self._settle([each for each, _, _ in matches.repeated], counts, findings, duplicates)

    def _settle_known(
        self, matches: Matches, counts: Counts, findings: list[Finding], duplicates: list[Duplicate]
    ) -> None:
        if not matches.known:
            return
        names = names_of(each.prospect_id for _, known, _ in matches.known for each in known if each.visible)
        found = [known_duplicate(candidate, known, by, names) for candidate, known, by in matches.known]
        duplicates += found
        open_to_change = [
            (candidate, each.prospect_id)
            for (candidate, _, _), each in zip(matches.known, found, strict=True)
            if not (each.hidden or each.several or self.options.duplicates is Duplicates.SKIP)
        ]
        really = self._change(open_to_change)
        counts.changed += really
        counts.skipped += len(found) - really
        changed = {candidate.line for candidate, _ in open_to_change}
        findings += [told(each) for each in found if each.line not in changed]

    def _change(self, pairs: Sequence[tuple[Candidate, int]]) -> int:
        prospects = Prospect.objects.in_bulk([number for _, number in pairs])
        known = [(candidate, prospects[number]) for candidate, number in pairs if number in prospects]
        return change_known(
            by=self.by, known=known, policy=self.options.duplicates, file_name=self.run.file_name, now=self.now
        )

    def _step(self, counts: Counts, progress: float) -> None:
        """How far the run has come, written only if nobody else has carried it further."""
        before = self.report.counts.last_line
        rows = ImportRun.objects.filter(pk=self.run.pk, state=ImportRun.RUNNING, counts__last_line=before)
        if rows.update(counts=asdict(counts), bytes_done=int(progress * self.run.bytes_total)) != 1:
            raise Refused(ELSEWHERE)

    def _store(self, findings: Sequence[Finding]) -> None:
        room = max(STORED_FINDINGS - self._stored, 0)
        kept = findings[:room] if room < len(findings) else findings
        self._stored += len(kept)
        numbered = zip(reserve_ids(ImportFinding, len(kept)), kept, strict=True)
        self._findings.write(
            [
                (number, it.line, it.field[:120], it.severity.value, it.message[:500], it.value[:300])
                for number, it in numbered
            ]
        )

    def _remember(self, counts: Counts, findings: list[Finding], duplicates: list[Duplicate]) -> None:
        report = self.report
        report.counts = counts
        report.findings += findings[: report.kept_findings - len(report.findings)]
        report.duplicates += duplicates[: report.kept_findings - len(report.duplicates)]


def repeated(candidate: Candidate, earlier_line: int, key: str) -> Duplicate:
    """A row that repeats an earlier one of the same file."""
    return Duplicate(candidate.line, candidate.shown_name, key, earlier_line=earlier_line)


def known_duplicate(candidate: Candidate, known: list[Known], key: str, names: dict[int, str]) -> Duplicate:
    """A row that fits prospects; somebody else's are not named."""
    first = known[0]
    if not all(each.visible for each in known):
        return Duplicate(candidate.line, candidate.shown_name, key, hidden=True)
    name = names.get(first.prospect_id, "")
    several = len(known) > 1
    return Duplicate(candidate.line, candidate.shown_name, key, 0, first.prospect_id, name, several=several)


def told(duplicate: Duplicate) -> Finding:
    """The line of the report for a row that was left out because it is known."""
    return Finding(duplicate.line, "", Severity.NOTE, _why(duplicate)[:500], duplicate.matched_by[:300])


def _why(duplicate: Duplicate) -> str:
    if duplicate.earlier_line:
        return f"The same person as in line {duplicate.earlier_line}; left out."
    if duplicate.hidden:
        return "Known already, as a prospect of somebody else; left out."
    if duplicate.several:
        return "Fits more than one prospect; left out. Merge those first, then import this row again."
    return f"Known already: {duplicate.prospect_name} (number {duplicate.prospect_id}); left out."


def _suppressed(candidates: Sequence[Candidate]) -> list[Finding]:
    barred = suppressed_values([key for candidate in candidates for key in keys_of(candidate)])
    if not barred:
        return []
    return [
        Finding(candidate.line, "", Severity.WARNING, _SUPPRESSED, key)
        for candidate in candidates
        for key in keys_of(candidate)
        if key in barred
    ]
