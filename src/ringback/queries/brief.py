"""One screen before the dial: who they are, what was said last, what is owed, and what to say (A13, B2, B3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from ringback.domain.because import day_words
from ringback.domain.cadence import Step
from ringback.domain.call_backs import reason_in
from ringback.domain.local_time import local
from ringback.domain.opening import Opening, OpeningFacts, Talk, opening
from ringback.domain.script import Filled, fill, speaking_seconds
from ringback.domain.vocabulary import ObjectionState, TouchKind
from ringback.models import (
    Call,
    Circumstance,
    Commitment,
    ContactPoint,
    Interest,
    Need,
    Objection,
    Prospect,
    Touch,
    User,
)
from ringback.queries.record import Colleague, LastWalk, Record, record_of
from ringback.queries.slots import free_slots
from ringback.queries.standing import Stand, stand_of, working

LATER_TODAY = timedelta(hours=4)
MOST_CALLS = 8


@dataclass(frozen=True, slots=True)
class Say:
    """What this step says, with its variables filled in; `missing` names what could not be."""

    answered: Filled
    voicemail: Filled
    voicemail_seconds: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    prospect: Prospect
    stand: Stand
    touch: Touch | None
    phones: tuple[ContactPoint, ...]
    emails: tuple[ContactPoint, ...]
    calls: tuple[Call, ...]
    tries: int
    needs: tuple[Need, ...]
    interests: tuple[Interest, ...]
    objections: tuple[Objection, ...]
    circumstances: tuple[Circumstance, ...]
    ours: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]
    colleagues: tuple[Colleague, ...]
    walk: LastWalk | None
    planned: tuple[Touch, ...]
    opening: Opening
    say: Say
    slots: tuple[datetime, ...]
    local_now: datetime

    @property
    def reason_is_agreed(self) -> bool:
        """An appointment, also one that was missed, or a promised call-back says what the talk is about."""
        return _agreed(self.stand) or _missed(self.stand)


def brief(prospect: Prospect, *, now: datetime, rep: User, touch_id: int | None = None) -> Brief:
    """Everything the call screen shows. `touch_id` names the touch that is worked; a dial finds its own."""
    stand = stand_of(prospect, now=now, touch_id=touch_id, for_call=touch_id is None)
    calls = _calls(prospect)
    record = record_of(prospect, rep=rep, now=now)
    needs = record.needs
    return Brief(
        prospect=prospect,
        stand=stand,
        touch=stand.touch,
        phones=working(stand.contact_points, ContactPoint.PHONE),
        emails=working(stand.contact_points, ContactPoint.EMAIL),
        calls=calls,
        tries=record.tries,
        needs=needs,
        interests=record.interests,
        objections=record.objections,
        circumstances=record.circumstances,
        ours=record.ours,
        theirs=record.theirs,
        colleagues=record.colleagues,
        walk=record.walk,
        planned=tuple(sorted(stand.open_touches, key=lambda touch: touch.due_at)),
        opening=opening(_opening_facts(stand, calls, record, rep)),
        say=_say(stand, needs, rep, now),
        slots=tuple(free_slots(record.taken, stand.calendar, now=now)),
        local_now=local(now, stand.calendar.zone),
    )


def _calls(prospect: Prospect) -> tuple[Call, ...]:
    """The latest calls, and the latest in which somebody talked or something was noted, however long ago those were."""
    calls = Call.objects.filter(prospect=prospect).order_by("-at", "-pk")
    talks = calls.exclude(outcome="")
    wanted = (calls[:MOST_CALLS], talks[:MOST_CALLS], talks.exclude(notes="")[:1])
    among = Q()
    for some in wanted:
        among |= Q(pk__in=some.values("pk"))
    return tuple(calls.filter(among).select_related("rep"))


def _opening_facts(stand: Stand, calls: tuple[Call, ...], record: Record, rep: User) -> OpeningFacts:
    prospect = stand.prospect
    talked = next((call for call in calls if call.outcome and call.outcome != "gatekeeper"), None)
    return OpeningFacts(
        rep_name=rep.get_full_name(),
        firm_name=stand.workspace.firm_name,
        first_name=prospect.first_name,
        last_name=prospect.last_name,
        language=prospect.language or stand.workspace.language,
        talk=_talk(stand, talked),
        reason=_reason(stand, record.reason),
        agreed=_agreed(stand),
        needs=tuple(need.text for need in record.needs),
        last_points=_points(talked),
        last_talk_on=_local_day(talked.at, stand) if talked else None,
        proposal_sent_on=prospect.proposal_sent_on,
        still_open=tuple(each.text for each in reversed(record.objections) if each.state == ObjectionState.REAL),
    )


def _talk(stand: Stand, talked: Call | None) -> Talk:
    if _missed(stand):
        return Talk.MISSED
    return Talk.FIRST if talked is None else Talk.FOLLOW_UP


def _missed(stand: Stand) -> bool:
    cadence = stand.standing.cadence
    return stand.touch is not None and cadence is not None and cadence.agreed


def _agreed(stand: Stand) -> bool:
    return stand.appointment is not None or (stand.touch is not None and stand.touch.kind == TouchKind.CALL_BACK)


def _reason(stand: Stand, latest: str) -> str:
    if stand.appointment is not None and stand.appointment.reason:
        return stand.appointment.reason
    if stand.touch is not None and stand.touch.kind == TouchKind.CALL_BACK and (own := reason_in(stand.touch.title)):
        return own
    # What a missed talk was to be about is said of it, not what somebody noted once.
    about = stand.prospect.talk_about or ""
    return latest or about if _missed(stand) else about or latest


def _points(talked: Call | None) -> tuple[str, ...]:
    """The note of the last talk, a line each: what was written down is what is said again."""
    if talked is None:
        return ()
    return tuple(line.strip(" -•*\t") for line in talked.notes.splitlines() if line.strip())[:3]


def _local_day(at: datetime, stand: Stand) -> date:
    return local(at, stand.calendar.zone).date()


def _say(stand: Stand, needs: tuple[Need, ...], rep: User, now: datetime) -> Say:
    step = step_of(stand)
    values = variables(stand, needs, rep, now)
    voicemail = fill(step.voicemail if step else "", values)
    return Say(
        answered=fill(step.say if step else "", values),
        voicemail=voicemail,
        voicemail_seconds=speaking_seconds(voicemail.text, stand.prospect.language or "en"),
        subject=fill(step.subject if step else "", values).text,
    )


def step_of(stand: Stand) -> Step | None:
    """The step of a cadence that is worked now; the agreed call itself speaks the first step of its ladder."""
    touch, cadence = stand.touch, stand.standing.cadence
    if touch is not None and touch.enrollment_id is not None and cadence is not None:
        return next((step for step in cadence.steps if step.id == touch.step_id), None)
    if touch is not None and touch.kind in (TouchKind.APPOINTMENT, TouchKind.CALL_BACK):
        ladder = next((each for each in stand.standing.cadences.values() if each.agreed), None)
        return ladder.steps[0] if ladder else None
    return None


def variables(stand: Stand, needs: tuple[Need, ...], rep: User, now: datetime) -> dict[str, str]:
    """What texts may name; an empty value shows as a gap."""
    appointment = stand.appointment
    later = local(now + LATER_TODAY, stand.calendar.zone)
    return {
        "first_name": stand.prospect.first_name,
        "last_name": stand.prospect.last_name,
        "company": stand.prospect.company_name,
        "rep_name": rep.get_full_name(),
        "firm_name": stand.workspace.firm_name,
        "phone": rep.phone,
        "need": needs[0].text if needs else "",
        "later_time": f"{later:%H}:00",
        "appointment_day": day_words(_local_day(appointment.starts_at, stand)) if appointment else "",
    }
