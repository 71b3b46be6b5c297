"""Countries under the names people write, and the zones of a place."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib import resources

from babel import Locale

from ringback.adapters.contacts.states import STATE_ZONES, STATES

_LANGUAGES = [
    "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "tr", "ru",
    "uk", "el", "bg", "hr", "sl", "et", "lv", "lt", "zh", "zh_Hant", "ja", "ko", "ar", "he", "ca",
]  # fmt: skip
_WRITTEN = {
    "usa": "US", "us": "US", "u s a": "US", "u s": "US", "united states of america": "US", "america": "US", "uk": "GB",
    "u k": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB",
    "grossbritannien": "GB", "england uk": "GB", "brd": "DE", "bundesrepublik deutschland": "DE", "d": "DE",
    "holland": "NL",
    "the netherlands": "NL", "uae": "AE", "u a e": "AE", "korea": "KR", "south korea": "KR", "republic of korea": "KR",
    "russia": "RU", "russian federation": "RU", "czech republic": "CZ", "tschechien": "CZ", "turkey": "TR",
    "viet nam": "VN",
    "ivory coast": "CI", "macedonia": "MK", "republic of ireland": "IE", "eire": "IE", "prc": "CN", "p r china": "CN",
    "hong kong": "HK", "macau": "MO", "taiwan": "TW", "vatican": "VA", "ger": "DE", "deu": "DE", "aut": "AT",
    "che": "CH",
    "fra": "FR", "gbr": "GB", "ita": "IT", "esp": "ES", "nld": "NL", "pol": "PL", "swe": "SE", "can": "CA", "aus": "AU",
    "bra": "BR", "mex": "MX", "jpn": "JP", "chn": "CN", "ind": "IN", "swiss": "CH", "eeuu": "US", "ee uu": "US",
    "etats unis d amerique": "US", "estados unidos de america": "US", "vereinigte staaten von amerika": "US",
}  # fmt: skip


def country_code(text: str) -> str:
    """The ISO code of a country written in words, in many languages, or as a code; empty if it is not known."""
    if not text or len(text) > 80:
        return ""
    return _country_code(text)


@lru_cache(maxsize=4096)
def _country_code(text: str) -> str:
    plain = _plain(text)
    if plain in _WRITTEN:
        return _WRITTEN[plain]
    code = text.strip().upper()
    if code in zones_by_country():
        return code
    # One language after the other: loading them all takes longer than importing a small list.
    found = (_country_names(language).get(plain) for language in _LANGUAGES)
    return next(filter(None, found), "")


def zones_of_place(country: str, state: str) -> tuple[str, ...]:
    """The IANA zones an address can be in: of the state or province where it is known, else of the country."""
    if country in STATE_ZONES and state:
        zones = _zones_of_state(country, state)
        if zones:
            return zones
    return zones_by_country().get(country, ())


def state_code(country: str, state: str) -> str:
    """The state's short form such as `CA`, empty if it is not known."""
    return _state_code(country, state) if state and len(state) <= 60 else ""


@lru_cache(maxsize=4096)
def _state_code(country: str, state: str) -> str:
    code = state.strip().strip(".").upper()
    if code.startswith(f"{country}-"):
        code = code[3:]
    known = STATES.get(country, {})
    return code if code in known else next((key for key, name in known.items() if _plain(name) == _plain(state)), "")


@lru_cache(maxsize=4096)
def _zones_of_state(country: str, state: str) -> tuple[str, ...]:
    return STATE_ZONES[country].get(state_code(country, state), ())


def country_of_state(state: str) -> str:
    """US, CA, AU or BR if the state's name is written out and belongs to one of them only; empty otherwise."""
    if len(state) < 4 or len(state) > 60:
        return ""
    return _country_of_state(state)


@lru_cache(maxsize=4096)
def _country_of_state(state: str) -> str:
    found = [country for country in STATES if any(_plain(name) == _plain(state) for name in STATES[country].values())]
    return found[0] if len(found) == 1 else ""


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Country → its zones, from the tzdata package's table: one clock each, in the table's order of population."""
    found: dict[str, list[str]] = {}
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found.setdefault(code, []).append(zone)
    return {code: tuple(_ONE_CLOCK.get(code, zones)) for code, zones in found.items()}


# The table keeps places apart that differed decades ago. Where all clocks of a country agree today, it has one zone.
_ONE_CLOCK = {
    "DE": ["Europe/Berlin"],
    "CN": ["Asia/Shanghai"],
    "AR": ["America/Argentina/Buenos_Aires"],
    "MY": ["Asia/Kuala_Lumpur"],
    "UZ": ["Asia/Tashkent"],
    "KZ": ["Asia/Almaty"],
    "PS": ["Asia/Gaza"],
    "AQ": [],
}


@cache
def _country_names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories.items()
    return {_plain(str(name)): str(code) for code, name in territories if code in zones_by_country()}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip().lower().replace("ß", "ss"))
    kept = "".join(" " if not char.isalnum() else char for char in folded if not unicodedata.combining(char))
    return " ".join(kept.split())
