"""What a rep reads before the dial."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ringback.domain.opening import Part
from ringback.domain.vocabulary import TouchKind
from ringback.models import Appointment, Company, Prospect
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
