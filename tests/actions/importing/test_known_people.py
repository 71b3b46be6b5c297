"""What a list says of people whom we know already."""

from __future__ import annotations

import io

import pytest

from ringback.actions.errors import Refused
from ringback.actions.importing import Duplicates, ImportOptions, Mode, preview_import, stored_findings
from ringback.models import Activity, ContactPoint, ImportRun, Prospect, Suppression
from tests.actions.importing.test_running import brought_in, many
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db

KNOWN = "Name,Phone,City,Value,Tags,Notes,Size\nAnna Berg,+49301234567,,5000,vip,met at the fair,12\n"


@pytest.fixture
def people() -> Cast:
    return cast(people=0)


CHANGED = "Name;Phone;Email;Company;Notes\nAnna Berg-Cole;030 1234567;new@berg.example.com;Newco;says hello\n"


@pytest.mark.parametrize(
    ("policy", "last_name", "company", "counts"),
    [
        (Duplicates.SKIP, "Berg", "Acme", (0, 1)),
        (Duplicates.UPDATE, "Berg-Cole", "Newco", (1, 0)),
        (Duplicates.MERGE, "Berg", "Acme", (1, 0)),
    ],
)
def test_known_person_is_skipped_updated_or_merged(people, policy, last_name, company, counts):
    brought_in(people.max)
    _, report = brought_in(people.max, CHANGED, key="k2", duplicates=policy)
    anna = Prospect.objects.get(first_name="Anna")
    assert (anna.last_name, anna.company_name) == (last_name, company)
    assert (report.counts.changed, report.counts.skipped) == counts
    assert report.counts.added == 0
    addresses = set(anna.contact_points.filter(kind="email").values_list("value", flat=True))
    assert addresses == {"anna@berg.example.com"} | ({"new@berg.example.com"} if policy != Duplicates.SKIP else set())
    assert ("says hello" in anna.notes) == (policy != Duplicates.SKIP)
    assert anna.activities.filter(verb="imported").count() == 1 + counts[0]


@pytest.mark.parametrize("policy", list(Duplicates))
def test_same_person_twice_in_a_file_is_one(people, policy):
    text = "Name,Phone,Email\nAnna Berg,+49301234567,\nAnna Berg,0049 30 1234567,anna@berg.example.com\n"
    _, report = brought_in(people.max, text, duplicates=policy)
    assert (report.counts.added, report.counts.duplicates, Prospect.objects.count()) == (1, 1, 1)
    assert ContactPoint.objects.count() == (1 if policy is Duplicates.SKIP else 2)


def test_prospect_of_somebody_else_is_neither_changed_nor_named(people):
    brought_in(people.max)
    Prospect.objects.update(owner=people.ada)
    run, report = brought_in(people.rosa, CHANGED, key="k2", duplicates=Duplicates.UPDATE)
    assert (report.counts.changed, report.counts.skipped) == (0, 1)
    assert Prospect.objects.filter(last_name="Berg").count() == 1
    told = report.duplicates[0]
    assert (told.hidden, told.prospect_id, told.prospect_name) == (True, 0, "")
    assert "Berg" not in stored_findings(run)[0].message


def test_row_that_fits_two_prospects_changes_neither(people):
    brought_in(people.max, "Name,Phone,Email\nA,+49301234567,\nB,,b@b.example.com\n")
    both = "Name,Phone,Email\nC,+49301234567,b@b.example.com\n"
    _, report = brought_in(people.max, both, key="k2", duplicates=Duplicates.UPDATE)
    assert (report.duplicates[0].several, report.counts.skipped) == (True, 1)
    assert set(Prospect.objects.values_list("shown_name", flat=True)) == {"A", "B"}


SAYS = {
    "the same once more": (KNOWN, 0, 0),
    "less than before": ("Name,Phone\nAnna Berg,+49301234567\n", 0, 0),
    "another number": ("Name,Phone,Mobile\nAnna Berg,+49301234567,+491701234567\n", 1, 1),
    "a blank city": ("Name,Phone,City\nAnna Berg,+49301234567,Berlin\n", 1, 1),
    "another value": ("Name,Phone,Value\nAnna Berg,+49301234567,7000\n", 1, 0),
    "another tag": ("Name,Phone,Tags\nAnna Berg,+49301234567,board\n", 1, 1),
    "part of the notes": ("Name,Phone,Notes\nAnna Berg,+49301234567,the fair\n", 0, 0),
    "a column of their own, as it is": ("Name,Phone,Size\nAnna Berg,+49301234567,12\n", 0, 0),
    "a new column of their own": ("Name,Phone,Staff\nAnna Berg,+49301234567,12\n", 1, 1),
    "another text in a column of their own": ("Name,Phone,Size\nAnna Berg,+49301234567,13\n", 1, 0),
    "the first name alone": ("First name,Phone\nAnna,+49301234567\n", 0, 0),
    "the last name alone": ("Last name,Phone\nBerg,+49301234567\n", 0, 0),
    "that nobody may call": ("Name,Phone,Do Not Call\nAnna Berg,+49301234567,yes\n", 1, 1),
}


@pytest.mark.parametrize("policy", [Duplicates.UPDATE, Duplicates.MERGE])
@pytest.mark.parametrize("says", SAYS)
def test_dry_run_counts_as_changed_whom_the_import_changes(people, says, policy):
    brought_in(people.max, KNOWN)
    text, updated, merged = SAYS[says]
    options = ImportOptions(region="DE", duplicates=policy)
    looked = preview_import(by=people.max, file=io.BytesIO(text.encode()), mapping={}, options=options)
    lines = Activity.objects.filter(prospect__isnull=False).count()
    _, report = brought_in(people.max, text, key="k2", duplicates=policy)
    expected = updated if policy is Duplicates.UPDATE else merged
    assert (report.counts.changed, report.counts.skipped) == (expected, 1 - expected)
    assert looked.report.counts == report.counts
    assert (Activity.objects.filter(prospect__isnull=False).count() > lines) == bool(expected)


def test_what_a_row_fills_the_next_one_does_not_write_over(people):
    """Merging fills what is blank at that moment, not what was blank when the list began."""
    brought_in(people.max, KNOWN)
    text = "Name,Phone,City\nAnna Berg,+49301234567,Berlin\nAnna Berg,+49301234567,Bonn\n"
    _, report = brought_in(people.max, text, key="k2", duplicates=Duplicates.MERGE)
    assert Prospect.objects.get().city == "Berlin"
    assert (report.counts.changed, report.counts.skipped) == (1, 1)


def test_whoever_may_not_be_called_is_barred_once(people):
    brought_in(people.max, KNOWN)
    text = "Name,Phone,Do Not Call\nAnna Berg,+49301234567,yes\nAnna Berg,+49301234567,yes\n"
    for key in ("k2", "k3"):
        brought_in(people.max, text, key=key, duplicates=Duplicates.UPDATE)
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("name", ["Anna", "Anna Maria Berg", "Anna Berg Jr.", "Dr. Anna Berg"])
def test_list_that_comes_again_changes_nothing_again(people, name):
    brought_in(people.max, KNOWN)
    text = f"Name,Phone\n{name},+49301234567\n"
    counts = [
        brought_in(people.max, text, key=key, duplicates=Duplicates.UPDATE)[1].counts.changed for key in ("k2", "k3")
    ]
    assert counts[1] == 0


@pytest.mark.parametrize(
    ("block", "barred"),
    [
        ({"channel": "email"}, 2),
        ({"channel": "call", "value": "+491701234567"}, 2),
        ({"channel": "call"}, 1),
        ({"channel": ""}, 1),
    ],
)
def test_c6_whoever_is_barred_for_less_is_barred_for_calls(people, block, barred):
    brought_in(people.max, KNOWN)
    Suppression.objects.create(prospect=Prospect.objects.get(), reason="asked", at=NOW, **block)
    text = "Name,Phone,Do Not Call\nAnna Berg,+49301234567,yes\n"
    brought_in(people.max, text, key="k2", duplicates=Duplicates.UPDATE)
    assert Suppression.objects.count() == barred


def test_refused_change_ends_an_import_of_all_or_nothing(people):
    """It would be refused each time; nobody goes on with it."""
    brought_in(people.max, KNOWN)
    Prospect.objects.update(notes="n" * 199_990)
    text = "Name,Phone,Notes\nAnna Berg,+49301234567,more than fits\nBen Cole,+49301234568,\n"
    with pytest.raises(Refused):
        brought_in(people.max, text, key="k2", duplicates=Duplicates.UPDATE, mode=Mode.ALL_OR_NOTHING)
    run = ImportRun.objects.get(key="k2")
    assert (run.state, run.message[:21]) == (ImportRun.FAILED, "Nothing was imported:")
    assert Prospect.objects.count() == 1


def test_list_that_says_nothing_new_is_looked_through_as_quickly_as_one_that_is_skipped(
    people, django_assert_max_num_queries
):
    brought_in(people.max, many(150))
    with django_assert_max_num_queries(60):
        _, report = brought_in(people.max, many(150), key="k2", duplicates=Duplicates.UPDATE)
    assert (report.counts.changed, report.counts.skipped) == (0, 150)
