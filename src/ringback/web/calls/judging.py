"""From a filled-in wrap-up to what it would arrange, or to what stands in the way, each said at its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypedDict

from django.utils.formats import date_format

from ringback.actions.errors import Refused
from ringback.actions.wrapping_up import WrapUp, preview_wrap_up
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import Mood, Outcome
from ringback.models import Prospect, User
from ringback.queries.mailboxes import has_mailbox
from ringback.web.agreeing import both_readings, clash_words
from ringback.web.calls.forms import WrapUpForm
from ringback.web.calls.in_words import read_words
from ringback.web.presenting import ShownArrangement, planned

PLACES = (
    "result",
    "gate",
    "next_at",
    "reason",
    "close_reason",
    "objections",
    "needs",
    "interests",
    "promises",
    "notes",
)
LONGEST_CALL = timedelta(hours=12)


class Given(TypedDict):
    """What preview and save take alike."""

    wrap_up: WrapUp
    touch_id: int | None


Keep = Callable[[Given], None]


@dataclass(slots=True)
class Judged:
    """`needed` is what the ending still asks for; `wrong` is what was filled in and cannot be, by place."""

    arrangement: ShownArrangement | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    reading: str = ""
    clash: str = ""
    proposal: dict[str, str] | None = None
    proposal_problem: str = ""

    def context(self) -> dict[str, Any]:
        return {
            "arrangement": self.arrangement,
            "needed": self.needed,
            "trouble": self.trouble,
            "field_errors": [(place, self.wrong.get(place, "")) for place in PLACES],
            "reading": self.reading,
            "clash": self.clash,
            "proposal": self.proposal,
            "proposal_problem": self.proposal_problem,
        }


def judge(form: WrapUpForm, *, by: User, prospect: Prospect, now: datetime, keep: Keep | None = None) -> Judged:
    """Preview it; with `keep`, save it instead.

    What is missing is only `needed` until somebody tried to
    save; from then on it is `wrong` at its field too.
    """
    judged = Judged()
    if not form.is_valid():
        judged.wrong = form.field_messages()
    _read_moment(judged, form, by, prospect, now)
    if judged.wrong or "result" not in form.cleaned_data:
        _only_if_saving(judged, keep)
        return judged
    given = Given(wrap_up=_wrap_up(form, now), touch_id=form.cleaned_data["touch"])
    try:
        if keep is not None:
            keep(given)
        else:
            decision = preview_wrap_up(by=by, prospect=prospect, now=now, **given)
            sends = cache(lambda: has_mailbox(prospect.owner_id or by.pk))
            judged.arrangement = planned(decision, zone=form.zone, own_zone=by.zone, now=now, sends=sends)
    except Refused as refused:
        _tell(judged, refused, form, saving=keep is not None)
    return judged


def _only_if_saving(judged: Judged, keep: Keep | None) -> None:
    """That nothing is chosen yet is no mistake before saving."""
    if keep is None:
        judged.wrong.pop("result", None)
        return
    judged.trouble = tuple(dict.fromkeys(judged.wrong.values()))


def _tell(judged: Judged, refused: Refused, form: WrapUpForm, *, saving: bool) -> None:
    missing = [(each.field, each.message) for each in refused.missing]
    if not missing and refused.field in PLACES:
        missing = [(refused.field, refused.message)]
    if not missing:
        judged.trouble = (refused.message,)
        return
    strict = saving or form.cleaned_data["tried"]
    judged.wrong.update({place: text for place, text in reversed(missing) if strict or _filled_in(form, place)})
    messages = tuple(message for _place, message in missing)
    judged.trouble, judged.needed = (messages, ()) if saving else ((), messages)


def _filled_in(form: WrapUpForm, place: str) -> bool:
    """Whether the place holds an answer that is wrong, rather than none yet."""
    answers = form.cleaned_data
    return bool(answers["next_local"] if place == "next_at" else answers.get(place))


def _read_moment(judged: Judged, form: WrapUpForm, by: User, prospect: Prospect, now: datetime) -> None:
    """Show the chosen moment in both zones, whom else it was promised to, and what the words were taken for."""
    if at := form.cleaned_data.get("next_local"):
        judged.reading = both_readings(at, form.zone, by.zone, now)
        judged.clash = clash_words(at, prospect=prospect, by=by, now=now)
    words = form.cleaned_data.get("said") or ""
    found = read_words(words, zone=form.zone, now=now)
    judged.proposal_problem = found.problem
    if found.naive is not None:
        value = f"{found.naive:%Y-%m-%dT%H:%M}"
        reading = f"{date_format(found.naive, 'l j F')}, {found.naive:%H:%M}"
        judged.proposal = {"value": value, "reading": reading}


def _wrap_up(form: WrapUpForm, now: datetime) -> WrapUp:
    answers = form.cleaned_data
    dialled = _plausible(answers["dialled_at"], now) or now
    ended = _plausible(answers["ended_at"], now)
    event = CallEnded(
        at=dialled,
        machine=form.machine,
        outcome=form.outcome,
        mood=Mood(answers["mood"]) if answers["mood"] and form.outcome else None,
        next_at=answers["next_local"] if form.asks_moment else None,
        reason=answers["reason"] if form.asks_moment else "",
        close_reason=answers["close_reason"],
        gate=form.gate,
        gate_override=answers["gate_override"] if form.outcome is Outcome.SEND_INFORMATION else "",
        promises=answers["promises"] if form.outcome else (),
        inbound=answers["direction"] == "in",
    )
    return WrapUp(
        event=event,
        ended_at=max(ended, dialled) if ended else None,
        phone=answers["phone"],
        notes=answers["notes"],
        needs=answers["needs"],
        interests=answers["interests"],
        objections=answers["objections"],
        walk=answers["walk"],
        gate_heeded=answers["gate_heeded"] and form.outcome is Outcome.APPOINTMENT,
    )


def _plausible(at: datetime | None, now: datetime) -> datetime | None:
    """A clock that runs ahead, or a page left open for days, says nothing about this call."""
    return at if at is not None and now - LONGEST_CALL <= at <= now else None
