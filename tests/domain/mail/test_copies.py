"""One mail that a folder does not take is that mail's trouble; a folder that takes none is in trouble itself."""

from __future__ import annotations

import pytest

from ringback.domain.mail.copies import Looked, looked

ONE, THREE = {7: "too large"}, {7: "too large", 8: "no", 9: "not now"}


@pytest.mark.parametrize(
    ("refused", "taken", "before", "found"),
    [
        ({}, 0, 0, Looked()),
        ({}, 0, 5, Looked()),
        (ONE, 0, 0, Looked(refused=ONE)),
        (ONE, 0, 1, Looked(refused=ONE)),
        (ONE, 0, 2, Looked(trouble="too large")),
        (ONE, 1, 2, Looked(refused=ONE)),
        (THREE, 0, 0, Looked(trouble="not now")),
        (THREE, 1, 9, Looked(refused=THREE)),
    ],
)
def test_a_folder_is_in_trouble_once_it_takes_no_copy_at_all(
    refused: dict[int, str], taken: int, before: int, found: Looked
) -> None:
    assert looked(refused, taken=taken, refused_before=before) == found
