"""Blocks as finished strings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ringback.models import Prospect, User
from ringback.queries.access import may_lift, visible_suppressions
from ringback.queries.blocks import Block, blocks_of
from ringback.web import when
from ringback.web.words import CHANNELS


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """`can_lift`: this reader may; `waits_for`: why not. A lifted one says by whom, when and why."""

    id: int
    whose: str
    url: str
    what: str
    values: tuple[str, ...]
    reason: str
    who: str
    at: str
    exact: str
    proof: str
    can_lift: bool
    waits_for: str
    lifted: str
    lifted_because: str


def shown(found: Sequence[Block], user: User, now: datetime, *, among: Iterable[int]) -> list[ShownBlock]:
    """`among`: the ids of those that this reader may see as their own."""
    visible = set(among)
    return [_shown(block, user, now, seen=block.row.pk in visible) for block in found]


def of_prospect(prospect: Prospect, user: User, now: datetime) -> dict[str, list[ShownBlock]]:
    """What stands against them, and what was lifted before."""
    found = blocks_of(prospect)
    own = {block.row.pk for block in found if block.row.prospect_id == prospect.pk}
    others = [block.row.pk for block in found if block.row.pk not in own]
    seen = visible_suppressions(user).filter(pk__in=others).values_list("pk", flat=True) if others else ()
    all_shown = shown(found, user, now, among=(*own, *seen))
    return {
        "blocks": [each for each in all_shown if not each.lifted],
        "lifted_blocks": [each for each in all_shown if each.lifted],
    }


def _shown(block: Block, user: User, now: datetime, *, seen: bool) -> ShownBlock:
    row = block.row
    may = seen and may_lift(user, row)
    lifted = ""
    if row.lifted_at is not None:
        by = row.lifted_by.shown_name if row.lifted_by else _("somebody")
        lifted = _("Lifted by %(name)s, %(at)s") % {"name": by, "at": when.moment(row.lifted_at, user.zone, now)}
    person = row.prospect if seen else None
    return ShownBlock(
        id=row.pk,
        whose=person.shown_name if person else ", ".join(block.values),
        url=reverse("prospect", args=[person.pk]) if person else "",
        what=", ".join(str(CHANNELS[each]) for each in block.channels) or _("Every channel"),
        values=block.values,
        reason=row.reason,
        who=row.by.shown_name if row.by else _("Ringback"),
        at=when.moment(row.at, user.zone, now),
        exact=when.full(row.at, user.zone),
        proof=row.proof if seen else "",
        can_lift=may,
        waits_for="" if may else _waits_for(seen=seen),
        lifted=lifted,
        lifted_because=row.lifted_because,
    )


def _waits_for(*, seen: bool) -> str:
    if not seen:
        return _("It was asked for by a prospect of somebody else’s, who has the same number or address.")
    return _("They asked for it themselves: a manager or an admin lifts it.")
