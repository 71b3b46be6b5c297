"""Rows judged: nothing is lost silently, and only who cannot be reached is refused."""

from __future__ import annotations

import pytest

from ringback.adapters.contacts import READERS
from ringback.domain.columns import choose_columns, guess_columns
from ringback.domain.importing import Expectations, PointKind, Severity
from ringback.domain.row_judge import RowJudge
from ringback.domain.vocabulary import Qualification, Temperature

HEADER = ["First Name", "Last Name", "Company", "Email", "Phone", "Country", "State", "Deal Value", "Status", "Notes"]
ANNA = ["Anna", "Berg", "Acme", "anna@berg.example.com", "030 1234567", "Germany", "", "1.200 €", "hot", "met in May"]


def judged(cells, header=HEADER, choices=None, **expected):
    columns = choose_columns(guess_columns(header, []), choices or {})
    return RowJudge(columns, READERS, Expectations(**expected)).judge(7, cells)


def points(result):
    return [(point.kind, point.value) for point in result.candidate.points]


def test_good_row_has_no_findings():
    result = judged(ANNA, choices={"Status": "temperature"})
    assert result.findings == ()
    person = result.candidate
    assert (person.first_name, person.last_name, person.shown_name) == ("Anna", "Berg", "Anna Berg")
    assert points(result) == [(PointKind.PHONE, "+49301234567"), (PointKind.EMAIL, "anna@berg.example.com")]
    assert (person.country, person.zone, person.value, person.notes) == ("DE", "Europe/Berlin", 1200, "met in May")
    assert person.temperature is Temperature.WARM


@pytest.mark.parametrize(
    ("header", "cells", "shown"),
    [
        (["Phone"], ["+49 30 1234567"], "+49 30 1234567"),
        (["Email"], ["anna@berg.example.com"], "anna@berg.example.com"),
        (["Company", "Phone"], ["Acme", "+49 30 1234567"], "Acme"),
        (["LinkedIn"], ["https://www.linkedin.com/in/anna"], "https://www.linkedin.com/in/anna"),
    ],
)
def test_one_way_to_reach_somebody_is_enough(header, cells, shown):
    assert judged(cells, header).candidate.shown_name == shown


@pytest.mark.parametrize("cells", [["Anna", "", ""], ["Anna", "call me", "at home"], ["Anna", "12", ""]])
def test_row_without_a_way_is_refused_and_says_so(cells):
    result = judged(cells, ["Name", "Phone", "Email"])
    assert result.candidate is None
    assert (result.findings[-1].line, result.findings[-1].severity) == (7, Severity.ERROR)
    assert result.findings[-1].value == " | ".join(filter(None, cells))


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        (["Anna Berg", "Hauptstr. 1", "Bonn", ""], ["Only by post: find a telephone number or a mail address."]),
        (["Anna Berg", "Hauptstr. 1", "", "53111"], ["Only by post: find a telephone number or a mail address."]),
    ],
)
def test_person_with_a_postal_address_alone_comes_in_with_a_warning(cells, findings):
    result = judged(cells, ["Name", "Street", "City", "Postal Code"])
    assert result.candidate.shown_name == "Anna Berg"
    assert [finding.message for finding in result.findings] == findings


@pytest.mark.parametrize(
    "cells", [["", "Hauptstr. 1", "Bonn", ""], ["Anna Berg", "", "Bonn", ""], ["Anna", "x", "", ""]]
)
def test_address_without_a_name_or_half_an_address_is_no_way(cells):
    assert judged(cells, ["Name", "Street", "City", "Postal Code"]).candidate is None


def test_country_of_the_row_is_at_home_for_its_number():
    assert points(judged(["415 555 2671", "USA"], ["Phone", "Country"], region="DE")) == [
        (PointKind.PHONE, "+14155552671")
    ]


def test_region_hint_serves_rows_without_country():
    assert points(judged(["030 1234567"], ["Phone"], region="DE")) == [(PointKind.PHONE, "+49301234567")]


def test_unreadable_number_is_kept_as_text():
    result = judged(["ask Ben", "a@b.example.com"], ["Phone", "Email"])
    assert result.candidate.custom == {"Phone": "ask Ben"}
    assert [(finding.field, finding.severity) for finding in result.findings] == [("Phone", Severity.WARNING)]


@pytest.mark.parametrize(
    ("cell", "name", "finding"),
    [
        ("A\x00nna", "Anna", "Control characters"),
        ("\u202eAnna", "Anna", "writing direction"),
        ("MÃ¼ller", "Müller", "encoded twice"),
        ("M\ufffdller", "M\ufffdller", "letters were lost"),
    ],
)
def test_invisible_and_broken_characters_are_told(cell, name, finding):
    result = judged([cell, "030 1234567"], ["Last Name", "Phone"], region="DE")
    assert result.candidate.last_name == name
    assert finding in result.findings[0].message


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "@SUM(1)", "-Anna", "<script>alert(1)</script>", "🦄", "محمد", "O'Neil", "Zoë"]
)
def test_formulas_and_rare_letters_are_text(name):
    result = judged([name, "+49301234567"], ["Last Name", "Phone"])
    assert (result.candidate.last_name, result.findings) == (name, ())


def test_apostrophe_of_our_own_export_is_taken_off():
    assert judged(["'=1+1", "+49301234567"], ["Last Name", "Phone"]).candidate.last_name == "=1+1"


def test_overlong_text_is_cut_and_whole_in_the_notes():
    result = judged(["x" * 500, "+49301234567"], ["Company", "Phone"])
    assert len(result.candidate.company_name) == 200
    assert "x" * 500 in result.candidate.notes
    assert {finding.field for finding in result.findings} == {"company_name", "shown_name"}


def test_note_of_two_megabytes_is_whole():
    note = "word " * 400_000
    assert judged([note, "+49301234567"], ["Notes", "Phone"]).candidate.notes == note.strip()


def test_extra_cells_are_kept_and_told():
    result = judged(["+49301234567", "", "surplus"], ["Phone"])
    assert result.candidate.custom == {"Column 3": "surplus"}
    assert "more cells" in result.findings[0].message


def test_short_row_is_no_problem():
    assert judged(["Anna", "Berg", "", "a@b.example.com"]).findings == ()


def test_columns_without_a_place_are_kept_up_to_a_bound():
    header = ["Phone", *(f"Odd {at}" for at in range(200))]
    person = judged(["+49301234567", *(f"v{at}" for at in range(200))], header).candidate
    assert len(person.custom) == 60
    assert "Odd 199: v199" in person.notes


def test_several_phone_columns_and_labels():
    header = ["Phone", "Mobile Phone", "Phone 1 - Type", "Phone 1 - Value"]
    person = judged(["030 1234567", "0171 1234567", "* Work", "030 7654321"], header, region="DE").candidate
    assert [(point.value, point.label) for point in person.points] == [
        ("+49301234567", ""), ("+491711234567", "mobile"), ("+49307654321", "work"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected", "answer"),
    [
        (["yes", ""], {}, Qualification.QUALIFIED),
        (["nein", ""], {"qualified": True}, Qualification.UNQUALIFIED),
        (["", "Unqualified"], {"qualified": True}, Qualification.UNQUALIFIED),
        (["", ""], {"qualified": True}, Qualification.QUALIFIED),
        (["", ""], {"qualified": False}, Qualification.UNQUALIFIED),
        (["", ""], {}, None),
    ],
)
def test_a15_qualification_comes_from_the_row_then_from_the_answer(cells, expected, answer):
    result = judged([*cells, "+49301234567"], ["Qualified", "Lead Status", "Phone"], **expected)
    assert result.candidate.qualification is answer


@pytest.mark.parametrize(
    ("cell", "barred"), [("yes", True), ("TRUE", True), ("no", False), ("", False), ("maybe", True)]
)
def test_c6_do_not_call_is_heard(cell, barred):
    assert judged([cell, "+49301234567"], ["Do Not Call", "Phone"]).candidate.do_not_call is barred


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200), ("1,200.50", 1200), ("1.200,50 €", 1200), ("$12k", 12_000), ("1'200", 1200), ("1 200", 1200),
        ("2.5 Mio", 2_500_000), ("1.200", 1200), ("0", 0), ("-5", None), ("much", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_amounts_of_many_countries(text, value):
    assert judged([text, "+49301234567"], ["Deal Value", "Phone"]).candidate.value == value
