"""Whichever way people come in, the same people are there afterwards."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ringback.actions.importing import ImportOptions, Report, run_import, stored_findings
from ringback.actions.importing.adding import Adder
from ringback.actions.importing.bulk import Writer
from ringback.actions.importing.many_rows import for_many_rows
from ringback.actions.importing.straight import Straight
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect
from ringback.models import Activity, Company, ContactPoint, Prospect, Suppression
from tests.actions.importing.test_sharing import elsewhere
from tests.cast import NOW, Cast, cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_writer]

HEADER = "Name;Telefon;E-Mail;Website;Firma;Land;Owner;Do not call;Tags;Shoe size;Value;Lead temperature"
PLAIN = (
    "Änne Özil;030 1234567;aenne@acme.example.com;acme.example.com;Acme;Deutschland;;;a;44;500;hot",
    "Ben Cole;415 555 2671;;;ACME;USA;;;;;;",
    "Ben Cole;;ben@beta.example.com;acme.example.com;Beta “B” GmbH;;;;b,c;;;",
    ";0171 1234567;;;;Deutschland;;;;;7;",
    "Dora O'Neill;030 7654321;;;acme;Deutschland;;;;43;;cold",
)


@pytest.fixture
def people() -> Cast:
    return cast(people=0)


def bring_in(by, rows, **options) -> Report:
    raw = "\n".join([HEADER, *rows]).encode()
    return run_import(
        by=by, file=io.BytesIO(raw), file_name="it's %s.csv", mapping={},
        options=ImportOptions(**{"region": "DE", **options}), key="k", now=NOW,
    )  # fmt: skip


def everything() -> list[list[tuple[object, ...]]]:
    """What an import writes, with names in the place of keys."""
    people = [each.name for each in Prospect._meta.concrete_fields if each.name not in ("id", "company")]
    points = [each.name for each in ContactPoint._meta.concrete_fields if each.name not in ("id", "prospect")]
    return [
        list(Prospect.objects.order_by("pk").values_list(*people, "company__name", "company__match_name")),
        list(ContactPoint.objects.order_by("pk").values_list(*points, "prospect__shown_name")),
        list(Company.objects.order_by("match_name").values_list("name", "match_name", "industry", "website")),
        list(Activity.objects.order_by("pk").values_list("text", "verb", "at", "by", "prospect__shown_name", "data")),
        list(Suppression.objects.order_by("pk").values_list("value", "proof", "prospect__shown_name")),
    ]


class Undo(Exception):
    pass


def both_ways(by, rows, **options):
    """The same list in one transaction, where nothing is attached; taken back; and then the straight way."""
    try:
        with transaction.atomic():
            run, report = bring_in(by, rows, **options)
            usual = report.counts, stored_findings(run), everything()
            raise Undo
    except Undo:
        pass
    run, report = bring_in(by, rows, **options)
    straight = report.counts, stored_findings(run), everything()
    for tables in (usual[2], straight[2]):
        tables[3] = [(*row[:-1], {**row[-1], "run": 0} if row[-1] else row[-1]) for row in tables[3]]
    return usual, straight


@pytest.fixture
def _no_other_way(monkeypatch):
    def refuse(*_):
        raise AssertionError("the usual way was taken")

    monkeypatch.setattr(Adder, "add", refuse)


@pytest.mark.parametrize("options", [{}, {"unowned": True}, {"qualified": True, "source": "fair"}])
@pytest.mark.parametrize("rows", [PLAIN, PLAIN[:1], PLAIN[3:4], [*PLAIN, "Nobody;;;;;;;;;;;"]])
def test_straight_way_brings_the_same(people, rows, options):
    usual, straight = both_ways(people.max, rows, **options)
    assert straight == usual
    assert straight[0].added == min(len(rows), len(PLAIN))


@pytest.mark.usefixtures("_no_other_way")
def test_plain_people_take_it(people):
    _, report = bring_in(people.max, PLAIN)
    assert report.counts.added == len(PLAIN)


def test_companies_that_are_there_are_found_again(people):
    Company.objects.create(name="Acme AG", match_name="acme")
    Company.objects.create(name="acme", match_name="acme")
    bring_in(people.max, PLAIN)
    assert set(Prospect.objects.filter(company_name__iexact="acme").values_list("company__name", flat=True)) == {
        "Acme AG"
    }


@pytest.mark.parametrize(
    "odd",
    [
        "Twin;030 1234567;;;;Deutschland;;;;;;",
        "Owned;030 999111;;;Acme;Deutschland;Rosa Lind;;;;;",
        "Owned;030 999111;;;Acme;Deutschland;Somebody Else;;;;;",
        "Barred;030 999222;;;Acme;Deutschland;;yes;;;;",
        "Known;030 555000;;;Acme;Deutschland;;;;;;",
        "Stopped;030 555999;;;Acme;Deutschland;;;;;;",
    ],
)
def test_row_that_needs_a_look_gets_it(people, odd):
    fields = ProspectFields(shown_name="Old Friend", contact_points=(PointFields("phone", "+4930555000"),))
    known = add_prospect(by=people.max, fields=fields, now=NOW - timedelta(days=9))
    Suppression.objects.create(value="+4930555999", channel="call", reason="no", by=people.max, at=NOW)
    usual, straight = both_ways(people.max, [*PLAIN, odd])
    assert straight == usual
    assert straight[0].read == len(PLAIN) + 1
    assert known.pk


def test_person_whom_somebody_enters_meanwhile_is_known(people, monkeypatch):
    fields = ProspectFields(shown_name="Änne", contact_points=(PointFields("phone", "+49301234567"),))
    fits = Straight.fits

    def slow(self, tables):
        answer = fits(self, tables)
        elsewhere(lambda: add_prospect(by=people.max, fields=fields, now=NOW))
        return answer

    monkeypatch.setattr(Straight, "fits", slow)
    _, report = bring_in(people.max, PLAIN)
    assert (report.counts.added, report.counts.skipped) == (len(PLAIN) - 1, 1)
    assert ContactPoint.objects.filter(value="+49301234567").count() == 1


def test_what_the_database_refuses_comes_row_by_row(people, monkeypatch):
    def refuse(self, tables):
        raise DatabaseError("no room")

    monkeypatch.setattr(Straight, "add", refuse)
    _, report = bring_in(people.max, PLAIN)
    assert (report.counts.read, report.counts.added, report.counts.refused) == (len(PLAIN), len(PLAIN), 0)


def test_nothing_stays_attached():
    with pytest.raises(Undo), for_many_rows():
        raise Undo
    with connection.cursor() as cursor:
        names = [name for _, name, _ in cursor.execute("PRAGMA database_list").fetchall()]
    assert set(names) <= {"main", "temp"}


def test_connection_that_closes_meanwhile_does_not_hide_what_happened(people):
    def stumble() -> None:
        connection.close()
        raise Undo

    with pytest.raises(Undo), for_many_rows():
        stumble()
    assert Company.objects.count() == 0


def test_rows_that_cannot_be_made_ready_leave_no_transaction_open():
    writer = Writer(Company, ("id", "name", "match_name"))
    with pytest.raises(OverflowError):
        writer.stage([(1, "Acme", "acme"), (2**70, "Beta", "beta")])
    assert not connection.connection.in_transaction
    writer.write([(1, "Acme", "acme"), (2, "Beta", "beta")])
    assert Company.objects.count() == 2
