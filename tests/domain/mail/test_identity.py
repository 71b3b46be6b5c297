"""A mail is recognised by what it was sent with."""

from __future__ import annotations

import pytest

from ringback.domain.mail.identity import domain_of, message_id, plus_address, token_of_address, token_of_id

TOKEN = "0123456789abcdef0123456789abcdef"


def test_identity_goes_there_and_back() -> None:
    assert message_id(TOKEN, "rosa@kilns.example") == f"<{TOKEN}.ringback@kilns.example>"
    assert token_of_id(message_id(TOKEN, "rosa@kilns.example")) == TOKEN
    assert plus_address(TOKEN, "rosa@kilns.example") == f"rosa+{TOKEN}@kilns.example"
    assert token_of_address(plus_address(TOKEN, "rosa@kilns.example")) == TOKEN
    assert token_of_address(f"Rosa+{TOKEN.upper()}@kilns.example") == TOKEN


@pytest.mark.parametrize(
    "other", ["", "<>", "<abc@kilns.example>", f"<{TOKEN}@kilns.example>", "<x.ringback@kilns.example>", "@"]
)
def test_what_is_not_ours(other: str) -> None:
    assert token_of_id(other) == ""


@pytest.mark.parametrize("other", ["", "rosa@kilns.example", "rosa+news@kilns.example", f"{TOKEN}@kilns.example", "@"])
def test_no_plus_address_of_ours(other: str) -> None:
    assert token_of_address(other) == ""


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("rosa@Kilns.Example", "kilns.example"),
        ("rosa@öfen.example", "xn--fen-rna.example"),
        ("rosa@" + "a" * 70 + ".example", "ringback.invalid"),
    ],
)
def test_domain_fits_into_a_header(address: str, domain: str) -> None:
    assert domain_of(address) == domain
