"""A call map was walked: the way, what was learned on it, and how it ended (A10, B5, B6, D2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ringback.actions.carrying_out import Carrying, once
from ringback.actions.checking import check_happened
from ringback.actions.errors import Refused
from ringback.domain.events import CallEnded
from ringback.domain.local_time import local
from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.reading import RESULTS
from ringback.domain.maps.walking import Learned, NoWay, Path, as_document, learned, read_path, result_of
from ringback.domain.readiness import Readiness
from ringback.domain.readiness import learned as learned_from
from ringback.domain.vocabulary import GateChoice, Learnable, Outcome
from ringback.models import Call, CallMapVersion, Circumstance, GateDecision, Interest, Need, Objection, User, Walk
from ringback.models.learned import CIRCUMSTANCES
from ringback.queries.call_maps import map_value

LONGEST_REHEARSAL = timedelta(hours=4)
HIGHEST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk as the page tells it: which version of a map, the path as plain JSON, and when it began."""

    map_id: int
    path: Any
    started_at: datetime | None = None


def read_walk(walked: Walked | None) -> tuple[CallMap, Path] | None:
    """The walk as values. A call is worth more than the record of its way: what lies on no map is left out."""
    if walked is None:
        return None
    try:
        call_map = map_value(walked.map_id)
        return call_map, read_path(call_map, walked.path)
    except (CallMapVersion.DoesNotExist, NoWay):
        return None


def learned_on(walked: Walked | None) -> tuple[Learned, ...]:
    """What the answers on the way become records of."""
    found = read_walk(walked)
    return learned(*found) if found else ()


def keep_walk(carrying: Carrying, *, call: Call, walked: Walked | None, by: User) -> None:
    """Write the way of this call, through the journal, so that undo takes it back with the rest."""
    found = read_walk(walked)
    if found is None or walked is None:
        return
    began = walked.started_at if walked.started_at and walked.started_at <= call.ended_at else call.at
    row = _walk(walked.map_id, found[1], result=call.outcome or call.machine, by=by, began=began, ended=call.ended_at)
    row.prospect_id, row.call_id = call.prospect_id, call.pk
    carrying.journal.create(row)


def keep_answers(carrying: Carrying, answers: tuple[Learned, ...], said: Mapping[Learnable, tuple[str, ...]]) -> None:
    """Write what was learned on the way as records (D2); what was typed as well (`said`) is written once."""
    prospect, now = carrying.stand.prospect, carrying.now
    typed = {(kind, text.casefold()) for kind, texts in said.items() for text in texts}
    new = [each for each in answers if (each.kind, each.text.casefold()) not in typed]
    journal = carrying.journal
    journal.create_all([Need(prospect=prospect, text=each.text, learned_at=now) for each in _of(new, Learnable.NEED)])
    interests = _of(new, Learnable.INTEREST)
    journal.create_all([Interest(prospect=prospect, text=each.text[:200], learned_at=now) for each in interests])
    objections = _of(new, Learnable.OBJECTION)
    journal.create_all(
        [
            Objection(prospect=prospect, text=each.text, card=each.card, state=each.state.value, raised_at=now)
            for each in objections
        ]
    )
    journal.create_all(
        [
            Circumstance(prospect=prospect, kind=each.kind.value, text=each.text, learned_at=now)
            for each in new
            if each.kind in CIRCUMSTANCES
        ]
    )


def keep_readiness(carrying: Carrying, answers: tuple[Learned, ...], said: Mapping[Learnable, tuple[str, ...]]) -> None:
    """What the answers add up to, where the queue finds it (A15, D2); the prospect's day counts for “next month”."""
    prospect = carrying.stand.prospect
    told = [*((kind, text) for kind, texts in said.items() for text in texts), *((it.kind, it.text) for it in answers)]
    today = local(carrying.now, carrying.stand.calendar.zone).date()
    carrying.journal.change(prospect, **columns_of(learned_from(prospect.readiness, told, today)))


def columns_of(readiness: Readiness) -> dict[str, Any]:
    """As the prospect's row holds it; nothing known is no number, like in rows that were never asked."""
    return {"known_answers": int(readiness.known) or None, "wanted_by": readiness.wanted_by}


def keep_gate_decision(carrying: Carrying, *, call: Call, event: CallEnded, heeded: bool, by: User) -> None:
    """B6: that the gate was shut, and what was done. A gate that stood open leaves no row."""
    shut_by = list(event.gate.closed_by) if event.gate else []
    overridden = event.outcome is Outcome.SEND_INFORMATION and bool(shut_by)
    if not overridden and not (heeded and shut_by):
        return
    carrying.journal.create(
        GateDecision(
            prospect_id=call.prospect_id,
            call_id=call.pk,
            by=by,
            at=carrying.now,
            choice=GateChoice.OVERRIDDEN if overridden else GateChoice.HEEDED,
            shut_by=shut_by,
            reason=event.gate_override if overridden else "",
        )
    )


def record_rehearsal(*, by: User, map_id: int, path: Any, seed: int, started_at: datetime, now: datetime) -> Walk:
    """Keep a practice walk, apart from every real one. Refused if the path does not lie on the map."""
    check_happened(started_at, now, "started_at")
    if not 0 <= seed <= HIGHEST_SEED:
        raise Refused("That is no number of a practice prospect.", "seed")
    found = read_walk(Walked(map_id, path))
    if found is None:
        raise Refused("This path does not lie on the map that was rehearsed; begin again.")
    result = result_of(*found)
    with once():
        began = max(started_at, now - LONGEST_REHEARSAL)
        row = _walk(map_id, found[1], result=result.value if result else "", by=by, began=began, ended=now)
        row.rehearsal, row.seed = True, seed
        row.save()
        return row


def _walk(map_id: int, path: Path, *, result: str, by: User, began: datetime, ended: datetime) -> Walk:
    return Walk(
        map_id=map_id,
        rep_id=by.pk,
        path=as_document(path),
        edges=[f"{visit.node}:{visit.edge}" for visit in path.visits if visit.edge is not None],
        result=result if result in RESULTS else "",
        started_at=began,
        ended_at=max(began, ended),
    )


def _of(answers: list[Learned], kind: Learnable) -> list[Learned]:
    return [each for each in answers if each.kind is kind]
