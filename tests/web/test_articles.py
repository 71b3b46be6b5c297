"""The library of articles: files, links and texts, kept safely and handed out only as files (A8)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ringback.actions import articles
from ringback.models import Article, User
from ringback.queries.articles import attachment_of
from tests.cast import Cast

AsUser = Callable[[User], Client]


def add(client: Client, **sent: Any) -> Any:
    return client.post("/mail/articles/new/", {"title": "Tides", **sent})


def folder() -> Path:
    return Path(settings.DATA) / "articles"


@pytest.mark.parametrize(
    "name", ["../../evil.html", "a\r\nX: y.pdf", "C:\\dir\\tides.svg", "tides.html", '"quoted".pdf']
)
def test_a_file_is_kept_under_a_name_nobody_can_guess_and_handed_out_as_a_file(
    them: Cast, as_user: AsUser, name: str
) -> None:
    rosa = as_user(them.rosa)
    answer = add(rosa, file=SimpleUploadedFile(name, b"<script>alert(1)</script>", content_type="text/html"))
    row = Article.objects.get()
    assert answer.status_code == 302
    assert len(row.stored_as) >= 40
    assert (folder() / row.stored_as).read_bytes() == b"<script>alert(1)</script>"
    assert row.owner == them.rosa
    given = rosa.get(f"/mail/articles/{row.pk}/file")
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in given.headers["Content-Disposition"]
    assert Client().get(f"/mail/articles/{row.pk}/file").status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or give a link or a text."),
        ({"link": "https://example.com", "text": "x"}, "One article is one thing"),
        ({"link": "javascript:alert(1)"}, "A link begins with https://"),
        ({"link": "https://"}, "A link begins with https://"),
        ({"title": " ", "text": "x"}, "This field is required"),
        ({"text": "x", "topics": ",".join(str(number) for number in range(20))}, "At most 12 topics"),
        ({"text": "nul \x00"}, "Null characters are not allowed"),
    ],
)
def test_what_is_no_article_is_refused_in_words(them: Cast, as_user: AsUser, sent: dict[str, str], said: str) -> None:
    answer = add(as_user(them.rosa), **sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Article.objects.exists()


def test_a_file_that_is_too_large_leaves_nothing_behind(
    them: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "LARGEST_FILE", 3)
    before = set(folder().iterdir()) if folder().exists() else set()
    answer = add(as_user(them.rosa), file=SimpleUploadedFile("a.pdf", b"1234"))
    assert answer.status_code == 422
    assert (set(folder().iterdir()) if folder().exists() else set()) == before


def test_only_managers_add_for_the_house(them: Cast, as_user: AsUser) -> None:
    add(as_user(them.rosa), text="x", for_house="on")
    add(as_user(them.max), text="x", for_house="on", title="Ours")
    add(as_user(them.max), text="x", title="His")
    owners = dict(Article.objects.values_list("title", "owner"))
    assert owners == {"Tides": them.rosa.pk, "Ours": None, "His": them.max.pk}
    page = as_user(them.rosa).get("/mail/articles/").content.decode()
    assert [title in page for title in ("Tides", "Ours", "His")] == [True, True, False]


def test_A8_topics_promise_and_language_are_kept(them: Cast, as_user: AsUser) -> None:
    add(
        as_user(them.rosa),
        link=" https://example.com/a ",
        topics="sailing, small  depots;,",
        promise="calm",
        language="de",
    )
    row = Article.objects.get()
    assert (row.link, row.topics, row.promise, row.language) == (
        "https://example.com/a", ["sailing", "small depots"], "calm", "de",
    )  # fmt: skip
    assert attachment_of(row) is None


def test_a_text_is_attached_as_a_page_that_runs_nothing(them: Cast, as_user: AsUser) -> None:
    add(as_user(them.rosa), text="**Wind** <script>x</script>", title='Wind/Waves: "a"')
    found = attachment_of(Article.objects.get())
    assert found is not None
    assert found.name == "Wind Waves   a.html"
    assert b"<strong>Wind</strong> &lt;script&gt;" in found.content


def test_what_was_taken_out_is_chosen_no_more(them: Cast, as_user: AsUser) -> None:
    rosa = as_user(them.rosa)
    add(rosa, text="x")
    row = Article.objects.get()
    assert as_user(them.otto).post(f"/mail/articles/{row.pk}/retirement").status_code == 404
    rosa.post(f"/mail/articles/{row.pk}/retirement")
    row.refresh_from_db()
    assert row.retired_at is not None
    assert "Taken out" in rosa.get("/mail/articles/").content.decode()
