"""Cadence files: what is read, and how each mistake is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.cadence import CadenceError, CadenceProblem, End, EndKind, Purpose, Start, Step, read_cadence
from ringback.domain.vocabulary import Channel, Temperature
from ringback.domain.waits import Part, Wait, WaitUnit

STEP = {"id": "first", "channel": "call", "why": "Because."}
DOCUMENT: dict[str, Any] = {
    "name": "small",
    "rule": "C4",
    "title": "Small",
    "steps": [STEP, {"id": "second", "channel": "email", "wait": "3 business days", "why": "Because."}],
    "end": {"kind": "release"},
}


def changed(**fields: Any) -> dict[str, Any]:
    """The small cadence with other fields; None takes a field away."""
    return {name: value for name, value in {**DOCUMENT, **fields}.items() if value is not None}


def with_step(**fields: Any) -> dict[str, Any]:
    return changed(steps=[{name: value for name, value in {**STEP, **fields}.items() if value is not None}])


def problems(document: Any) -> list[str]:
    with pytest.raises(CadenceError) as refused:
        read_cadence(document)
    return [str(problem) for problem in refused.value.problems]


def test_read_cadence_fills_in_what_a_short_file_leaves_out() -> None:
    cadence = read_cadence(DOCUMENT)
    assert (cadence.name, cadence.rule, cadence.title, cadence.start) == ("small", "C4", "Small", Start.FIRST_TOUCH)
    assert (cadence.temperature, cadence.urgent, cadence.agreed, cadence.has_calls) == (None, False, False, True)
    assert cadence.end == End(EndKind.RELEASE)
    assert cadence.steps == (
        Step("first", Channel.CALL, Wait(WaitUnit.DAY_PART, part=Part.NOW), "Because."),
        Step("second", Channel.EMAIL, Wait(WaitUnit.BUSINESS_DAYS, 3), "Because."),
    )


def test_read_cadence_reads_every_field() -> None:
    full = {
        "id": "bye",
        "channel": "email",
        "wait": "2 days",
        "why": " Enough. ",
        "repeat": 2,
        "title": "Bye",
        "say": "Text",
        "voicemail": "Beep",
        "subject": "Subject",
        "purpose": "last word",
    }
    document = changed(
        source="000",
        start="agreed moment",
        temperature="warm",
        urgent=True,
        description="About it.",
        steps=[STEP, full],
        end={"kind": "hand over", "to": "general", "why": "On and on."},
    )
    cadence = read_cadence(document)
    assert cadence.agreed
    assert (cadence.source, cadence.temperature, cadence.urgent) == ("000", Temperature.WARM, True)
    assert cadence.description == "About it."
    assert cadence.end == End(EndKind.HAND_OVER, "general", "On and on.")
    assert cadence.step("bye") == Step(
        "bye", Channel.EMAIL, Wait(WaitUnit.DAYS, 2), "Enough.", 2, "Bye", "Text", "Beep", "Subject", Purpose.LAST_WORD
    )


def test_step_names_the_cadence_when_there_is_no_such_step() -> None:
    with pytest.raises(KeyError, match="“small” has no step “third”"):
        read_cadence(DOCUMENT).step("third")


def test_a_cadence_of_mails_has_no_calls() -> None:
    assert not read_cadence(with_step(channel="email")).has_calls


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(changed(titel="x"), ["titel: is no field of a cadence (did you mean “title”?)"], id="C4-unknown"),
        pytest.param(changed(zzz=1), ["zzz: is no field of a cadence"], id="C4-unknown-like-nothing"),
        pytest.param(changed(name=None), ["name: is missing"], id="C4-no-name"),
        pytest.param(
            changed(name="My Cadence"),
            ["name: “My Cadence” should be small letters, digits and single hyphens"],
            id="C4-bad-name",
        ),
        pytest.param(changed(title=7), ["title: should be text, not 7"], id="C4-title-is-a-number"),
        pytest.param(changed(rule="C" * 9), ["rule: is 9 characters long; at most 8 fit"], id="C4-long-rule"),
        pytest.param(
            changed(start="agreed momnt"),
            [
                "start: “agreed momnt” is none of: agreed moment, first touch (did you mean “agreed moment”?)",
            ],
            id="C1-start",
        ),
        pytest.param(changed(temperature="hot"), ["temperature: “hot” is none of: warm, cold"], id="A14-temperature"),
        pytest.param(changed(urgent="yes"), ["urgent: should be true or false, not 'yes'"], id="C3-urgent"),
        pytest.param(changed(steps=[]), ["steps: is missing; a cadence has at least one step"], id="C4-no-steps"),
        pytest.param(changed(steps="call"), ["steps: is missing; a cadence has at least one step"], id="C4-steps-text"),
        pytest.param(
            changed(steps=["call"]),
            [
                "steps[1]: should be a table of fields",
                "steps[1].id: is missing",
                "steps[1].channel: is missing; one of: call, email, card, chat, social, visit, task",
                "steps[1].why: is missing",
            ],
            id="C4-step-is-text",
        ),
        pytest.param(
            changed(steps=[STEP, STEP]),
            ["steps: two steps have the id “first”; each step needs its own"],
            id="C4-same-id-twice",
        ),
        pytest.param(
            with_step(channel="mail"),
            [
                "steps[1].channel: “mail” is none of: call, email, card, chat, social, visit, task "
                "(did you mean “email”?)"
            ],
            id="C4-channel",
        ),
        pytest.param(with_step(why="  "), ["steps[1].why: is missing"], id="C4-no-reason"),
        pytest.param(
            with_step(wait="3 bussiness days"),
            ["steps[1].wait: “3 bussiness days” is not a wait; did you mean “3 business days”?"],
            id="E3-misspelt-wait",
        ),
        pytest.param(with_step(wait=3), ["steps[1].wait: should be text, not 3"], id="E3-wait-is-a-number"),
        pytest.param(
            with_step(repeat=0),
            ["steps[1].repeat: should be a whole number from 1 to 100, not 0"],
            id="C1-repeat-never",
        ),
        pytest.param(
            with_step(repeat=True),
            ["steps[1].repeat: should be a whole number from 1 to 100, not True"],
            id="C1-repeat-is-a-flag",
        ),
        pytest.param(
            with_step(repeat=2.5),
            ["steps[1].repeat: should be a whole number from 1 to 100, not 2.5"],
            id="C1-repeat-is-a-fraction",
        ),
        pytest.param(
            with_step(purpose="lastword"),
            ["steps[1].purpose: “lastword” is none of: try, last word, review (did you mean “last word”?)"],
            id="C6-purpose",
        ),
        pytest.param(
            with_step(voice_mail="Hi"),
            ["steps[1].voice_mail: is no field of a cadence (did you mean “voicemail”?)"],
            id="A12-misspelt-field",
        ),
        pytest.param(changed(end=None), ["end.kind: is missing; one of: release, hand over, repeat"], id="C6-no-end"),
        pytest.param(
            changed(end={"kind": "hand over"}),
            ["end.to: name the cadence to hand over to"],
            id="C2-hand-over-to-nobody",
        ),
        pytest.param(
            changed(end={"kind": "repeat", "to": "secnd"}),
            ["end.to: there is no step “secnd” to repeat from (did you mean “second”?)"],
            id="C4-repeat-from-nowhere",
        ),
        pytest.param(
            changed(steps=[STEP], end={"kind": "repeat", "to": "first"}),
            ["end.to: the steps that repeat for ever all wait for nothing; give one of them a wait"],
            id="C4-repeat-without-a-wait",
        ),
        pytest.param(
            changed(start="agreed moment", steps=[{**STEP, "channel": "email"}]),
            ["steps[1].channel: a ladder for an agreed moment begins with the call itself"],
            id="C1-begins-with-a-mail",
        ),
    ],
)
def test_a_mistake_is_told_with_its_field_and_what_was_meant(document: dict[str, Any], expected: list[str]) -> None:
    assert problems(document) == expected


def test_the_file_is_named_before_the_field() -> None:
    with pytest.raises(CadenceError, match=r"^mine\.toml: title: is missing$"):
        read_cadence(changed(title=None), file="mine.toml")


def test_all_problems_are_told_at_once() -> None:
    assert problems(changed(title=None, urgent=1, end={"kind": "stop"})) == [
        "end.kind: “stop” is none of: release, hand over, repeat",
        "title: is missing",
        "urgent: should be true or false, not 1",
    ]


def test_an_empty_document_lists_what_a_cadence_needs() -> None:
    assert [problem.partition(":")[0] for problem in problems({})] == ["steps", "end.kind", "name", "rule", "title"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*DOCUMENT, "start", "source"]) | st.text(), JUNK) | JUNK)
def test_junk_is_refused_with_words_and_never_breaks_the_reader(junk: Any) -> None:
    assert all(problems(junk))


@given(st.sampled_from([*STEP, "wait", "repeat", "purpose"]), JUNK)
def test_junk_in_a_step_is_read_or_refused_at_that_step(field: str, junk: Any) -> None:
    assert {problem.field.partition(".")[0] for problem in found(changed(steps=[{**STEP, field: junk}]))} <= {
        "steps[1]"
    }


def found(document: dict[str, Any]) -> tuple[CadenceProblem, ...]:
    try:
        read_cadence(document)
    except CadenceError as refused:
        return refused.problems
    return ()
