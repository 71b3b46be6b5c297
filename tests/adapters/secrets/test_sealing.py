"""What is sealed is read with the same key, also after it was changed, and with no other."""

from __future__ import annotations

import pytest

from ringback.adapters.secrets import CannotOpen, reseal, seal, unseal

OLD, NEW = "the key of last year", "the key of this year"
PASSWORD = "pässword 🦊\r\nof Rosa"


def test_sealed_text_says_nothing_and_opens_again() -> None:
    sealed = seal(PASSWORD, [NEW])
    assert "Rosa" not in sealed
    assert sealed.isascii()
    assert unseal(sealed, [NEW]) == PASSWORD


def test_the_same_text_is_never_sealed_alike() -> None:
    assert seal(PASSWORD, [NEW]) != seal(PASSWORD, [NEW])


def test_nothing_stays_nothing() -> None:
    assert (seal("", [NEW]), unseal("", [NEW])) == ("", "")


def test_after_a_change_of_keys_the_old_one_still_opens() -> None:
    sealed = seal(PASSWORD, [OLD])
    assert unseal(sealed, [NEW, OLD]) == PASSWORD
    assert unseal(reseal(sealed, [NEW, OLD]), [NEW]) == PASSWORD


@pytest.mark.parametrize("sealed", [seal(PASSWORD, [OLD]), "no token", "ä", seal(PASSWORD, [NEW])[:-8] + "AAAAAAA="])
def test_what_cannot_be_opened_says_what_to_do_and_not_what_it_is(sealed: str) -> None:
    with pytest.raises(CannotOpen, match="Put the old key back") as refusal:
        unseal(sealed, [NEW])
    assert sealed not in str(refusal.value)
    assert refusal.value.__cause__ is None
