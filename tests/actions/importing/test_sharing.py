"""An import beside others who write: nobody comes in twice, and its transactions become short."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from ringback.actions.carrying_out import once
from ringback.actions.errors import Refused
from ringback.actions.importing import Counts, ImportOptions, Report, register_import, run_import, turns
from ringback.actions.importing.chunks import ChunkWriter
from ringback.actions.importing.options import Duplicates
from ringback.actions.importing.reading import open_reading
from ringback.actions.importing.turns import Turns
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect, change_prospect
from ringback.adapters.sqlite3 import Sign, others_wait
from ringback.models import Company, ContactPoint, ImportRun, Prospect, User
from tests.actions.test_racing import at_once
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)

OPTIONS = ImportOptions(region="DE")


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast(people=0)


@pytest.fixture
def path(tmp_path):
    rows = [f"Ann,Berg{at},Firm {at % 50},+49 30 {2_000_000 + at}" for at in range(450)]
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name,Company,Phone\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def bring_in(by: User, path: Path, key: str, options: ImportOptions = OPTIONS) -> Counts:
    given = {"file": path, "file_name": "list.csv", "mapping": {}, "options": options}
    return run_import(by=by, key=key, now=NOW, **given)[1].counts


def elsewhere(do):
    """What comes of it on a connection of its own, committed when this returns."""

    def run():
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_two_imports_at_once_bring_each_person_once(people, path):
    counts = at_once(lambda: bring_in(people.max, path, "one"), lambda: bring_in(people.max, path, "two"))
    assert [sum(tally) for tally in zip(*[(each.added, each.skipped) for each in counts], strict=True)] == [450, 450]
    assert (Prospect.objects.count(), ContactPoint.objects.count(), Company.objects.count()) == (450, 450, 50)


def test_person_whom_somebody_enters_after_the_look_is_known(people, path):
    run = register_import(by=people.max, file_name="list.csv", mapping={}, options=OPTIONS, key="k", now=NOW)
    ImportRun.objects.update(state=ImportRun.RUNNING)
    writer = ChunkWriter(run, people.max, OPTIONS, Report(Counts()), NOW)
    chunk = next(open_reading(path, {}, OPTIONS).chunks())
    looked = writer.look_ahead(chunk.entries)
    fields = ProspectFields(shown_name="Ann Berg7", contact_points=(PointFields("phone", "+49302000007"),))
    elsewhere(lambda: add_prospect(by=people.max, fields=fields, now=NOW))
    with once():
        writer.write(chunk, looked)
    assert (writer.report.counts.added, writer.report.counts.skipped) == (chunk.read - 1, 1)
    assert ContactPoint.objects.filter(value="+49302000007").count() == 1


def test_what_was_made_ready_and_not_wanted_is_not_written(people, path):
    """A look may be for nothing; the next one takes its place, with the same ids."""
    run = register_import(by=people.max, file_name="list.csv", mapping={}, options=OPTIONS, key="k", now=NOW)
    ImportRun.objects.update(state=ImportRun.RUNNING)
    writer = ChunkWriter(run, people.max, OPTIONS, Report(Counts()), NOW)
    unwanted, chunk, *_ = open_reading(path, {}, OPTIONS).chunks()
    writer.look_ahead(unwanted.entries)
    looked = writer.look_ahead(chunk.entries)
    with once():
        writer.write(chunk, looked)
    assert Prospect.objects.count() == ContactPoint.objects.count() == chunk.read
    assert set(Prospect.objects.values_list("shown_name", flat=True)) == {each.shown_name for each in chunk.entries}
    assert set(Prospect.objects.values_list("company__name", flat=True)) == {f"Firm {at}" for at in range(50)}


@pytest.mark.one_writer
def test_transactions_are_short_from_the_moment_on_that_somebody_else_writes(people):
    importing = Turns()
    with importing.taken():
        User.objects.filter(pk=people.max.pk).update(first_name="Maximilian")
    assert importing.rows() == 3_000
    elsewhere(lambda: User.objects.filter(pk=people.max.pk).update(first_name="Max"))
    assert importing.rows() == 300


@pytest.mark.one_writer
def test_whoever_waits_for_the_lock_goes_before_the_next_transaction(people):
    """SQLite itself hears nobody wait: without a sign of it, an import would have the lock again at once."""
    importing, order = Turns(), []

    def page() -> None:
        with once():
            order.append("page")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        for _ in range(5):
            with importing.taken():
                order.append("import")
                waiting = pool.submit(page)
                until = time.monotonic() + 20
                while not others_wait() and time.monotonic() < until:
                    time.sleep(0.001)
            with importing.taken():
                order.append("import")
            waiting.result()
    assert order == ["import", "page", "import"] * 5


def test_what_somebody_says_between_look_and_change_is_kept(people, path, monkeypatch):
    """On PostgreSQL pages write while an import does; on SQLite it has the lock by then, and looks anew if it must."""
    path.write_text("Name,Phone\nAnna Berg,+49301234567\n", encoding="utf-8")
    bring_in(people.max, path, "one")
    anna = Prospect.objects.get()
    fields = ProspectFields(city="Bonn", notes="typed by hand", tags=("hand",))
    look = ChunkWriter._look

    def looked_and_then(writer, *given):
        looked = look(writer, *given)
        if connection.in_atomic_block == (connection.vendor == "postgresql"):
            elsewhere(lambda: change_prospect(by=people.max, prospect=anna, fields=fields, now=NOW))
        return looked

    monkeypatch.setattr(ChunkWriter, "_look", looked_and_then)
    path.write_text("Name,Phone,City,Notes,Tags\nAnna Berg,+49301234567,Berlin,from the list,list\n", encoding="utf-8")
    counts = bring_in(people.max, path, "two", replace(OPTIONS, duplicates=Duplicates.MERGE))
    anna.refresh_from_db()
    assert (anna.city, anna.notes, anna.tags) == ("Bonn", "typed by hand\n\nfrom the list", ["hand", "list"])
    assert counts.changed == 1


@pytest.mark.one_writer
def test_rows_that_come_one_by_one_let_others_go_first_too(people, path, monkeypatch):
    gave_way = []
    monkeypatch.setattr(turns, "others_wait", lambda: gave_way.append(1))
    write = ChunkWriter.write

    def refuse_many(writer, chunk, looked=None):
        if len(chunk.entries) > 1:
            raise Refused("One of them cannot be stored.")
        write(writer, chunk, looked)

    monkeypatch.setattr(ChunkWriter, "write", refuse_many)
    assert bring_in(people.max, path, "one").added == 450
    assert len(gave_way) > 450


@pytest.mark.one_writer
def test_whoever_waits_and_never_comes_holds_nobody_up(people):
    """As a stopped process does."""
    begun = time.monotonic()
    with Sign(Path(connection.settings_dict["NAME"])), Turns().taken():
        waited = time.monotonic() - begun
    assert 0.2 < waited < 5


@pytest.mark.parametrize(("update", "many"), [("update", True), ("skip", False)])
def test_people_who_stand_in_the_list_twice_count_as_known_who_are_changed(people, path, update, many):
    """Changing somebody takes a hundred times as long as adding: such rows go in small transactions."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([first, *lines[:15], *lines[:15]]) + "\n", encoding="utf-8")
    options = replace(OPTIONS, duplicates=Duplicates(update))
    run = register_import(by=people.max, file_name="list.csv", mapping={}, options=options, key="k", now=NOW)
    writer = ChunkWriter(run, people.max, options, Report(Counts()), NOW)
    (chunk,) = open_reading(path, {}, options).chunks()
    assert writer.changes_many(writer._look(chunk.entries)) is many
