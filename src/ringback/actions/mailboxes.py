"""Mailboxes: connected, changed, paused, taken away. What they hide is sealed before it reaches a row."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from ringback.actions.carrying_out import once
from ringback.actions.checking import check_columns, writable
from ringback.actions.errors import Refused, refuse_missing
from ringback.actions.mail_lanes import follow_mailboxes
from ringback.actions.mailing.copying import forget_refused_copies
from ringback.actions.mailing.stopping import take_back_from_stopped
from ringback.adapters.contacts.emails import read_emails
from ringback.adapters.secrets import reseal, seal
from ringback.domain.because import shortened
from ringback.domain.mail.mailbox import Fault, MailboxSettings, faults
from ringback.domain.outcome import Missing
from ringback.models import Activity, Mailbox, User, Workspace
from ringback.queries.access import may_look_after
from ringback.queries.mailboxes import secret_keys

LONGEST_SECRET = 1_000
LONGEST_SIGNATURE = 2_000
SECRETS = ("secret", "imap_secret")
# Other mail than that which was read so far.
_INBOX = ("imap_host", "imap_username", "inbox_folder", "address")
_UNREAD: dict[str, Any] = {"uid_validity": None, "last_uid": 0, "read_at": None}
_COPIES_AGAIN: dict[str, Any] = {"copying_trouble": "", "copying_trouble_at": None}
_NO_TROUBLE: dict[str, Any] = {"trouble": "", "trouble_at": None, "troubles": 0, "retry_at": None}


@dataclass(frozen=True, slots=True)
class MailboxFields:
    """What a person may say about a mailbox. None leaves a field as it is; an empty secret forgets it."""

    address: str | None = None
    from_name: str | None = None
    signature: str | None = None
    provider: str | None = None
    smtp_host: str | None = None
    smtp_port: int | None = None
    smtp_security: str | None = None
    username: str | None = None
    secret: str | None = field(default=None, repr=False)
    imap_host: str | None = None
    imap_port: int | None = None
    imap_security: str | None = None
    imap_username: str | None = None
    imap_secret: str | None = field(default=None, repr=False)
    inbox_folder: str | None = None
    sent_folder: str | None = None
    plus_address: bool | None = None
    per_minute: int | None = None
    per_day: int | None = None

    def columns(self) -> dict[str, Any]:
        """What is said, secrets apart; names and addresses without the spaces around them."""
        given = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in SECRETS}
        return {
            name: value.strip() if isinstance(value, str) and name != "signature" else value
            for name, value in given.items()
            if value is not None
        }

    def secrets(self) -> dict[str, str]:
        given = {name: getattr(self, name) for name in SECRETS}
        return {name: value for name, value in given.items() if value is not None}


def connect_mailbox(*, by: User, owner: User, fields: MailboxFields, now: datetime) -> Mailbox:
    """A new mailbox. From now on the worker sends its owner's mails by itself."""
    with once():
        owner = _held(by, owner)
        row = Mailbox(owner=owner, created_at=now, from_name=owner.shown_name)
        _write(row, fields)
        row.save(force_insert=True)
        _log(by, row, "connected", now)
    follow_mailboxes(owner)
    return row


def change_mailbox(*, by: User, mailbox: Mailbox, fields: MailboxFields, now: datetime) -> Mailbox:
    """Write what differs. What went wrong before is forgotten, and another inbox is read from its beginning."""
    with once():
        row = _locked(by, mailbox)
        before = {name: getattr(row, name) for name in (*fields.columns(), *SECRETS)}
        _write(row, fields)
        changed = [name for name, value in before.items() if getattr(row, name) != value]
        if not changed:
            return row
        also = _NO_TROUBLE | _COPIES_AGAIN | (_UNREAD if set(changed) & set(_INBOX) else {})
        for name, value in also.items():
            setattr(row, name, value)
        row.save(update_fields=[*changed, *also])
        forget_refused_copies(row.pk, now)
        words = ", ".join(sorted(name.replace("_", " ") for name in changed))
        _log(by, row, f"changed ({words})", now)
        return row


def pause_mailbox(*, by: User | None, mailbox: Mailbox, reason: str, now: datetime) -> None:
    """It neither sends nor reads. What is written in it goes by its owner's next one, or waits for a person again."""
    with once():
        owner = _pause(by, mailbox, reason, now)
    bring_mails_away(owner, now=now)


def bring_mails_away(owner: User, *, now: datetime) -> None:
    """Out of this person's paused mailboxes, to whoever does them now.

    To be called after the commit of the pause, with no row held: each prospect is held for a moment of its own. If it
    is broken off, the worker's regular looks go on.
    """
    take_back_from_stopped(owner, now=now)
    follow_mailboxes(owner)


def resume_mailbox(*, by: User, mailbox: Mailbox, now: datetime) -> None:
    """It sends and reads again, at once."""
    with once():
        row = _locked(by, mailbox)
        resumed = {"paused_at": None, "paused_because": ""} | _NO_TROUBLE
        if Mailbox.objects.filter(pk=row.pk).exclude(paused_at=None).update(**resumed):
            _log(by, row, "resumed", now)
    follow_mailboxes(row.owner)


def remove_mailbox(*, by: User, mailbox: Mailbox, now: datetime) -> None:
    """Gone, with its log-ins and with mails that belong to no prospect, such as its own trials.

    Refused once it wrote to a prospect or a prospect wrote to it: the record keeps where.
    """
    with once():
        row = _locked(by, mailbox)
        if row.messages.exists() or row.incoming.filter(prospect__isnull=False).exists():
            raise Refused("Mails to or from prospects went through it, and keep their record. Pause it instead.")
        _log(by, row, "removed", now)
        row.delete()
    follow_mailboxes(row.owner)


def pause_mailboxes_of(*, by: User, owner: User, reason: str, now: datetime) -> None:
    """Somebody has left: nothing is sent in their name any more.

    For the transaction in which they leave; `bring_mails_away` belongs after its commit.
    """
    for mailbox in Mailbox.objects.filter(owner=owner, paused_at=None).order_by("pk"):
        _pause(by, mailbox, reason, now)


def reseal_secrets() -> int:
    """Seal every stored secret with the newest key; how many rows. After it, older keys can be thrown away."""
    count = 0
    for row in Mailbox.objects.exclude(secret="", imap_secret="").order_by("pk"):
        sealed = {name: reseal(getattr(row, name), secret_keys()) for name in SECRETS}
        held = {name: getattr(row, name) for name in SECRETS}
        count += Mailbox.objects.filter(pk=row.pk, **held).update(**sealed)
    return count


def _held(by: User, owner: User) -> User:
    """The owner's row, held: two mailboxes of one person are connected one after the other."""
    if not may_look_after(by, owner):
        raise Refused("Only an admin connects mailboxes for somebody else.", "owner")
    row = User.objects.select_for_update().get(pk=owner.pk)
    if not row.is_active:
        raise Refused("They do not work here any more; choose somebody else.", "owner")
    return row


def _pause(by: User | None, mailbox: Mailbox, reason: str, now: datetime) -> User:
    """Writes the pause and nothing else; returns whose mailbox it is."""
    if not reason.strip():
        raise Refused("Say why it pauses, so that whoever looks at it knows.", "reason")
    writable(reason, "reason", at_most=300)
    row = _locked(by, mailbox)
    paused = {"paused_at": now, "paused_because": reason.strip()}
    if Mailbox.objects.filter(pk=row.pk, paused_at=None).update(**paused):
        _log(by, row, f"paused: {reason.strip()}", now)
    return row.owner


def _locked(by: User | None, mailbox: Mailbox) -> Mailbox:
    row = Mailbox.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=mailbox.pk).first()
    if row is None:
        raise Refused("This mailbox no longer exists.")
    if by is not None and not may_look_after(by, row.owner):
        raise Refused("This mailbox belongs to somebody else.")
    return row


def _write(row: Mailbox, fields: MailboxFields) -> None:
    """Put what was said into the row, sealed; Refused with all that is wrong with the whole of it."""
    columns, said = fields.columns(), fields.secrets()
    for name, value in said.items():
        writable(value, name, at_most=LONGEST_SECRET, name="password")
    known = _ways(row)
    for name, value in columns.items():
        setattr(row, name, value)
    for name, value in said.items():
        setattr(row, name, seal(value, secret_keys()))
    wrong = (*_new_ways(known, _ways(row)), *faults(_settings(row), private_hosts=_private_hosts()))
    refuse_missing(tuple(Missing(fault.field, fault.message, "") for fault in wrong))
    writable(row.signature, "signature", at_most=LONGEST_SIGNATURE)
    row.address = _one_address(row.address)
    check_columns(row, columns)
    _refuse_second(row)


def _ways(row: Mailbox) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Which sealed secret travels where, by the field of the page that asks for it."""
    reading = row.imap_secret or ("" if row.provider else row.secret)
    return {
        "secret": (row.secret, (row.provider, row.smtp_host, row.smtp_port, row.smtp_security)),
        "imap_secret": (reading if row.imap_host else "", (row.imap_host, row.imap_port, row.imap_security)),
    }


def _new_ways(
    before: dict[str, tuple[str, tuple[object, ...]]], after: dict[str, tuple[str, tuple[object, ...]]]
) -> list[Fault]:
    """Whoever can change a mailbox must not have its password sent to a server of their own choice."""
    known = {sealed for sealed, _ in before.values() if sealed}
    return [
        Fault(name, "It would go to another server than before: type the password that belongs to that server.")
        for name, (sealed, place) in after.items()
        if sealed in known and (sealed, place) not in before.values()
    ]


def _settings(row: Mailbox) -> MailboxSettings:
    own = [each for each in MailboxSettings.__dataclass_fields__ if not each.startswith("has_")]
    values = {name: getattr(row, name) for name in own}
    return MailboxSettings(**values, has_secret=bool(row.secret), has_imap_secret=bool(row.imap_secret))


def _private_hosts() -> bool:
    return Workspace.objects.filter(pk=1, private_hosts=True).exists()


def _one_address(text: str) -> str:
    reading = read_emails(text)
    if len(reading.addresses) != 1 or reading.unread or set(text) & set("<>,; "):
        raise Refused("Give one e-mail address, such as rosa@example.com.", "address")
    return reading.addresses[0]


def _refuse_second(row: Mailbox) -> None:
    others = Mailbox.objects.exclude(pk=row.pk)
    if others.filter(owner=row.owner, address=row.address).exists():
        raise Refused("This address is connected already.", "address")
    login = row.imap_username or row.username
    same = others.filter(imap_host__iexact=row.imap_host, inbox_folder=row.inbox_folder) if row.imap_host else []
    if any((other.imap_username or other.username) == login for other in same):
        raise Refused(
            "Another mailbox reads this inbox already, and nothing may be read twice. Leave reading out here.",
            "imap_host",
        )


def _log(by: User | None, row: Mailbox, what: str, now: datetime) -> None:
    whose = "" if by is not None and by.pk == row.owner_id else f" of {row.owner.shown_name}"
    text = shortened(f"Mailbox {row.address}{whose} {what}", 1000)
    Activity.objects.create(at=now, by=by, verb="mailbox", text=text)
