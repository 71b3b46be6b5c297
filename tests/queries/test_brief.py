"""What a rep reads before the dial."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ringback.domain.opening import Part
from ringback.domain.vocabulary import MachineResult, Outcome, Party, TouchKind
from ringback.models import Appointment, Call, Commitment, Company, Need, Objection, Prospect
from ringback.queries.brief import Brief, brief
from tests.cast import NOW, ZONE, Cast
from tests.queries.conftest import Plan


def test_A4_the_opening_gives_the_reason_of_the_promised_call(them: Cast, plan: Plan) -> None:
    about = {
        title: plan(number, kind=TouchKind.CALL_BACK, title=title)
        for number, title in enumerate(("Call back as promised", "The trial in your own warehouse"))
    }
    said = {}
    for title, touch in about.items():
        found = brief(touch.prospect, now=NOW, rep=them.rosa, touch_id=touch.pk).opening
        said[title] = [each.text for each in found.sentences if each.kind is Part.REASON]
    assert said["Call back as promised"] == []
    assert [text for text in said["The trial in your own warehouse"] if "The trial in your own warehouse" in text] != []


def test_A13_others_of_the_company_are_named_and_nobody_who_is_of_none(them: Cast) -> None:
    ids = [each.pk for each in them.prospects]
    Prospect.objects.filter(pk__in=ids).update(company=None)
    assert found_of(them).colleagues == ()
    Prospect.objects.filter(pk__in=ids[:2]).update(company=Company.objects.create(name="Lumen", match_name="lumen"))
    Prospect.objects.filter(pk=ids[1]).update(job_title="Kiln master")
    assert [(each.name, each.job_title) for each in found_of(them).colleagues] == [
        (them.prospects[1].shown_name, "Kiln master")
    ]


def test_A1_proposed_moments_are_clear_of_the_reps_own_appointments_only(them: Cast) -> None:
    first, second = found_of(them).slots[:2]
    agreed(them, 1, rep=them.rosa, starts_at=first)
    agreed(them, 2, rep=them.otto, starts_at=second)
    slots = found_of(them).slots
    assert (first in slots, second in slots) == (False, True)


def test_A4_the_reason_is_that_of_the_latest_appointment_whatever_became_of_it(them: Cast) -> None:
    agreed(them, 0, starts_at=NOW - timedelta(days=9), reason="The first trial", state="missed")
    agreed(them, 0, starts_at=NOW - timedelta(days=2), reason="The second trial", state="missed")
    said = " ".join(each.text for each in found_of(them).opening.sentences)
    assert ("The second trial" in said, "The first trial" in said) == (True, False)


def found_of(them: Cast) -> Brief:
    return brief(Prospect.objects.get(pk=them.sofia.pk), now=NOW, rep=them.rosa)


def agreed(them: Cast, whose: int, **columns: Any) -> None:
    usual: dict[str, Any] = {"rep": them.rosa, "zone": ZONE, "reason": "Compare the quotes", "agreed_at": NOW}
    Appointment.objects.create(**usual | {"prospect": them.prospects[whose], **columns})


def rang(them: Cast, number: int, **columns: Any) -> Call:
    """A dial that many hours ago."""
    at = NOW - timedelta(hours=number)
    usual = {"rep": them.rosa, "at": at, "ended_at": at, "machine": MachineResult.NO_ANSWER}
    return Call.objects.create(prospect=them.sofia, **{**usual, **columns})


def test_A13_the_last_talk_is_known_however_many_tries_lie_between(them: Cast) -> None:
    talk = {"machine": MachineResult.ANSWERED, "outcome": Outcome.THINKING}
    rang(them, 300, **talk, notes="Two lists, and orders between them", mood="good")
    rang(them, 200, **talk, mood="bad")
    for number in range(1, 31):
        rang(them, number)
    found = found_of(them)
    assert [call.mood for call in found.calls if call.mood] == ["bad", "good"]
    assert [call.notes for call in found.calls if call.notes] == ["Two lists, and orders between them"]
    assert (found.tries, len(found.calls)) == (30, 10)


def test_C6_tries_count_since_somebody_was_last_reached(them: Cast) -> None:
    assert found_of(them).tries == 0
    rang(them, 9)
    assert found_of(them).tries == 1
    rang(them, 5, machine=MachineResult.ANSWERED, outcome=Outcome.GATEKEEPER)
    assert found_of(them).tries == 0
    rang(them, 3)
    assert found_of(them).tries == 1


def test_A13_who_was_merged_into_another_is_nobody_to_talk_to(them: Cast) -> None:
    ids = [each.pk for each in them.prospects]
    Prospect.objects.filter(pk__in=ids).update(company=Company.objects.create(name="Lumen", match_name="lumen"))
    Prospect.objects.filter(pk=ids[1]).update(merged_into=ids[2])
    assert [each.name for each in found_of(them).colleagues] == [them.prospects[2].shown_name]


def test_B5_real_objections_come_back_in_the_next_agenda_and_no_others(them: Cast) -> None:
    for number, state in enumerate(("real", "open", "false", "resolved", "real")):
        Objection.objects.create(
            prospect=them.sofia, text=f"Their point {number}", state=state, raised_at=NOW - timedelta(days=9 - number)
        )
    found = found_of(them).opening
    assert [point for point in found.agenda if "Their point" in point] == [
        "What is still open for you: “Their point 4”",
        "What is still open for you: “Their point 0”",
    ]
    assert "come back to what you raised: “Their point 4”" in found.text
    Objection.objects.update(state="resolved")
    assert "Their point" not in " ".join((found_of(them).opening.text, *found_of(them).opening.agenda))


def test_D2_needs_objections_and_promises_are_there_whatever_their_number_and_age(them: Cast) -> None:
    for number in range(14):
        at = NOW - timedelta(days=30 * number)
        Need.objects.create(prospect=them.sofia, text=f"Need {number}", learned_at=at)
        Objection.objects.create(prospect=them.sofia, text=f"Objection {number}", raised_at=at)
        Commitment.objects.create(
            prospect=them.sofia, text=f"Promise {number}", due_on=at.date(), made_at=at, party=Party.US
        )
    found = found_of(them)
    assert (len(found.needs), len(found.objections), len(found.ours)) == (14, 14, 14)
