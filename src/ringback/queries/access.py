"""Who sees whom: the one door to prospects and all that hangs on them.

A rep sees the own prospects and those of nobody, a manager also those of the own team, an admin everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from ringback.domain.vocabulary import Role
from ringback.models import (
    Arrangement,
    Article,
    ContactPoint,
    GateDecision,
    ImportRun,
    Mailbox,
    Message,
    Prospect,
    Suppression,
    Touch,
    User,
)

Row = TypeVar("Row", bound=Model)


class NotVisible(LookupError):
    """There is no such row for this person; whether it exists for somebody else is not told."""


def visible_prospects(user: User) -> QuerySet[Prospect]:
    return Prospect.objects.filter(_of_visible_owner(user, "owner"))


def visible_users(user: User) -> QuerySet[User]:
    """Whose work may be looked at: the own, a manager's team's, everybody's for an admin."""
    active = User.objects.filter(is_active=True)
    if user.role == Role.ADMIN:
        return active
    if user.role == Role.MANAGER and user.team_id is not None:
        return active.filter(Q(id=user.id) | Q(team_id=user.team_id))
    return active.filter(id=user.id)


def may_manage(user: User) -> bool:
    """Whether this person may give prospects to others and look at others' days."""
    return Role(user.role) in (Role.MANAGER, Role.ADMIN)


def may_administer(user: User) -> bool:
    """Whether this person may change settings, the team and the cadences of the house."""
    return Role(user.role) is Role.ADMIN


def may_publish(user: User) -> bool:
    """Cadences steer a whole team: a manager may publish them, a rep may not."""
    return may_manage(user)


def prospect_for(user: User, prospect_id: int) -> Prospect:
    return _one(visible_prospects(user).select_related("owner", "company"), prospect_id)


def touch_for(user: User, touch_id: int) -> Touch:
    touches = Touch.objects.filter(_of_visible_owner(user, "prospect__owner"))
    return _one(touches.select_related("prospect", "enrollment"), touch_id)


def arrangement_for(user: User, arrangement_id: int) -> Arrangement:
    arrangements = Arrangement.objects.filter(_of_visible_owner(user, "prospect__owner"))
    return _one(arrangements.select_related("prospect"), arrangement_id)


def import_run_for(user: User, run_id: int) -> ImportRun:
    runs = ImportRun.objects.all() if may_administer(user) else ImportRun.objects.filter(by__in=visible_users(user))
    return _one(runs, run_id)


def visible_mailboxes(user: User) -> QuerySet[Mailbox]:
    """The own ones, everybody's for an admin: a manager answers for prospects, not for colleagues' log-ins."""
    rows = Mailbox.objects.all() if may_administer(user) else Mailbox.objects.filter(owner=user)
    return rows.select_related("owner").order_by("owner__first_name", "owner__last_name", "owner_id", "pk")


def mailbox_for(user: User, mailbox_id: int) -> Mailbox:
    return _one(visible_mailboxes(user), mailbox_id)


def mailboxes_in_sight(user: User) -> QuerySet[Mailbox]:
    """Those whose mails this person may read: a manager also those of the team, without the right to change them."""
    return Mailbox.objects.filter(_of_visible_owner(user, "owner"))


def visible_messages(user: User) -> QuerySet[Message]:
    """Mails on their way out, by the mailbox that they leave from."""
    return Message.objects.filter(_of_visible_owner(user, "mailbox__owner"))


def message_for(user: User, message_id: int) -> Message:
    return _one(visible_messages(user).select_related("prospect", "mailbox", "touch", "appointment"), message_id)


def visible_articles(user: User) -> QuerySet[Article]:
    """The house's, and those of people whose work may be looked at."""
    return Article.objects.filter(Q(owner=None) | Q(owner__in=visible_users(user)))


def article_for(user: User, article_id: int) -> Article:
    return _one(visible_articles(user).select_related("owner"), article_id)


def visible_gate_decisions(user: User) -> QuerySet[GateDecision]:
    """By who decided: what somebody who has left decided still belongs to the team."""
    return GateDecision.objects.filter(_of_visible_owner(user, "by"))


def readable_messages(user: User, message_ids: Iterable[int]) -> frozenset[int]:
    """Those of these mails that this person may read."""
    return frozenset(visible_messages(user).filter(pk__in=message_ids).values_list("pk", flat=True))


def visible_suppressions(user: User) -> QuerySet[Suppression]:
    """Of people whom one sees; what is blocked without a person, for whoever sees somebody with that address."""
    if may_administer(user):
        return Suppression.objects.all()
    theirs = ContactPoint.objects.filter(_of_visible_owner(user, "prospect__owner"), value=OuterRef("value"))
    of_nobody = Q(prospect=None) & Q(Exists(theirs))
    of_person = Q(prospect__isnull=False) & _of_visible_owner(user, "prospect__owner")
    return Suppression.objects.filter(of_person | of_nobody)


def suppression_for(user: User, suppression_id: int) -> Suppression:
    return _one(visible_suppressions(user), suppression_id)


def may_lift(user: User, suppression: Suppression) -> bool:
    """C5: what they asked for themselves is not lifted by whoever would like to call them; a list may be wrong."""
    return suppression.by_list or may_manage(user)


def may_look_after(user: User, owner: User) -> bool:
    """Whether this person may connect and change the mailboxes of `owner`."""
    return user.pk == owner.pk or may_administer(user)


def may_see(user: User, prospect: Prospect) -> bool:
    """The same rule for a row already at hand."""
    if prospect.owner_id in (None, user.id) or user.role == Role.ADMIN:
        return True
    if user.role != Role.MANAGER or user.team_id is None:
        return False
    # Not `visible_users`: what somebody who has left owned still belongs to the team.
    return User.objects.filter(id=prospect.owner_id, team_id=user.team_id).exists()


def _of_visible_owner(user: User, owner: str) -> Q:
    if user.role == Role.ADMIN:
        return Q()
    unowned = Q(**{f"{owner}__isnull": True})
    if user.role == Role.MANAGER and user.team_id is not None:
        return unowned | Q(**{owner: user.id}) | Q(**{f"{owner}__team_id": user.team_id})
    return unowned | Q(**{owner: user.id})


def _one(rows: QuerySet[Row], row_id: int) -> Row:
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotVisible(f"There is no {rows.model._meta.verbose_name} with this number for you.")
    return row
