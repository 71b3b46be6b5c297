"""The demo company: weeks of work, told prospect by prospect, up to the present minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db import transaction

from ringback.actions.mail_texts import install_mail_texts
from ringback.actions.publishing import install_library
from ringback.actions.publishing_maps import install_maps
from ringback.actions.settling import change_workspace
from ringback.demo import oddities, post, rosas_day
from ringback.demo.answers import Answers
from ringback.demo.cast import Casting, Place, companies
from ringback.demo.hours import Diary, last_open
from ringback.demo.lives import Teller
from ringback.demo.team import hire
from ringback.domain.call_hours import MONDAY_TO_FRIDAY
from ringback.domain.local_time import local
from ringback.domain.vocabulary import Qualification, Temperature
from ringback.library import cadence_documents, mail_documents
from ringback.library.scripts import map_documents
from ringback.models import Prospect, User

OPENED = timedelta(days=49)
PEOPLE_IN_STORIES = 84
HOME_OF = {"US": "ben", "DE": "mei", "AT": "mei"}
REPS = ("rosa", "ben", "mei")
# Work that fell due since then waits for its rep.
LEFT_OPEN = timedelta(hours=18)
Say = Callable[[int, int], None]


class NotEmpty(Exception):
    """There are people here already, who must not be mixed up with invented ones."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, for the closing line."""

    people: int
    companies: int


def make_company(*, now: datetime, seed: int, password: str, say: Say) -> Made:
    """Fill an empty database through actions alone. The same seed and moment (UTC) give the same company.

    All or nothing, in one transaction; `say(done, all)` is called after each prospect. Raises NotEmpty.
    """
    if User.objects.exists() or Prospect.objects.exists():
        raise NotEmpty
    now = now.replace(microsecond=0)
    with transaction.atomic():
        opened = now - OPENED
        install_library(documents=cadence_documents(), now=opened)
        install_mail_texts(texts=mail_documents(), now=opened)
        install_maps(documents=map_documents(), now=opened)
        team = hire(password=password, now=opened)
        teller = storyteller(now, seed, team)
        told: list[Callable[[], Any]] = [
            *stories(teller, team),
            partial(work_today, team["ada"], now),
            *rosas_day.scenes(teller, team),
            *oddities.scenes(teller, team),
            *post.scenes(teller, team),
        ]
        for done, tell in enumerate(told, 1):
            tell()
            say(done, len(told))
    return Made(Prospect.objects.count(), len(companies()))


def storyteller(now: datetime, seed: int, team: dict[str, User]) -> Teller:
    random = Random(seed)  # noqa: S311 - invented people are no secret
    diary = Diary(
        random, kept_free={user.pk: (now - timedelta(minutes=50), now + timedelta(hours=2)) for user in team.values()}
    )
    return Teller(random, Casting.seeded(random), Answers(random, diary), now)


def work_today(admin: User, now: datetime) -> None:
    """Whoever tries the product on a Sunday sees a firm that works on Sundays, not a queue that waits for Monday."""
    weekday = local(now, admin.zone).weekday()
    if weekday not in MONDAY_TO_FRIDAY:
        change_workspace(by=admin, fields={"workdays": [*sorted(MONDAY_TO_FRIDAY), weekday]}, now=now)


def stories(teller: Teller, team: dict[str, User]) -> Iterator[Callable[[], Any]]:
    """Ordinary prospects, two or three at each company."""
    homes = companies()
    for number in range(PEOPLE_IN_STORIES):
        place, company = homes[number % len(homes)]
        rep = team[HOME_OF.get(place.country, REPS[number % len(REPS)])]
        yield partial(tell_story, teller, place, company, rep)


def tell_story(teller: Teller, place: Place, company: str, rep: User) -> None:
    """They came in some time ago; whoever is qualified went into a cadence, and life took its course."""
    random = teller.random
    qualified = random.random() < 0.87
    doubt = random.choice((Qualification.UNKNOWN, Qualification.UNKNOWN, Qualification.UNQUALIFIED))
    told = {} if qualified else {"qualification": doubt, "value": 0, "temperature": Temperature.COLD}
    arrived = teller.now - timedelta(days=random.choice((1, 2, 3, 5, 6, 8, 9, 12, 15, 19, 23, 28, 33, 38, 44)))
    person = teller.casting.somebody(place, company, **told)
    prospect = teller.arrive(person, rep, arrived - timedelta(minutes=random.randint(0, 600)))
    if qualified:
        at = last_open(arrived, teller.calendar(prospect))
        teller.enter(prospect, max(at, prospect.created_at) + timedelta(minutes=random.randint(1, 20)))
        teller.live(prospect, teller.open_until(prospect) - LEFT_OPEN)
