"""The brief beside the call, as finished strings: one screen, the weightiest first (A13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ringback.domain.local_time import local
from ringback.domain.three_things import KnownFacts, Owed, mood_trend, three_things
from ringback.domain.vocabulary import Learnable, MachineResult, Mood, ObjectionState, Temperature
from ringback.models import Call, Commitment, Objection, User
from ringback.queries.brief import Brief
from ringback.web import when
from ringback.web.calls import objections
from ringback.web.calls.room import fitted
from ringback.web.presenting import MACHINE_ICONS, ended_as, money
from ringback.web.words import LEARNABLES, TEMPERATURES

# What fits one line; how many lines there are, `room` knows. The whole record is one link away.
MOST_MOODS = MOST_INTERESTS = 3
WEIGHTS = (ObjectionState.REAL, ObjectionState.OPEN, ObjectionState.FALSE, ObjectionState.RESOLVED)
LONGEST_NOTE = 240
MOOD_ICONS = {Mood.GOOD: "smile", Mood.NEUTRAL: "meh", Mood.BAD: "frown"}
WORTH_ASKING = (Learnable.DECISION_MAKER, Learnable.BUDGET, Learnable.TIMING, Learnable.COMPETITOR)


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The first few of a kind; `more` says how many others the prospect's page holds, empty if none."""

    title: str
    icon: str
    items: list[Item]
    more: str = ""


@dataclass(frozen=True, slots=True)
class PastCall:
    icon: str
    result: str
    when: str
    who: str
    mood: str


def column(brief: Brief, reader: User, now: datetime) -> dict[str, Any]:
    things, last, known = three_things(known_facts(brief)), last_time(brief, reader, now), facts(brief)
    planned, questions, past = _also_planned(brief, now), open_questions(brief), history(brief, reader, now)
    agreed = appointment(brief, reader, now)
    room = fitted(
        {
            "appointment": int(agreed is not None),
            "things": len(things),
            "last": int(last is not None),
            "objections": len(brief.objections),
            "needs": len(brief.needs),
            "promises": len(brief.ours) + len(brief.theirs),
            "interests": len(brief.interests),
            "people": len(brief.colleagues),
            "planned": len(planned),
            "questions": int(bool(questions)),
            "history": max(1, len(past)),
            "facts": len(known),
        }
    )
    shown = room.shown
    return {
        "dense": room.dense,
        "whole": room.whole,
        "appointment": agreed,
        "things": things,
        "last": last,
        "facts": known[: shown["facts"]],
        "objections": [objections.shown(each) for each in weightiest(brief.objections)[: shown["objections"]]],
        "more_objections": more(len(brief.objections), shown["objections"]),
        "groups": [*groups(brief, shown), *([Group(_("Also planned"), "calendar", planned)] if planned else [])],
        "questions": questions,
        "trend": trend(brief),
        "history": past[: shown["history"]],
    }


def known_facts(brief: Brief) -> KnownFacts:
    prospect = brief.prospect
    known = {each.kind: each.text for each in reversed(brief.circumstances)}
    stands = {each.state: each.text for each in reversed(brief.objections)}
    return KnownFacts(
        today=brief.local_now.date(),
        talked=prospect.conversations > 0,
        temperature=Temperature(prospect.temperature),
        source=prospect.source,
        unanswered=brief.tries,
        moods=moods(brief),
        ours=_dated(brief.ours),
        theirs=_dated(brief.theirs),
        real_objection=stands.get(ObjectionState.REAL, ""),
        open_objection=stands.get(ObjectionState.OPEN, ""),
        decision_maker=known.get(Learnable.DECISION_MAKER, ""),
        competitor=known.get(Learnable.COMPETITOR, ""),
        budget=known.get(Learnable.BUDGET, ""),
        timing=known.get(Learnable.TIMING, ""),
        need=brief.needs[0].text if brief.needs else "",
        interest=brief.interests[0].text if brief.interests else "",
        proposal_sent_on=prospect.proposal_sent_on,
    )


def _dated(promises: Iterable[Commitment]) -> tuple[Owed, ...]:
    return tuple(Owed(each.text, each.due_on) for each in promises)


def moods(brief: Brief) -> tuple[Mood, ...]:
    """The oldest first."""
    return tuple(Mood(call.mood) for call in reversed(brief.calls) if call.mood)


def trend(brief: Brief) -> dict[str, Any] | None:
    """The weather of the relationship; None while nothing is known of it."""
    felt = moods(brief)
    if not felt:
        return None
    names = {1: _("getting better"), 0: _("steady"), -1: _("getting worse")}
    return {"icons": [MOOD_ICONS[mood] for mood in felt[-MOST_MOODS:]], "text": names[mood_trend(felt)]}


def last_time(brief: Brief, reader: User, now: datetime) -> dict[str, str] | None:
    """What was said when somebody was last talked to."""
    talked = next((call for call in brief.calls if call.outcome and call.notes.strip()), None)
    if talked is None:
        return None
    text = talked.notes.strip()
    shortened = text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE].rstrip()}…"
    return {"text": shortened, "when": when.moment(talked.at, reader.zone, now)}


def facts(brief: Brief) -> list[tuple[str, str]]:
    prospect = brief.prospect
    lead = " · ".join(filter(None, (str(TEMPERATURES[prospect.temperature]), prospect.source)))
    known = {each.kind: each.text for each in reversed(brief.circumstances)}
    decides, *others = WORTH_ASKING
    found = (
        (str(LEARNABLES[decides]), known.get(decides, "")),
        (_("E-mail"), brief.emails[0].shown or brief.emails[0].value if brief.emails else ""),
        (_("Worth"), money(prospect.value, brief.stand.workspace.currency)),
        (_("Lead"), lead),
        *((str(LEARNABLES[kind]), known.get(kind, "")) for kind in others),
        (_("Time zone"), brief.stand.doubt),
        (_("Note"), prospect.notes[:300]),
    )
    return [(label, text) for label, text in found if text]


def open_questions(brief: Brief) -> str:
    """What the record does not say yet; empty before the first talk, when nothing is known anyway."""
    known = {each.kind for each in brief.circumstances}
    asked = [str(LEARNABLES[kind]).lower() for kind in WORTH_ASKING if kind not in known]
    needed = [] if brief.needs else [str(LEARNABLES[Learnable.NEED]).lower()]
    return ", ".join((*needed, *asked)) if brief.prospect.conversations else ""


def weightiest(objections: Iterable[Objection]) -> list[Objection]:
    """Real ones first, then those nobody has settled; pretexts last."""
    return sorted(objections, key=lambda each: WEIGHTS.index(ObjectionState(each.state)))


def more(there: int, shown: int) -> str:
    return _("%(n)s more") % {"n": there - shown} if there > shown else ""


def groups(brief: Brief, shown: Mapping[str, int]) -> list[Group]:
    """What was learned and promised, the weightiest of each."""
    today = brief.local_now.date()
    promises = [*((each, _("we")) for each in brief.ours), *((each, _("they")) for each in brief.theirs)]
    due = [_owed(each, who, today) for each, who in sorted(promises, key=lambda one: one[0].due_on)]
    cares = ", ".join(each.text for each in brief.interests[:MOST_INTERESTS])
    found = (
        _group(_("Needs"), "target", [Item(need.text) for need in brief.needs], shown["needs"]),
        _group(_("Promised"), "handshake", due, shown["promises"]),
        Group(
            _("They care about"), "heart", [Item(cares)] if cares else [], more(len(brief.interests), MOST_INTERESTS)
        ),
        _group(_("Others there"), "users", [Item(it.name, it.job_title) for it in brief.colleagues], shown["people"]),
    )
    return [group for group in found if group.items]


def _group(title: str, icon: str, items: list[Item], most: int) -> Group:
    return Group(title, icon, items[:most], more(len(items), most))


def _owed(commitment: Commitment, who: str, today: date) -> Item:
    late = commitment.due_on < today
    return Item(commitment.text, f"{who} · {when.day(commitment.due_on, today)}", late=late)


def _also_planned(brief: Brief, now: datetime) -> list[Item]:
    """The next thing that is planned beside this call."""
    zone = brief.stand.calendar.zone
    others = (touch for touch in brief.planned if brief.touch is None or touch.pk != brief.touch.pk)
    return [Item(touch.title, when.moment(touch.due_at, zone, now)) for touch in others][:1]


def history(brief: Brief, reader: User, now: datetime) -> list[PastCall]:
    """The newest first; several tries since somebody was last reached are one line, so that the talks are in sight."""
    calls = past_calls(brief.calls, reader, now)
    if brief.tries < 2:
        return calls
    tries = _("%(n)s tries, nobody reached") % {"n": brief.tries}
    reached = next((at for at, call in enumerate(brief.calls) if call.machine == MachineResult.ANSWERED), len(calls))
    return [replace(calls[0], result=tries, who=""), *calls[reached:]]


def past_calls(calls: Iterable[Call], reader: User, now: datetime) -> list[PastCall]:
    return [
        PastCall(
            icon="phone-incoming" if call.direction == Call.IN else MACHINE_ICONS[MachineResult(call.machine)],
            result=ended_as(call.machine, call.outcome),
            when=when.moment(call.at, reader.zone, now),
            who="" if call.rep_id == reader.pk else call.rep.shown_name,
            mood=MOOD_ICONS[Mood(call.mood)] if call.mood else "",
        )
        for call in calls
    ]


def appointment(brief: Brief, reader: User, now: datetime) -> dict[str, str] | None:
    agreed = brief.stand.appointment
    if agreed is None:
        return None
    there = local(agreed.starts_at, agreed.zone).utcoffset() != local(agreed.starts_at, reader.zone).utcoffset()
    moment = when.moment(agreed.starts_at, reader.zone, now)
    reading = _("%(time)s there") % {"time": when.clock(agreed.starts_at, agreed.zone)} if there else ""
    return {"moment": " · ".join(filter(None, [moment, reading])), "reason": agreed.reason}
