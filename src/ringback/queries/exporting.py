"""Everything as plain tables, a row at a time: what `ringback export` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from ringback.domain.vocabulary import Channel, Qualification
from ringback.models import (
    Activity,
    Appointment,
    Article,
    Call,
    CallMapVersion,
    Circumstance,
    Commitment,
    ContactPoint,
    Enrollment,
    GateDecision,
    IncomingMail,
    Interest,
    Mailbox,
    MailText,
    Message,
    Need,
    Objection,
    ObjectionChange,
    OwnWording,
    Prospect,
    Suppression,
    Touch,
    User,
    Walk,
)
from ringback.queries.access import (
    visible_articles,
    visible_gate_decisions,
    visible_mailboxes,
    visible_messages,
    visible_prospects,
    visible_users,
)
from ringback.queries.inbox import visible_mails

PAGE = 500
# The names are those that the import knows by itself, so that the table goes back in as it is.
PROSPECT_COLUMNS = (
    "Ringback Number", "External ID", "Full Name", "First Name", "Last Name", "Job Title", "Company", "Email", "Phone",
    "Mobile Phone", "Work Phone", "Home Phone", "LinkedIn", "Website", "Street", "City", "Postal Code", "State",
    "Country", "Time Zone", "Language", "Temperature", "Qualified", "Value", "Source", "Owner", "Tags", "Do Not Call",
    "Standing", "Custom", "Added", "Notes",
)  # fmt: skip
_PHONES = {"mobile": "Mobile Phone", "work": "Work Phone", "home": "Home Phone"}
_QUALIFIED = {Qualification.QUALIFIED: "yes", Qualification.UNQUALIFIED: "no"}
# Tables that hang on a prospect, and by which way.
_BESIDE: tuple[tuple[str, type[Model], str], ...] = (
    ("contact_points", ContactPoint, "prospect"),
    ("enrollments", Enrollment, "prospect"),
    ("touches", Touch, "prospect"),
    ("calls", Call, "prospect"),
    ("appointments", Appointment, "prospect"),
    ("commitments", Commitment, "prospect"),
    ("needs", Need, "prospect"),
    ("interests", Interest, "prospect"),
    ("circumstances", Circumstance, "prospect"),
    ("objections", Objection, "prospect"),
    ("objection_changes", ObjectionChange, "objection__prospect"),
    ("suppressions", Suppression, "prospect"),
    ("activities", Activity, "prospect"),
)
# What opens a mailbox never leaves the house, not even sealed.
SECRETS = frozenset({"secret", "imap_secret"})


@dataclass(frozen=True, slots=True)
class Exported:
    """One table: its name, its columns, its rows as they are read."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


def tables(user: User | None) -> Iterator[Exported]:
    """All that `user` may see; without a user, everything. The timeline of the house itself only with everything."""
    prospects = visible_prospects(user) if user else Prospect.objects.all()
    yield Exported("prospects", PROSPECT_COLUMNS, _prospects(prospects))
    for name, model, way in _BESIDE:
        rows = model._default_manager.all()
        yield _table(name, rows.filter(**{f"{way}__in": prospects}) if user else rows)
    for name, rows in _mail(user) + _scripts(user):
        yield _table(name, rows)


_Named = list[tuple[str, QuerySet[Any]]]


def _mail(user: User | None) -> _Named:
    """Mailboxes as their pages show them; mails by the mailbox that they left from or came into."""
    texts = MailText.objects.all()
    return [
        ("mailboxes", visible_mailboxes(user) if user else Mailbox.objects.all()),
        ("messages", visible_messages(user) if user else Message.objects.all()),
        ("incoming_mails", visible_mails(user) if user else IncomingMail.objects.all()),
        ("mail_texts", texts.filter(_shared_or_of_visible(user)) if user else texts),
        ("articles", visible_articles(user) if user else Article.objects.all()),
    ]


def _scripts(user: User | None) -> _Named:
    """Maps are everybody's; words, ways and decisions by the people whose work may be looked at."""
    wordings, walks = OwnWording.objects.all(), Walk.objects.all()
    return [
        ("call_maps", CallMapVersion.objects.all()),
        ("own_wordings", wordings.filter(owner__in=visible_users(user)) if user else wordings),
        ("walks", walks.filter(rep__in=visible_users(user)) if user else walks),
        ("gate_decisions", visible_gate_decisions(user) if user else GateDecision.objects.all()),
    ]


def _shared_or_of_visible(user: User) -> Q:
    return Q(owner=None) | Q(owner__in=visible_users(user))


def _table(name: str, rows: QuerySet[Any]) -> Exported:
    columns = [field.attname for field in rows.model._meta.concrete_fields if field.attname not in SECRETS]
    return Exported(name, columns, _plain(rows.order_by("pk").values_list(*columns)))


def _prospects(prospects: QuerySet[Prospect]) -> Iterator[Sequence[Any]]:
    barred = Suppression.objects.filter(lifted_at=None, channel__in=["", Channel.CALL.value])
    rows = prospects.filter(merged_into=None).select_related("owner").order_by("pk")
    beside = rows.prefetch_related("contact_points", Prefetch("suppressions", queryset=barred, to_attr="barred"))
    for it in beside.iterator(chunk_size=PAGE):
        cells = _cells(it) | _points(it)
        yield [cells.get(column, "") for column in PROSPECT_COLUMNS]


def _cells(it: Prospect) -> dict[str, Any]:
    return {
        "Ringback Number": it.pk,
        "External ID": it.external_id,
        "Full Name": it.shown_name,
        "First Name": it.first_name,
        "Last Name": it.last_name,
        "Job Title": it.job_title,
        "Company": it.company_name,
        "Street": it.street,
        "City": it.city,
        "Postal Code": it.postal_code,
        "State": it.state_name,
        "Country": it.country,
        "Time Zone": it.zone,
        "Language": it.language,
        "Temperature": it.temperature,
        "Qualified": _QUALIFIED.get(Qualification(it.qualification), ""),
        "Value": it.value or "",
        "Source": it.source,
        "Owner": it.owner.get_username() if it.owner else "",
        "Tags": "; ".join(it.tags),
        "Do Not Call": "yes" if it.barred else "",  # type: ignore[attr-defined]  # prefetched above
        "Standing": it.state,
        "Custom": json.dumps(it.custom, ensure_ascii=False) if it.custom else "",
        "Added": _text(it.created_at),
        "Notes": it.notes,
    }


def _points(it: Prospect) -> dict[str, str]:
    """Several numbers or addresses of one kind share a cell, a line each."""
    found: dict[str, list[str]] = {}
    columns = {ContactPoint.EMAIL: "Email", ContactPoint.PROFILE: "LinkedIn", ContactPoint.WEBSITE: "Website"}
    for point in it.contact_points.all():
        column = columns.get(point.kind) or _PHONES.get(point.label, "Phone")
        extension = f" ext. {point.extension}" if point.extension else ""
        found.setdefault(column, []).append(f"{point.value}{extension}")
    return {column: "\n".join(values) for column, values in found.items()}


def _plain(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    for row in rows.iterator(chunk_size=PAGE * 4):
        yield [_text(value) for value in row]


def _text(value: Any) -> Any:
    """Instants in UTC as ISO, lists and mappings as JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value
