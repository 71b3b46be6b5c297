"""Prospects themselves: added, changed, given away, merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ringback.actions.errors import Refused
from ringback.actions.merging import merge_prospects
from ringback.actions.prospecting import (
    PointFields,
    ProspectFields,
    add_prospect,
    assign,
    change_prospect,
    note,
    qualify,
)
from ringback.actions.reacting import opt_out
from ringback.domain.vocabulary import Outcome, Qualification
from ringback.models import (
    Activity,
    Appointment,
    Call,
    Company,
    ContactPoint,
    Enrollment,
    Need,
    Prospect,
    Touch,
)
from tests.actions.rows import fresh_key, log, open_call, open_touches, reached, snapshot
from tests.cast import NOW, Cast

PHONE = PointFields("phone", "+4940555123")
ANNA = ProspectFields(first_name="Anna", last_name="Jansen", company_name="Kiln & Co", contact_points=(PHONE,))

TOO_LONG = {
    "first_name": 120, "last_name": 160, "shown_name": 300, "job_title": 200, "company_name": 200, "region": 16,
    "language": 10, "street": 300, "city": 120, "postal_code": 20, "state_name": 120, "country": 2, "source": 160,
}  # fmt: skip


@pytest.mark.parametrize("field", TOO_LONG)
def test_text_that_fills_its_column_is_kept_and_a_longer_one_refused(them: Cast, field: str) -> None:
    before = snapshot()
    for bad in ("x" * (TOO_LONG[field] + 1), "x\x00", "\udc80"):
        with pytest.raises(Refused) as refusal:
            add_prospect(by=them.rosa, fields=replace(ANNA, **{field: bad}), now=NOW)
        assert refusal.value.field == field
        with pytest.raises(Refused):
            change_prospect(by=them.rosa, prospect=them.sofia, fields=ProspectFields(**{field: bad}), now=NOW)
    assert snapshot() == before
    kept = add_prospect(by=them.rosa, fields=replace(ANNA, **{field: "ß" * TOO_LONG[field]}), now=NOW)
    assert field == "shown_name" or getattr(kept, field) == "ß" * TOO_LONG[field]


REFUSED = {
    "zone": (ProspectFields(zone="Mars/Phobos"), "zone"),
    "one-of-the-possible-zones": (ProspectFields(possible_zones=("Europe/Berlin", "Europe/Berlyn")), "zone"),
    "value-below-zero": (ProspectFields(value=-1), "value"),
    "value-beyond-the-column": (ProspectFields(value=2**63), "value"),
    "temperature": (ProspectFields(temperature="tepid"), "temperature"),
    "tag": (ProspectFields(tags=("a", "b\x00")), "tags"),
    "long-number": (ProspectFields(contact_points=(PointFields("phone", "1" * 321),)), "value"),
    "long-label": (ProspectFields(contact_points=(replace(PHONE, label="x" * 41),)), "label"),
    "strange-kind": (ProspectFields(contact_points=(replace(PHONE, kind="pigeon"),)), "kind"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_field(them: Cast, case: str) -> None:
    fields, field = REFUSED[case]
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        change_prospect(by=them.rosa, prospect=them.sofia, fields=fields, now=NOW)
    assert refusal.value.field == field
    assert snapshot() == before


def test_added_with_everything(them: Cast) -> None:
    twice = replace(
        ANNA, contact_points=(PHONE, replace(PHONE, label="again"), PointFields("email", "anna@example.com"))
    )
    anna = add_prospect(by=them.rosa, fields=twice, now=NOW)
    assert (anna.shown_name, anna.search_text, anna.owner) == ("Anna Jansen", "anna jansen kiln & co", them.rosa)
    assert list(anna.contact_points.values_list("kind", "value", "position")) == [
        ("phone", "+4940555123", 0), ("email", "anna@example.com", 1),
    ]  # fmt: skip
    assert Activity.objects.get(prospect=anna).verb == "added"


def test_phone_alone_is_a_person_too_and_nothing_at_all_is_not(them: Cast) -> None:
    assert add_prospect(by=them.rosa, fields=ProspectFields(contact_points=(PHONE,)), now=NOW).shown_name == PHONE.value
    with pytest.raises(Refused) as refusal:
        add_prospect(by=them.rosa, fields=ProspectFields(first_name="Anna"), now=NOW)
    assert refusal.value.field == "contact_points"


def test_two_companies_of_one_name_break_nothing(them: Cast) -> None:
    for _ in range(2):
        Company.objects.create(name="Twin", match_name="twin")
    anna = add_prospect(by=them.rosa, fields=replace(ANNA, company_name="TWIN"), now=NOW)
    assert anna.company == Company.objects.filter(match_name="twin").earliest("pk")


def test_changed_value_moves_open_touches_in_the_queue(them: Cast) -> None:
    lane = open_call(them.prospects[2]).lane
    Touch.objects.filter(prospect=them.prospects[2]).update(kind="cadence")
    change_prospect(by=them.rosa, prospect=them.prospects[2], fields=ProspectFields(value=7), now=NOW)
    touch = open_call(them.prospects[2])
    assert touch.value == 7
    assert touch.lane != lane


def test_added_contact_point_is_a_line_on_the_timeline(them: Cast) -> None:
    change_prospect(by=them.rosa, prospect=them.sofia, fields=ProspectFields(contact_points=(PHONE,)), now=NOW)
    assert Activity.objects.filter(prospect=them.sofia).latest("pk").text == "Changed: contact points."
    lines = Activity.objects.count()
    change_prospect(by=them.rosa, prospect=them.sofia, fields=ProspectFields(contact_points=(PHONE,)), now=NOW)
    assert Activity.objects.count() == lines


def test_A15_qualifying_is_said_once(them: Cast) -> None:
    for _ in range(2):
        qualify(by=them.rosa, prospect=them.sofia, qualification=Qualification.UNQUALIFIED, now=NOW)
    line = Activity.objects.get(prospect=them.sofia, verb="qualified")
    assert (line.rule, line.text) == ("A15", "Marked as unqualified.")


def test_given_away_with_everything_that_is_open(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    assign(by=them.max, prospect=them.sofia, owner=them.otto, now=NOW)
    assert {touch.owner for touch in open_touches(them.sofia)} == {them.otto}
    assert Touch.objects.get(prospect=them.sofia, state="done").owner == them.rosa
    assert Appointment.objects.get().rep == them.otto


def test_only_managers_give_people_away_but_anybody_takes_what_is_nobodys(them: Cast) -> None:
    for owner in (them.otto, None):
        with pytest.raises(Refused, match="Only a manager"):
            assign(by=them.rosa, prospect=them.sofia, owner=owner, now=NOW)
    assign(by=them.max, prospect=them.sofia, owner=None, now=NOW)
    assign(by=them.otto, prospect=them.sofia, owner=them.otto, now=NOW)
    assert Prospect.objects.get(pk=them.sofia.pk).owner == them.otto


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001, "x\x00"])
def test_note_is_refused(them: Cast, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        note(by=them.rosa, prospect=them.sofia, text=text, now=NOW)
    assert refusal.value.field == "text"


@pytest.mark.parametrize("action", [change_prospect, qualify, assign, note])
def test_somebody_elses_prospect_is_refused(them: Cast, action) -> None:
    said = {
        change_prospect: {"fields": ProspectFields(first_name="X")},
        qualify: {"qualification": Qualification.UNKNOWN},
        assign: {"owner": them.otto},
        note: {"text": "mine"},
    }
    before = snapshot()
    with pytest.raises(Refused, match="somebody else"):
        action(by=them.otto, prospect=them.sofia, now=NOW, **said[action])
    assert snapshot() == before


def merged(them: Cast, keep: Prospect, lose: Prospect) -> Prospect:
    merge_prospects(by=them.rosa, keep=keep, lose=lose, now=NOW)
    return Prospect.objects.get(pk=keep.pk)


def test_merged_everything_known_moves_and_one_ladder_stays(them: Cast) -> None:
    keep, lose = them.prospects[1], them.sofia
    log(them.rosa, open_call(lose), reached(Outcome.CALL_BACK, NOW), NOW)
    kept = merged(them, keep, lose)
    assert (Call.objects.get().prospect, Need.objects.get().prospect, kept.conversations) == (kept, kept, 1)
    assert ContactPoint.objects.filter(prospect=kept).count() == 4
    assert Enrollment.objects.exclude(state="finished").get(prospect=kept).cadence.name == "warm-first-voicemail"
    lost = Prospect.objects.get(pk=lose.pk)
    assert (lost.merged_into, lost.state, open_touches(lost)) == (kept, "closed", [])
    assert "call_back" in [touch.kind for touch in open_touches(kept)]


def test_C5_merged_an_appointment_of_either_comes_before_a_ladder_of_the_other(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    kept = merged(them, them.prospects[1], them.sofia)
    assert Enrollment.objects.filter(prospect=kept).exclude(state="finished").count() == 0
    assert Appointment.objects.get(prospect=kept).state == "agreed"
    assert "appointment" in [touch.kind for touch in open_touches(kept)]


def test_merged_two_appointments_leave_one(them: Cast) -> None:
    for prospect in them.prospects[:2]:
        log(them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW), NOW)
    kept = merged(them, them.prospects[1], them.sofia)
    assert sorted(kept.appointments.values_list("state", "sequence")) == [("agreed", 0), ("cancelled", 1)]
    assert [touch.kind for touch in open_touches(kept)].count("appointment") == 1


@pytest.mark.parametrize("blocked", [0, 1])
def test_C5_merged_with_somebody_who_asked_to_be_left_alone_nothing_stays_planned(them: Cast, blocked: int) -> None:
    opt_out(by=them.rosa, prospect=them.prospects[blocked], proof="Wrote so", key=fresh_key(), now=NOW)
    kept = merged(them, them.prospects[1], them.sofia)
    assert open_touches(kept) == []
    assert Enrollment.objects.filter(prospect=kept).exclude(state="finished").count() == 0


def test_merged_what_it_is_about_and_the_day_to_come_are_kept(them: Cast) -> None:
    keep, lose = them.prospects[1], them.sofia
    Prospect.objects.filter(pk=keep.pk).update(wanted_by=NOW.date() - timedelta(days=9))
    Prospect.objects.filter(pk=lose.pk).update(wanted_by=NOW.date() + timedelta(days=9), talk_about="The second kiln")
    kept = merged(them, keep, lose)
    assert (kept.wanted_by, kept.talk_about) == (NOW.date() + timedelta(days=9), "The second kiln")


def test_merged_name_and_address_are_those_of_one_person(them: Cast) -> None:
    bare = add_prospect(by=them.rosa, fields=ProspectFields(contact_points=(PHONE,), city="Kiel"), now=NOW)
    kept = merged(them, bare, them.sofia)
    assert (kept.shown_name, kept.company_name) == ("Sofia Marchetti", "Lumen Ceramics")
    assert (kept.city, kept.street) == ("Kiel", "")
    assert kept.search_text == "sofia marchetti lumen ceramics"


def test_merged_twice_or_with_itself_or_with_somebody_elses_is_refused(them: Cast) -> None:
    merged(them, them.prospects[1], them.sofia)
    before = snapshot()
    for by, keep, lose in (
        (them.rosa, them.prospects[2], them.sofia),
        (them.rosa, them.prospects[2], them.prospects[2]),
        (them.otto, them.prospects[1], them.prospects[2]),
    ):
        with pytest.raises(Refused):
            merge_prospects(by=by, keep=keep, lose=lose, now=NOW)
    assert snapshot() == before
