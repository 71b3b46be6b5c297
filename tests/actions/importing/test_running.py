"""A file goes in: each row once, or not at all, and nothing lost on the way."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ringback.actions.errors import Refused
from ringback.actions.importing import (
    ImportOptions,
    Mode,
    preview_import,
    run_import,
    stored_findings,
)
from ringback.adapters.files import UnreadableFile
from ringback.domain.vocabulary import Qualification
from ringback.models import (
    Activity,
    Company,
    ContactPoint,
    ImportFinding,
    ImportRun,
    Prospect,
    Suppression,
)
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db

LONG = 3_600  # more than go into one transaction

LIST = """Name;Telefon;E-Mail;Firma;Land;Owner
Anna Berg;030 1234567;anna@berg.example.com;Acme;Deutschland;
Ben Cole;415 555 2671;;ACME;USA;Max Okonkwo
;0171 1234567;;;Deutschland;
Nobody;;;;;
"""


@pytest.fixture
def people() -> Cast:
    return cast(people=0)


def brought_in(by, content: str | bytes = LIST, *, key: str = "k1", mapping=None, on_progress=None, **options):
    raw = content.encode() if isinstance(content, str) else content
    return run_import(
        by=by,
        file=io.BytesIO(raw),
        file_name="list.csv",
        mapping=mapping or {},
        options=ImportOptions(**{"region": "DE", **options}),
        key=key,
        now=NOW,
        on_progress=on_progress,
    )


def many(count: int, start: int = 0) -> str:
    rows = [f"Person {at},+49 30 {2_000_000 + at},p{at}@firm.example.com" for at in range(start, start + count)]
    return "\n".join(["Name,Phone,Email", *rows]) + "\n"


def test_good_rows_come_in_and_the_bad_one_is_named(people):
    run, report = brought_in(people.max)
    assert (report.counts.read, report.counts.added, report.counts.refused) == (4, 3, 1)
    assert [(it.line, it.severity) for it in stored_findings(run)] == [(5, "error")]
    anna = Prospect.objects.get(last_name="Berg")
    assert (anna.first_name, anna.company_name, anna.zone, anna.region) == ("Anna", "Acme", "Europe/Berlin", "DE")
    assert anna.search_text == "anna berg acme"
    assert list(anna.contact_points.values_list("kind", "value", "position")) == [
        ("phone", "+49301234567", 0), ("email", "anna@berg.example.com", 1),
    ]  # fmt: skip
    assert list(anna.activities.values_list("verb", "text", "by")) == [
        ("imported", "Imported from list.csv, line 2.", people.max.pk)
    ]
    assert Company.objects.count() == 1
    assert Prospect.objects.get(first_name="Ben").owner == people.max


def test_phone_only_row_is_a_person(people):
    brought_in(people.max)
    assert Prospect.objects.filter(shown_name="0171 1234567", contact_points__value="+491711234567").count() == 1


def test_run_is_kept_with_its_tally(people):
    run, _ = brought_in(people.max)
    assert (run.state, run.counts["added"], run.bytes_done) == (ImportRun.DONE, 3, run.bytes_total)
    assert Activity.objects.filter(prospect=None, verb="imported").get().data["added"] == 3


def test_same_key_changes_nothing_and_tells_the_same(people):
    first, told = brought_in(people.max)
    second, again = brought_in(people.max)
    assert (first.pk, told.counts) == (second.pk, again.counts)
    assert Prospect.objects.count() == 3


def test_key_of_somebody_else_is_refused(people):
    brought_in(people.max)
    with pytest.raises(Refused, match="Another person"):
        brought_in(people.rosa)


class Unplugged(Exception):
    """Somebody pulled the plug."""


def unplug(share, report):
    if report.counts.read:
        raise Unplugged


def test_interrupted_run_goes_on_where_it_stood(people):
    with pytest.raises(Unplugged):
        brought_in(people.max, many(LONG), on_progress=unplug)
    assert 0 < Prospect.objects.count() < LONG
    run, report = brought_in(people.max, many(LONG))
    assert (run.state, report.counts.added, report.counts.duplicates) == (ImportRun.DONE, LONG, 0)
    assert Prospect.objects.count() == ContactPoint.objects.filter(kind="phone").count() == LONG


def test_two_workers_on_one_run_write_nothing_twice(people):
    def carried_on_elsewhere(share, report):
        ImportRun.objects.update(counts={**ImportRun.objects.get().counts, "last_line": 99_999})

    with pytest.raises(Refused, match="elsewhere"):
        brought_in(people.max, many(LONG), on_progress=carried_on_elsewhere)
    assert 0 < Prospect.objects.count() < LONG


def test_all_or_nothing_writes_nothing_if_one_row_is_refused(people):
    run, report = brought_in(people.max, mode=Mode.ALL_OR_NOTHING)
    assert (run.state, report.counts.refused, report.counts.added) == (ImportRun.FAILED, 1, 0)
    assert run.message.startswith("Nothing was imported")
    assert (Prospect.objects.count(), Company.objects.count(), Activity.objects.count()) == (0, 0, 0)
    assert [it.line for it in stored_findings(run)] == [5]


def test_all_or_nothing_is_taken_back_as_a_whole(people):
    def unplug_while_writing(share, report):
        if report.counts.added and share > 0.5:
            raise Unplugged

    with pytest.raises(Unplugged):
        brought_in(people.max, many(1200), mode=Mode.ALL_OR_NOTHING, on_progress=unplug_while_writing)
    assert (Prospect.objects.count(), ContactPoint.objects.count()) == (0, 0)
    _, report = brought_in(people.max, many(1200), mode=Mode.ALL_OR_NOTHING)
    assert report.counts.added == Prospect.objects.count() == 1200


def test_dry_run_tells_the_same_and_writes_nothing(people):
    text = many(900) + "Twin,+49 30 2000003,\n" + "Lost,,\n"
    looked = preview_import(by=people.max, file=io.BytesIO(text.encode()), mapping={}, options=ImportOptions())
    tables = (Prospect, ContactPoint, Company, Activity, ImportRun, ImportFinding)
    assert [table.objects.count() for table in tables] == [0] * 6
    _, report = brought_in(people.max, text)
    assert looked.report.counts == report.counts
    assert (report.counts.added, report.counts.duplicates, report.counts.refused) == (900, 1, 1)
    assert [(each.line, each.earlier_line) for each in looked.report.duplicates] == [(902, 5)]
    assert looked.samples[0].shown_name == "Person 0"


def test_quick_look_stops_early(people):
    looked = preview_import(
        by=people.max, file=io.BytesIO(many(2000).encode()), mapping={}, options=ImportOptions(), limit_rows=500
    )
    assert (500 <= looked.report.counts.read < 1000, looked.complete) == (True, False)


def test_a15_qualification_is_stored(people):
    brought_in(people.max, many(2), qualified=True)
    assert set(Prospect.objects.values_list("qualification", flat=True)) == {Qualification.QUALIFIED}
    brought_in(people.max, many(2, start=50), key="k2")
    assert Prospect.objects.filter(qualification=Qualification.UNKNOWN).count() == 2


def test_c6_do_not_call_becomes_a_suppression_with_proof(people):
    brought_in(people.max, "Name,Phone,Do Not Call\nAnna,+49301234567,yes\nBen,+49301234568,no\n")
    assert list(Suppression.objects.values_list("prospect__shown_name", "channel", "proof")) == [
        ("Anna", "call", "list.csv, line 2")
    ]


def test_c6_barred_number_comes_in_with_a_warning(people):
    Suppression.objects.create(value="+49301234567", reason="asked", at=NOW)
    run, _ = brought_in(people.max, "Name,Phone\nAnna,+49301234567\n")
    assert "Must not be contacted" in stored_findings(run)[0].message


def test_owner_is_given_only_to_whom_one_may_give_work(people):
    brought_in(people.max, "Name,Phone,Owner\nA,+49301234567,rosa\nB,+49301234568,Ada Brandt\n")
    owners = dict(Prospect.objects.values_list("shown_name", "owner__username"))
    assert owners == {"A": "rosa", "B": "max"}
    with pytest.raises(Refused, match="cannot give"):
        brought_in(people.rosa, many(1), key="k2", owner_id=people.max.pk)
    with pytest.raises(Refused, match="manager"):
        brought_in(people.rosa, many(1), key="k3", unowned=True)


def test_unreadable_file_leaves_a_failed_run_that_says_why(people):
    with pytest.raises(UnreadableFile):
        brought_in(people.max, b"%PDF-1.7")
    run = ImportRun.objects.get()
    assert (run.state, "PDF" in run.message) == (ImportRun.FAILED, True)


@pytest.mark.parametrize(
    "options", [{"region": "XX"}, {"mapping": {"Nothing": "phone"}}, {"mapping": {"Name": "colour"}}]
)
def test_impossible_wish_is_refused_in_words(people, options):
    with pytest.raises(Refused):
        brought_in(people.max, **options)
    assert Prospect.objects.count() == 0


def test_chosen_mapping_is_obeyed(people):
    brought_in(people.max, "A,B\nAnna Berg,+49301234567\n", mapping={"A": "full_name", "B": "phone_mobile"})
    assert Prospect.objects.get().contact_points.get().label == "mobile"


def test_naughty_strings_come_in_as_they_are(people, shared_data: Path):
    texts = [text for text in json.loads((shared_data / "security" / "blns.json").read_text()) if text.strip()]
    quoted = [text.replace('"', '""') for text in texts]
    rows = [f'"{text}",+49 30 {2_000_000 + at},"{text}","{text}"' for at, text in enumerate(quoted)]
    _, report = brought_in(people.max, "Last Name,Phone,Company,Notes\n" + "\n".join(rows) + "\n")
    assert (report.counts.added, report.counts.refused) == (len(texts), 0)
    assert Prospect.objects.exclude(shown_name="").count() == len(texts)


def test_odd_characters_and_sizes_harm_nobody(people):
    rows = [
        "A\x00nna,+49302000001,x",
        "محمد 🦊,+49302000002,x",
        f'Long,+49302000003,"{"note " * 400_000}"',
        "=cmd|'/C calc'!A0,+49302000004,x",
        "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1") + ",+49302000005,x",
        "x" * 3000 + ",+49302000006," + "y" * 100,
    ]
    _, report = brought_in(people.max, "Last Name,Phone,Notes,H\x00ead\n" + "\n".join(rows) + "\n")
    assert (report.counts.added, report.counts.refused) == (6, 0)
    assert max(len(notes) for notes in Prospect.objects.values_list("notes", flat=True)) > 1_900_000


def test_row_that_the_database_refuses_hurts_only_itself(people):
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX one_twin ON ringback_prospect (last_name) WHERE last_name = 'Twin'")
    rows = [f"Ann,{name},+49 30 {2_000_000 + at},Acme" for at, name in enumerate(["Berg", "Twin", "Twin", "Cole"])]
    run, report = brought_in(people.max, "\n".join(["First name,Last name,Phone,Company", *rows]) + "\n")
    assert (run.state, report.counts.added, report.counts.refused) == (ImportRun.DONE, 3, 1)
    assert [(it.line, it.severity) for it in stored_findings(run)] == [(4, "error")]
    assert Prospect.objects.filter(company=Company.objects.get()).count() == 3


@pytest.mark.parametrize("content", ["Name,Phone\n", "Name,Phone"])
def test_header_alone_is_an_empty_import(people, content):
    run, report = brought_in(people.max, content)
    assert (run.state, report.counts.read) == (ImportRun.DONE, 0)


def test_chunk_costs_the_same_number_of_statements_whatever_its_size(people):
    assert statements(people, many(180), "many") == statements(people, many(1, start=5000), "one") <= 45


def statements(people, text: str, key: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        brought_in(people.max, text, key=key)
    return len(captured)
