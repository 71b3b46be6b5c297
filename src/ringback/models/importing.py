"""Files that were brought in, and what was said about their lines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ringback.models.team import User


class ImportRun(models.Model):
    """One file on its way in. `key` makes a repeated start harmless; `counts` is the running tally.

    `stopped_by` is set while it is under way by whoever wants it to stop, and stays once it has.
    """

    WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
    STATES = tuple((state, state) for state in (WAITING, RUNNING, DONE, FAILED, STOPPED))

    key = models.CharField(max_length=80, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="imports")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=300)
    stored_as = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    bytes_total = models.BigIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    message = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.file_name


class ImportFinding(models.Model):
    """Line, field and why: one row of the report."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="findings", db_index=False)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=8)
    message = models.CharField(max_length=500)
    value = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["run", "line"], name="findings_by_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"
