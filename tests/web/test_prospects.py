"""The list of prospects, one prospect's page, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ringback.actions.appointing import make_appointment
from ringback.actions.importing import ImportOptions, perform_import, register_import
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect, qualify
from ringback.domain.vocabulary import Qualification
from ringback.models import Circumstance, ContactPoint, Enrollment, Prospect, User
from tests.cast import NOW, Cast, cast, person

AsUser = Callable[[User], Client]

LIST_QUERIES = 8
PAGE_QUERIES = 19


def names_on(page: str) -> list[str]:
    return [part.split("</bdi>")[0].rpartition(">")[2] for part in page.split('<bdi class="one-line font-medium"')[1:]]


@pytest.mark.parametrize("people", [1, 30])
def test_list_asks_the_database_as_often_for_thirty(
    people: int, db: None, a_minute_later: None, as_user: AsUser, django_assert_num_queries
) -> None:
    client = as_user(cast(people=people).rosa)
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/prospects/")
    assert page.content.decode().count("data-row ") + page.content.decode().count("data-row>") == people


@pytest.mark.parametrize("people", [1, 30])
def test_page_asks_the_database_as_often_among_thirty(
    people: int, db: None, a_minute_later: None, as_user: AsUser, django_assert_num_queries
) -> None:
    found = cast(people=people)
    client = as_user(found.rosa)
    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(f"/prospects/{found.sofia.pk}/").status_code == 200


def test_company_without_a_person_and_a_number_alone_are_not_said_twice(them: Cast, as_user: AsUser) -> None:
    number = (PointFields("phone", "+496815550199"),)
    for fields in (ProspectFields(company_name="Acme", contact_points=number), ProspectFields(contact_points=number)):
        add_prospect(by=them.rosa, fields=fields, now=NOW)
    lines = as_user(them.rosa).get("/prospects/").context["lines"]
    said = {(line.name, line.company, line.phone) for line in lines if line.name in ("Acme", "+496815550199")}
    assert said == {("Acme", "", "+496815550199"), ("+496815550199", "", "")}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sofia", ["Sofia Marchetti"]),
        ("MARCH", ["Sofia Marchetti"]),
        ("lumen", ["Sofia Marchetti"]),
        ("marchetti lumen", ["Sofia Marchetti"]),
        ("archetti", []),
        ("person0@ex", ["Sofia Marchetti"]),
        ("+39 0546 120000", ["Sofia Marchetti"]),
        ("0039 0546120000", ["Sofia Marchetti"]),
        ("محمد", ["محمد الكريم"]),
        ("%", []),
        ("nobody at all", []),
    ],
)
def test_search_finds_by_name_company_mail_and_number(
    typed: str, expected: list[str], them: Cast, as_user: AsUser
) -> None:
    page = as_user(them.rosa).get("/prospects/", {"q": typed})
    assert names_on(page.content.decode()) == expected


@pytest.mark.parametrize("typed", ["muller", "Müller", "MÜLLER", "lodz", "müll łódź", "Mu\u0308ller"])
def test_search_ignores_accents_in_what_is_typed_and_in_what_is_stored(typed: str, them: Cast, as_user: AsUser) -> None:
    fields = replace(person(5), first_name="Jörg", last_name="Müller", company_name="Łódź Glass")
    add_prospect(by=them.rosa, fields=fields, now=NOW)
    page = as_user(them.rosa).get("/prospects/", {"q": typed})
    assert names_on(page.content.decode()) == ["Jörg Müller"]


def test_national_number_is_found_with_the_dial_code_of_the_house(them: Cast, as_user: AsUser) -> None:
    ContactPoint.objects.create(prospect=them.sofia, kind="phone", value="+49405550123", position=9)
    page = as_user(them.rosa).get("/prospects/", {"q": "040 555"})
    assert names_on(page.content.decode()) == ["Sofia Marchetti"]


@pytest.mark.parametrize("order", ["name", "value", "newest"])
def test_pages_hold_everybody_once(order: str, them: Cast, as_user: AsUser) -> None:
    """Keyset pages meet everybody, also where many share a name and a value."""
    for _ in range(4):
        add_prospect(by=them.rosa, fields=person(0), now=NOW)
    from ringback.queries.prospects import Order, search

    seen: list[int] = []
    after = ""
    while True:
        page = search(them.rosa, order=Order(order), after=after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.after
        if not after:
            break
    assert sorted(seen) == sorted(Prospect.objects.filter(owner=them.rosa).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"temperature": "cold"}, 0),
        ({"temperature": "warm"}, 3),
        ({"enrolled": "yes"}, 3),
        ({"enrolled": "no"}, 0),
        ({"phone": "no"}, 0),
        ({"owner": "me"}, 3),
        ({"state": "closed"}, 0),
        ({"state": "nonsense"}, 3),
        ({"after": "nonsense"}, 3),
    ],
)
def test_filters(asked: dict[str, str], expected: int, them: Cast, as_user: AsUser) -> None:
    page = as_user(them.rosa).get("/prospects/", asked)
    assert len(names_on(page.content.decode())) == expected


def test_bulk_enrolment_says_who_cannot_enter_and_why_a15(them: Cast, as_user: AsUser) -> None:
    fresh = [add_prospect(by=them.rosa, fields=person(number), now=NOW) for number in (10, 11)]
    qualify(by=them.rosa, prospect=fresh[1], qualification=Qualification.UNKNOWN, now=NOW)
    client = as_user(them.rosa)
    ids = [them.sofia.pk, *(each.pk for each in fresh)]
    preview = client.post("/prospects/enrollments/preview", {"ids": ids, "cadence": "general"})
    assert preview.context["ready_count"] == 1
    assert sorted(rule for rule, _, _ in preview.context["reasons"]) == ["A15", "C6"]
    client.post("/prospects/enrollments", {"ids": ids, "cadence": "general", "key": "once"})
    client.post("/prospects/enrollments", {"ids": ids, "cadence": "general", "key": "once"})
    assert list(Enrollment.objects.filter(cadence__name="general").values_list("prospect", flat=True)) == [fresh[0].pk]


def test_new_prospect_with_a_national_number_gets_its_country(them: Cast, as_user: AsUser) -> None:
    sent = {"first_name": "Ivo", "last_name": "Lind", "phone": "040 5550123", "temperature": "warm"}
    as_user(them.rosa).post("/prospects/new", sent)
    made = Prospect.objects.get(last_name="Lind")
    assert [point.value for point in made.contact_points.all()] == ["+49405550123"]
    assert (made.zone, made.owner) == ("Europe/Berlin", them.rosa)


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "call me"), ("email", "no address"), ("zone", "Mars/Base"), ("region", "XX-9"), ("country", "Atlantis")],
)
def test_new_prospect_with_a_slip_is_answered_at_its_field(field: str, value: str, them: Cast, as_user: AsUser) -> None:
    sent = {"last_name": "Lind", "phone": "+49 40 5550123", "temperature": "warm", field: value}
    answer = as_user(them.rosa).post("/prospects/new", sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Prospect.objects.filter(last_name="Lind").exists()


def test_time_that_the_spring_night_skips_is_refused_in_words(them: Cast, as_user: AsUser) -> None:
    sent = {"moment": "2027-03-28T02:30", "reason": "Figures", "key": "k"}
    answer = as_user(them.rosa).post(f"/prospects/{them.sofia.pk}/appointments", sent, follow=True)
    assert not them.sofia.appointments.exists()
    assert "Europe/Rome" in "".join(map(str, answer.context["messages"]))


def test_b1_moment_says_while_it_is_typed_what_it_means_and_with_whom_it_collides(them: Cast, as_user: AsUser) -> None:
    them.rosa.zone = "Europe/London"
    them.rosa.save(update_fields=["zone"])
    other = them.prospects[2]
    make_appointment(by=them.rosa, prospect=other, starts_at=NOW + timedelta(days=1), reason="Q", key="a", now=NOW)
    client, where = as_user(them.rosa), reverse("prospect-moment", args=[them.sofia.pk])

    def said(moment: str) -> str:
        return client.get(where, {"moment": moment}).content.decode()

    assert "Tomorrow 10:00 there · 09:00 for you" in said("2026-11-24T10:00")
    assert "Collides with Thomas 🦊 Nowak, Tomorrow 09:00 by your clock" in said("2026-11-24T10:00")
    assert "Collides" not in said("2026-11-24T11:00")
    assert "03:30" in said("2027-03-28T02:30")
    assert "a day and a time" in said("9999999-01-01T00:00")
    assert said("").strip() == ""


def test_same_press_twice_makes_one_appointment(them: Cast, as_user: AsUser) -> None:
    client, where = as_user(them.rosa), f"/prospects/{them.sofia.pk}/appointments"
    for _ in range(2):
        client.post(where, {"moment": "2026-12-01T10:00", "reason": "Figures", "key": "k"})
    found = them.sofia.appointments.get()
    assert (found.starts_at, found.zone) == (NOW + timedelta(days=8), "Europe/Rome")


def test_long_note_is_refused_and_nothing_breaks(them: Cast, as_user: AsUser) -> None:
    where = f"/prospects/{them.sofia.pk}/notes"
    answer = as_user(them.rosa).post(where, {"text": "n" * 1_000_000}, follow=True)
    assert answer.status_code == 200
    assert them.sofia.activities.filter(verb="note").count() == 0


def test_older_entries_come_page_by_page(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    for number in range(40):
        client.post(f"/prospects/{them.sofia.pk}/notes", {"text": f"Note {number}"})
    page = client.get(f"/prospects/{them.sofia.pk}/")
    older = client.get(page.context["older_url"])
    texts = [each.text for each in (*page.context["story"], *older.context["story"])]
    assert texts[:40] == [f"Note {number}" for number in reversed(range(40))]
    assert older.context["older_url"] == ""


def test_contact_point_is_changed_and_marked(them: Cast, as_user: AsUser) -> None:
    client, pk = as_user(them.rosa), them.sofia.pk
    phone = them.sofia.contact_points.get(kind="phone")
    client.post(f"/prospects/{pk}/contact-points/{phone.pk}/failure")
    phone.refresh_from_db()
    assert phone.failed_at is not None
    client.post(f"/prospects/{pk}/contact-points/{phone.pk}", {"value": "+49 40 5550199", "label": "desk"})
    assert [(each.value, each.label) for each in them.sofia.contact_points.filter(kind="phone")] == [
        ("+49405550199", "desk")
    ]


def test_merge_shows_what_is_kept_and_keeps_it(them: Cast, as_user: AsUser) -> None:
    client, (keep, lose, *_) = as_user(them.rosa), them.prospects
    page = client.get(f"/prospects/{keep.pk}/merge", {"other": lose.pk})
    after = {fact.label: fact.after for fact in page.context["facts"]}
    assert after["Name"] == "Sofia Marchetti"
    client.post(f"/prospects/{keep.pk}/merge", {"other": lose.pk})
    keep.refresh_from_db()
    lose.refresh_from_db()
    assert (lose.merged_into, keep.value) == (keep, 48_000)
    assert keep.contact_points.count() == 4


def test_formula_in_an_imported_name_is_shown_as_text(them: Cast, as_user: AsUser, tmp_path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Phone\n<script>alert(1)</script>,+49 40 5550177\n", encoding="utf-8")
    run = register_import(by=them.rosa, file_name="l", mapping={}, options=ImportOptions(), key="k", now=NOW)
    perform_import(run=run, file=file, now=NOW)
    page = as_user(them.rosa).get("/prospects/", {"q": "+49405550177"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_b5_one_click_makes_a_named_decider_a_prospect_and_leads_to_them(them: Cast, as_user: AsUser) -> None:
    named = Circumstance.objects.create(prospect=them.sofia, kind="decision_maker", text="Enzo", learned_at=NOW)
    Circumstance.objects.create(prospect=them.sofia, kind="decision_maker", text="the board", learned_at=NOW)
    browser, address = as_user(them.rosa), reverse("prospect", args=[them.sofia.pk])
    page = browser.get(address).content.decode()
    assert (page.count("Make Enzo a prospect"), page.count("a prospect</span></button>")) == (1, 1)
    browser.post(reverse("circumstance-person", args=[them.sofia.pk, named.pk]))
    enzo = Prospect.objects.get(shown_name="Enzo")
    page = browser.get(address).content.decode()
    assert "Make Enzo a prospect" not in page
    assert reverse("prospect", args=[enzo.pk]) in page
    assert browser.post(reverse("circumstance-person", args=[them.prospects[1].pk, named.pk])).status_code == 404
