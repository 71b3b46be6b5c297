"""The words of mails are published as versions: built in, the house's, and a rep's own on top of them (A10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from ringback.actions.carrying_out import once
from ringback.actions.checking import writable
from ringback.actions.errors import Refused
from ringback.adapters.texts import LONGEST_TEXT, TextTrouble, names_in
from ringback.domain.mail.texts import lint_text, situation_of
from ringback.domain.wording import Finding
from ringback.models import Activity, MailText, User
from ringback.queries.access import may_publish

LONGEST_SUBJECT = 400


class BuiltIn(NamedTuple):
    key: str
    language: str
    subject: str
    body: str


def install_mail_texts(*, texts: Iterable[tuple[str, str, str, str]], now: datetime) -> int:
    """Publish built-in texts (key, language, subject, body) that are new or changed; the house's own stay untouched.

    Returns how many versions were written; the second run writes none.
    """
    with once():
        current = {(row.key, row.language): row for row in MailText.objects.filter(owner=None, retired_at=None)}
        fresh = [text for text in map(BuiltIn._make, texts) if _differs(text, current.get((text.key, text.language)))]
        replaced = [current[place].pk for text in fresh if (place := (text.key, text.language)) in current]
        MailText.objects.filter(pk__in=replaced).update(retired_at=now)
        numbers = _last_versions({text.key for text in fresh})
        MailText.objects.bulk_create(
            MailText(
                **text._asdict(),
                version=numbers.get((text.key, text.language), 0) + 1,
                built_in=True,
                published_at=now,
            )
            for text in fresh
        )
    return len(fresh)


def _differs(text: BuiltIn, row: MailText | None) -> bool:
    return row is None or (row.built_in and (row.subject, row.body) != (text.subject, text.body))


def _last_versions(keys: set[str]) -> dict[tuple[str, str], int]:
    """The highest version of the house's texts, by key and language."""
    versions = MailText.objects.filter(owner=None, key__in=keys).values_list("key", "language")
    return {(key, language): last for key, language, last in versions.annotate(Max("version"))}


def publish_mail_text(
    *, by: User, key: str, language: str, subject: str, body: str, own: bool, now: datetime
) -> MailText:
    """A new version of a text: the house's (managers and admins), or the person's own.

    Refused if it is no template, lacks what its kind has to say, or pushes; `findings_in` says the same beforehand.
    """
    _may_write(by, own=own)
    text = BuiltIn(key, language, " ".join(subject.split()), body.replace("\r\n", "\n").strip())
    _check(text)
    with once():
        row = _publish(text, owner=by if own else None, by=by, built_in=False, now=now)
        _log(by, f"Published version {row.version} of the {'own ' if own else ''}text “{key}” ({language}).", now)
        return row


def retire_mail_text(*, by: User, key: str, language: str, own: bool, now: datetime) -> None:
    """The own copy (or the house's text) is no longer used; what stands behind it counts again."""
    _may_write(by, own=own)
    with once():
        current = MailText.objects.filter(key=key, language=language, owner=by if own else None, retired_at=None)
        if not current.filter(built_in=False).update(retired_at=now):
            raise Refused("There is no such text of your own to take back.")
        if not own:
            _bring_back_built_in(key, language, now)
        _log(by, f"Took back the {'own ' if own else ''}text “{key}” ({language}).", now)


def findings_in(*, key: str, language: str, subject: str, body: str) -> tuple[Finding, ...]:
    """What stands against saving. Raises Refused if it is no template at all."""
    used = {}
    for field, text in (("subject", subject), ("body", body)):
        try:
            used[field] = names_in(text)
        except TextTrouble as trouble:
            raise Refused(str(trouble), field) from trouble
    return lint_text(key, subject, body, in_subject=used["subject"], in_body=used["body"], language=language)


def _check(text: BuiltIn) -> None:
    writable(text.subject, "subject", at_most=LONGEST_SUBJECT)
    writable(text.body, "body", at_most=LONGEST_TEXT)
    try:
        situation_of(text.key)
    except ValueError as error:
        raise Refused("There is no such mail.", "key") from error
    for field, words in (("subject", text.subject), ("body", text.body)):
        if not words:
            raise Refused("Write a subject." if field == "subject" else "Write what the mail says.", field)
    if found := findings_in(**text._asdict()):
        raise Refused(f"{found[0].why} ({found[0].rule})", found[0].field)


def _publish(text: BuiltIn, *, owner: User | None, by: User | None, built_in: bool, now: datetime) -> MailText:
    versions = MailText.objects.filter(key=text.key, language=text.language, owner=owner)
    number = versions.aggregate(Max("version"))["version__max"] or 0
    versions.filter(retired_at=None).update(retired_at=now)
    return MailText.objects.create(
        **text._asdict(), owner=owner, version=number + 1, built_in=built_in, published_at=now, published_by=by
    )


def _bring_back_built_in(key: str, language: str, now: datetime) -> None:
    last = MailText.objects.filter(key=key, language=language, owner=None, built_in=True).order_by("-version").first()
    if last is not None:
        _publish(BuiltIn(key, language, last.subject, last.body), owner=None, by=None, built_in=True, now=now)


def _may_write(by: User, *, own: bool) -> None:
    if not own and not may_publish(by):
        raise Refused("The house's texts speak for everybody: a manager or an admin publishes them.")


def _log(by: User, text: str, now: datetime) -> None:
    Activity.objects.create(at=now, by=by, verb="published", text=text)
