"""What hangs on an agreed moment: the call, confirmation, thank-you, summary and reminder (A4, A5, A7, D1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ringback.domain.arrangement import Hang, PlannedTouch
from ringback.domain.because import Because, day_words, moment_words
from ringback.domain.call_hours import WorkCalendar, on_clock, previous_business_day
from ringback.domain.card import first_posting_day, last_posting_day
from ringback.domain.local_time import local
from ringback.domain.policy import Policy
from ringback.domain.values import ProspectFacts
from ringback.domain.vocabulary import Channel, TouchKind

AT_ONCE = "Right after the call, while the talk is fresh."
SUMMARY_PAUSE = timedelta(minutes=15)


def agreed_call(starts_at: datetime, reason: str, calendar: WorkCalendar) -> PlannedTouch:
    """The call itself, at its minute (B1)."""
    because = Because("B1", f"Agreed for {moment_words(starts_at, calendar.zone)}: call to the minute.")
    return PlannedTouch(
        TouchKind.APPOINTMENT, Channel.CALL, reason or "Agreed call", starts_at, because, Hang.APPOINTMENT
    )


def confirmation(starts_at: datetime, calendar: WorkCalendar, now: datetime, *, moved: bool = False) -> PlannedTouch:
    """In writing at once, with a calendar invitation (A4); senseless once the appointment has begun."""
    title = "Send the new moment with a changed invitation" if moved else "Confirm the appointment with an invitation"
    because = Because("A4", f"{moment_words(starts_at, calendar.zone)} and its reason in writing at once.")
    return PlannedTouch(
        TouchKind.CONFIRMATION, Channel.EMAIL, title, now, because, Hang.APPOINTMENT, latest_at=starts_at
    )


def cancellation(starts_at: datetime, calendar: WorkCalendar, now: datetime) -> PlannedTouch:
    """What was confirmed in writing is called off in writing, so that their calendar does not keep it (A4)."""
    because = Because("A4", f"{moment_words(starts_at, calendar.zone)} is off; their calendar still holds it.")
    title = "Tell them that the appointment is off"
    return PlannedTouch(TouchKind.CANCELLATION, Channel.EMAIL, title, now, because, latest_at=max(now, starts_at))


def summary(now: datetime) -> PlannedTouch:
    """All points of the talk, asking for confirmation (D1)."""
    because = Because("D1", "Send what was discussed and ask them to confirm it. " + AT_ONCE)
    return PlannedTouch(TouchKind.SUMMARY, Channel.EMAIL, "Send the summary of the talk", now + SUMMARY_PAUSE, because)


def thank_you(
    starts_at: datetime, prospect: ProspectFacts, policy: Policy, calendar: WorkCalendar, now: datetime
) -> PlannedTouch | None:
    """A card if the post brings it before the follow-up, else an e-mail (A5); nothing where neither can reach them."""
    last_day = last_posting_day(starts_at, policy, calendar)
    has_address = Channel.CARD in prospect.channels
    if has_address and first_posting_day(now, policy, calendar) <= last_day:
        return _card(starts_at, last_day, policy, calendar, now)
    if Channel.EMAIL not in prospect.channels:
        return None
    why = "A card would not arrive before you speak again" if has_address else "There is no address for a card"
    because = Because("A5", f"{why}, so the thanks go by e-mail, naming the day of the next talk.")
    title = "Say thank you by e-mail"
    return PlannedTouch(TouchKind.THANK_YOU, Channel.EMAIL, title, now, because, Hang.APPOINTMENT, latest_at=starts_at)


def _card(starts_at: datetime, last_day: date, policy: Policy, calendar: WorkCalendar, now: datetime) -> PlannedTouch:
    talk = day_words(local(starts_at, calendar.zone).date())
    because = Because("A5", f"Posted by {day_words(last_day)}, it arrives before you speak again on {talk}.")
    posted_by = on_clock(last_day, policy.card_cutoff, calendar)
    return PlannedTouch(
        TouchKind.THANK_YOU, Channel.CARD, "Write a thank-you card", now, because, Hang.APPOINTMENT, latest_at=posted_by
    )


def reminder(
    starts_at: datetime, policy: Policy, calendar: WorkCalendar, now: datetime
) -> tuple[PlannedTouch | None, str]:
    """On the business day before, at a sensible hour (A7); nearer than that, the confirmation is reminder enough."""
    day = previous_business_day(local(starts_at, calendar.zone).date(), calendar)
    for clock in (policy.reminder_at, policy.reminder_again_at):
        due_at = on_clock(day, clock, calendar)
        if now < due_at < starts_at:
            because = Because("A7", f"The business day before {day_words(local(starts_at, calendar.zone).date())}.")
            title = "Remind them, with an article and without the time in the subject"
            touch = PlannedTouch(
                TouchKind.REMINDER, Channel.EMAIL, title, due_at, because, Hang.APPOINTMENT, latest_at=starts_at
            )
            return touch, ""
    return None, "No reminder: the day before has begun, so the confirmation reminds them (A7)."
