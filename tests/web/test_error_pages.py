"""When something goes wrong, the page says what, and what to do; it needs neither session nor database."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.cast import PASSWORD, cast


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_stands_alone(page: str) -> None:
    shown = render_to_string(page)
    assert "<h1" in shown
    assert "{%" not in shown


@pytest.mark.django_db
def test_form_without_its_token_is_answered_with_the_houses_own_page() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast(people=0).rosa)
    answer = client.post("/touches/1/completion")
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


@pytest.mark.django_db
def test_log_in_says_what_is_wrong_and_keeps_the_name() -> None:
    cast(people=0)
    answer = Client().post("/login/", {"login": "rosa", "password": f"not {PASSWORD}"})
    shown = answer.content.decode()
    assert 'value="rosa"' in shown
    assert "notice-error" in shown


@pytest.mark.django_db
def test_strict_policy_leaves_no_inline_code() -> None:
    client = Client()
    found = cast(people=1)
    client.force_login(found.rosa)
    for path in ("/today/", f"/prospects/{found.sofia.pk}/call/"):
        answer = client.get(path)
        shown = answer.content.decode()
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert " style=" not in shown
        assert " onclick=" not in shown
        assert "<script>" not in shown
