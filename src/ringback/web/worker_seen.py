"""Whether the worker lives, in words: without it no mail leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ringback.web import when
from ringback.worker.heartbeat import FILE, SILENT_AFTER, last_seen


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """`trouble` is empty while all is well."""

    words: str
    trouble: str


def worker_seen(*, zone: str, now: datetime) -> WorkerSeen:
    """Read from its small file, which costs no query; moments stand in `zone`."""
    seen = last_seen(Path(settings.DATA) / FILE)
    if seen is None:
        return WorkerSeen(_("never"), _("the worker has never been seen"))
    at = when.moment(seen.at, zone, now)
    if now - seen.at > SILENT_AFTER:
        return WorkerSeen(at, _("the worker was last seen %(moment)s") % {"moment": at})
    if seen.failing:
        failing = ", ".join(sorted(seen.failing))
        return WorkerSeen(_("just now, failing at: %(jobs)s") % {"jobs": failing}, "")
    return WorkerSeen(_("just now"), "")
