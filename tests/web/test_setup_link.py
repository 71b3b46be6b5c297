import stat
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from ringback.web.setup_link import burn, check_setup_token, issue_setup_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_token_works_until_it_is_burnt_and_burns_once() -> None:
    token = issue_setup_token()
    assert check_setup_token(token)
    assert burn()
    assert not burn()
    assert not check_setup_token(token)


def test_newer_token_replaces_the_older() -> None:
    older, newer = issue_setup_token(), issue_setup_token()
    assert not check_setup_token(older)
    assert check_setup_token(newer)


def test_token_is_stored_as_a_digest_for_us_alone(data: Path) -> None:
    token = issue_setup_token()
    (stored,) = data.iterdir()
    assert token not in stored.read_text()
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600


def test_no_token_works_once_somebody_can_log_in() -> None:
    token = issue_setup_token()
    get_user_model().objects.create_user("ann", password="x")
    assert not check_setup_token(token)


@pytest.mark.parametrize("wrong", ["", "x", "ä" * 40])
def test_wrong_token_is_refused(wrong: str) -> None:
    assert not check_setup_token(wrong)
    issue_setup_token()
    assert not check_setup_token(wrong)
