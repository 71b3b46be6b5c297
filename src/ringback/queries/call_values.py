"""What the texts of a map may name, read from one prospect's record; an empty value is a gap."""

from __future__ import annotations

from datetime import date, datetime

from ringback.domain.arrange import arrange
from ringback.domain.call_hours import NoWorkingMoment
from ringback.domain.events import CallEnded
from ringback.domain.local_time import local
from ringback.domain.maps.moments import spoken_day, spoken_hour, spoken_soon
from ringback.domain.vocabulary import Channel, Learnable, MachineResult, ObjectionState
from ringback.models import Commitment, User
from ringback.queries.brief import LATER_TODAY, Brief
from ringback.queries.standing import Stand


def values_for(found: Brief, *, rep: User, now: datetime, language: str) -> dict[str, str]:
    """Every variable of domain/maps/variables, with days and times as they are said in `language`."""
    return {
        **_names(found, rep),
        **_learned(found),
        **_moments(found, now, language),
    }


def _names(found: Brief, rep: User) -> dict[str, str]:
    prospect = found.prospect
    return {
        "first_name": prospect.first_name,
        "last_name": prospect.last_name,
        "name": " ".join(filter(None, (prospect.first_name, prospect.last_name))),
        "company": prospect.company_name,
        "rep_name": rep.get_full_name(),
        "firm_name": found.stand.workspace.firm_name,
        "phone": rep.phone,
    }


def _learned(found: Brief) -> dict[str, str]:
    """Their own words, without the full stop that the text sets itself."""
    talked = next((call for call in found.calls if call.outcome and call.notes.strip()), None)
    agreed = found.stand.appointment
    decides = (each.text for each in found.circumstances if each.kind == Learnable.DECISION_MAKER)
    objections = sorted(found.objections, key=lambda each: each.state != ObjectionState.REAL)
    open_ones = [each.text for each in objections if each.state != ObjectionState.FALSE]
    return {
        "need": _plain(found.needs[0].text if found.needs else ""),
        "reason": _plain(agreed.reason if agreed else found.prospect.talk_about or ""),
        "last_point": _plain(talked.notes.strip().splitlines()[0].strip(" -•*\t") if talked else ""),
        "interest": _plain(found.interests[0].text if found.interests else ""),
        "objection": _plain(open_ones[0] if open_ones else ""),
        "decision_maker": _plain(next(decides, "")),
        "our_promise": _owed(found.ours),
        "their_promise": _owed(found.theirs),
    }


def _moments(found: Brief, now: datetime, language: str) -> dict[str, str]:
    zone, stand = found.stand.calendar.zone, found.stand
    talked = next((call for call in found.calls if call.outcome and call.outcome != "gatekeeper"), None)
    next_try = _next_call(stand, now)

    def day_of(at: datetime | None) -> str:
        return spoken_day(local(at, zone).date(), language) if at else ""

    proposal: date | None = found.prospect.proposal_sent_on
    return {
        "last_talk_day": day_of(talked.at if talked else None),
        "proposal_day": spoken_day(proposal, language) if proposal else "",
        "appointment_day": day_of(stand.appointment.starts_at if stand.appointment else None),
        "later_time": spoken_hour((now + LATER_TODAY).replace(minute=0), zone, language),
        "next_try": spoken_soon(next_try, now, zone, language) if next_try else "",
    }


def _next_call(stand: Stand, now: datetime) -> datetime | None:
    """When the ladder would ring again if a message were left now; None if the next thing is no call."""
    event = CallEnded(at=now, machine=MachineResult.VOICEMAIL)
    try:
        decision = arrange(stand.facts, event, stand.standing, stand.policy, stand.calendar)
    except NoWorkingMoment:
        return None
    return next((touch.due_at for touch in decision.touches if touch.channel is Channel.CALL), None)


def _owed(promises: tuple[Commitment, ...]) -> str:
    return _plain(promises[0].text) if promises else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".;:, ")
