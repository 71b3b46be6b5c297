"""The guide for writing a call map says only what the reader really accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringback.adapters.files.yaml_text import read_yaml
from ringback.domain.maps.checking import check_map
from ringback.domain.maps.reading import MapError, read_map
from ringback.domain.maps.variables import VARIABLES
from ringback.domain.vocabulary import Learnable, NodeKind, Occasion, Trait
from ringback.queries.objection_cards import cards_in

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "writing-a-call-map.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
CODE = set(re.findall(r"`([a-z_-]+)`", GUIDE))


def test_the_example_is_a_map_without_findings() -> None:
    found = read_map(read_yaml(EXAMPLE))
    assert check_map(found, cards=[card.id for card in cards_in("en")]) == ()
    assert [node.id for node in found.nodes][:2] == ["hello", "remind"]


def test_the_guide_names_every_kind_occasion_trait_variable_and_card() -> None:
    words = {*NodeKind, *Occasion, *Trait, *Learnable, *VARIABLES, *(card.id for card in cards_in("en"))}
    assert {str(word) for word in words} - CODE == set()


def test_the_message_shown_is_the_message_given() -> None:
    with pytest.raises(MapError) as refused:
        read_map(read_yaml(EXAMPLE.replace("{to: call-back,", "{to: callback,")))
    assert f"`{refused.value.problems[0]}`" in " ".join(GUIDE.split())
