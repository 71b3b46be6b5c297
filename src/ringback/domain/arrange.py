"""The engine: what follows from an event (DESIGN §4). One pure function; `now` and every instant are UTC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ringback.domain import events
from ringback.domain.arrangement import Arrangement
from ringback.domain.arranging import after_answer, after_appointment, after_cadence, after_call, after_news
from ringback.domain.arranging.case import Case
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.events import Event
from ringback.domain.policy import Policy
from ringback.domain.values import ProspectFacts, Standing

__all__ = ["arrange"]

_RULES: dict[type[Any], Callable[[Case, Any], Arrangement]] = {
    events.CallEnded: after_call.call_ended,
    events.Enrolled: after_cadence.enrolled,
    events.TouchDone: after_cadence.touch_done,
    events.Resumed: after_cadence.resumed,
    events.Stopped: after_cadence.stopped,
    events.AppointmentMade: after_appointment.made,
    events.AppointmentMoved: after_appointment.moved,
    events.AppointmentCancelled: after_appointment.cancelled,
    events.MissedTalkWritten: after_appointment.missed_talk_written,
    events.Replied: after_news.replied,
    events.OutOfOffice: after_news.out_of_office,
    events.Bounced: after_news.bounced,
    events.LeftCompany: after_news.left_company,
    events.InvitationAnswered: after_answer.answered,
    events.OptedOut: after_news.opted_out,
    events.Closed: after_news.closed,
}


def arrange(
    prospect: ProspectFacts, event: Event, standing: Standing, policy: Policy, calendar: WorkCalendar
) -> Arrangement:
    """Everything that follows from `event`, each thing with its reason.

    Raises NoWorkingMoment if the calendar leaves no moment within a year.
    """
    return _RULES[type(event)](Case(prospect, standing, policy, calendar, event.at), event)
