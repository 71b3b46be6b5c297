"""What was answered on the way through a map comes back in the next talk, the summary and the queue (D2, B5, A15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ringback.actions.walking import Walked
from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import CallMapVersion, Prospect
from ringback.queries.brief import brief
from ringback.queries.call_script import map_for_call
from ringback.queries.drafts import draft_of
from tests.cast import NOW, cast
from tests.queries.mails import mail

AT = NOW + timedelta(minutes=1)
NEXT = NOW + timedelta(days=7)
PATH: dict[str, Any] = {
    "visits": [{"node": "need"}, {"node": "today"}, {"node": "decides"}, {"node": "too-expensive"}, {"node": "timing"}],
    "answers": [
        {"node": "need", "text": "Orders get lost between two lists."},
        {"node": "today", "text": "Kiln & Co"},
        {"node": "decides", "text": "Enzo"},
        {"node": "too-expensive", "text": "The price in one sum"},
        {"node": "timing", "text": "Before the summer"},
    ],
}


def test_d2_what_was_answered_on_the_way_comes_back(db: None) -> None:
    them = cast(people=1, maps=True)
    row = CallMapVersion.objects.get(name="first-call-warm", language="en")
    agreed = CallEnded(
        at=AT, machine=MachineResult.ANSWERED, outcome=Outcome.APPOINTMENT, next_at=NEXT, reason="The figures"
    )
    given = WrapUp(event=agreed, walk=Walked(row.pk, PATH))
    wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=given, touch_id=None, key="walk", now=AT)
    sofia = Prospect.objects.get(pk=them.sofia.pk)
    summary = draft_of(mail(sofia, "summary"), now=AT).text
    assert "Orders get lost between two lists." in summary
    assert "The price in one sum" in summary
    found = brief(sofia, now=NEXT, rep=them.rosa)
    assert "this mattered to you: Orders get lost between two lists." in found.opening.text
    script = map_for_call(found, rep=them.rosa, now=NEXT)
    assert script is not None
    (main,) = (each for each in script["maps"] if each["id"] == script["main"])
    assert main["name"] == "follow-up-recommendation"
    assert "Orders get lost between two lists" in main["nodes"]["hello"]["text"]
    assert "come back to what you raised: The price in one sum." in main["nodes"]["agenda"]["text"]
    assert sofia.readiness.words(NOW.date()) == "the need, who decides and whom else they ask known"
