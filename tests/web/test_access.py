"""Every page of the product, asked for by everybody, with the numbers of what belongs to Rosa of team North.

Six people in this order: nobody (not logged in), Otto (a rep of team South), Mara (manager of South), Rosa herself,
Max (manager of North), Ada (admin). A page without a line here fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ringback.actions.appointing import make_appointment
from ringback.actions.articles import ArticleFields, HandedIn, add_article
from ringback.actions.importing import ImportOptions, register_import
from ringback.actions.publishing_maps import install_maps
from ringback.domain.vocabulary import Role
from ringback.library.scripts import map_documents
from ringback.models import (
    Arrangement,
    Article,
    Circumstance,
    Commitment,
    IncomingMail,
    Mailbox,
    MailText,
    Objection,
    Prospect,
    Suppression,
    Touch,
)
from ringback.queries.mail_links import confirm_url, stop_url
from ringback.worker import uploads
from tests.actions.mailing.rows import queued
from tests.actions.rows import snapshot
from tests.cast import NOW, Cast, member
from tests.web.pages import PAGES

MAP = "en/voicemail-1"

POSTS = {name: page for name, page in PAGES.items() if page[0] == "POST"}


def every_page(patterns: Any = None) -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_page(pattern.url_patterns)
        else:
            yield pattern


def arguments(names: set[str], of: dict[str, Any]) -> dict[str, Any]:
    return {name: of[name] for name in names}


@pytest.fixture
def roster(them: Cast) -> list[Client]:
    """Their browsers, logged in beforehand: logging in writes a row of its own."""
    mara = member("mara", "Mara Silva", Role.MANAGER, them.otto.team)
    clients = [Client() for _ in range(6)]
    for client, user in zip(clients[1:], (them.otto, mara, them.rosa, them.max, them.ada), strict=True):
        client.force_login(user)
    return clients


@pytest.fixture
def belongings(them: Cast) -> dict[str, Any]:
    return belongings_of(them)


def belongings_of(them: Cast) -> dict[str, Any]:
    """Rosa's things, by the name under which an address asks for them."""
    sofia, second = them.prospects[0], them.prospects[1]
    appointment = make_appointment(
        by=them.rosa, prospect=second, starts_at=NOW + timedelta(days=3), reason="Figures", key="a", now=NOW
    )
    assert appointment.prospect.pk == second.pk
    upload = uploads.keep([b"Name,Phone\nIvo Lind,+49 40 5550199\n"], name="list.csv", user_id=them.rosa.pk)
    run = register_import(
        by=them.rosa, file_name="list.csv", mapping={}, options=ImportOptions(), key="r", now=NOW, stored_as="gone"
    )
    # Nothing listens there: whoever may try it is told so at once.
    mailbox = Mailbox.objects.create(
        owner=them.rosa, address="rosa@example.com", smtp_host="127.0.0.1", smtp_port=1, created_at=NOW
    )
    objection = Objection.objects.create(prospect=sofia, text="Too dear", raised_at=NOW)
    return {
        "mailbox": mailbox,
        "prospect": sofia,
        "with_appointment": second,
        "prospect_id": sofia.pk,
        "enrollment_pk": sofia.enrollments.get().pk,
        "touch_pk": Touch.objects.get(prospect=sofia, state="open").pk,
        "touch_id": Touch.objects.get(prospect=sofia, state="open").pk,
        "appointment_pk": second.appointments.get().pk,
        "arrangement_id": Arrangement.objects.filter(prospect=sofia).latest("pk").pk,
        "point_pk": sofia.contact_points.first().pk,
        "objection_pk": objection.pk,
        "objection_id": objection.pk,
        "circumstance_pk": Circumstance.objects.create(
            prospect=sofia, kind="decision_maker", text="Enzo", learned_at=NOW
        ).pk,
        "commitment_pk": Commitment.objects.create(prospect=sofia, text="Send it", due_on=NOW.date(), made_at=NOW).pk,
        "message_id": queued(mailbox, sofia, state="unknown").pk,
        "mail_id": an_answer(mailbox, sofia).pk,
        "block_pk": Suppression.objects.create(prospect=sofia, channel="chat", at=NOW).pk,
        "token": upload.token,
        "run": run,
        "name": "general",
        "map": install_maps(documents={MAP: map_documents()[MAP]}, now=NOW),
        **dict.fromkeys(("version", "old", "new"), 1),
        "language": "en",
        "node": "agreed",
        **written_to(them),
    }


def written_to(them: Cast) -> dict[str, Any]:
    """A planned mail, a summary that went out, an article, and a text."""
    planned = Touch.objects.get(prospect=them.prospects[1], kind="confirmation", channel="email")
    sent = Touch.objects.create(
        prospect=them.sofia, kind="summary", channel="email", lane=10, title="Summary", zone="UTC", due_at=NOW,
        planned_at=NOW, because_rule="D1", because_text="Right after the call.", state="done", closed_at=NOW,
    )  # fmt: skip
    text = {"language": "en", "text_key": "confirmation"}
    return text | {"mail": planned.pk, "summary": sent.pk, "article_id": an_article(them).pk}


def an_answer(mailbox: Mailbox, prospect: Prospect) -> IncomingMail:
    return IncomingMail.objects.create(
        mailbox=mailbox, uid_validity=1, uid=1, taken_at=NOW, kind="reply", because="A person wrote.", prospect=prospect
    )


def an_article(them: Cast) -> Article:
    file = HandedIn("tides.pdf", 4, [b"%PDF"])
    return add_article(by=them.rosa, fields=ArticleFields("Tides"), file=file, for_house=False, now=NOW)


def address(pattern: URLPattern, of: dict[str, Any], them: Cast) -> str:
    name = str(pattern.name)
    pk = of["prospect"].pk
    if name.startswith("appointment"):
        pk = of["with_appointment"].pk
    elif name.startswith("import"):
        pk = of["run"].pk
    elif name.startswith("mailbox"):
        pk = of["mailbox"].pk
    elif name.startswith("settings"):
        pk = them.rosa.pk
    elif name.startswith("script"):
        of = of | {"name": MAP.partition("/")[2]}
    wanted = set(pattern.pattern.converters)
    return reverse(name, kwargs=arguments(wanted, of | {"pk": pk} | of_mail(name, of)))


def of_mail(name: str, of: dict[str, Any]) -> dict[str, Any]:
    """Mails' pages speak of another touch, and the links in mails carry tokens of their own."""
    if name.startswith("mail-text"):
        return {"key": of["text_key"]}
    if name.startswith("mail-"):
        return {"touch_id": of["mail"]}
    if name == "answer-confirm":
        return {"token": token_in(confirm_url(of["summary"]))}
    return {"token": token_in(stop_url(of["prospect"].pk, "a@b.example"))} if name == "answer-stop" else {}


def token_in(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def what_they_send(name: str, of: dict[str, Any], them: Cast) -> dict[str, Any]:
    """Enough for every form: whoever is let in would really do it."""
    return {
        "key": "from-the-page",
        "ids": [of["prospect"].pk],
        "other": of["with_appointment"].pk,
        "reason": "They asked",
        "text": "A note",
        "proof": "By telephone, today",
        "moment": "2026-12-01T10:00",
        "qualification": "unqualified",
        "owner": "" if name.startswith("import") else str(them.max.pk),
        "cadence": "general",
        "kind": "phone",
        "value": "+49 40 5550188",
        "label": "office",
        "state": "real" if name == "turned_out" else "kept",
        "was_sent": "yes",
        "fence": "0",
        "name": "East",
        "qualified": "yes",
        "duplicates": "merge",
        "mode": "good_rows",
        "subject": "Hello",
        "markdown": "Hello",
        "body": "Hello",
        "article": "none",
        "version": MailText.objects.get(key="confirmation", language="en").pk,
    }


def test_every_page_has_its_line() -> None:
    assert {str(pattern.name) for pattern in every_page()} == set(PAGES)


def test_each_page_for_everybody(them: Cast, roster: list[Client], belongings: dict[str, Any]) -> None:
    found = {}
    for name, (method, _) in PAGES.items():
        where, sent = address(page(name), belongings, them), what_they_send(name, belongings, them)
        found[name] = method, tuple(status(client, method, where, sent) for client in roster)
    assert found == PAGES


def test_refused_posts_change_nothing(them: Cast, roster: list[Client], belongings: dict[str, Any]) -> None:
    before = snapshot()
    for name, (_, codes) in POSTS.items():
        where, sent = address(page(name), belongings, them), what_they_send(name, belongings, them)
        for place, (client, code) in enumerate(zip(roster, codes, strict=True)):
            if place == 0 or code in (403, 404):
                ask(client, "POST", where, sent)
        assert (name, snapshot()) == (name, before)


def test_doing_is_never_a_link(them: Cast, roster: list[Client], belongings: dict[str, Any]) -> None:
    """What changes something is not to be had by following an address."""
    ada = roster[-1]
    found = {name: ada.get(address(page(name), belongings, them)).status_code for name in POSTS}
    assert found == dict.fromkeys(POSTS, 405)


def page(name: str) -> URLPattern:
    return next(each for each in every_page() if each.name == name)


def status(client: Client, method: str, where: str, sent: dict[str, Any]) -> int:
    """The answer's code; whatever it wrote is taken back, so that everybody meets the same house."""
    undo = transaction.savepoint()
    code = ask(client, method, where, sent)
    transaction.savepoint_rollback(undo)
    return code


def ask(client: Client, method: str, where: str, sent: dict[str, Any]) -> int:
    answer = client.post(where, sent) if method == "POST" else client.get(where)
    return answer.status_code
