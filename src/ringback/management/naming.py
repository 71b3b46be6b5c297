"""Finding the person that was named on a command line."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from ringback.adapters.contacts.phones import read_phones
from ringback.domain.folding import folded
from ringback.management.ours import Trouble
from ringback.models import ContactPoint, Prospect, User
from ringback.queries.matching import matching_text
from ringback.queries.standing import workspace_now

MOST_CANDIDATES = 10
LONGEST_ID = 12


def user_named(name: str) -> User:
    """By log-in name or e-mail address; Trouble names those there are."""
    active = User.objects.filter(is_active=True)
    found = active.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None
    if found is None:
        names = list(active.order_by("username").values_list("username", flat=True)[:MOST_CANDIDATES])
        close = get_close_matches(name.lower(), names, n=1)
        meant = f" Did you mean “{close[0]}”?" if close else ""
        raise Trouble(f"There is no user “{name}”.{meant} There are: {', '.join(names) or 'none yet'}.", 2)
    return found


def some_rep() -> tuple[User, str]:
    """Whose day it is if nobody was named: the first one who calls; with a remark if there are others."""
    people = list(User.objects.filter(is_active=True).order_by("pk"))
    if not people:
        raise Trouble("Nobody works here yet. Make a company with: ringback demo, or start: ringback serve")
    first = next((user for user in people if user.role == "rep"), people[0])
    others = ", ".join(user.username for user in people if user is not first)
    return first, f"the day of {first.username}; for another add --rep ({others})" if others else ""


def prospect_named(wanted: str, among: QuerySet[Prospect]) -> Prospect:
    """By number, e-mail address, telephone number or exact name; Trouble lists the candidates if there are several."""
    wanted = wanted.strip()
    among = among.filter(merged_into=None).select_related("owner")
    found = list(_candidates(wanted, among)[: MOST_CANDIDATES + 1])
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble(f"“{wanted}” fits several; name one by its number:\n{_listed(found)}", 2)
    near = list(matching_text(among, wanted)[:MOST_CANDIDATES]) if wanted else []
    hint = f" These come near:\n{_listed(near)}" if near else ""
    raise Trouble(f"There is no prospect “{wanted}”.{hint}", 2)


def _candidates(wanted: str, among: QuerySet[Prospect]) -> QuerySet[Prospect]:
    if wanted.isdecimal() and len(wanted) < LONGEST_ID and (one := among.filter(pk=int(wanted))).exists():
        return one
    if "@" in wanted:
        return _with_point(among, ContactPoint.EMAIL, [wanted.casefold()])
    if numbers := read_phones(wanted, workspace_now().region.partition("-")[0]).phones:
        return _with_point(among, ContactPoint.PHONE, [number.e164 for number in numbers])
    name = folded(wanted)
    # The column is folded alike on both databases, which `iexact` is not: SQLite folds ASCII letters alone.
    begins = among.filter(Q(search_text=name) | Q(search_text__startswith=f"{name} "))
    return among.filter(pk__in=[each.pk for each in begins if folded(each.shown_name) == name])


def _with_point(among: QuerySet[Prospect], kind: str, values: list[str]) -> QuerySet[Prospect]:
    points = ContactPoint.objects.filter(kind=kind, value__in=values)
    return among.filter(pk__in=points.values("prospect"))


def _listed(people: Iterable[Prospect]) -> str:
    lines = [
        f"  {each.pk:>6}  {each.shown_name}{f', {each.company_name}' if each.company_name else ''}"
        for each in list(people)[:MOST_CANDIDATES]
    ]
    return "\n".join(lines)
