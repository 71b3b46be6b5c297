"""The invented people: who they are, where they sit, and what they talk about."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from ringback.actions.prospecting import PointFields, ProspectFields
from ringback.domain.vocabulary import Qualification, Temperature
from ringback.models import ContactPoint

VALUES = (0, 400, 900, 1_800, 2_600, 4_200, 6_500, 9_000, 12_500, 18_000, 24_000, 38_000, 61_000, 95_000, 140_000)
POSTAL_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Place:
    city: str
    zone: str
    region: str
    country: str
    streets: tuple[str, ...]
    postal: str
    phone: str
    language: str
    names: str


@dataclass(slots=True)
class Casting:
    """Hands out people, each once: no two share a number or a name."""

    random: Random
    numbers: dict[str, int]
    used: set[str]

    @classmethod
    def seeded(cls, random: Random) -> Casting:
        return cls(random, {}, set())

    def somebody(self, place: Place, company: str, **told: Any) -> ProspectFields:
        """A person of that company; `told` replaces what is invented."""
        first, last = self._name(place.names)
        rolled: dict[str, Any] = {
            "first_name": first,
            "last_name": last,
            "job_title": self.random.choice(talk()["titles"]),
            "company_name": company,
            "zone": place.zone,
            "region": place.region,
            "country": place.country,
            "city": place.city,
            "language": place.language,
            "temperature": Temperature.WARM if self.random.random() < 0.45 else Temperature.COLD,
            "qualification": Qualification.QUALIFIED,
            "value": self.random.choice(VALUES),
            "source": self.random.choice(talk()["sources"]),
        }
        rolled |= self._address(place) if self.random.random() < 0.7 else {}
        rolled |= told
        points = self.points(place, rolled["first_name"], rolled["last_name"], company)
        return ProspectFields(**{"contact_points": points} | rolled)

    def points(self, place: Place, first: str, last: str, company: str) -> tuple[PointFields, ...]:
        mail = f"{slug(first)}.{slug(last)}@{slug(company)}.example.com"
        return (self.number(place), PointFields(ContactPoint.EMAIL, mail, mail))

    def number(self, place: Place) -> PointFields:
        """The next free number of the place's fictional range."""
        count = self.numbers[place.phone] = self.numbers.get(place.phone, 11) + 1
        shown = place.phone.format(n=count)
        return PointFields(ContactPoint.PHONE, e164(shown), shown, "work")

    def _address(self, place: Place) -> dict[str, str]:
        street = f"{self.random.choice(place.streets)} {self.random.randint(1, 90)}"
        return {"street": street, "postal_code": place.postal.format(n=self.random.randrange(POSTAL_DIGITS))}

    def _name(self, kind: str) -> tuple[str, str]:
        names = cast()["names"][kind]
        for _ in range(100):
            first, last = self.random.choice(names["first"]), self.random.choice(names["last"])
            if f"{first} {last}" not in self.used:
                break
        self.used.add(f"{first} {last}")
        return first, last


@cache
def cast() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("cast.toml").read_text(encoding="utf-8"))


def talk() -> Mapping[str, list[str]]:
    return cast()["talk"]  # type: ignore[no-any-return]


@cache
def places() -> dict[str, Place]:
    return {each["city"]: Place(**each | {"streets": tuple(each["streets"])}) for each in cast()["places"]}


@cache
def companies() -> tuple[tuple[Place, str], ...]:
    return tuple((places()[city], name) for city, names in cast()["companies"].items() for name in names)


def e164(shown: str) -> str:
    return "+" + "".join(filter(str.isdigit, shown))


def slug(text: str) -> str:
    """Letters and digits of ASCII, for an invented address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(filter(str.isalnum, plain)) or "office"
