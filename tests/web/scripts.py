"""The maps that the tests of Scripts publish, and their addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from ringback.models import User

FILES = ("en/first-call-warm", "en/voicemail-1", "de/voicemail-1")
AsUser = Callable[[User], Client]


def at(name: str, *, language: str = "en", map_name: str = "voicemail-1", **more: Any) -> str:
    return reverse(name, kwargs={"language": language, "name": map_name, **more})
