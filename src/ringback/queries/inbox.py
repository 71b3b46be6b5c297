"""What came in by mail, as each person may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, When

from ringback.domain.vocabulary import MailKind, Role
from ringback.models import IncomingMail, Mailbox, Touch, User
from ringback.queries.access import NotVisible, visible_prospects, visible_users

MOST_OPEN, PAGE = 100, 30


@dataclass(frozen=True, slots=True)
class Inbox:
    """`open` waits for somebody to look, replies first; `looked_at` is the rest, newest first, up to `before`.

    `known` are the ids of the prospects that the reader may open; `several` says whether several mailboxes are read.
    """

    open: tuple[IncomingMail, ...]
    looked_at: tuple[IncomingMail, ...]
    known: frozenset[int]
    before: int = 0
    several: bool = False
    has_mailbox: bool = False


def visible_mails(user: User) -> QuerySet[IncomingMail]:
    """A rep sees what came into the own mailboxes or from own prospects, a manager also the team's, an admin all."""
    if user.role == Role.ADMIN:
        return IncomingMail.objects.all()
    theirs = visible_users(user)
    return IncomingMail.objects.filter(Q(mailbox__owner__in=theirs) | Q(prospect__owner__in=theirs))


def mailboxes_to_read(mailbox_id: int | None = None) -> QuerySet[Mailbox]:
    """Those whose inbox is read and that are not paused; or only this one, if it is."""
    reading = Mailbox.objects.filter(paused_at=None).exclude(imap_host="").select_related("owner").order_by("pk")
    return reading if mailbox_id is None else reading.filter(pk=mailbox_id)


def open_replies(user: User) -> int:
    """How many replies nobody has looked at yet."""
    return visible_mails(user).filter(done_at=None, kind=MailKind.REPLY).count()


def inbox(user: User, *, before: int | None = None) -> Inbox:
    """One page of what came in; `before` is the mail with which the page before it ended."""
    mails = visible_mails(user).select_related("prospect", "arrangement", "answers", "mailbox__owner", "corrected_by")
    replies_first = Case(When(kind=MailKind.REPLY, then=0), default=1, output_field=IntegerField())
    waiting = [] if before else list(mails.filter(done_at=None).order_by(replies_first, "-id")[:MOST_OPEN])
    done = mails.filter(done_at__isnull=False, **({"pk__lt": before} if before else {})).order_by("-id")
    looked_at = list(done[: PAGE + 1])
    ids = {mail.prospect_id for mail in (*waiting, *looked_at) if mail.prospect_id is not None}
    boxes = list(mailboxes_of(user).values_list("pk", flat=True)[:2])
    return Inbox(
        open=tuple(waiting),
        looked_at=tuple(looked_at[:PAGE]),
        known=frozenset(visible_prospects(user).filter(pk__in=ids).values_list("pk", flat=True)),
        before=looked_at[PAGE - 1].pk if len(looked_at) > PAGE else 0,
        several=len(boxes) > 1,
        has_mailbox=bool(boxes),
    )


def mailboxes_of(user: User) -> QuerySet[Mailbox]:
    """Whose mail this person may read."""
    if user.role == Role.ADMIN:
        return Mailbox.objects.exclude(imap_host="").order_by("pk")
    return Mailbox.objects.filter(owner__in=visible_users(user)).exclude(imap_host="").order_by("pk")


def mail_for(user: User, mail_id: int) -> IncomingMail:
    """Raises NotVisible."""
    mails = visible_mails(user).select_related("prospect", "arrangement", "answers", "mailbox__owner", "corrected_by")
    row = mails.filter(pk=mail_id).first()
    if row is None:
        raise NotVisible("There is no mail with this number for you.")
    return row


def mail_behind(touch: Touch) -> IncomingMail | None:
    """The mail for whose sake a touch was planned."""
    return IncomingMail.objects.filter(arrangement=touch.arrangement_id).first() if touch.arrangement_id else None


def may_see_mail(user: User, mail: IncomingMail) -> bool:
    return visible_mails(user).filter(pk=mail.pk).exists()
