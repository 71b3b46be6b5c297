"""Who is left alone: on the prospect's page, and under Settings → Blocked (C5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect
from ringback.actions.reacting import opt_out
from ringback.domain.vocabulary import Channel
from ringback.models import Prospect, Suppression, User
from ringback.queries.blocks import blocks
from tests.actions.rows import fresh_key
from tests.cast import NOW, Cast, cast

AsUser = Callable[[User], Client]
LIST = "/settings/blocked/"
LIST_QUERIES = 6


def blocked(them: Cast, prospect: Prospect, key: str = "stop") -> Suppression:
    opt_out(by=them.rosa, prospect=prospect, proof="Wrote: “leave me alone”", key=key, now=NOW)
    return Suppression.objects.filter(prospect=prospect).earliest("pk")


def text_of(client: Client, where: str, **asked: str) -> str:
    return client.get(where, asked).content.decode()


def lifts_offered(page: str) -> int:
    return page.count('data-opens="#lift-')


def test_C5_prospects_page_shows_the_block_with_its_proof_and_its_lifting(them: Cast, as_user: AsUser) -> None:
    row, where = blocked(them, them.sofia), f"/prospects/{them.sofia.pk}/"
    page = text_of(as_user(them.max), where)
    for words in ("Must not be contacted: Every channel", "Wrote: “leave me alone”", "Rosa Lindqvist", "+39054612"):
        assert words in page
    assert (lifts_offered(page), f'.lift.{row.pk}"' in page) == (1, True)
    lifted = {"reason": "She rang us", "next": where, "key": fresh_key()}
    client = as_user(them.max)
    for _press in range(2):  # a double click, or a line that broke before the answer
        answer = client.post(f"{LIST}{row.pk}/lifting", lifted, follow=True)
        assert (answer.redirect_chain, "The block is lifted" in answer.content.decode()) == ([(where, 302)], True)
    page = answer.content.decode()
    assert "Must not be contacted" not in page
    assert ("Lifted by Max Okonkwo" in page, "She rang us" in page, "Block again" in page) == (True, True, True)
    answer = as_user(them.rosa).post(f"{LIST}{row.pk}/renewal", {"next": where, "key": fresh_key()}, follow=True)
    assert "Must not be contacted: Every channel" in answer.content.decode()


def test_C5_half_lifted_block_stands_with_what_stands_of_it_only(them: Cast) -> None:
    first = blocked(them, them.sofia)
    Suppression.objects.create(prospect=them.sofia, at=first.at, reason=first.reason, value="sofia@lumen.example")
    Suppression.objects.filter(pk=first.pk).update(lifted_at=NOW, lifted_by=them.max, lifted_because="She rang us")
    standing = Suppression.objects.filter(prospect=them.sofia, lifted_at=None).earliest("pk")
    assert [block.row for block in blocks(them.max).blocks] == [standing]
    assert [block.row for block in blocks(them.max, lifted=True).blocks] == [first]


def test_C5_rep_is_told_who_lifts_it_and_cannot(them: Cast, as_user: AsUser) -> None:
    row = blocked(them, them.sofia)
    page = text_of(as_user(them.rosa), f"/prospects/{them.sofia.pk}/")
    assert (lifts_offered(page), "a manager or an admin lifts it" in page) == (0, True)
    answer = as_user(them.rosa).post(
        f"{LIST}{row.pk}/lifting", {"reason": "I want to", "key": fresh_key()}, follow=True
    )
    assert "only a manager or an admin lifts it" in answer.content.decode()
    assert Suppression.objects.exclude(lifted_at=None).count() == 0


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_lifting_without_a_proper_reason_is_refused(reason: str, them: Cast, as_user: AsUser) -> None:
    row = blocked(them, them.sofia)
    answer = as_user(them.max).post(f"{LIST}{row.pk}/lifting", {"reason": reason, "key": fresh_key()}, follow=True)
    assert 'data-toast="error"' in answer.content.decode()
    assert Suppression.objects.exclude(lifted_at=None).count() == 0


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_page_to_go_on_with_is_one_of_ours(where: str, them: Cast, as_user: AsUser) -> None:
    row = blocked(them, them.sofia)
    answer = as_user(them.max).post(f"{LIST}{row.pk}/lifting", {"reason": "Asked", "next": where, "key": fresh_key()})
    assert (answer.status_code, answer["Location"]) == (302, LIST)


def test_C5_number_that_somebody_elses_prospect_blocked_is_told_without_telling_of_them(
    them: Cast, as_user: AsUser
) -> None:
    shared = PointFields("phone", "+39054612000")
    other = add_prospect(
        by=them.otto, fields=ProspectFields(first_name="Petra", last_name="Geheim", contact_points=(shared,)), now=NOW
    )
    mine = add_prospect(by=them.rosa, fields=ProspectFields(first_name="Ida", contact_points=(shared,)), now=NOW)
    opt_out(by=them.otto, prospect=other, proof="Secret words", key="other", now=NOW)
    page = text_of(as_user(them.rosa), f"/prospects/{mine.pk}/")
    assert ("prospect of somebody else" in page, lifts_offered(page)) == (True, 0)
    assert not {"Petra", "Geheim", "Secret words"} & set(page.replace(">", " ").replace("<", " ").split())
    assert "Petra Geheim" in text_of(as_user(them.ada), f"/prospects/{mine.pk}/") + text_of(as_user(them.ada), LIST)


@pytest.mark.parametrize(("who", "sees"), [("rosa", 1), ("otto", 0), ("max", 1), ("ada", 1)])
def test_each_sees_the_blocks_of_whom_they_see(who: str, sees: int, them: Cast, as_user: AsUser) -> None:
    blocked(them, them.sofia)
    assert text_of(as_user(getattr(them, who)), LIST).count("Sofia Marchetti") == sees


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 1), ("sofia", 1), ("SOFIA", 1), ("lumen", 1), ("+39 0546 120000", 1), ("person0@EXAMPLE", 1),
        ("asked not to", 1), ("nobody", 0), ("%", 0), ("'); --", 0),
    ],
)  # fmt: skip
def test_blocks_are_found_by_what_is_known_of_them(text: str, found: int, them: Cast, as_user: AsUser) -> None:
    blocked(them, them.sofia)
    assert text_of(as_user(them.ada), LIST, q=text).count("Sofia Marchetti") == found


def test_lifted_ones_stand_in_a_list_of_their_own(them: Cast, as_user: AsUser) -> None:
    row = blocked(them, them.sofia)
    client = as_user(them.max)
    assert "Sofia Marchetti" not in text_of(client, LIST, lifted="1")
    client.post(f"{LIST}{row.pk}/lifting", {"reason": "She rang us", "key": fresh_key()})
    assert "Sofia Marchetti" not in text_of(client, LIST)
    page = text_of(client, LIST, lifted="1", q="rang us")
    assert ("Sofia Marchetti" in page, "Lifted by Max Okonkwo" in page) == (True, True)


def test_C5_address_without_a_person_is_for_whoever_knows_it(them: Cast, as_user: AsUser) -> None:
    Suppression.objects.create(value="person0@example.com", channel=Channel.EMAIL, reason="Asked", at=NOW)
    counted = {who: text_of(as_user(getattr(them, who)), LIST).count("</bdi> <span class=\"tag") for who in
               ("rosa", "otto", "ada")}  # fmt: skip
    assert counted == {"rosa": 1, "otto": 0, "ada": 1}


@pytest.mark.parametrize("people", [1, 45])
def test_list_asks_the_database_as_often_for_a_full_page(
    people: int, db: None, a_minute_later: None, as_user: AsUser, django_assert_max_num_queries
) -> None:
    them = cast(people=people, cadence="")
    for index, prospect in enumerate(them.prospects):
        blocked(them, prospect, key=f"stop-{index}")
    client = as_user(them.ada)
    with django_assert_max_num_queries(LIST_QUERIES):
        page = client.get(LIST).content.decode()
    assert lifts_offered(page) == min(people, 40)
    assert ("before=" in page) is (people > 40)
    if people > 40:
        older = page.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        assert lifts_offered(text_of(client, older)) == people - 40


def test_two_blocks_of_one_person_are_two_lines(them: Cast, as_user: AsUser) -> None:
    for number, channel in enumerate((Channel.CHAT, Channel.EMAIL)):
        opt_out(
            by=them.rosa, prospect=them.sofia, proof="So", key=f"k{number}", channels=frozenset({channel}),
            now=NOW - timedelta(days=number),
        )  # fmt: skip
    assert lifts_offered(text_of(as_user(them.max), LIST)) == 2
