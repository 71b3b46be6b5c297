"""Bringing a file in through the pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ringback.models import ImportRun, Prospect, User
from ringback.worker import uploads
from ringback.worker.importing import bring_in, next_run
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]
LIST = "Vorname;Nachname;Telefon;Sonstiges\nIvo;Lind;040 5550123;=1+1\nMia;Falk;keine Nummer;x\n;;;\n"
CHOSEN = {"qualified": "yes", "duplicates": "merge", "mode": "good_rows", "region": "DE", "key": "page-1"}


def hand_in(client: Client, text: str = LIST, name: str = "liste.csv") -> str:
    """The address of the page on which the columns are chosen."""
    answer = client.post("/imports/", {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302
    return answer["Location"]


def perform() -> None:
    run = next_run()
    assert run is not None
    bring_in(run, NOW)


def test_columns_are_guessed_and_nothing_is_written(them: Cast, as_user: AsUser) -> None:
    before = Prospect.objects.count()
    page = as_user(them.rosa).get(hand_in(as_user(them.rosa)))
    assert [column.field for column in page.context["columns"]] == ["first_name", "last_name", "phone", "-"]
    assert dict(page.context["figures"])["New"] == "1"
    assert Prospect.objects.count() == before


def test_columns_without_a_value_stand_aside_and_can_be_chosen_all_the_same(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client, "Name,Fax,Phone,Town\nIvo Lind,,+49 40 5550123,\n", "list.csv")
    page = client.get(where)
    assert [column.header for column in page.context["columns"]] == ["Name", "Phone"]
    assert [column.header for column in page.context["empty_columns"]] == ["Fax", "Town"]
    assert 'name="column-3"' in page.content.decode()


@pytest.mark.parametrize(("rows", "said"), [("", "It is in."), (",no number\n", "but for 1 row that was refused")])
def test_what_was_refused_is_said_where_it_says_that_it_is_in(
    rows: str, said: str, them: Cast, as_user: AsUser
) -> None:
    client = as_user(them.rosa)
    where = hand_in(client, f"Name,Phone\nIvo Lind,+49 40 5550123\n{rows}", "list.csv")
    report = client.post(f"{where}run", CHOSEN)["Location"]
    perform()
    assert said in client.get(report).content.decode()


def test_file_is_brought_in_by_the_worker_and_reported(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client)
    report = client.post(f"{where}run", CHOSEN)["Location"]
    assert client.get(report).context["under_way"]
    perform()
    page = client.get(report)
    assert (page.context["run"].state, page.context["under_way"]) == (ImportRun.DONE, False)
    made = Prospect.objects.get(last_name="Lind")
    assert (made.qualification, made.owner, made.custom) == ("qualified", them.rosa, {"Sonstiges": "=1+1"})
    lines = b"".join(client.get(f"{report}report.csv")).decode().splitlines()
    assert lines[0].lstrip("\ufeff") == "line,field,kind,why,value"
    assert any(line.startswith("3,Telefon,") for line in lines)


def test_same_press_twice_is_one_run(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client)
    assert client.post(f"{where}run", CHOSEN)["Location"] == client.post(f"{where}run", CHOSEN)["Location"]
    assert ImportRun.objects.count() == 1


def test_column_can_be_given_another_meaning(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client)
    client.post(f"{where}run", CHOSEN | {"column-3": "notes"})
    perform()
    assert "=1+1" in Prospect.objects.get(last_name="Lind").notes


def test_all_or_nothing_brings_in_nothing_and_can_be_tried_again(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client, "Name,Phone\nIvo Lind,+49 40 5550123\n,no number\n", "list.csv")
    report = client.post(f"{where}run", CHOSEN | {"mode": "all_or_nothing"})["Location"]
    perform()
    page = client.get(report)
    assert (page.context["run"].state, page.context["again"]) == (ImportRun.FAILED, True)
    assert not Prospect.objects.filter(last_name="Lind").exists()
    client.post(f"{where}run", CHOSEN | {"key": "page-2"})
    perform()
    assert Prospect.objects.filter(last_name="Lind").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", b"PK\x03\x04 broken"),
        ("list.csv", b"%PDF-1.7 not a list"),
        ("list.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused_in_words(
    name: str, content: bytes, them: Cast, as_user: AsUser
) -> None:
    client = as_user(them.rosa)
    answer = client.post("/imports/", {"file": SimpleUploadedFile(name, content)})
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert page.context["problem"]


def test_empty_file_and_no_file_are_answered_at_once(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    assert client.post("/imports/", {}).status_code == 422
    assert client.post("/imports/", {"file": SimpleUploadedFile("list.csv", b"")}).status_code == 422


def test_file_that_is_gone_fails_with_words(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    where = hand_in(client)
    report = client.post(f"{where}run", CHOSEN)["Location"]
    uploads.remove(where.rstrip("/").rpartition("/")[2])
    perform()
    assert client.get(report).context["run"].state == ImportRun.FAILED


def test_old_uploads_are_forgotten(them: Cast, as_user: AsUser) -> None:
    where = hand_in(as_user(them.rosa))
    token = where.rstrip("/").rpartition("/")[2]
    assert uploads.find(token) is not None
    from datetime import UTC, datetime

    uploads.remove_old(datetime.fromtimestamp(uploads.find(token).path.stat().st_mtime, UTC) + timedelta(days=8))
    assert uploads.find(token) is None


@pytest.mark.parametrize("token", ["../../secret-key", "x" * 32, ""])
def test_token_that_was_never_given_finds_nothing(token: str) -> None:
    assert uploads.find(token) is None


@pytest.mark.django_db(transaction=True)
def test_importer_works_in_a_thread_of_its_own(a_minute_later: None, as_user: AsUser) -> None:
    from ringback.worker.importing import Importer
    from tests.cast import cast

    found = cast(people=1)
    where = hand_in(as_user(found.rosa))
    as_user(found.rosa).post(f"{where}run", CHOSEN)
    importer = Importer()
    assert importer.look(NOW)
    importer.wait(30)
    assert Prospect.objects.filter(last_name="Lind").exists()
    assert not importer.look(NOW)
    assert threading.active_count() >= 1
