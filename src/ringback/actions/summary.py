"""An arrangement as plain data: kept with its row and shown after saving."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ringback.domain.arrangement import Arrangement, PlannedTouch
from ringback.domain.because import Because, moment_words
from ringback.domain.local_time import iso_utc, local
from ringback.queries.standing import Stand, hang_of


def summary_of(decision: Arrangement, stand: Stand) -> dict[str, Any]:
    """Stable field names: because, touches, cancelled, appointment, promises, gaps, ends."""
    in_question = stand.touch.id if stand.touch else None
    cancelled = [
        touch for touch in stand.open_touches if touch.id != in_question and hang_of(touch) in decision.cancels
    ]
    return {
        "because": because_data(decision.because),
        "touches": [touch_data(touch, stand.calendar.zone) for touch in decision.touches],
        "cancelled": [touch.title for touch in cancelled],
        "appointment": _appointment(decision, stand.calendar.zone),
        "promises": [
            {"party": each.party, "text": each.text, "due_on": each.due_on.isoformat()} for each in decision.promises
        ],
        "gaps": list(decision.gaps),
        "ends": decision.ending.reason if decision.ending else "",
    }


def touch_data(touch: PlannedTouch, zone: str) -> dict[str, Any]:
    """`due_at` is UTC, `local` the same instant in the prospect's zone with its offset."""
    return {
        "kind": touch.kind.value,
        "channel": touch.channel.value,
        "title": touch.title,
        "step": touch.step_id,
        "due_at": utc_text(touch.due_at),
        "local": local(touch.due_at, zone).isoformat(),
        "zone": zone,
        "because": because_data(touch.because),
    }


def utc_text(at: datetime) -> str:
    return iso_utc(at).replace("+00:00", "Z")


def because_data(because: Because) -> dict[str, str]:
    return {"rule": because.rule, "text": because.text}


def next_words(decision: Arrangement, zone: str) -> str:
    """“Next: Call, Monday 6 July at 14:05.” for the timeline; what ended or is missing, if nothing follows."""
    if decision.ending is not None:
        return f"Ended: {decision.ending.reason}"
    if not decision.touches:
        return " ".join(decision.gaps)
    first = min(decision.touches, key=lambda touch: named_first(touch.channel, touch.due_at))
    return f"Next: {first.title}, {moment_words(first.due_at, zone)}."


def named_first(channel: str, due_at: datetime) -> tuple[bool, datetime]:
    """Sorts what was planned by what is worth naming alone: the next call, then whatever comes soonest."""
    return channel != "call", due_at


def _appointment(decision: Arrangement, zone: str) -> dict[str, str] | None:
    if decision.agrees is None:
        return None
    return {
        "starts_at": utc_text(decision.agrees.starts_at),
        "local": local(decision.agrees.starts_at, zone).isoformat(),
        "words": moment_words(decision.agrees.starts_at, zone),
        "reason": decision.agrees.reason,
    }
