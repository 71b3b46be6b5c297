"""What is said beside a moment that is being agreed on: both clocks, and with whose talk it collides."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from ringback.domain.local_time import local
from ringback.models import Prospect, User
from ringback.queries.clashes import clash_at
from ringback.web import when
from ringback.web.presenting import both


def both_readings(at: datetime, zone: str, own_zone: str, now: datetime) -> str:
    """“Tomorrow 15:00 there · 16:00 for you”; says which one is meant if the clocks show it twice."""
    theirs, yours = both(at, zone, own_zone, now)
    there = _("%(moment)s there") if yours else _("%(moment)s for both of you")
    twice = _("That time comes twice that night; the first is meant.") if happens_twice(at, zone) else ""
    return " · ".join(filter(None, (there % {"moment": theirs}, yours, twice)))


def happens_twice(at: datetime, zone: str) -> bool:
    """Whether clocks in `zone` show this reading a second time, an autumn hour later."""
    there = local(at, zone)
    return there.replace(fold=1).astimezone(UTC) != there.replace(fold=0).astimezone(UTC)


def clash_words(at: datetime, *, prospect: Prospect, by: User, now: datetime) -> str:
    """That the rep has promised this moment to somebody else as well; nothing if not. It may be saved all the same."""
    talk = clash_at(at, prospect=prospect, by=by)
    if talk is None:
        return ""
    facts = {"name": talk.name, "moment": when.moment(talk.at, by.zone, now)}
    return _("Collides with %(name)s, %(moment)s by your clock: only one of the two can be called on time.") % facts
