"""Prospects enter, leave, pause and resume cadences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from ringback.actions.carrying_out import Carrying
from ringback.actions.checking import writable
from ringback.actions.deciding import by_rule, happen
from ringback.actions.errors import Refused, refuse_missing
from ringback.actions.mailing.holding import call_back
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.arrangement import Hang
from ringback.domain.because import Because
from ringback.domain.cadence import Cadence
from ringback.domain.enrolling import Obstacle, obstacle_to
from ringback.domain.events import Enrolled, Resumed, Stopped
from ringback.domain.outcome import moment_problem
from ringback.domain.vocabulary import EnrollmentState, ProspectState
from ringback.models import Arrangement, Enrollment, Pause, Prospect, User
from ringback.queries.access import visible_prospects
from ringback.queries.enrollable import obstacles
from ringback.queries.library import NoSuchCadence, cadence_value, current_version
from ringback.queries.standing import Stand

# What a shared key leaves of its column for a colon and the number of the prospect.
MOST_OF_KEY = 58
NOT_YOURS = Obstacle("A15", "This prospect belongs to somebody else.")


@dataclass(frozen=True, slots=True)
class Conflict:
    prospect: Prospect
    rule: str
    why: str


@dataclass(slots=True)
class EnrollmentPreview:
    """Who may enter, and who may not and why."""

    ready: list[Prospect] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(slots=True)
class EnrollmentReport:
    enrolled: list[Arrangement] = field(default_factory=list)
    refused: list[Conflict] = field(default_factory=list)


def preview_enrollment(
    *,
    by: User,
    prospects: Iterable[Prospect],
    cadence: str,
    now: datetime,  # noqa: ARG001 - every action is told the moment; no obstacle depends on it yet
) -> EnrollmentPreview:
    """What enrolling would do. Writes nothing, and reads for all of them together."""
    wanted, preview, everybody = _cadence(cadence), EnrollmentPreview(), list(prospects)
    theirs = set(visible_prospects(by).filter(pk__in=[each.pk for each in everybody]).values_list("pk", flat=True))
    for prospect, found in obstacles(everybody, wanted):
        obstacle = found if prospect.pk in theirs else NOT_YOURS
        if obstacle is None:
            preview.ready.append(prospect)
        else:
            preview.conflicts.append(Conflict(prospect, obstacle.rule, obstacle.why))
    return preview


def enroll(*, by: User, prospect: Prospect, cadence: str, key: str, now: datetime) -> Arrangement:
    """Enter a cadence at its first step. Refused with the first reason why the prospect may not (A15, C5, C6)."""
    wanted = _cadence(cadence)
    rule = by_rule(Enrolled(now, cadence))

    def decide(stand: Stand) -> Decision:
        obstacle = _obstacle(stand, wanted)
        if obstacle is not None:
            raise Refused(obstacle.why, "cadence")
        decision = rule(stand)
        if decision.position is None:
            raise Refused(" ".join(decision.gaps), "cadence")
        return decision

    return happen(
        by=by,
        prospect_id=prospect.pk,
        decide=decide,
        verb="enrolled",
        text=f"Entered “{wanted.title}”.",
        key=key,
        now=now,
    )


def enroll_many(*, by: User, prospects: Iterable[Prospect], cadence: str, key: str, now: datetime) -> EnrollmentReport:
    """Each prospect in a transaction of its own: one that cannot enter hurts only itself."""
    report = EnrollmentReport()
    shared = key if len(key) <= MOST_OF_KEY else sha256(key.encode()).hexdigest()[:MOST_OF_KEY]
    for prospect in prospects:
        try:
            own_key = f"{shared}:{prospect.pk}" if key.strip() else ""
            report.enrolled.append(enroll(by=by, prospect=prospect, cadence=cadence, key=own_key, now=now))
        except Refused as refusal:
            report.refused.append(Conflict(prospect, "", refusal.message))
    return report


def pause(
    *, by: User, enrollment: Enrollment, reason: str, key: str, now: datetime, until: datetime | None = None
) -> Arrangement:
    """Hold an enrollment where it stands; its open touch is taken out of the queue.

    Refused while its mail is being sent, or may have been: resumed, the step would come a second time.
    """
    writable(reason, "reason", at_most=300)
    if until is not None:
        refuse_missing(moment_problem(until, now=now, field="until"))
    because = Because("C6", f"Paused. {reason}".strip())

    def decide(stand: Stand) -> Decision:
        _still(stand, enrollment, EnrollmentState.RUNNING)
        for touch in stand.open_touches:
            if touch.enrollment_id == enrollment.pk:
                call_back(touch, why="The cadence was paused.", now=now)
        return Decision(because, cancels=frozenset({Hang.ENROLLMENT}))

    def hold(carrying: Carrying) -> None:
        assert carrying.enrollment is not None
        carrying.journal.change(carrying.enrollment, state=EnrollmentState.PAUSED.value)
        held = Pause(enrollment=enrollment, by=by, at=now, reason=reason, until=until)
        carrying.journal.create(held)

    return happen(
        by=by,
        prospect_id=enrollment.prospect_id,
        decide=decide,
        verb="paused",
        text="",
        key=key,
        now=now,
        also=hold,
    )


def resume(*, by: User | None, enrollment: Enrollment, key: str, now: datetime) -> Arrangement:
    """Go on where it was paused: on the planned day if that lies ahead, else at the next good moment."""
    rule = by_rule(Resumed(now))

    def decide(stand: Stand) -> Decision:
        _still(stand, enrollment, EnrollmentState.PAUSED)
        if stand.facts.state is not ProspectState.OPEN:
            raise Refused("The lead is closed; reopen it first.")
        return rule(stand)

    def end_pause(carrying: Carrying) -> None:
        for held in Pause.objects.filter(enrollment=enrollment, ended_at=None):
            carrying.journal.change(held, ended_at=now)

    return happen(
        by=by,
        prospect_id=enrollment.prospect_id,
        decide=decide,
        verb="resumed",
        text="",
        key=key,
        now=now,
        also=end_pause,
    )


def stop(*, by: User, enrollment: Enrollment, reason: str, key: str, now: datetime) -> Arrangement:
    """Leave the cadence for good."""
    writable(reason, "reason", at_most=300)
    rule = by_rule(Stopped(now, reason.strip()))

    def decide(stand: Stand) -> Decision:
        if stand.enrollment is None or stand.enrollment.pk != enrollment.pk:
            raise Refused("It has ended already.")
        return rule(stand)

    return happen(by=by, prospect_id=enrollment.prospect_id, decide=decide, verb="stopped", text="", key=key, now=now)


def move_to_current_version(*, by: User, enrollment: Enrollment, key: str, now: datetime) -> Arrangement:
    """Climb on in the newest version of the same cadence, on the same step. Refused if it has no such step."""
    newest = current_version(enrollment.cadence.name)
    wanted = cadence_value(newest.pk)

    def decide(stand: Stand) -> Decision:
        if stand.enrollment is None or stand.enrollment.pk != enrollment.pk:
            raise Refused("It has ended already.")
        if all(step.id != stand.enrollment.step_id for step in wanted.steps):
            raise Refused(f"The newest version has no step “{stand.enrollment.step_id}”; stop it and enrol again.")
        return Decision(Because(wanted.rule, f"Moved to version {newest.version} of “{wanted.title}”."))

    def move(carrying: Carrying) -> None:
        assert carrying.enrollment is not None
        carrying.journal.change(carrying.enrollment, cadence_id=newest.pk)

    return happen(
        by=by,
        prospect_id=enrollment.prospect_id,
        decide=decide,
        verb="moved",
        text="",
        key=key,
        now=now,
        also=move,
    )


def _cadence(name: str) -> Cadence:
    try:
        return cadence_value(current_version(name).pk)
    except NoSuchCadence as unknown:
        raise Refused(str(unknown), "cadence") from unknown


def _obstacle(stand: Stand, cadence: Cadence) -> Obstacle | None:
    running = stand.standing.cadence.title if stand.standing.cadence else ""
    return obstacle_to(cadence, stand.facts, running=running, has_appointment=stand.appointment is not None)


def _still(stand: Stand, enrollment: Enrollment, state: EnrollmentState) -> None:
    if stand.enrollment is None or stand.enrollment.pk != enrollment.pk or stand.enrollment.state != state:
        raise Refused("This has changed meanwhile. Reload to see how it stands.")
