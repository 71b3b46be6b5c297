"""Whose mail goes from where, and with which log-in."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet

from ringback.adapters.secrets import unseal
from ringback.domain.mail.outgoing import MailServer
from ringback.models import Mailbox, User
from ringback.queries.prepared import Prepared


@Prepared
def _working(owner_id: int) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(owner_id=owner_id, paused_at=None).order_by("pk")[:1]


@Prepared
def _any_working(owner_id: int) -> QuerySet[Mailbox, tuple[int]]:
    return Mailbox.objects.filter(owner_id=owner_id, paused_at=None).order_by().values_list("pk")[:1]


def mailbox_of(owner: User) -> Mailbox | None:
    """The one that sends for this person: the oldest that is not paused."""
    return _working.first(owner.pk)


def has_mailbox(owner_id: int | None) -> bool:
    """Whether the worker can send for this person (see `goes_by_itself`)."""
    return owner_id is not None and _any_working.first(owner_id) is not None


def secret_keys() -> Sequence[str]:
    """What seals secrets: the key in use first, then those that were."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


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
    """Where it is read, with the secret open; without a log-in of its own, that of sending. Raises CannotOpen."""
    own = mailbox.imap_secret or ("" if mailbox.provider else mailbox.secret)
    return MailServer(
        host=mailbox.imap_host,
        port=mailbox.imap_port,
        security=mailbox.imap_security,
        username=mailbox.imap_username or mailbox.username,
        secret=unseal(own, secret_keys()),
    )
