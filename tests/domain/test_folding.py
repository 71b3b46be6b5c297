"""What a search compares."""

import pytest

from ringback.domain.folding import folded


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Berg", "anna berg"),
        ("Mesut Özil", "mesut ozil"),
        ("Straße", "strasse"),
        ("ŁÓDŹ Øresund", "lodz oresund"),
        ("Dvor\u030ca\u0301k", "dvorak"),
        ("İSTANBUL ılıca", "istanbul ilica"),
        ("Ёлка", "елка"),
        ("ﬁx", "fix"),
        ("محمد", "محمد"),
        ("がく", "がく"),
        ("हिन्दी", "हिन्दी"),
        ("한글", "한글"),
    ],
)
def test_names_are_folded_to_letters_without_accents_and_other_scripts_keep_their_signs(
    name: str, expected: str
) -> None:
    assert folded(name) == expected
    assert folded(folded(name)) == folded(name)
