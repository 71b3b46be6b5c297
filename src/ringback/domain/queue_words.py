"""Why an entry stands where it stands in the queue: one sentence that a rep understands, and its rule."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from ringback.domain.lanes import Entry, Lane
from ringback.domain.local_time import zone_named
from ringback.domain.vocabulary import Channel, TouchKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
SPEED_MATTERS = timedelta(hours=1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Clock:
    """Now, and the zone in which the rep reads times. Built once for the whole queue, which is read in a few ms."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone = now, zone
        self.today = now.astimezone(zone).toordinal()

    def day(self, at: datetime) -> str:
        """“today”, “yesterday”, “Tuesday” within a week, else “3 March”."""
        there = at.astimezone(self.zone)
        return _day_name(there, there.toordinal() - self.today)

    def time(self, at: datetime) -> str:
        """“10:00” if today, else with its day: “Tuesday 10:00”."""
        there = at.astimezone(self.zone)
        reading = f"{there.hour:02}:{there.minute:02}"
        days = there.toordinal() - self.today
        return f"{_day_name(there, days)} {reading}" if days else reading

    def moment(self, at: datetime) -> str:
        """Within a sentence: “at 10:00” if today, else “on Tuesday at 10:00” or “yesterday at 10:00”."""
        there = at.astimezone(self.zone)
        days = there.toordinal() - self.today
        day = f"{'' if abs(days) == 1 else 'on '}{_day_name(there, days)} " if days else ""
        return f"{day}at {there.hour:02}:{there.minute:02}"

    def since(self, at: datetime) -> str:
        """“at 09:00” or “since Tuesday”."""
        there = at.astimezone(self.zone)
        days = there.toordinal() - self.today
        return f"since {_day_name(there, days)}" if days else f"at {there.hour:02}:{there.minute:02}"


def _day_name(there: datetime, days: int) -> str:
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return WEEKDAYS[there.weekday()] if abs(days) < 7 else f"{there.day} {MONTHS[there.month - 1]}"


def span(length: timedelta) -> str:
    """“1 minute”, “3 hours”, “2 days”: rounded down; less than a minute is “a moment”."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if count := length // unit:
            return f"{count} {name}" + "s" * (count > 1)
    return "a moment"


def why(entry: Entry, clock: Clock, risen: bool) -> str:
    sentence = _SENTENCES[entry.lane](entry, clock)
    return f"{sentence}; moved up after waiting {span(clock.now - entry.due_at)}" if risen else sentence


def _appointment(entry: Entry, clock: Clock) -> str:
    late = clock.now - entry.due_at
    if late < timedelta(0):
        return f"Agreed for {clock.time(entry.due_at)}: get ready, it begins in {span(-late)}"
    ago = f", {span(late)} ago" if late >= MINUTE else ""
    return f"Agreed for {clock.time(entry.due_at)}{ago}: call now"


def _call_back(entry: Entry, clock: Clock) -> str:
    late = clock.now - entry.due_at
    ago = f", {span(late)} ago" if late >= MINUTE else ""
    return f"Promised call-back {clock.moment(entry.due_at)}{ago}"


def _new_lead(entry: Entry, clock: Clock) -> str:
    came_in = entry.came_in_at or entry.due_at
    age = clock.now - came_in
    if age < SPEED_MATTERS:
        return f"Warm lead, came in {span(age)} ago: speed matters"
    return f"Warm lead, waiting since {clock.time(came_in)}"


def _retry(entry: Entry, clock: Clock) -> str:
    attempt = f"{_ordinal(entry.attempt)} try"
    if entry.last_try_at is None:
        return f"{attempt}, due {clock.since(entry.due_at)}"
    return f"{attempt}: nobody answered {clock.moment(entry.last_try_at)}"


def _ordinal(number: int) -> str:
    if 1 <= number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _cadence(entry: Entry, clock: Clock) -> str:
    due = f"due {clock.since(entry.due_at)}"
    worth = f"Worth {entry.value:,}" if entry.value else "No value noted yet"
    if said := entry.readiness.words(date.fromordinal(clock.today)):
        return f"{worth}, {said}; {due}"
    return f"{worth} and {due}" if entry.value else f"{worth}, {due}"


def _commitment(entry: Entry, clock: Clock) -> str:
    """Promised days are days where the prospect is."""
    day = Clock(clock.now, zone_named(entry.zone)).day(entry.due_at)
    return f"Promised for {day}" + ("" if day in {"today", "tomorrow"} else " and still open")


_WRITTEN: dict[TouchKind, str] = {
    TouchKind.CONFIRMATION: "Confirm the appointment in writing",
    TouchKind.SUMMARY: "Send the summary of your talk",
    TouchKind.THANK_YOU: "Say thank you in writing",
    TouchKind.REMINDER: "Send the reminder before your appointment",
    TouchKind.CANCELLATION: "Tell them that the appointment is off",
    TouchKind.LAST_WORD: "Write a friendly last word",
    TouchKind.REVIEW: "Decide whether this lead is still worth your time",
    TouchKind.FIND_NUMBER: "The number does not work: find another one",
}
_BY_HAND: dict[Channel, str] = {
    Channel.EMAIL: "Mail to write",
    Channel.CHAT: "Chat message to write",
    Channel.SOCIAL: "Touch on a social network",
    Channel.VISIT: "Visit to make",
}


def _written(entry: Entry, clock: Clock) -> str:
    task = _WRITTEN.get(entry.kind) or _BY_HAND.get(entry.channel, "To do")
    return f"{task}, due {clock.since(entry.due_at)}"


def _card(entry: Entry, clock: Clock) -> str:
    if entry.latest_at is None:
        return f"Card to write, due {clock.since(entry.due_at)}"
    return f"Card to write: it must be posted by {clock.time(entry.latest_at)} to arrive in time"


_SENTENCES: dict[Lane, Callable[[Entry, Clock], str]] = {
    Lane.APPOINTMENT: _appointment,
    Lane.CALL_BACK: _call_back,
    Lane.NEW_LEAD: _new_lead,
    Lane.RETRY: _retry,
    Lane.CADENCE_5: _cadence,
    Lane.CADENCE_4: _cadence,
    Lane.CADENCE_3: _cadence,
    Lane.CADENCE_2: _cadence,
    Lane.CADENCE_1: _cadence,
    Lane.COMMITMENT: _commitment,
    Lane.WRITTEN: _written,
    Lane.CARD: _card,
}

_LANE_RULES = {
    Lane.APPOINTMENT: "B1",
    Lane.CALL_BACK: "A2",
    Lane.NEW_LEAD: "A14",
    Lane.RETRY: "D3",
    Lane.COMMITMENT: "A3",
    Lane.CARD: "A5",
}
_WRITTEN_RULES = {
    TouchKind.CONFIRMATION: "A4",
    TouchKind.SUMMARY: "D1",
    TouchKind.THANK_YOU: "A5",
    TouchKind.REMINDER: "A7",
    TouchKind.CANCELLATION: "A4",
    TouchKind.LAST_WORD: "C6",
    TouchKind.REVIEW: "E3",
    TouchKind.FIND_NUMBER: "A15",
}


def rule_of(entry: Entry) -> str:
    """The rule that gives an entry its place: cadence calls go by value (A15), other channels by rhythm (C4)."""
    if entry.lane is Lane.WRITTEN:
        return _WRITTEN_RULES.get(entry.kind, "C4")
    return _LANE_RULES.get(entry.lane, "A15")
