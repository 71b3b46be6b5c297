"""The demo company: lively at any hour, the same for the same seed, and made only through actions."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ringback.demo.cast import Casting, companies, places
from ringback.demo.company import NotEmpty, make_company
from ringback.demo.team import WORDS, keep_logins, new_password
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.vocabulary import ProspectState, TouchKind
from ringback.models import Appointment, Enrollment, IncomingMail, Mailbox, Message, Prospect, Touch, User
from ringback.queries.today import today
from tests.cast import Cast, cast

DEMO = Path(__file__).resolve().parents[2] / "src/ringback/demo"
PASSWORD = "amber-otter-lantern-0482"
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
SUNDAY_NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
NEW_YEARS_NIGHT = datetime(2027, 1, 1, 0, 3, tzinfo=UTC)


def made(now: datetime, seed: int = 1) -> User:
    make_company(now=now, seed=seed, password=PASSWORD, say=lambda *_: None)
    return User.objects.get(username="rosa")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now", [TUESDAY_MORNING, NEW_YEARS_NIGHT, SUNDAY_NOON], ids=["office hours", "the night of a holiday", "a Sunday"]
)
def test_company_is_alive_at_any_hour(now: datetime) -> None:
    """One company for all of it: making one takes as long as a hundred other tests."""
    rosa = made(now)
    _rosas_day_has_something_in_every_lane(rosa, now)
    _mail_went_out_and_came_in_and_nothing_ever_leaves(rosa, now)
    _company_has_a_past_and_people_of_all_kinds_and_nothing_overdue_for_long(now)


def _rosas_day_has_something_in_every_lane(rosa: User, now: datetime) -> None:
    shown = today(rosa, now=now, limit=100)
    kinds = [(each.kind, each.channel.value) for each in shown.entries]
    assert shown.next_appointment is not None
    assert 20 * 60 < (shown.next_appointment.starts_at - now).total_seconds() <= 60 * 60
    for wanted, least in {
        (TouchKind.CALL_BACK, "call"): 3,
        (TouchKind.NEW_LEAD, "call"): 3,
        (TouchKind.RETRY, "call"): 3,
        (TouchKind.CADENCE, "call"): 4,
        (TouchKind.COMMITMENT, "task"): 2,
        (TouchKind.CONFIRMATION, "email"): 1,
        (TouchKind.THANK_YOU, "card"): 1,
    }.items():
        assert kinds.count(wanted) >= least, wanted
    assert shown.progress.due_count < 60


def _company_has_a_past_and_people_of_all_kinds_and_nothing_overdue_for_long(now: datetime) -> None:
    assert Prospect.objects.count() >= 110
    assert set(Prospect.objects.values_list("state", flat=True)) == set(ProspectState)
    assert set(Prospect.objects.values_list("qualification", flat=True)) == {"qualified", "unqualified", "unknown"}
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"running", "paused", "finished"}
    assert set(Appointment.objects.values_list("state", flat=True)) == {"agreed", "kept", "missed", "cancelled"}
    assert Prospect.objects.filter(zone="").exclude(possible_zones=[]).exists()
    assert Prospect.objects.filter(owner=None).exists()
    assert Prospect.objects.values("zone").distinct().count() >= 8
    names = "".join(Prospect.objects.values_list("shown_name", flat=True))
    assert all(part in names for part in ("🌻", "יעל", "السالم", "Oberammergau"))
    oldest = Touch.objects.filter(state="open").order_by("due_at").values_list("due_at", flat=True)[0]
    assert (now - oldest).days <= 7


def _mail_went_out_and_came_in_and_nothing_ever_leaves(rosa: User, now: datetime) -> None:
    came = IncomingMail.objects.order_by("pk").values_list("kind", "trouble")
    assert sorted(came) == sorted(
        (kind, "")
        for kind in (
            "bounce", "calendar_answer", "calendar_answer", "out_of_office", "remove_me", "reply", "reply",
        )
    )  # fmt: skip
    states = list(Message.objects.values_list("state", flat=True))
    assert {each: states.count(each) for each in set(states)} == {"sent": 6, "failed": 2, "unknown": 1}
    assert Message.objects.filter(situation="summary", confirmed_by="reply").count() == 1
    assert Appointment.objects.filter(answer="accepted", state="agreed").count() == 1
    box = Mailbox.objects.get()
    assert (box.owner, box.paused_at) == (rosa, now.replace(microsecond=0))
    assert not Touch.objects.filter(state="open", lane__in=(AUTOMATIC,)).exists()
    assert all(row.written_at <= now for row in IncomingMail.objects.all())


@pytest.mark.django_db
def test_full_database_is_refused() -> None:
    them: Cast = cast()
    with pytest.raises(NotEmpty):
        made(them.now)
    assert Prospect.objects.count() == len(them.prospects)


def test_same_seed_invents_the_same_people() -> None:
    from random import Random

    def invented(seed: int) -> list[object]:
        casting = Casting.seeded(Random(seed))
        return [casting.somebody(place, company) for place, company in companies()]

    assert invented(3) == invented(3)
    assert invented(3) != invented(4)


def test_numbers_and_addresses_are_reserved_for_fiction() -> None:
    from random import Random

    casting = Casting.seeded(Random(1))
    fictional = ("+4420794600", "+4416149600", "+4413149600", "+4930231250", "+4989999980", "+447700900")
    for place in places().values():
        number, mail = casting.points(place, "Ann", "Doe", "Any Firm")
        assert number.value.startswith(fictional) or number.value[5:10] == "55501"
        assert mail.value.endswith(".example.com")


def test_logins_are_for_the_owner_of_the_folder_alone(tmp_path: Path) -> None:
    path = keep_logins(tmp_path, PASSWORD)
    assert path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD in path.read_text()
    assert new_password() != new_password()
    assert len(set(WORDS)) == len(WORDS)


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.py")), ids=lambda path: path.name)
def test_demo_writes_through_actions_alone(path: Path) -> None:
    writers = {"create", "bulk_create", "save", "update", "delete", "get_or_create", "update_or_create"}
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & writers
