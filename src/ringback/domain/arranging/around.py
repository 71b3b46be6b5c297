"""An agreed moment with everything that hangs on it, as far as the prospect can be reached."""

from __future__ import annotations

from datetime import datetime

from ringback.domain import around_appointment as around
from ringback.domain.arrangement import PlannedTouch
from ringback.domain.arranging.case import Case
from ringback.domain.vocabulary import Channel

NO_MAIL = "No e-mail address: confirmation, summary and reminder cannot be sent. Ask for one."
NO_NUMBER = "No telephone number that may be called: ask for one before the talk."
NO_THANKS = "No address and no e-mail: the thank-you cannot be sent (A5)."
OUTSIDE_HOURS = "Outside their usual call hours; kept because you both agreed on it."


def agreed_with_everything(
    case: Case, starts_at: datetime, reason: str, *, first_talk: bool, with_summary: bool, moved: bool
) -> tuple[tuple[PlannedTouch, ...], tuple[str, ...]]:
    """The touches around an appointment, and what could not be arranged."""
    touches = [around.agreed_call(starts_at, reason, case.calendar)]
    gaps: list[str] = [] if case.calendar.is_open(starts_at) else [OUTSIDE_HOURS]
    gaps += [] if Channel.CALL in case.prospect.channels else [NO_NUMBER]
    if Channel.EMAIL in case.prospect.channels:
        mails, gap = _mails(case, starts_at, with_summary=with_summary, moved=moved)
        touches += mails
        gaps += [gap] if gap else []
    else:
        gaps.append(NO_MAIL)
    if (first_talk or case.prospect.thanks_planned) and not case.prospect.thanked:
        thanks = around.thank_you(starts_at, case.prospect, case.policy, case.calendar, case.now)
        touches += [thanks] if thanks else []
        gaps += [] if thanks else [NO_THANKS]
    return tuple(sorted(touches, key=lambda touch: touch.due_at)), tuple(gaps)


def calling_off(case: Case) -> tuple[PlannedTouch, ...]:
    """The mail that takes a confirmed appointment out of their calendar; none for one that has begun."""
    appointment = case.standing.appointment
    if appointment is None or not appointment.confirmed or appointment.starts_at <= case.now:
        return ()
    if Channel.EMAIL not in case.prospect.channels:
        return ()
    return (around.cancellation(appointment.starts_at, case.calendar, case.now),)


def _mails(case: Case, starts_at: datetime, *, with_summary: bool, moved: bool) -> tuple[list[PlannedTouch], str]:
    mails = [around.confirmation(starts_at, case.calendar, case.now, moved=moved)]
    if with_summary:
        mails.append(around.summary(case.now))
    reminder, gap = around.reminder(starts_at, case.policy, case.calendar, case.now)
    return mails + ([reminder] if reminder else []), gap
