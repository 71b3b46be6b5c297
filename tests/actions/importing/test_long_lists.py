"""A list long enough for a judging process of its own: each row once, also when the import is cut off half-way."""

from __future__ import annotations

import pytest

from ringback.actions.importing import ImportOptions, Mode, preview_import, run_import
from ringback.adapters.judging import worth_a_process
from ringback.models import Activity, ContactPoint, ImportRun, Prospect
from tests.cast import NOW, cast

pytestmark = pytest.mark.django_db

ROWS = 9_000


@pytest.fixture
def by():
    return cast(people=0).max


@pytest.fixture
def path(tmp_path):
    """Every hundredth person is in it twice, and one row reaches nobody."""
    lines = ["First Name,Last Name,Company,Phone,Email,Notes\n"]
    for at in range(ROWS):
        number = 2_000_000 + (at - 1 if at % 100 == 99 else at)
        lines.append(
            f"Anna,Berg{at},Firm {at % 900},+49 30 {number},a{number}@berg.example.com,{'met at the fair ' * 2}\n"
        )
    lines.append("Nobody,,,,,\n")
    path = tmp_path / "list.csv"
    path.write_text("".join(lines), encoding="utf-8")
    assert worth_a_process(path)
    return path


def bring_in(by, path, *, mode=Mode.GOOD_ROWS, on_progress=None):
    return run_import(
        by=by, file=path, file_name=path.name, mapping={}, options=ImportOptions(region="DE", mode=mode), key="long",
        now=NOW, on_progress=on_progress,
    )  # fmt: skip


def test_cut_off_import_goes_on_and_brings_each_row_once(by, path):
    seen = []

    def pull_the_plug(_share, report):
        seen.append(report.counts.added)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(by, path, on_progress=pull_the_plug)
    assert 0 < seen[0] < seen[1] == Prospect.objects.count() < ROWS // 2 + ROWS // 4
    run, report = bring_in(by, path)
    assert (run.state, report.counts.read, report.counts.added) == (ImportRun.DONE, ROWS + 1, ROWS * 99 // 100)
    assert (report.counts.skipped, report.counts.refused) == (ROWS // 100, 1)
    assert Prospect.objects.values("last_name").distinct().count() == Prospect.objects.count() == ROWS * 99 // 100
    assert ContactPoint.objects.count() == 2 * Prospect.objects.count()
    texts = set(Activity.objects.exclude(prospect=None).values_list("text", flat=True))
    assert len(texts) == Prospect.objects.count()


def test_dry_run_says_what_the_import_does(by, path):
    counts = preview_import(by=by, file=path, mapping={}, options=ImportOptions(region="DE")).report.counts
    assert not Prospect.objects.exists()
    assert bring_in(by, path)[1].counts == counts


def test_all_or_nothing_brings_nothing_for_one_bad_row(by, path):
    run, report = bring_in(by, path, mode=Mode.ALL_OR_NOTHING)
    assert (run.state, report.counts.refused, Prospect.objects.count()) == (ImportRun.FAILED, 1, 0)
