"""A real browser against a live server with the cast in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from ringback.models import User
from tests.cast import NOW, Cast, cast


class Clock:
    """Moves the server's clock; the browser keeps its own, as browsers do."""

    def __init__(self) -> None:
        self._travel: Any = None

    def to(self, at: datetime) -> None:
        self.stop()
        self._travel = time_machine.travel(at, tick=True)
        self._travel.start()

    def stop(self) -> None:
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


@pytest.fixture
def clock() -> Iterator[Clock]:
    moved = Clock()
    moved.to(NOW + timedelta(minutes=1))
    yield moved
    moved.stop()


@pytest.fixture
def found(live_server: Any, clock: Clock) -> Cast:
    """Rosa's day: three warm leads, whose first calls are due."""
    return cast()


@pytest.fixture
def enter(page: Page, live_server: Any) -> Callable[[User], Page]:
    """Opens the browser as somebody who has logged in already."""

    def enter_as(user: User) -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page.goto(f"{live_server.url}/today/")
        return page

    return enter_as


@pytest.fixture
def today(found: Cast, enter: Callable[[User], Page]) -> Page:
    return enter(found.rosa)
