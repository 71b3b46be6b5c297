"""today, wrap-up and undo: the day from a terminal."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ringback.actions.prospecting import add_prospect
from ringback.models import Call, Prospect, Touch
from tests.cast import Cast, person

AT = "2026-11-23T09:02:00Z"
NEXT = "2026-11-26T14:00"


def run(*words: str, **options: Any) -> Any:
    """The JSON that a command prints."""
    said = io.StringIO()
    call_command(*words, "--json", stdout=said, stderr=io.StringIO(), **options)
    return json.loads(said.getvalue())


def wrap(who: Prospect | str, *words: str, at: str = AT) -> Any:
    return run("wrap-up".replace("-", "_"), str(getattr(who, "pk", who)), "--at", at, *words)


def refusal(*words: str) -> CommandError:
    with pytest.raises(CommandError) as refused:
        call_command(*words, stdout=io.StringIO(), stderr=io.StringIO())
    return refused.value


def test_today_is_the_queue_with_reasons(them: Cast) -> None:
    told = run("today", "--rep", "rosa", "--at", AT)
    assert told["rep"] == "rosa"
    assert {each["prospect"] for each in told["entries"]} == {each.pk for each in them.prospects}
    first = told["entries"][0]
    assert (first["place"], first["channel"], first["kind"]) == (1, "call", "new_lead")
    assert first["because"]["rule"]
    assert first["because"]["text"]
    assert run("today", "--rep", "rosa", "--at", AT, "--limit", "1")["entries"] == [first]


def test_today_in_words_names_who_and_why(them: Cast) -> None:
    said = io.StringIO()
    call_command("today", "--rep", "rosa", "--at", AT, stdout=said, stderr=io.StringIO())
    assert "Sofia Marchetti, Lumen Ceramics" in said.getvalue()
    assert "(A14)" in said.getvalue()
    call_command("today", "--rep", "otto", "--at", AT, stdout=said, stderr=io.StringIO())
    assert "Nothing is planned." in said.getvalue()


def test_today_for_a_stranger_names_who_there_is(them: Cast) -> None:
    refused = refusal("today", "--rep", "rossa")
    assert refused.returncode == 2
    assert "Did you mean “rosa”?" in str(refused)


def test_unanswered_call_goes_on_in_the_ladder(them: Cast) -> None:
    """C3: the mail ten minutes after the first call."""
    told = wrap(them.sofia, "--outcome", "no_answer")
    assert [(each["channel"], each["due_at"]) for each in told["touches"]] == [("email", "2026-11-23T09:12:00Z")]
    assert told["touches"][0]["because"]["rule"] == "C3"
    call = Call.objects.get(prospect=them.sofia)
    assert (call.machine, call.outcome, call.rep) == ("no_answer", "", them.rosa)


def test_appointment_is_read_in_the_prospects_zone_and_everything_follows(them: Cast) -> None:
    """A1, A4, A5, A7, D1."""
    told = wrap(them.sofia, "--outcome", "appointment", "--next", NEXT, "--reason", "Pilot", "--need", "fewer returns")
    assert told["appointment"]["starts_at"] == "2026-11-26T13:00:00Z"
    assert {each["kind"] for each in told["touches"]} >= {"appointment", "confirmation", "reminder", "summary"}
    assert told["because"]["rule"] == "A1"


def test_b1_moment_that_was_promised_to_somebody_else_is_remarked(them: Cast) -> None:
    agreed = ("--outcome", "appointment", "--next", NEXT, "--reason", "Pilot", "--at", AT)
    for who, remark in ((them.sofia, ""), (them.prospects[1], "collides with Sofia Marchetti at 14:00")):
        said = io.StringIO()
        call_command("wrap_up", str(who.pk), *agreed, stdout=io.StringIO(), stderr=said)
        assert (remark in said.getvalue(), bool(said.getvalue())) == (True, bool(remark))


def test_everything_that_is_missing_is_told_at_once(them: Cast) -> None:
    refused = refusal("wrap_up", str(them.sofia.pk), "--outcome", "appointment", "--at", AT)
    assert refused.returncode == 1
    assert "exact day and time" in str(refused)
    assert "why you will speak again" in str(refused)
    assert not Call.objects.exists()


def test_promises_are_commitments(them: Cast) -> None:
    """A3."""
    told = wrap(
        them.sofia, "--outcome", "call_back", "--next", NEXT, "--owe", "the price=list=2026-11-24", "--they-owe",
        "their figures=2026-11-25",
    )  # fmt: skip
    assert told["promises"] == [
        {"party": "us", "text": "the price=list", "due_on": "2026-11-24"},
        {"party": "them", "text": "their figures", "due_on": "2026-11-25"},
    ]


def test_information_is_sent_only_behind_four_yeses(them: Cast) -> None:
    """B6."""
    words = ("--outcome", "send_information", "--next", NEXT, "--reason", "Read it together")
    some = refusal("wrap_up", str(them.sofia.pk), "--at", AT, *words, "--gate", "several_calls,need_uncovered")
    assert "four answers" in str(some)
    assert wrap(them.sofia, *words, "--gate", "all")["because"]["rule"] == "B6"


def test_same_key_twice_changes_nothing(them: Cast) -> None:
    first = wrap(them.sofia, "--outcome", "voicemail", "--key", "k1")
    assert wrap(them.sofia, "--outcome", "voicemail", "--key", "k1") == first
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--outcome", "no_answr"), "did you mean “no_answer”"),
        (("--outcome", "no_answer", "--machine", "busy"), "contradict"),
        (("--outcome", "won", "--machine", "busy"), "says that nobody did"),
        (("--outcome", "call_back", "--next", "2026-03-29T02:30"), "does not exist in Europe/Rome"),
        (("--outcome", "call_back", "--next", NEXT, "--owe", "the price"), "lacks its day"),
        (("--outcome", "send_information", "--gate", "yes"), "is none of"),
        (("--outcome", "no_answer", "--as", "nobody"), "There is no user"),
    ],
)
def test_wrong_command_line_is_told_in_words(words: tuple[str, ...], said: str, them: Cast) -> None:
    refused = refusal("wrap_up", str(them.sofia.pk), "--at", AT, *words)
    assert refused.returncode == 2
    assert said in str(refused)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "named", ["sofia marchetti", "PERSON0@example.com", "+39 0546 120 000", "محمد الكريم", "Thomas 🦊 Nowak"]
)
def test_prospect_is_found_by_name_mail_or_number(named: str, them: Cast) -> None:
    told = wrap(named, "--outcome", "no_answer")
    assert Prospect.objects.get(pk=told["prospect"]) in them.prospects


def test_name_that_fits_two_lists_both(them: Cast) -> None:
    twin = add_prospect(by=them.rosa, fields=person(0), now=them.now)
    refused = refusal("wrap_up", "Sofia Marchetti", "--outcome", "no_answer", "--at", AT)
    assert refused.returncode == 2
    assert str(twin.pk) in str(refused)
    assert str(them.sofia.pk) in str(refused)


def test_unknown_name_lists_who_comes_near(them: Cast) -> None:
    assert "Sofia Marchetti, Lumen Ceramics" in str(refusal("wrap_up", "Sofia", "--outcome", "no_answer"))


def test_rep_cannot_wrap_up_for_somebody_elses_prospect(them: Cast) -> None:
    refused = refusal("wrap_up", str(them.sofia.pk), "--outcome", "no_answer", "--at", AT, "--as", "otto")
    assert "There is no prospect" in str(refused)


def test_undo_restores_what_was(them: Cast) -> None:
    before = list(Touch.objects.order_by("pk").values_list("pk", "state"))
    told = wrap(them.sofia, "--outcome", "no_answer")
    assert run("undo", str(told["arrangement"])) == {"arrangement": told["arrangement"], "undone": True}
    assert list(Touch.objects.order_by("pk").values_list("pk", "state")) == before
    assert not Call.objects.exists()


def test_undo_of_another_teams_arrangement_is_not_even_seen(them: Cast) -> None:
    told = wrap(them.sofia, "--outcome", "no_answer")
    refused = refusal("undo", str(told["arrangement"]), "--as", "otto")
    assert "There is no arrangement" in str(refused)
    assert Call.objects.count() == 1


def test_ladder_can_be_worked_to_its_end_from_the_terminal(them: Cast) -> None:
    """C1 by --at alone: seven calls without an answer, a last mail, and a polite release."""
    sofia = them.sofia
    wrap(sofia, "--outcome", "appointment", "--next", NEXT, "--reason", "Pilot")
    told = wrap(sofia, "--outcome", "no_answer", at="2026-11-26T13:00:05Z")
    for _ in range(6):
        assert [each["channel"] for each in told["touches"]] == ["call"]
        told = wrap(sofia, "--outcome", "no_answer", at=told["touches"][0]["due_at"])
    assert [each["kind"] for each in told["touches"]] == ["last_word"]
    assert Call.objects.filter(prospect=sofia).count() == 8
    last = Touch.objects.get(prospect=sofia, kind="last_word")
    assert last.due_at - them.now < timedelta(days=30)
