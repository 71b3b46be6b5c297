"""Whose mail goes from where, and with which log-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.secrets import CannotOpen, unseal
from ringback.domain.mail.outgoing import MailServer
from ringback.domain.vocabulary import MessageState
from ringback.models import Mailbox, Message, User, Workspace
from ringback.queries.prepared import Prepared

DAY = timedelta(days=1)


@Prepared
def sending_mailbox(owner_id: int) -> QuerySet[Mailbox]:
    """What sends for this person: the oldest mailbox that is not paused."""
    return Mailbox.objects.filter(owner_id=owner_id, paused_at=None).order_by("pk")[:1]


@Prepared
def _any_working(owner_id: int) -> QuerySet[Mailbox, tuple[int]]:
    return Mailbox.objects.filter(owner_id=owner_id, paused_at=None).order_by().values_list("pk")[:1]


def mailbox_of(owner: User) -> Mailbox | None:
    return sending_mailbox.first(owner.pk)


def has_mailbox(owner_id: int | None) -> bool:
    """Whether the worker can send for this person (see `goes_by_itself`)."""
    return owner_id is not None and _any_working.first(owner_id) is not None


def secret_keys() -> Sequence[str]:
    """What seals secrets: the key in use first, then those that were."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def opens(sealed: str) -> bool:
    """Whether a stored secret can still be opened with the keys of this house."""
    try:
        unseal(sealed, secret_keys())
    except CannotOpen:
        return False
    return True


def reach() -> Reach:
    """How far connections to mail servers may go: as the house says, and by the certificates it trusts."""
    private = Workspace.objects.filter(pk=1, private_hosts=True).exists()
    return Reach(private=private, authorities=settings.MAIL_AUTHORITIES)


def sending_server(mailbox: Mailbox) -> MailServer:
    """Where it hands mail over, with the secret open; for a provider, the secret is its API key. Raises CannotOpen."""
    return MailServer(
        host=mailbox.smtp_host,
        port=mailbox.smtp_port,
        security=mailbox.smtp_security,
        username=mailbox.username,
        secret=unseal(mailbox.secret, secret_keys()),
    )


def reading_server(mailbox: Mailbox) -> MailServer:
    """Where it is read, with the secret open; without a log-in of its own, that of sending. Raises CannotOpen.

    What a provider's API is given opens no inbox.
    """
    own = mailbox.imap_secret or ("" if mailbox.provider else mailbox.secret)
    return MailServer(
        host=mailbox.imap_host,
        port=mailbox.imap_port,
        security=mailbox.imap_security,
        username=mailbox.imap_username or ("" if mailbox.provider else mailbox.username),
        secret=unseal(own, secret_keys()),
    )


@dataclass(frozen=True, slots=True)
class MailboxState:
    """How a mailbox is. `sends`: it is the one that its owner's mails go out from."""

    mailbox: Mailbox
    sends: bool
    sent_last_day: int
    waiting: int
    used: bool


def states_of(mailboxes: Sequence[Mailbox], now: datetime) -> list[MailboxState]:
    """In the order given; the same few statements for one as for many."""
    ids = [mailbox.pk for mailbox in mailboxes]
    sent = _counted(Message.objects.filter(mailbox__in=ids, state=MessageState.SENT, settled_at__gt=now - DAY))
    waiting = _counted(Message.objects.filter(mailbox__in=ids, state=MessageState.QUEUED))
    used = Mailbox.objects.filter(Exists(Message.objects.filter(mailbox=OuterRef("pk"))), pk__in=ids)
    used_ids = set(used.values_list("pk", flat=True))
    senders = {first.owner_id: first.pk for first in reversed(_working_of({box.owner_id for box in mailboxes}))}
    return [
        MailboxState(
            mailbox=box,
            sends=senders.get(box.owner_id) == box.pk,
            sent_last_day=sent.get(box.pk, 0),
            waiting=waiting.get(box.pk, 0),
            used=box.pk in used_ids or box.read_at is not None,
        )
        for box in mailboxes
    ]


def _counted(messages: QuerySet[Message]) -> dict[int, int]:
    return dict(messages.order_by().values_list("mailbox").annotate(count=Count("pk")))


def _working_of(owners: set[int]) -> list[Mailbox]:
    return list(Mailbox.objects.filter(owner__in=owners, paused_at=None).only("pk", "owner_id").order_by("pk"))
