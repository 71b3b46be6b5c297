"""The guide for writing a cadence says only what the reader really accepts."""

import re
import tomllib
from pathlib import Path

import pytest

from ringback.domain.cadence import CadenceError, read_cadence
from ringback.domain.script import variables_of
from ringback.domain.waits import parse_wait

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "adding-a-cadence.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0]
WAITS = re.findall(r"`([^`]+)`", GUIDE.split("## Waits")[1].split("## Words")[0].replace("| write |", ""))
VARIABLES = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE))))


def test_the_example_is_a_cadence() -> None:
    assert [step.id for step in read_cadence(tomllib.loads(EXAMPLE)).steps] == ["first-call", "patient-call"]


@pytest.mark.parametrize("phrase", WAITS)
def test_every_wait_of_the_guide_is_one(phrase: str) -> None:
    parse_wait(phrase)


def test_the_example_uses_variables_that_the_guide_explains() -> None:
    assert set(variables_of(EXAMPLE)) <= VARIABLES


def test_the_message_shown_is_the_message_given() -> None:
    document = tomllib.loads(EXAMPLE.replace("3 business days", "3 bussiness days"))
    with pytest.raises(CadenceError) as refused:
        read_cadence(document)
    assert f"`{refused.value.problems[0]}`" in " ".join(GUIDE.split())
