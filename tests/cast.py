"""One cast for all tests: who works at Harbour Kilns, and whom they sell to.

It is Monday 23 November 2026, 10:00 in Berlin, where the firm and Rosa are. Everything is made through actions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ringback.actions.enrolling import enroll
from ringback.actions.mail_texts import install_mail_texts
from ringback.actions.prospecting import PointFields, ProspectFields, add_prospect
from ringback.actions.publishing import install_library
from ringback.actions.publishing_maps import install_maps
from ringback.domain.vocabulary import Qualification, Role, Temperature
from ringback.library import cadence_documents, mail_documents
from ringback.library.scripts import map_documents
from ringback.models import Prospect, Team, User, Workspace
from tests.kept_rows import KeptRows

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "kiln-and-glaze-47"
ZONE = "Europe/Berlin"


@dataclass(slots=True)
class Cast:
    """`now` is the moment at which they were brought in."""

    now: datetime
    rosa: User
    max: User
    ada: User
    otto: User
    prospects: list[Prospect] = field(default_factory=list)

    @property
    def sofia(self) -> Prospect:
        """A warm lead with telephone, mail and address: everything can be arranged for her."""
        return self.prospects[0]


def cast(now: datetime = NOW, *, people: int = 3, cadence: str = "warm-first-voicemail", maps: bool = False) -> Cast:
    """A firm, its team, and `people` qualified prospects of Rosa's in a cadence whose first call is due at `now`.

    The built-in call maps are there only if `maps` says so: reading them takes a while.
    """
    return _kept(now, people, cadence, maps)


def _brought_in(now: datetime, people: int, cadence: str, maps: bool) -> Cast:
    install_library(documents=cadence_documents(), now=now)
    install_mail_texts(texts=mail_documents(), now=now)
    if maps:
        install_maps(documents=map_documents(), now=now)
    Workspace.objects.update_or_create(
        pk=1, defaults={"firm_name": "Harbour Kilns", "zone": ZONE, "region": "DE-HH", "currency": "EUR"}
    )
    team = Team.objects.create(name="North")
    found = Cast(
        now=now,
        rosa=member("rosa", "Rosa Lindqvist", Role.REP, team),
        max=member("max", "Max Okonkwo", Role.MANAGER, team),
        ada=member("ada", "Ada Brandt", Role.ADMIN, None),
        otto=member("otto", "Otto Vega", Role.REP, Team.objects.create(name="South")),
    )
    for index in range(people):
        prospect = add_prospect(by=found.rosa, fields=person(index), now=now - timedelta(days=1))
        found.prospects.append(prospect)
        if cadence:
            enroll(by=found.rosa, prospect=prospect, cadence=cadence, key=f"cast-{index}", now=now)
    return found


_kept = KeptRows(_brought_in)


def member(username: str, name: str, role: Role, team: Team | None) -> User:
    first, last = name.split()
    return User.objects.create_user(
        username,
        password=PASSWORD,
        first_name=first,
        last_name=last,
        role=role,
        team=team,
        zone=ZONE,
        phone="040 555 0102",
    )


NAMES = (
    ("Sofia", "Marchetti", "Lumen Ceramics"),
    ("محمد", "الكريم", "النور"),
    ("Thomas 🦊", "Nowak", "Foxtail Studios"),
)


def person(index: int) -> ProspectFields:
    first, last, company = NAMES[index] if index < len(NAMES) else (f"Person{index}", "Example", f"Firm {index}")
    return ProspectFields(
        first_name=first,
        last_name=last,
        company_name=company,
        zone="Europe/Rome" if index == 0 else ZONE,
        street="Via Roma 1",
        city="Faenza",
        postal_code="48018",
        country="IT",
        region="IT" if index == 0 else "DE-HH",
        temperature=Temperature.WARM,
        qualification=Qualification.QUALIFIED,
        value=48_000 - index,
        contact_points=(
            PointFields("phone", f"+39054612{index:04}"),
            PointFields("email", f"person{index}@example.com"),
        ),
    )
