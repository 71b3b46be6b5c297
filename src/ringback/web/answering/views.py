"""Confirming a summary, and ending mail: a look never does anything, only the button does (D1, C5).

Programs that check links open them, so GET changes nothing. The signed address stands for a log-in and for a CSRF
token: whoever holds it may do just this, from any program, without cookies (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ringback.actions.confirming import BY_LINK, confirm_summary, stop_mail
from ringback.actions.errors import Refused
from ringback.domain.mail.public_words import PublicPage, public_words
from ringback.models import Message, Prospect, Touch, Workspace
from ringback.queries.mail_links import LinkExpired, NoSuchLink, stop_of_token, touch_of_token
from ringback.queries.standing import workspace_now

View = Callable[..., HttpResponse]
ONE_CLICK = "List-Unsubscribe=One-Click"


def public(view: View) -> View:
    """A link that has run out or never was gets a page of its own; no page tells its address to anybody."""

    @login_not_required
    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = get_language_from_request(request)
        words = public_words(language)
        try:
            response = view(request, *args, **kwargs)
        except LinkExpired:
            response = page(request, words.expired, language, status=410)
        except (NoSuchLink, Touch.DoesNotExist, Prospect.DoesNotExist, Refused):
            response = page(request, words.unknown, language, status=404)
        response.headers["Referrer-Policy"], response.headers["X-Robots-Tag"] = "no-referrer", "noindex"
        return response

    return answered


@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST confirms; once confirmed, both say so."""
    touch = Touch.objects.select_related("prospect", "owner", "prospect__owner").get(pk=touch_of_token(token))
    message = Message.objects.filter(touch=touch, confirmed_at__isnull=False).first()
    if request.method == "POST":
        confirm_summary(touch_id=touch.pk, how=BY_LINK, now=timezone.now())
    language = language_of(touch.prospect, workspace_now())
    words = public_words(language)
    rep = touch.owner or touch.prospect.owner
    done = request.method == "POST" or message is not None
    return page(request, words.confirmed if done else words.confirm, language, rep=rep.shown_name if rep else "")


@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST ends mail: the button's, and the mail program's own (RFC 8058)."""
    link = stop_of_token(token)
    prospect = Prospect.objects.get(pk=link.prospect_id)
    if request.method == "POST":
        stop_mail(prospect_id=prospect.pk, address=link.address, proof=proof_of(request), now=timezone.now())
    language = language_of(prospect, workspace_now())
    words = public_words(language)
    shown = words.stopped if request.method == "POST" else words.stop
    return page(request, shown, language, address=link.address)


def proof_of(request: HttpRequest) -> str:
    """What is kept to show that they asked for it themselves."""
    how = "by one click in their mail program" if request.body.decode(errors="replace") == ONE_CLICK else "on the page"
    agent = request.headers.get("User-Agent", "")[:300]
    return f"Ended mail {how}, by the signed link of a mail. Program: {agent or 'not told'}."


def language_of(prospect: Prospect, workspace: Workspace) -> str:
    return prospect.language or workspace.language


def page(
    request: HttpRequest, words: PublicPage, language: str, *, status: int = 200, rep: str = "", address: str = ""
) -> HttpResponse:
    workspace = workspace_now()
    firm = workspace.firm_name
    filled = words.text.format(rep=rep or firm, firm=firm, address=address)
    context = {"language": language, "firm": firm, "words": words, "text": filled, "identity": workspace.postal_address}
    return render(request, "answering/page.html", context, status=status)
