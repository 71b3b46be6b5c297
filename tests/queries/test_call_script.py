"""What to say on one call, ready for the page: the right map, filled in, keys, gaps and points (A10–A12, B3, C5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ringback.actions.publishing_maps import publish_map, use_own_wording
from ringback.actions.walking import Walked
from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult, Outcome, Temperature
from ringback.models import CallMapVersion, Need, Objection, Prospect
from ringback.queries.brief import brief
from ringback.queries.call_script import CallScript, map_for_call
from ringback.queries.walks import WalkNumbers, map_statistics, statistics_of_versions, walk_numbers
from tests.cast import NOW, Cast, cast

AT = NOW + timedelta(minutes=1)


@pytest.fixture
def them(db: None) -> Cast:
    return cast(people=2, maps=True)


def script(them: Cast, prospect: Prospect | None = None, **given: Any) -> CallScript:
    asked = Prospect.objects.get(pk=(prospect or them.sofia).pk)
    found = map_for_call(brief(asked, now=AT, rep=them.rosa), rep=them.rosa, now=AT, **given)
    assert found is not None
    json.dumps(found)
    return found


def main(found: CallScript) -> dict[str, Any]:
    return next(dict(each) for each in found["maps"] if each["id"] == found["main"])


def change(prospect: Prospect, **columns: Any) -> None:
    Prospect.objects.filter(pk=prospect.pk).update(**columns)


def test_a_first_call_opens_the_map_for_warm_leads_with_its_companions(them: Cast) -> None:
    found = script(them)
    assert (found["occasion"], found["rule"], found["language"]) == ("first_warm", "A14", "en")
    assert [each["name"] for each in found["maps"]] == ["first-call-warm", "voicemail-1", "gatekeeper"]
    assert len(found["cards"]) == 7
    assert "they-call-back" in {other["name"] for other in found["others"]}


def test_b2_texts_are_filled_from_the_record_and_gaps_are_named(them: Cast) -> None:
    hello = main(script(them))["nodes"]["hello"]
    assert hello["text"] == (
        "Hello Sofia, this is Rosa Lindqvist from Harbour Kilns. You got in touch with us, thank you for that. "
        "Do you have ten minutes for it now?"
    )
    assert [gap["name"] for gap in hello["gaps"]] == ["need"]
    Need.objects.create(prospect=them.sofia, text="Fewer lists.", learned_at=NOW)
    hello = main(script(them))["nodes"]["hello"]
    assert "I have noted: Fewer lists. Do you" in hello["text"]
    assert hello["gaps"] == []
    assert [edge["key"] for edge in hello["edges"]] == list(range(1, 10))


CHOICES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"temperature": Temperature.COLD}, {}, "first-call-cold"),
    ({"conversations": 1, "proposal_sent_on": date(2026, 3, 1)}, {}, "follow-up-proposal"),
    ({"conversations": 1}, {}, "follow-up-recommendation"),
    ({}, {"inbound": True}, "they-call-back"),
]


@pytest.mark.parametrize(("columns", "given", "name"), CHOICES)
def test_b3_the_record_chooses_the_map(them: Cast, columns: dict[str, Any], given: dict[str, Any], name: str) -> None:
    change(them.sofia, **columns)
    assert main(script(them, **given))["name"] == name


@pytest.mark.parametrize(
    ("language", "proposal", "said"),
    [
        ("en", None, "I would also like to come back to what you raised: The price in one sum. Next steps only"),
        ("en", date(2026, 3, 1), "I would also like to come back to what you raised: The price in one sum. How does"),
        ("de", None, "was Sie angesprochen haben, möchte ich zurückkommen: The price in one sum. Nächste"),
        ("de", date(2026, 3, 1), "was Sie angesprochen haben, möchte ich zurückkommen: The price in one sum. Ist das"),
    ],
)
def test_b5_a_real_objection_comes_back_where_the_map_says_the_agenda(
    them: Cast, language: str, proposal: date | None, said: str
) -> None:
    change(them.sofia, conversations=1, language=language, proposal_sent_on=proposal)
    assert "raised" not in main(script(them))["nodes"]["agenda"]["text"]
    Objection.objects.create(prospect=them.sofia, text="Not now", raised_at=NOW, state="open")
    Objection.objects.create(prospect=them.sofia, text="The price in one sum.", raised_at=NOW, state="real")
    assert said in main(script(them))["nodes"]["agenda"]["text"]


def test_a_german_prospect_is_spoken_to_in_german(them: Cast) -> None:
    change(them.sofia, language="de-AT")
    found = script(them)
    assert main(found)["nodes"]["hello"]["text"].startswith("Guten Tag, Sofia Marchetti, hier ist Rosa Lindqvist")
    assert {each["language"] for each in found["maps"]} == {"de"}
    assert found["cards"][0]["title"] == "„Das muss ich mir überlegen“"


def test_a12_the_message_fits_the_case_and_the_place_and_says_when_you_ring_again(them: Cast) -> None:
    found = script(them)
    message = main(found)["nodes"]["message"]["text"]
    voicemail = next(each for each in found["maps"] if each["occasion"] == "voicemail")
    assert voicemail["entry"] == "asked-us"
    assert message == voicemail["nodes"]["asked-us"]["text"]
    assert "I will try" in message
    assert "?]" not in message
    them.sofia.enrollments.update(messages_left=2)
    assert [each["name"] for each in script(them)["maps"]][1] == "voicemail-3"


def test_a10_a_reps_own_words_lie_on_top_of_the_teams(them: Cast) -> None:
    words = {"name": "first-call-warm", "language": "en", "node": "hello", "text": "Hi {{ first_name }}!"}
    use_own_wording(by=them.rosa, now=NOW, **words)
    hello = main(script(them))["nodes"]["hello"]
    assert (hello["text"], hello["own"]) == ("Hi Sofia!", True)


def test_a_map_changed_while_it_is_walked_is_finished_on_its_version(them: Cast) -> None:
    row = CallMapVersion.objects.get(name="first-call-warm", language="en")
    publish_map(by=them.max, document={**row.document, "title": "Newer"}, based_on=1, now=AT)
    assert main(script(them))["title"] == "Newer"
    assert main(script(them, map_id=row.pk))["title"] == row.title


def test_without_a_published_map_there_is_none(them: Cast) -> None:
    CallMapVersion.objects.all().delete()
    assert map_for_call(brief(them.sofia, now=AT, rep=them.rosa), rep=them.rosa, now=AT) is None


def walk(
    them: Cast, prospect: Prospect, way: int, key: str, outcome: Outcome = Outcome.CALL_BACK, version: int = 1
) -> None:
    map_id = CallMapVersion.objects.get(name="first-call-warm", language="en", version=version).pk
    path = {"visits": [{"node": "dial", "edge": 1}, {"node": "hello", "edge": way}, {"node": "say-back"}]}
    moment = AT + timedelta(hours=20) if outcome is Outcome.CALL_BACK else None
    event = CallEnded(at=AT, machine=MachineResult.ANSWERED, outcome=outcome, next_at=moment)
    given = WrapUp(event=event, walk=Walked(map_id, path))
    wrap_up(by=them.rosa, prospect=prospect, wrap_up=given, touch_id=None, key=key, now=AT)


def test_a12_the_last_walk_decides_which_case_the_next_message_is_for(them: Cast) -> None:
    walk(them, them.sofia, 7, "unavailable", Outcome.NOT_NOW)
    voicemail = next(each for each in script(them)["maps"] if each["occasion"] == "voicemail")
    assert voicemail["entry"] == "unavailable"
    walk(them, them.sofia, 1, "talked", Outcome.CALL_BACK)
    voicemail = next(each for each in script(them)["maps"] if each["occasion"] == "voicemail")
    assert voicemail["entry"] == "agreed"


def test_a11_branches_are_counted_with_their_interval_and_only_for_who_may_look(them: Cast) -> None:
    walk(them, them.prospects[0], 1, "one")
    walk(them, them.prospects[1], 3, "two")
    row = CallMapVersion.objects.get(name="first-call-warm", language="en")
    found = map_statistics(them.max, row)
    assert (found.walks, found.branches["dial", 1].walked, found.branches["hello", 3].walked) == (2, 2, 1)
    assert found.branches["dial", 1].went_on.value == 1.0
    assert round(found.branches["dial", 1].went_on.low, 2) == 0.34
    assert map_statistics(them.otto, row).walks == 0
    assert statistics_of_versions(them.max, row, rehearsals=True).walks == 0
    assert walk_numbers(them.max, row) == WalkNumbers(version=2, versions=2, practice=0)
    assert walk_numbers(them.otto, row) == WalkNumbers(0, 0, 0)


def test_a11_a_new_version_keeps_the_counts_of_the_ways_it_kept(
    them: Cast, django_assert_num_queries: Callable[[int], Any]
) -> None:
    walk(them, them.prospects[0], 3, "one")
    old = CallMapVersion.objects.get(name="first-call-warm", language="en")
    nodes = [
        {**node, "edges": node["edges"][::-1]} if node["id"] == "hello" else node for node in old.document["nodes"]
    ]
    new = publish_map(by=them.max, document={**old.document, "nodes": nodes}, based_on=1, now=AT)
    walk(them, them.prospects[1], 1, "two", version=2)
    ways = len(nodes[1]["edges"])
    with django_assert_num_queries(1):  # a version is read once
        found = statistics_of_versions(them.max, new)
    assert {way: found.branches[way].walked for way in found.branches if way[0] == "hello"} == {
        ("hello", ways - 2): 1,
        ("hello", 1): 1,
    }
    assert found.branches["dial", 1].walked == 2
    assert map_statistics(them.max, new).branches["dial", 1].walked == 1
    assert walk_numbers(them.max, new) == WalkNumbers(version=1, versions=2, practice=0)
