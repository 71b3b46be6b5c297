"""All rows of the product as plain values, to compare what was with what is; and short ways to make things happen."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.apps import apps

from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.events import CallEnded, Gate, Promise
from ringback.domain.vocabulary import MachineResult, Mood, Outcome, Party
from ringback.models import Arrangement, Prospect, Touch, User

KEPT_FOR_EVER = {"activity", "arrangement"}
_numbers = count(1)


def fresh_key() -> str:
    return f"key-{next(_numbers)}"


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every column of every row, except the timeline and the arrangements: those keep what was taken back."""
    models = [model for model in apps.get_app_config("ringback").get_models() if not model._meta.auto_created]
    return {
        model._meta.model_name: list(model._default_manager.order_by("pk").values())
        for model in models
        if model._meta.model_name not in KEPT_FOR_EVER
    }


def changed_tables(before: dict[str, list[dict[str, Any]]]) -> set[str]:
    now = snapshot()
    return {name for name in before if before[name] != now[name]}


def open_touches(prospect: Prospect) -> list[Touch]:
    return list(Touch.objects.filter(prospect=prospect, state="open").order_by("due_at", "pk"))


def open_call(prospect: Prospect) -> Touch:
    return Touch.objects.get(prospect=prospect, state="open", channel="call")


def next_week(now: datetime) -> datetime:
    return now + timedelta(days=7)


def reached(outcome: Outcome, now: datetime, *, moment: bool = True) -> WrapUp:
    """A talk with every answer that the outcome asks for, and all that can be learned in it."""
    ended = outcome in (Outcome.WON, Outcome.LOST, Outcome.OPT_OUT, Outcome.GATEKEEPER, Outcome.WRONG_PERSON)
    event = CallEnded(
        at=now - timedelta(minutes=6, microseconds=17),
        machine=MachineResult.ANSWERED,
        outcome=outcome,
        mood=Mood.GOOD,
        next_at=next_week(now) if moment and not ended else None,
        reason="Walk through the kiln's figures",
        close_reason="Bought elsewhere" if outcome is Outcome.LOST else "",
        gate=Gate(True, True, True, True),
        promises=(
            Promise(Party.US, "Send the price list", (now + timedelta(days=2)).date()),
            Promise(Party.THEM, "Send the drawings", (now + timedelta(days=3)).date()),
        ),
    )
    return WrapUp(
        event=event, notes="Liked the glaze.", needs=("less waste",), interests=("sailing",), objections=("too dear",)
    )


def unreached(machine: MachineResult, at: datetime) -> WrapUp:
    return WrapUp(CallEnded(at=at, machine=machine))


def log(by: User, touch: Touch, said: WrapUp, now: datetime, key: str = "") -> Arrangement:
    return wrap_up(by=by, prospect=touch.prospect, wrap_up=said, touch_id=touch.pk, key=key or fresh_key(), now=now)
