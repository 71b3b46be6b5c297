"""What every page behind the log-in knows about its request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ringback.actions.errors import Refused
from ringback.models import User


class MemberRequest(HttpRequest):
    """Somebody is logged in: the middleware lets nobody else come this far."""

    user: User  # type: ignore[assignment]


View = Callable[..., HttpResponse]
LONGEST_NUMBER = 18


def admins_only(view: View) -> View:
    """403 for whoever may not change the house."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def managers_only(view: View) -> View:
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_manager:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def is_number(text: str) -> bool:
    """Whether an address or a form names a row: digits, and no more of them than a row's number has."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def said_after(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Do it and say so in the corner of the next page; if it is refused, say why instead."""
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True
