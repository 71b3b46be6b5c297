"""Names, mail addresses, countries and zones as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.adapters.contacts.emails import read_emails
from ringback.adapters.contacts.names import join_name, split_name
from ringback.adapters.contacts.places import STATE_ZONES, country_code, zones_by_country
from ringback.adapters.contacts.zones import zone_for


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Anna Berg", "Anna", "Berg"),
        ("Müller, Hans-Peter", "Hans-Peter", "Müller"),
        ("JOHN SMITH", "John", "Smith"),
        ("jean dupont", "Jean", "Dupont"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Prof. Dr. med. Anna von der Leyen", "Anna", "von der Leyen"),
        ("O'BRIEN, MARY", "Mary", "O'Brien"),
        ("Smith, John, Jr.", "John", "Smith"),
        ("Иван Петров", "Иван", "Петров"),
        ("Cher", "Cher", ""),
        ("Acme GmbH", "", ""),
        ("李小龙", "", "李小龙"),
        ("محمد علي", "", "محمد علي"),
        ("🦄 Lena", "", "🦄 Lena"),
    ],
)
def test_name_is_split(text, first, last):
    name = split_name(text)
    assert (name.first, name.last) == (first, last)
    assert name.shown


@pytest.mark.parametrize(
    "text", ["李小龙", "🦄 Lena", "Acme GmbH", "John (Jack) Smith", "'; DROP TABLE", "<b>x</b>", "☺"]
)
def test_what_cannot_be_split_is_shown_as_written(text):
    assert split_name(text).shown == text


def test_no_naughty_name_is_lost(shared_data: Path):
    import json

    for text in json.loads((shared_data / "security" / "blns.json").read_text()):
        if text.strip():
            name = split_name(text.strip())
            assert sum(map(str.isalnum, name.prefix + name.shown)) >= sum(map(str.isalnum, text)), text


def test_name_in_parts():
    assert join_name("mary", "jane", "O'NEIL").shown == "Mary Jane O'Neil"
    assert join_name("Hans-Peter", "", "von der Heide").last == "von der Heide"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Anna@Example.ORG", ("anna@example.org",)),
        ("mailto:a@b.com", ("a@b.com",)),
        ("Anna Berg <a@b.co.uk>", ("a@b.co.uk",)),
        ("a@b.com; c@d.org", ("a@b.com", "c@d.org")),
        ("müller@exämple.de", ("müller@exämple.de",)),
    ],
)
def test_mail_address_is_read(text, addresses):
    assert read_emails(text).addresses == addresses


@pytest.mark.parametrize("text", ["a@b", "none", "a..b@c.de", "@", "a@-b.de"])
def test_what_is_no_mail_address_stays_as_text(text):
    assert read_emails(text).addresses == ()
    assert read_emails(text).unread == (text,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"), ("Allemagne", "DE"), ("USA", "US"), ("U.S.A.", "US"), ("ドイツ", "DE"), ("Россия", "RU"),
        ("Österreich", "AT"), ("osterreich", "AT"), ("UK", "GB"), ("de", "DE"), ("Holland", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("Atlantis", ""),
    ],
)  # fmt: skip
def test_country_is_known_by_many_names(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("stored", "country", "state", "numbers", "zone"),
    [
        ("europe/vienna", "US", "CA", ("+49301234567",), "Europe/Vienna"),
        ("", "DE", "", ("+12125551234",), "Europe/Berlin"),
        ("", "US", "CA", ("+12125551234",), "America/Los_Angeles"),
        ("", "US", "Texas", ("+12125551234",), None),
        ("", "US", "", ("+12125551234",), "America/New_York"),
        ("", "US", "", (), None),
        ("", "", "California", (), "America/Los_Angeles"),
        ("", "", "", ("+49301234567",), "Europe/Berlin"),
        ("", "", "", ("+34612345678",), None),
        ("Mars/Base", "", "", (), None),
    ],
)
def test_zone_comes_from_the_list_then_the_address_then_the_number(stored, country, state, numbers, zone):
    assert zone_for(stored, country, state, numbers).zone == zone


def test_open_question_lists_the_zones():
    assert zone_for("", "US", "TX", ()).possible == ("America/Chicago", "America/Denver")


def test_every_zone_named_here_exists():
    from zoneinfo import available_timezones

    named = {zone for states in STATE_ZONES.values() for zones in states.values() for zone in zones}
    named |= {zone for zones in zones_by_country().values() for zone in zones}
    assert named <= available_timezones()
