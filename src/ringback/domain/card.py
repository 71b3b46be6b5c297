"""Whether a card still arrives in time, by postal transit in business days (A5)."""

from __future__ import annotations

from datetime import date, datetime

from ringback.domain.call_hours import WorkCalendar, add_business_days, previous_business_day
from ringback.domain.local_time import local
from ringback.domain.policy import Policy


def first_posting_day(now: datetime, policy: Policy, calendar: WorkCalendar) -> date:
    """Today, if it is a business day and before the cutoff of the post; else the next business day."""
    there = local(now, calendar.zone)
    if calendar.is_business_day(there.date()) and there.time() < policy.card_cutoff:
        return there.date()
    return add_business_days(there.date(), 1, calendar)


def last_posting_day(starts_at: datetime, policy: Policy, calendar: WorkCalendar) -> date:
    """The last day on which a posted card arrives by the business day before the talk."""
    arrives = previous_business_day(local(starts_at, calendar.zone).date(), calendar)
    return add_business_days(arrives, -policy.card_transit_days, calendar)
