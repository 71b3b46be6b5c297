"""What every page behind the log-in knows about its request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ringback.actions.checking import LONGEST_KEY
from ringback.actions.errors import Refused
from ringback.models import Arrangement, User


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


def key_of(request: HttpRequest) -> str:
    """The page's idempotency key: a second press of the same button does nothing new. Raises ValidationError."""
    if key := request.POST.get("key", ""):
        return key[:LONGEST_KEY]
    raise ValidationError(_("This page is too old to act on. Load it again, then press once more."))


def said_after(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Do it and say so in the corner of the next page, with Undo beside it if something was arranged.

    If it is refused, say why instead.
    """
    try:
        made = do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    undo_url = reverse("undo", args=[made.pk]) if isinstance(made, Arrangement) and made.undone_at is None else ""
    messages.success(request, done, extra_tags=undo_url)
    return True


def page_to_go_on_with(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the form names as `next`."""
    where = request.POST.get("next", "")
    return where if url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()}) else otherwise


def with_draft_done(where: str, draft: str) -> str:
    """The address of a page that forgets this draft when it is shown: what it held is saved (js/draft.js)."""
    return f"{where}?{urlencode({'draft': draft})}" if draft else where
