"""What a rep reads before the dial."""

from __future__ import annotations

from ringback.domain.opening import Part
from ringback.domain.vocabulary import TouchKind
from ringback.queries.brief import brief
from tests.cast import NOW, Cast
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
