"""Pages are asked for by the cast, a minute after they were brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine as clock
from django.test import Client

from ringback.actions.publishing_maps import install_maps
from ringback.library.scripts import map_documents
from ringback.models import User
from ringback.queries.call_maps import map_value
from ringback.queries.library import cadence_value
from tests.cast import NOW, Cast, cast
from tests.web.scripts import FILES


@pytest.fixture(autouse=True)
def _cadences_are_read_anew() -> Iterator[None]:
    """A rolled-back test gives its row numbers to the next one, whose cadences may be others."""
    cadence_value.cache_clear()
    map_value.cache_clear()
    yield
    cadence_value.cache_clear()
    map_value.cache_clear()


@pytest.fixture
def a_minute_later() -> Iterator[None]:
    with clock.travel(NOW + timedelta(minutes=1), tick=False):
        yield


@pytest.fixture
def them(db: None, a_minute_later: None) -> Cast:
    return cast()


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def maps(them: Cast) -> Cast:
    install_maps(documents={file: map_documents()[file] for file in FILES}, now=NOW)
    return them
