"""ringback today"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from ringback.domain.local_time import UnknownZone, local
from ringback.management.naming import some_rep, user_named
from ringback.management.ours import OurCommand, Trouble
from ringback.management.said_moments import NotAMoment, moment_said, utc_said
from ringback.models import User
from ringback.queries.today import NextAppointment, QueueEntry, Today, today


class Command(OurCommand):
    help = "Whom to call now, in which order, and why: the queue of the page Today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rep", metavar="USER", help="whose day (default: the first who calls)")
        parser.add_argument(
            "--at", metavar="ISO", help="at another moment than now; local to the rep without an offset"
        )
        parser.add_argument("--limit", type=int, default=20, help="at most so many lines (default 20)")
        parser.add_argument("--json", action="store_true", help="{rep, at, next_appointment, progress, entries, held}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        rep, remark = (user_named(options["rep"]), "") if options["rep"] else some_rep()
        now, unclear = moment_of(options["at"], rep)
        if options["limit"] < 1:
            raise Trouble("--limit is at least 1.", 2)
        found = today(rep, now=now, limit=options["limit"])
        self.remark(remark)
        self.remark(unclear)
        if options["json"]:
            self.stdout.write(json.dumps(as_data(found, rep, now), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(in_words(found, rep, now))


def moment_of(text: str | None, rep: User) -> tuple[datetime, str]:
    if not text:
        return timezone.now(), ""
    try:
        return moment_said(text, rep.zone)
    except (NotAMoment, UnknownZone) as problem:
        raise Trouble(str(problem), 2) from problem


def as_data(found: Today, rep: User, now: datetime) -> dict[str, Any]:
    """Stable names, documented in docs/commands.md."""
    progress, ahead = found.progress, found.next_appointment
    return {
        "rep": rep.username,
        "at": utc_said(now),
        "next_appointment": _appointment_data(ahead) if ahead else None,
        "progress": {name: getattr(progress, name) for name in progress.__slots__},
        "entries": [_entry_data(place, entry) for place, entry in enumerate(found.entries, 1)],
        "held": [_entry_data(place, entry) for place, entry in enumerate(found.held, 1)],
        "held_count": found.held_count,
        "next_due_at": utc_said(found.next_due_at) if found.next_due_at else None,
    }


def _appointment_data(ahead: NextAppointment) -> dict[str, Any]:
    return {
        "appointment": ahead.appointment_id,
        "prospect": ahead.prospect_id,
        "name": ahead.name,
        "company": ahead.company,
        "reason": ahead.reason,
        "starts_at": utc_said(ahead.starts_at),
        "local": local(ahead.starts_at, ahead.zone).isoformat(timespec="seconds"),
        "zone": ahead.zone,
    }


def _entry_data(place: int, entry: QueueEntry) -> dict[str, Any]:
    return {
        "place": place,
        "touch": entry.touch_id,
        "prospect": entry.prospect_id,
        "name": entry.name,
        "company": entry.company,
        "phone": entry.phone,
        "channel": entry.channel.value,
        "kind": entry.kind.value,
        "title": entry.title,
        "attempt": entry.attempt,
        "value": entry.value,
        "zone": entry.zone,
        "local_time": entry.local_time,
        "due_at": utc_said(entry.due_at),
        "because": {"rule": entry.rule, "text": entry.why},
    }


def in_words(found: Today, rep: User, now: datetime) -> str:
    lines = [_heading(found, rep, now)]
    if found.next_appointment:
        lines += ["", _appointment_words(found.next_appointment, rep, now)]
    for place, entry in enumerate(found.entries, 1):
        who = f"{entry.name}, {entry.company}" if entry.company and entry.company != entry.name else entry.name
        lines += ["", f"{place:>3}  {who}", f"     {_facts(entry)}", f"     {entry.why} ({entry.rule})"]
    if found.held:
        lines += ["", f"{found.held_count} held back. {found.held_because} ({found.held[0].rule})."]
    if not found.entries and not found.held:
        lines += ["", _nothing(found, rep)]
    return "\n".join(lines)


def _heading(found: Today, rep: User, now: datetime) -> str:
    there, progress = local(now, rep.zone), found.progress
    more = "more than " if progress.due_is_more else ""
    return (
        f"{rep.shown_name}, {there:%A} {there.day} {there:%B %H:%M} ({rep.zone}): {more}{progress.due_count} due, "
        f"{progress.calls_done} of {progress.goal} calls made, {progress.conversations} talks, "
        f"{progress.appointments_made} appointments agreed"
    )


def _appointment_words(ahead: NextAppointment, rep: User, now: datetime) -> str:
    there = local(ahead.starts_at, rep.zone)
    minutes = round((ahead.starts_at - now).total_seconds() / 60)
    near = f", in {minutes} minutes" if 0 < minutes <= 120 else ", now" if minutes <= 0 else ""
    return f"  ☎  Next appointment: {there:%a %H:%M}{near}: {ahead.name}, {ahead.company}. {ahead.reason}"


def _facts(entry: QueueEntry) -> str:
    call = entry.channel == "call"
    parts = [
        f"{entry.channel}: {entry.title}",
        entry.phone if call else "",
        f"try {entry.attempt}" if call and entry.attempt > 1 else "",
        f"{entry.local_time} there" if call else "",
        f"worth {entry.value:,}" if entry.value else "",
    ]
    return " · ".join(filter(None, parts))


def _nothing(found: Today, rep: User) -> str:
    if found.next_due_at is None:
        return "Nothing is planned. Import a list, or put prospects into a cadence."
    there = local(found.next_due_at, rep.zone)
    return f"Nothing is due. It goes on {there:%A} at {there:%H:%M}."
