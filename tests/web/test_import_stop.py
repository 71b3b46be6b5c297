"""An import that was begun by mistake is stopped on its way, and goes on when it is wanted after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ringback.actions import steering_imports
from ringback.actions.errors import Refused
from ringback.actions.importing import ImportOptions, Report, perform_import, register_import
from ringback.models import Activity, ImportRun, Prospect, User
from ringback.worker import uploads
from ringback.worker.importing import Stopped, bring_in, next_run, watched
from tests.cast import NOW, Cast
from tests.web.test_imports import CHOSEN, hand_in

AsUser = Callable[[User], Client]
ROWS = 4_500
LONG = "Name,E-mail\n" + "".join(f"Person {n},person{n}@long.example\n" for n in range(ROWS))


def begun(client: Client, text: str = LONG, **options: Any) -> ImportRun:
    client.post(f"{hand_in(client, text, 'long.csv')}run", CHOSEN | options)
    return ImportRun.objects.latest("pk")


def came_in() -> int:
    return Prospect.objects.filter(shown_name__startswith="Person ").count()


def stopped_after_a_chunk(run: ImportRun, by: User, *, at: float = 0.0) -> list[float]:
    """Bring it in as the worker does, with somebody who presses “Stop” once the share `at` is done."""
    seen = []

    def press(share: float, report: Report) -> None:
        seen.append(ImportRun.objects.get(pk=run.pk).bytes_done)
        if share >= at:
            steering_imports.ask_to_stop(by=by, run=run, now=NOW)
        watched(run)(share, report)

    upload = uploads.find(run.stored_as)
    assert upload is not None
    with pytest.raises(Stopped):
        perform_import(run=run, file=upload.path, now=NOW, on_progress=press)
    # The press was in another connection: it is not taken back with what was being written.
    ImportRun.objects.filter(pk=run.pk).update(stopped_by=by)
    steering_imports.stop(run=run, now=NOW)
    run.refresh_from_db()
    return seen


def test_one_that_waits_never_begins(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    run = begun(client)
    page = client.post(f"/imports/{run.pk}/stop", follow=True)
    assert (page.context["run"].state, page.context["under_way"]) == (ImportRun.STOPPED, False)
    assert "Stopped by Rosa Lindqvist; nothing was brought in." in page.content.decode()
    assert next_run() is None


def test_one_under_way_keeps_what_came_in_and_goes_on_with_each_row_once(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    run = begun(client)
    stopped_after_a_chunk(run, them.rosa)
    assert (run.state, 0 < came_in() < ROWS) == (ImportRun.STOPPED, True)
    assert run.message == f"Stopped by Rosa Lindqvist after {came_in():,} rows; what came in until then stays."
    assert Activity.objects.filter(verb="imported", by=them.rosa, text__contains="Stopped by Rosa").count() == 1
    assert "Go on where it stood" in client.get(f"/imports/{run.pk}/").content.decode()
    client.post(f"/imports/{run.pk}/resumption")
    waiting = next_run()
    assert waiting is not None
    bring_in(waiting, NOW)
    run.refresh_from_db()
    assert (run.state, run.counts["read"], came_in()) == (ImportRun.DONE, ROWS, ROWS)


@pytest.mark.parametrize("at", [0.0, 0.6], ids=["while it is looked through", "while it is written"])
def test_all_or_nothing_is_nothing(at: float, them: Cast, as_user: AsUser) -> None:
    run = begun(as_user(them.rosa), mode="all_or_nothing")
    seen = stopped_after_a_chunk(run, them.rosa, at=at)
    assert (run.state, came_in()) == (ImportRun.STOPPED, 0)
    assert run.message == "Stopped by Rosa Lindqvist; nothing was brought in."
    assert bool(seen[-1]) == bool(at)


def test_wish_outlives_a_crash_of_the_worker(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    run = begun(client)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.RUNNING)
    assert "Stopping after the rows in hand" in client.post(f"/imports/{run.pk}/stop", follow=True).content.decode()
    interrupted = next_run()
    assert interrupted is not None
    bring_in(interrupted, NOW)
    run.refresh_from_db()
    assert (run.state, came_in()) == (ImportRun.STOPPED, 0)


def test_what_is_over_is_not_stopped_and_what_was_not_stopped_does_not_go_on(them: Cast, as_user: AsUser) -> None:
    run = begun(as_user(them.rosa), "Name,Phone\nIvo Lind,+49 40 5550123\n")
    with pytest.raises(Refused):
        steering_imports.go_on(by=them.rosa, run=run)
    bring_in(run, NOW)
    with pytest.raises(Refused, match="over"):
        steering_imports.ask_to_stop(by=them.rosa, run=run, now=NOW)


def test_manager_stops_it_and_only_whoever_handed_it_in_lets_it_go_on(them: Cast, as_user: AsUser) -> None:
    run, max_ = begun(as_user(them.rosa)), as_user(them.max)
    assert "Stopped by Max Okonkwo" in max_.post(f"/imports/{run.pk}/stop", follow=True).content.decode()
    assert "Go on where it stood" not in max_.get(f"/imports/{run.pk}/").content.decode()
    max_.post(f"/imports/{run.pk}/resumption")
    run.refresh_from_db()
    assert run.state == ImportRun.STOPPED


def test_what_a_command_brings_in_is_stopped_in_its_terminal(them: Cast, as_user: AsUser) -> None:
    key = {"file_name": "list.csv", "mapping": {}, "options": ImportOptions(), "key": "command", "now": NOW}
    run = register_import(by=them.rosa, **key)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.RUNNING)
    page = as_user(them.rosa).get(f"/imports/{run.pk}/")
    assert (page.context["under_way"], page.context["can_stop"], page.context["asleep"]) == (True, False, False)


def test_failed_file_is_tried_again_by_whoever_handed_it_in_only(them: Cast, as_user: AsUser) -> None:
    run = begun(as_user(them.rosa), "Name,Phone\nIvo Lind,+49 40 5550123\n,none\n", mode="all_or_nothing")
    bring_in(run, NOW)
    offer = "Change the columns or options and try again"
    offers = [offer in as_user(who).get(f"/imports/{run.pk}/").content.decode() for who in (them.rosa, them.max)]
    assert offers == [True, False]
