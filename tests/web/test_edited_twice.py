"""One prospect, one cadence, edited in two tabs or by two people; and drafts that are over once they are saved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ringback.actions.publishing import publish_cadence
from ringback.models import Activity, CadenceVersion, Prospect, User
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]


def fields_of(page: Any) -> dict[str, str]:
    """What a browser would send if nothing was changed."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    opened = re.search(r'name="opened" value="([^"]*)"', page.content.decode())
    sent = {name: "" if value is None else str(value) for name, value in values.items()}
    return sent | ({"opened": html.unescape(opened[1])} if opened else {})


def draft_on(page: Any, form: str) -> str:
    found = re.search(rf'data-draft="({form}[^"]*)"', page.content.decode())
    assert found
    return found[1]


def edit_url(them: Cast) -> str:
    return f"/prospects/{them.sofia.pk}/edit"


def test_each_tab_writes_only_what_was_changed_in_it(them: Cast, as_user: AsUser) -> None:
    rosa, max_ = as_user(them.rosa), as_user(them.max)
    first, second = (fields_of(each.get(edit_url(them))) for each in (rosa, max_))
    assert rosa.post(edit_url(them), first | {"job_title": "Owner"}).status_code == 302
    assert max_.post(edit_url(them), second | {"city": "Ravenna"}).status_code == 302
    sofia = Prospect.objects.get(pk=them.sofia.pk)
    assert (sofia.job_title, sofia.city) == ("Owner", "Ravenna")
    last = Activity.objects.filter(prospect=sofia, verb="changed").latest("pk")
    assert (last.by, last.text) == (them.max, "Changed: city.")


def test_one_field_changed_by_both_is_said_and_saved_when_it_is_saved_again(them: Cast, as_user: AsUser) -> None:
    rosa, max_ = as_user(them.rosa), as_user(them.max)
    first, second = (fields_of(each.get(edit_url(them))) for each in (rosa, max_))
    rosa.post(edit_url(them), first | {"job_title": "Owner"})
    answer = max_.post(edit_url(them), second | {"job_title": "Buyer", "city": "Ravenna"})
    assert answer.status_code == 422
    assert "Somebody has changed this meanwhile to “Owner”" in answer.content.decode()
    assert fields_of(answer)["job_title"] == "Buyer"
    assert max_.post(edit_url(them), fields_of(answer)).status_code == 302
    sofia = Prospect.objects.get(pk=them.sofia.pk)
    assert (sofia.job_title, sofia.city) == ("Buyer", "Ravenna")


def test_the_same_change_twice_is_no_conflict(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    sent = fields_of(client.get(edit_url(them))) | {"job_title": "Owner"}
    assert [client.post(edit_url(them), sent).status_code for _ in range(2)] == [302, 302]


def test_notes_with_line_ends_are_not_taken_for_changed(them: Cast, as_user: AsUser) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(notes="One\nTwo", zone="", possible_zones=["Europe/Rome"])
    client = as_user(them.rosa)
    sent = fields_of(client.get(edit_url(them)))
    client.post(edit_url(them), sent | {"notes": sent["notes"].replace("\n", "\r\n"), "job_title": "Owner"})
    assert Activity.objects.filter(prospect=them.sofia, verb="changed").get().text == "Changed: job title."
    assert Prospect.objects.get(pk=them.sofia.pk).possible_zones == ["Europe/Rome"]


@pytest.mark.parametrize("rubbish", ["", "[]", "{", '{"job_title": 7}', "null"])
def test_a_form_that_does_not_say_what_it_was_opened_with_is_saved_as_it_is(
    rubbish: str, them: Cast, as_user: AsUser
) -> None:
    client = as_user(them.rosa)
    sent = fields_of(client.get(edit_url(them))) | {"opened": rubbish, "city": "Ravenna"}
    assert client.post(edit_url(them), sent).status_code == 302
    assert Prospect.objects.get(pk=them.sofia.pk).city == "Ravenna"


def forgotten(page: Any) -> str:
    found = re.search(r'data-draft-done="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def test_draft_of_a_note_is_forgotten_once_it_is_noted_and_kept_while_it_is_refused(
    them: Cast, as_user: AsUser
) -> None:
    client, where = as_user(them.rosa), f"/prospects/{them.sofia.pk}/notes"
    draft = draft_on(client.get(f"/prospects/{them.sofia.pk}/"), "note")
    assert forgotten(client.post(where, {"text": "n" * 5000, "draft": draft}, follow=True)) == ""
    assert forgotten(client.post(where, {"text": "Short", "draft": draft}, follow=True)) == draft


def test_draft_of_what_was_saved_is_forgotten_and_none_of_older_values_is_laid_over_newer_ones(
    them: Cast, as_user: AsUser
) -> None:
    client = as_user(them.rosa)
    page = client.get(edit_url(them))
    draft = draft_on(page, "prospect")
    assert draft_on(client.get(edit_url(them)), "prospect") == draft
    saved = client.post(edit_url(them), fields_of(page) | {"job_title": "Owner"}, follow=True)
    assert forgotten(saved) == draft
    assert draft_on(client.get(edit_url(them)), "prospect") != draft


def test_draft_of_somebody_new_is_forgotten_once_they_are_in(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    page = client.get("/prospects/new")
    sent = fields_of(page) | {"first_name": "Ivo", "phone": "+49 40 5550123"}
    assert forgotten(client.post("/prospects/new", sent, follow=True)) == draft_on(page, "prospect") == "prospect-new"


def test_draft_of_a_cadence_belongs_to_the_version_that_was_opened(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.max)
    page = client.get("/cadences/general/edit")
    draft, text = draft_on(page, "cadence"), page.context["form"]["text"].value()
    saved = client.post("/cadences/general/edit", {"text": text.replace("General rhythm", "Rhythm", 1)}, follow=True)
    assert forgotten(saved) == draft
    document = CadenceVersion.objects.get(name="general", retired_at=None).document
    publish_cadence(by=them.max, document=document | {"title": "Ours"}, now=NOW)
    assert draft_on(client.get("/cadences/general/edit"), "cadence") != draft
