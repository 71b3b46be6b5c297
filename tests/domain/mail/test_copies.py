"""One mail that a folder does not take is that mail's trouble; a folder that takes none is in trouble itself."""

from __future__ import annotations

import pytest

from ringback.domain.mail.copies import Looked, looked

LARGE = "mail.example does not take the mail into “Sent”: [TOOBIG] no"
ONE, THREE = {7: "no"}, {7: "too odd", 8: "no", 9: "not this"}


@pytest.mark.parametrize(
    ("refused", "taken", "before", "found"),
    [
        ({}, 0, [], Looked()),
        ({}, 0, ["no"] * 5, Looked()),
        (ONE, 0, [], Looked(refused=ONE)),
        (ONE, 0, ["no"], Looked(refused=ONE)),
        (ONE, 0, ["no", "no"], Looked(trouble="no")),
        (ONE, 1, ["no", "no"], Looked(refused=ONE)),
        (ONE, 0, [LARGE, LARGE, "no"], Looked(refused=ONE)),
        (THREE, 0, [], Looked(trouble="not this")),
        (THREE, 1, ["no"] * 9, Looked(refused=THREE)),
        ({7: LARGE, 8: "Message exceeds fixed maximum message size", 9: "mail is too large"}, 0, [LARGE], None),
        ({6: LARGE} | THREE, 0, [], Looked(trouble="not this", refused={6: LARGE})),
    ],
)
def test_a_folder_is_in_trouble_once_it_takes_no_copy_at_all(
    refused: dict[int, str], taken: int, before: list[str], found: Looked | None
) -> None:
    """Where nothing else is said, each is refused for itself."""
    assert looked(refused, taken=taken, refused_before=before) == (found or Looked(refused=refused))
