"""Who does a mail: the worker while its owner has a working mailbox, else a person in Today's queue."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, goes_by_itself, lane_for, standing_lane
from ringback.domain.vocabulary import Channel, TouchKind, TouchState
from ringback.models import Prospect, Touch, User
from ringback.queries.mailboxes import has_mailbox
from ringback.queries.outbox import touches_at_the_door

CHUNK = 500
# SQLite's lock is unfair: pages only get their turn if a bulk writer waits between its chunks.
PAUSE_SECONDS = 0.003

_MAILS = [(kind, channel) for channel in Channel for kind in TouchKind if goes_by_itself(kind, channel)]
# Mails stand by no value, so that these are all the lanes in which a person finds them.
_BY_HAND = {int(lane_for(kind, channel, 0)) for kind, channel in _MAILS}


def place_touches(prospect: Prospect) -> None:
    """The prospect's open touches stand where their value and their owner's mailbox put them.

    For the transaction in which an owner or a value changed, or a touch was opened again.
    """
    at_the_door = touches_at_the_door(prospect.pk)
    for touch in Touch.objects.filter(prospect=prospect, state=TouchState.OPEN):
        lane = AT_THE_DOOR if touch.pk in at_the_door else _lane(touch, prospect.value)
        if (touch.value, touch.lane) != (prospect.value, lane):
            Touch.objects.filter(pk=touch.pk).update(value=prospect.value, lane=lane)


def follow_mailboxes(owner: User) -> int:
    """Bring this person's open mails to whoever does them now; how many changed sides.

    To be called after the commit of what changed their mailboxes: each chunk is a transaction of its own and looks
    again. If it is broken off, `follow_all_mailboxes` goes on.
    """
    moved = 0
    while chunk := _follow_some(owner.pk):
        moved += chunk
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            time.sleep(PAUSE_SECONDS)
    return moved


def follow_all_mailboxes() -> int:
    """For everybody: what was planned in the very moment in which a mailbox came or went is found here."""
    return sum(follow_mailboxes(owner) for owner in User.objects.order_by("pk"))


def _lane(touch: Touch, value: int) -> int:
    kind, channel = TouchKind(touch.kind), Channel(touch.channel)
    by_itself = goes_by_itself(kind, channel) and not touch.held and has_mailbox(touch.owner_id)
    return standing_lane(kind, channel, value, by_itself=by_itself)


def _follow_some(owner_id: int) -> int:
    with transaction.atomic():
        by_itself = has_mailbox(owner_id)
        found = _by_hand(owner_id) if by_itself else _automatic(owner_id)
        # What is being written in this very moment is passed by, and found by `follow_all_mailboxes`.
        free = found.order_by("pk").select_for_update(skip_locked=True)
        strayed = list(free.values_list("pk", "kind", "channel", "value")[:CHUNK])
        for lane, ids in _by_lane(strayed, by_itself=by_itself).items():
            Touch.objects.filter(pk__in=ids, state=TouchState.OPEN).update(lane=lane)
        return len(strayed)


def _by_hand(owner_id: int) -> QuerySet[Touch]:
    mails = Q()
    for kind, channel in _MAILS:
        mails |= Q(kind=kind, channel=channel)
    return Touch.objects.filter(mails, owner_id=owner_id, state=TouchState.OPEN, lane__in=_BY_HAND, held="")


def _automatic(owner_id: int) -> QuerySet[Touch]:
    return Touch.objects.filter(owner_id=owner_id, state=TouchState.OPEN, lane=AUTOMATIC)


def _by_lane(strayed: Iterable[tuple[int, str, str, int]], *, by_itself: bool) -> dict[int, list[int]]:
    lanes: dict[int, list[int]] = defaultdict(list)
    for touch_id, kind, channel, value in strayed:
        lanes[standing_lane(TouchKind(kind), Channel(channel), value, by_itself=by_itself)].append(touch_id)
    return lanes
