"""Made-up people for benches: prospects that are alike and enrolled, or a rep's million with a believable mix."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from filling import fill

from ringback.actions.enrolling import enroll
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect
from ringback.domain.vocabulary import Qualification, Role, Temperature
from ringback.models import ContactPoint, Enrollment, Prospect, Touch, User

FIRST = ("Ada", "Bo", "Cleo", "Dag", "Enno", "Fee", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Liv", "Mats", "Nele", "Ole")
SYLLABLES = ("ba", "den", "fur", "gra", "hol", "kim", "lor", "mur", "nes", "pel", "rik", "stan", "tor", "vel", "win")
TRADES = ("Pumps", "Logistics", "Bakery", "Optics", "Timber", "Foods", "Bearings", "Software", "Print", "Glass")
ZONES = ("Europe/Berlin", "America/New_York", "Europe/London", "America/Chicago", "Europe/Paris")


def a_rep(username: str = "rep") -> User:
    """Somebody with a goal and a team of one."""
    return User.objects.get_or_create(
        username=username, defaults={"role": Role.REP, "first_name": "Ren", "zone": "Europe/Berlin"}
    )[0]


def enrolled(count: int, now: datetime) -> tuple[User, list[int]]:
    """So many prospects at the same rung of the general rhythm, their call due: one made by actions, the rest copied."""
    rep = a_rep()
    first = _first_enrolled(rep, now)
    start = (Prospect.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
    ids = list(range(start, start + count))
    fill(Prospect, ({"id": each} for each in ids), like=first)
    for model in (ContactPoint, Enrollment):
        fill(model, _copies(model, first, ids), like=model.objects.filter(prospect=first).first())
    of = dict(Enrollment.objects.filter(prospect__gte=start).values_list("prospect", "pk"))
    rows = ({**row, "enrollment_id": of[row["prospect_id"]]} for row in _copies(Touch, first, ids))
    fill(Touch, rows, like=Touch.objects.get(prospect=first, state="open"))
    return rep, ids


def _first_enrolled(rep: User, now: datetime) -> Prospect:
    earlier = now - timedelta(days=3)
    points = (
        PointFields("phone", "+493012345678", "030 12345678"),
        PointFields("email", "ada.badenfur@example.org"),
    )
    fields = ProspectFields(
        first_name="Ada",
        last_name="Badenfur",
        company_name="Holkim Pumps",
        zone="Europe/Berlin",
        region="DE-BE",
        temperature=Temperature.WARM,
        qualification=Qualification.QUALIFIED,
        value=24_000,
        contact_points=points,
    )
    prospect = add_prospect(by=rep, fields=fields, now=earlier)
    enroll(by=rep, prospect=prospect, cadence="general", key=f"bench-{prospect.pk}", now=earlier)
    return prospect


def _copies(model: type[Any], of: Prospect, ids: list[int]) -> Iterator[dict[str, Any]]:
    top = model.objects.aggregate(top=Max("pk"))["top"]
    return ({"id": top + number, "prospect_id": each} for number, each in enumerate(ids, start=1))
