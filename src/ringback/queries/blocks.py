"""Who is left alone, as people see it: the rows that one moment wrote for one person are one block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ringback.domain.folding import folded
from ringback.models import ContactPoint, Prospect, Suppression, User
from ringback.queries.access import visible_suppressions

PAGE = 40
_Key = tuple[int | None, datetime, str, datetime | None]


@dataclass(frozen=True, slots=True)
class Block:
    """`row` stands for all of it. No `channels` means every channel; `values` are the numbers and addresses."""

    row: Suppression
    channels: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """One page, newest first; `before` is where the next one goes on, 0 at the end."""

    blocks: tuple[Block, ...]
    before: int = 0


def rows_of_block(row: Suppression) -> QuerySet[Suppression]:
    """The row with all that was written with it for the same person, lifted or not as it is itself."""
    if row.prospect_id is None:
        return Suppression.objects.filter(pk=row.pk)
    same = Suppression.objects.filter(prospect=row.prospect_id, at=row.at, reason=row.reason)
    return same.filter(lifted_at=row.lifted_at).order_by("pk")


def blocks_of(prospect: Prospect) -> tuple[Block, ...]:
    """What stands against this person now or stood before, newest first; also what others asked for a number of theirs.

    A block of a number is another's: lifting it is for whoever sees that one.
    """
    values = ContactPoint.objects.filter(prospect=prospect).order_by().values("value")
    shared = Q(value__in=values, lifted_at=None) & ~Q(value="")
    rows = Suppression.objects.filter(Q(prospect=prospect) | shared)
    return _together(rows.select_related("prospect", "by", "lifted_by").order_by("-pk"))


def blocks(user: User, *, text: str = "", lifted: bool = False, before: int | None = None) -> Blocks:
    """What this person may see: what stands, or what was lifted. `text`: of a name, number, address or reason."""
    rows = visible_suppressions(user).filter(lifted_at__isnull=not lifted)
    if text.strip():
        rows = rows.filter(_found_by(text.strip()))
    found = _of_one_kind(rows, lifted=lifted)
    if before is not None:
        found = found.filter(pk__lt=before)
    heads = list(found.order_by("-pk")[: PAGE + 1])
    shown = heads[:PAGE]
    members = _together(_members(shown).select_related("prospect", "by", "lifted_by").order_by("-pk"))
    by_key = {_key(block.row): block for block in members}
    return Blocks(tuple(by_key[_key(head)] for head in shown), shown[-1].pk if len(heads) > PAGE else 0)


def _found_by(text: str) -> Q:
    about_person = Q(prospect__search_text__contains=folded(text))
    value = text.replace(" ", "") if text.lstrip("+").replace(" ", "").isdecimal() else text.lower()
    return about_person | Q(value__contains=value) | Q(reason__icontains=text) | Q(lifted_because__icontains=text)


def _of_one_kind(rows: QuerySet[Suppression], *, lifted: bool) -> QuerySet[Suppression]:
    """One row a block: the first of those that belong together."""
    earlier = Suppression.objects.filter(
        prospect=OuterRef("prospect"), at=OuterRef("at"), reason=OuterRef("reason"), pk__lt=OuterRef("pk")
    )
    same = earlier.filter(lifted_at=OuterRef("lifted_at")) if lifted else earlier.filter(lifted_at=None)
    heads = Suppression.objects.filter(~Exists(same), lifted_at__isnull=not lifted)
    return heads.filter(Q(pk__in=rows.values("pk")) | Q(Exists(_later_among(rows, lifted=lifted))))


def _later_among(rows: QuerySet[Suppression], *, lifted: bool) -> QuerySet[Suppression]:
    """A row that was found stands for its whole block: a number leads to the block of its person."""
    same = rows.filter(prospect=OuterRef("prospect"), at=OuterRef("at"), reason=OuterRef("reason"))
    return same.filter(lifted_at=OuterRef("lifted_at")) if lifted else same


def _members(heads: list[Suppression]) -> QuerySet[Suppression]:
    people = {head.prospect_id for head in heads if head.prospect_id is not None}
    return Suppression.objects.filter(Q(prospect__in=people) | Q(pk__in=[head.pk for head in heads]))


def _together(rows: Iterable[Suppression]) -> tuple[Block, ...]:
    grouped: dict[_Key | int, list[Suppression]] = defaultdict(list)
    for row in rows:
        grouped[_key(row) if row.prospect_id is not None else row.pk].append(row)
    return tuple(map(_block, grouped.values()))


def _key(row: Suppression) -> _Key | int:
    return (row.prospect_id, row.at, row.reason, row.lifted_at) if row.prospect_id is not None else row.pk


def _block(rows: list[Suppression]) -> Block:
    first = min(rows, key=lambda row: row.pk)
    channels = {row.channel for row in rows}
    return Block(
        row=first,
        channels=() if "" in channels else tuple(sorted(channels)),
        values=tuple(sorted({row.value for row in rows} - {""})),
    )
