"""What came in by mail, as each person may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from ringback.domain.vocabulary import MailKind, Role
from ringback.models import IncomingMail, Mailbox, User
from ringback.queries.access import visible_users


def visible_mails(user: User) -> QuerySet[IncomingMail]:
    """A rep sees what came into the own mailboxes, a manager also the team's, an admin all."""
    if user.role == Role.ADMIN:
        return IncomingMail.objects.all()
    return IncomingMail.objects.filter(mailbox__owner__in=visible_users(user))


def mailboxes_to_read(mailbox_id: int | None = None) -> QuerySet[Mailbox]:
    """Those whose inbox is read and that are not paused; or only this one, if it is."""
    reading = Mailbox.objects.filter(paused_at=None).exclude(imap_host="").select_related("owner").order_by("pk")
    return reading if mailbox_id is None else reading.filter(pk=mailbox_id)


def open_replies(user: User) -> int:
    """How many replies nobody has looked at yet."""
    return visible_mails(user).filter(done_at=None, kind=MailKind.REPLY).count()


def may_see_mail(user: User, mail: IncomingMail) -> bool:
    return visible_mails(user).filter(pk=mail.pk).exists()
