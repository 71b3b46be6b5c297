"""Whether a calendar's answer is about the appointment as it stands now (A4)."""

from __future__ import annotations

from dataclasses import dataclass

NO_APPOINTMENT = "The appointment that it answers no longer stands: nothing was changed."
EARLIER = "It answers an earlier version of the appointment, which has been moved since: nothing was changed."


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a calendar entry (RFC 5545): `sequence` grows with every move."""

    uid: str
    sequence: int


def why_it_does_not_count(answered: Entry, standing: Entry | None) -> str:
    """Why an answer changes nothing; blank if it counts. An answer to an earlier moment says nothing about this one."""
    if standing is None or standing.uid != answered.uid:
        return NO_APPOINTMENT
    return EARLIER if answered.sequence < standing.sequence else ""
