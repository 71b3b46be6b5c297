"""An appointment as their calendar will show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """One state of one calendar entry. `uid` never changes; a higher `sequence` replaces a lower one (RFC 5546).

    All moments are UTC. Calling off takes a sequence of its own, like a move.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    summary: str
    description: str
    organizer_address: str
    organizer_name: str
    attendee_address: str
    attendee_name: str
    location: str = ""
    called_off: bool = False

    @property
    def method(self) -> str:
        """What the mail says is to be done with it: `OutgoingMail.invitation_method`."""
        return "CANCEL" if self.called_off else "REQUEST"
