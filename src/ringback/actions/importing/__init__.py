"""Bringing a file in: a dry run, and the run itself."""

from ringback.actions.importing.options import Counts, Duplicate, Duplicates, ImportOptions, Mode, Report
from ringback.actions.importing.previewing import Preview, preview_import
from ringback.actions.importing.running import perform_import, register_import, run_import, stored_findings

__all__ = [
    "Counts",
    "Duplicate",
    "Duplicates",
    "ImportOptions",
    "Mode",
    "Preview",
    "Report",
    "perform_import",
    "preview_import",
    "register_import",
    "run_import",
    "stored_findings",
]
