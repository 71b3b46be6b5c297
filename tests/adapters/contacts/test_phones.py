"""Telephone numbers as people write them; the short way and the library must agree."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ringback.adapters.contacts.phones import Phone, read_phones, zones_for_number


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("+49 30 1234567", "", ["+49301234567"]),
        ("+49 (0)30 1234567", "US", ["+49301234567"]),
        ("0049 30 1234567", "DE", ["+49301234567"]),
        ("(415) 555-2671", "US", ["+14155552671"]),
        ("1-415-555-2671", "US", ["+14155552671"]),
        ("030/1234567", "DE", ["+49301234567"]),
        ("030/1234567 / 0171 1234567", "DE", ["+49301234567", "+491711234567"]),
        ("0171/1234567, 030 1234567", "DE", ["+491711234567", "+49301234567"]),
        ("030 1234567; +1 415 555 2671", "DE", ["+49301234567", "+14155552671"]),
        ("030 1234567\n030 1234567", "DE", ["+49301234567"]),
        ("030 1234567 ::: 0171 1234567", "DE", ["+49301234567", "+491711234567"]),
        ("Tel: 030 1234567", "DE", ["+49301234567"]),
        ("tel:+1-418-656-9254", "", ["+14186569254"]),
        ("\u202a+49 30 1234567\u202c", "", ["+49301234567"]),
        ("٠٣٠١٢٣٤٥٦٧", "DE", ["+49301234567"]),
        ("1-800-FLOWERS", "US", ["+18003569377"]),
    ],
)
def test_number_is_read(text, region, numbers):
    assert [phone.e164 for phone in read_phones(text, region).phones] == numbers


@pytest.mark.parametrize(
    "text", ["+1 418 656 9254 ext. 12", "+1-418-656-9254;ext=12", "tel:+1-418-656-9254;ext=12", "+14186569254 x12"]
)
def test_extension_is_kept(text):
    assert read_phones(text, "").phones == (Phone("+14186569254", "12"),)


@pytest.mark.parametrize("text", ["call me", "12", "n/a", "a@b.example", "+4930123456789012345", "=cmd'/C calc'!A0"])
def test_what_is_no_number_stays_as_text(text):
    reading = read_phones(text, "DE")
    assert (reading.phones, "".join(reading.unread)) == ((), text)


def test_number_without_country_needs_a_region():
    assert read_phones("030 1234567", "").phones == ()


def test_possible_is_not_valid():
    assert read_phones("+49 111 1234567", "").phones == (Phone("+491111234567", valid=False),)


REGIONS = [
    "DE",
    "AT",
    "CH",
    "US",
    "CA",
    "GB",
    "FR",
    "IT",
    "ES",
    "PL",
    "SE",
    "BR",
    "AR",
    "MX",
    "AU",
    "IN",
    "JP",
    "RU",
    "KZ",
    "FI",
    "SG",
    "HU",
]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(REGIONS), st.data())
def test_short_way_agrees_with_the_library(region, data):
    kind = data.draw(st.sampled_from([0, 1, 2, 3, 4, 6]))
    example = phonenumbers.example_number_for_type(region, kind)
    assume(example is not None and example.national_number > 9_999)
    digits = list(str(example.national_number))
    for _ in range(data.draw(st.integers(0, 4))):
        digits[data.draw(st.integers(0, len(digits) - 1))] = data.draw(st.sampled_from("0123456789"))
    national = "".join(digits)
    code = phonenumbers.country_code_for_region(region)
    text = data.draw(
        st.sampled_from([f"+{code} {national}", f"0{national}", national, f"00{code}{national}", f"1{national}"])
    )
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        assert read_phones(text, region).phones == ()
        return
    expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    read = read_phones(text, region).phones
    if phonenumbers.is_possible_number(number):
        assert read == (Phone(expected, valid=phonenumbers.is_valid_number(number)),)
    else:
        assert read == ()


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+49301234567", ("Europe/Berlin",)),
        ("+12125551234", ("America/New_York",)),
        ("+34612345678", ("Atlantic/Canary", "Europe/Madrid")),
        ("+34928123456", ("Atlantic/Canary",)),
    ],
)
def test_zones_of_a_number(number, zones):
    assert zones_for_number(number) == zones


def test_freephone_number_is_anywhere():
    assert len(zones_for_number("+18005551234")) > 20
