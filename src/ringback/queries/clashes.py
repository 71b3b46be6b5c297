"""What a rep has agreed with others at the moment that is being agreed on now (B1)."""

from __future__ import annotations

from datetime import datetime

from ringback.domain.clash import AgreedTalk, clashing
from ringback.domain.lanes import Lane
from ringback.domain.vocabulary import TouchState
from ringback.models import Prospect, Touch, User
from ringback.queries.standing import workspace_now


def clash_at(at: datetime, *, prospect: Prospect, by: User) -> AgreedTalk | None:
    """The talk with somebody else that one with `prospect` at `at` (UTC) would overlap.

    Of the prospect's owner; of whoever asks, while it is nobody's.
    """
    length = workspace_now().as_value().talk_length
    agreed = Touch.objects.filter(
        owner=prospect.owner_id or by.pk,
        state=TouchState.OPEN,
        lane__in=(Lane.APPOINTMENT, Lane.CALL_BACK),
        due_at__gt=at - length,
        due_at__lt=at + length,
    ).exclude(prospect=prospect)
    talks = agreed.order_by("due_at", "id").values_list("due_at", "prospect__shown_name")
    return clashing(at, [AgreedTalk(due_at, name) for due_at, name in talks], length)
