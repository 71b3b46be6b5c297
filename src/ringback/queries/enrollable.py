"""What stands in the way of many prospects entering a cadence, read for all of them together (A15, C5, C6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from ringback.domain.cadence import Cadence
from ringback.domain.enrolling import Obstacle, obstacle_to
from ringback.domain.values import ProspectFacts
from ringback.domain.vocabulary import AppointmentState, EnrollmentState, ProspectState, Qualification
from ringback.models import Appointment, ContactPoint, Enrollment, Prospect, Suppression
from ringback.queries.library import cadence_value
from ringback.queries.standing import reachable, suppressed_channels

AT_A_TIME = 400


def obstacles(prospects: Sequence[Prospect], cadence: Cadence) -> Iterator[tuple[Prospect, Obstacle | None]]:
    """Each prospect with its first obstacle, in the order given; a handful of queries for every 400."""
    for start in range(0, len(prospects), AT_A_TIME):
        some = prospects[start : start + AT_A_TIME]
        known = _read([prospect.pk for prospect in some])
        yield from ((prospect, known.obstacle(prospect, cadence)) for prospect in some)


@dataclass(frozen=True, slots=True)
class _Known:
    """Rows of many prospects, by prospect."""

    points: dict[int, list[ContactPoint]]
    blocks: list[tuple[str, str, int | None]]
    running: dict[int, int]
    agreed: set[int]

    def obstacle(self, prospect: Prospect, cadence: Cadence) -> Obstacle | None:
        points = tuple(self.points[prospect.pk])
        values = {point.value for point in points}
        blocks = [row for row in self.blocks if row[2] == prospect.pk or row[1] in values]
        facts = ProspectFacts(
            state=ProspectState(prospect.state),
            qualification=Qualification(prospect.qualification),
            reachable=reachable(prospect, points),
            suppressed=suppressed_channels(prospect, points, blocks),
        )
        version = self.running.get(prospect.pk)
        running = cadence_value(version).title if version else ""
        return obstacle_to(cadence, facts, running=running, has_appointment=prospect.pk in self.agreed)


def _read(ids: list[int]) -> _Known:
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(prospect__in=ids):
        points[point.prospect_id].append(point)
    values = ContactPoint.objects.filter(prospect__in=ids).order_by().values("value")
    blocks = Suppression.objects.filter(lifted_at=None).filter(Q(prospect__in=ids) | ~Q(value="") & Q(value__in=values))
    running = Enrollment.objects.filter(prospect__in=ids).exclude(state=EnrollmentState.FINISHED)
    agreed = Appointment.objects.filter(prospect__in=ids, state=AppointmentState.AGREED)
    return _Known(
        points,
        list(blocks.values_list("channel", "value", "prospect_id")),
        dict(running.values_list("prospect_id", "cadence_id")),
        set(agreed.values_list("prospect_id", flat=True)),
    )
