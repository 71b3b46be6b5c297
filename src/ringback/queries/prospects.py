"""Finding prospects: one page at a time, at a cost that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ringback.domain.vocabulary import EnrollmentState, TouchState
from ringback.models import ContactPoint, Enrollment, Prospect, Touch, User
from ringback.queries.access import visible_prospects
from ringback.queries.matching import matching_text

Belonging = TypeVar("Belonging", Touch, Enrollment, ContactPoint)

COUNTED_UP_TO = 1000
NOBODY = "nobody"
ME = "me"


class Order(StrEnum):
    NAME = "name"
    VALUE = "value"
    NEWEST = "newest"


# The column behind each order, and whether it runs downwards; the id makes every place in it unique.
_COLUMNS: dict[Order, tuple[str, bool]] = {
    Order.NAME: ("shown_name", False),
    Order.VALUE: ("value", True),
    Order.NEWEST: ("id", True),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty word keeps everything.

    `owner` is a user's id, “me” or “nobody”; the last two are “yes” or “no”.
    """

    owner: str = ""
    state: str = ""
    temperature: str = ""
    qualification: str = ""
    enrolled: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlannedNext:
    """The open touch that comes first."""

    channel: str
    title: str
    due_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    id: int
    name: str
    company: str
    job_title: str
    zone: str
    temperature: str
    qualification: str
    state: str
    value: int
    owner_id: int | None
    owner: str
    phone: str
    cadence: str
    cadence_state: str
    planned: PlannedNext | None


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """Counted only so far: a list of a million is “1,000+”."""

    number: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the place from which the next page goes on; empty on the last one. `count` is of all pages."""

    rows: tuple[Row, ...]
    after: str
    count: BoundedCount


@dataclass(slots=True)
class _Beside:
    """What a page's prospects have in other tables, read for all of them at once."""

    touches: dict[int, Touch] = field(default_factory=dict)
    enrollments: dict[int, Enrollment] = field(default_factory=dict)
    phones: dict[int, ContactPoint] = field(default_factory=dict)


def search(
    user: User,
    *,
    text: str = "",
    filters: Filters | None = None,
    order: Order = Order.NAME,
    after: str = "",
    limit: int = 50,
    dial_code: str = "",
) -> Page:
    """One page of what `user` may see. `dial_code` (without +) is what a national number begins with at home.

    Few hits are found first and sorted after; many are read in the order's own index, which meets a page of them
    soon. Looking for few in an index of a million would read it to its end, row by row.
    """
    found = matching(user, text=text, filters=filters, dial_code=dial_code)
    some = list(found.order_by().values_list("pk", flat=True)[: COUNTED_UP_TO + 1])
    count = BoundedCount(min(len(some), COUNTED_UP_TO), len(some) > COUNTED_UP_TO)
    if not count.is_more:
        found = Prospect.objects.filter(pk__in=some)
    column, downwards = _COLUMNS[order]
    ordered = _in_order(_after(found, column, downwards, after), column, downwards, by_words=bool(text.strip()))
    # Sorting many is several times as fast by their ids alone; the few of the page are then read in full.
    shown = Prospect.objects.filter(pk__in=ordered.values("pk")[: limit + 1]).select_related("owner")
    people = list(_in_order(shown, column, downwards))
    more = len(people) > limit
    return Page(_rows(people[:limit]), str(people[limit - 1].id) if more else "", count)


def _in_order(found: QuerySet[Prospect], column: str, downwards: bool, *, by_words: bool = False) -> QuerySet[Prospect]:
    """With `by_words` in a way that no index answers: PostgreSQL takes a walk along the order for cheap and would read
    half a million names to meet the first page of a rare pair of words, instead of asking the index of words."""
    place = Coalesce(column, column) if by_words else F(column)
    if downwards:
        return found.order_by(place.desc(), "-id")
    return found.order_by(place.asc(), "id")


def matching(user: User, *, text: str = "", filters: Filters | None = None, dial_code: str = "") -> QuerySet[Prospect]:
    """Everyone `user` may see who fits, in no order."""
    wanted = filters or Filters()
    found = visible_prospects(user).filter(merged_into=None)
    plain = {name: getattr(wanted, name) for name in ("state", "temperature", "qualification")}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    found = _owned(found, wanted.owner, user)
    found = _having(found, wanted.enrolled, Enrollment.objects.exclude(state=EnrollmentState.FINISHED))
    found = _having(found, wanted.phone, ContactPoint.objects.filter(kind=ContactPoint.PHONE, failed_at=None))
    return matching_text(found, text, dial_code) if text.strip() else found


def _owned(found: QuerySet[Prospect], owner: str, user: User) -> QuerySet[Prospect]:
    if owner == ME:
        return found.filter(owner=user)
    if owner == NOBODY:
        return found.filter(owner=None)
    return found.filter(owner_id=int(owner)) if owner.isdecimal() else found


def _having(
    found: QuerySet[Prospect], answer: str, rows: QuerySet[Enrollment] | QuerySet[ContactPoint]
) -> QuerySet[Prospect]:
    if answer not in ("yes", "no"):
        return found
    theirs = Exists(rows.filter(prospect=OuterRef("pk")))
    return found.filter(theirs if answer == "yes" else ~theirs)


def _after(found: QuerySet[Prospect], column: str, downwards: bool, after: str) -> QuerySet[Prospect]:
    """Only what follows the row `after`, found by its place in the order, never by counting rows."""
    last = Prospect.objects.filter(pk=int(after)).values_list(column, flat=True).first() if after.isdecimal() else None
    if last is None:
        return found
    beyond = "lt" if downwards else "gt"
    if column == "id":
        return found.filter(**{f"id__{beyond}": last})
    # The first condition alone says where the index starts; the second removes the few that share the boundary's value.
    at_or_beyond = Q(**{f"{column}__{beyond}e": last})
    return found.filter(at_or_beyond).filter(Q(**{f"{column}__{beyond}": last}) | Q(**{f"id__{beyond}": int(after)}))


def _rows(people: Sequence[Prospect]) -> tuple[Row, ...]:
    beside = _read_beside([person.pk for person in people])
    return tuple(_row(person, beside) for person in people)


def _read_beside(ids: list[int]) -> _Beside:
    """Three queries, whatever the number of people."""
    beside = _Beside()
    if not ids:
        return beside
    open_touches = Touch.objects.filter(prospect__in=ids, state=TouchState.OPEN)
    beside.touches = _first_of_each(open_touches.order_by("due_at"))
    running = Enrollment.objects.filter(prospect__in=ids).exclude(state=EnrollmentState.FINISHED)
    beside.enrollments = _first_of_each(running.select_related("cadence"))
    phones = ContactPoint.objects.filter(prospect__in=ids, kind=ContactPoint.PHONE, failed_at=None)
    beside.phones = _first_of_each(phones)
    return beside


def _first_of_each(rows: Iterable[Belonging]) -> dict[int, Belonging]:
    first: dict[int, Belonging] = {}
    for row in rows:
        first.setdefault(row.prospect_id, row)
    return first


def _row(person: Prospect, beside: _Beside) -> Row:
    touch, enrollment = beside.touches.get(person.pk), beside.enrollments.get(person.pk)
    phone = beside.phones.get(person.pk)
    return Row(
        id=person.pk,
        name=person.shown_name,
        company=person.company_name,
        job_title=person.job_title,
        zone=person.zone,
        temperature=person.temperature,
        qualification=person.qualification,
        state=person.state,
        value=person.value,
        owner_id=person.owner_id,
        owner=person.owner.shown_name if person.owner else "",
        phone=(phone.shown or phone.value) if phone else "",
        cadence=enrollment.cadence.title if enrollment else "",
        cadence_state=enrollment.state if enrollment else "",
        planned=PlannedNext(touch.channel, touch.title, touch.due_at, touch.zone) if touch else None,
    )
