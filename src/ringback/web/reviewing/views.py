"""The page on which a person reads a mail before it goes (D1), and swaps the article that goes with it (A8)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ringback.actions.articles import choose_for
from ringback.actions.errors import Refused
from ringback.actions.sending_by_hand import send_draft, take_mail_back
from ringback.domain.vocabulary import Channel, MessageState, TouchState
from ringback.models import Message, Touch
from ringback.queries.access import touch_for
from ringback.queries.articles import had_by, usable_articles
from ringback.queries.drafts import Draft, draft_of, reworded
from ringback.queries.mailboxes import mailbox_of
from ringback.web.articles.words import choices_for
from ringback.web.requests import MemberRequest, said_after
from ringback.web.reviewing import showing

GONE = (MessageState.WITHDRAWN, MessageState.FAILED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, touch_id: int) -> HttpResponse:
    """GET: the mail as it would go. POST: send it in the words that were given."""
    touch = mail_of(request, touch_id)
    if request.method == "POST":
        return send(request, touch)
    if message := on_its_way(touch):
        return render(request, "reviewing/under_way.html", showing.under_way(message, touch, timezone.now()))
    if touch.state != TouchState.OPEN:
        return render(
            request, "reviewing/over.html", {"area": "today", "who": showing.who(touch), "title": touch.title}
        )
    return render(request, "reviewing/page.html", page(request, touch, draft_of(touch, now=timezone.now())))


def send(request: MemberRequest, touch: Touch) -> HttpResponse:
    subject, markdown = given(request)
    try:
        send_draft(by=request.user, touch=touch, subject=subject, markdown=markdown, now=timezone.now())
    except Refused as refused:
        if touch.state != TouchState.OPEN:
            return redirect("mail-review", touch.pk)
        now = timezone.now()
        draft = reworded(draft_of(touch, now=now), touch=touch, subject=subject, markdown=markdown, now=now)
        context = page(request, touch, draft) | {"refused": refused.message, "subject": subject, "markdown": markdown}
        return render(request, "reviewing/page.html", context, status=422)
    return redirect("mail-review", touch.pk)


@require_POST
def preview(request: MemberRequest, touch_id: int) -> HttpResponse:
    """The same mail in the words typed so far."""
    touch, now = mail_of(request, touch_id), timezone.now()
    if touch.state != TouchState.OPEN:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    subject, markdown = given(request)
    draft = reworded(draft_of(touch, now=now), touch=touch, subject=subject, markdown=markdown, now=now)
    return render(request, "reviewing/_preview.html", {"mail": showing.mail(draft)})


@require_POST
def article(request: MemberRequest, touch_id: int) -> HttpResponse:
    """Another article goes along, or none; blank leaves the choice to the rule again."""
    touch = mail_of(request, touch_id)
    chosen = request.POST.get("article", "")
    said_after(
        request,
        lambda: choose_for(by=request.user, touch=touch, article=chosen, now=timezone.now()),
        _("The mail has been written anew with your choice."),
    )
    return redirect("mail-review", touch.pk)


@require_POST
def withdrawal(request: MemberRequest, touch_id: int) -> HttpResponse:
    touch = mail_of(request, touch_id)
    if message := on_its_way(touch):
        said_after(
            request,
            lambda: take_mail_back(by=request.user, message=message, now=timezone.now()),
            _("Taken back: it was not sent."),
        )
    return redirect("mail-review", touch.pk)


def mail_of(request: MemberRequest, touch_id: int) -> Touch:
    touch = touch_for(request.user, touch_id)
    if touch.channel != Channel.EMAIL:
        raise Http404
    return touch


def on_its_way(touch: Touch) -> Message | None:
    """The mail that was written for it, sent or not."""
    return Message.objects.filter(touch=touch).exclude(state__in=GONE).order_by("-pk").first()


def given(request: MemberRequest) -> tuple[str, str]:
    return request.POST.get("subject", ""), request.POST.get("markdown", "").replace("\r\n", "\n")


def page(request: MemberRequest, touch: Touch, draft: Draft) -> dict[str, Any]:
    sender = mailbox_of(touch.owner or request.user) or mailbox_of(request.user)
    articles = usable_articles(touch.owner or request.user)
    return {
        "area": "today",
        "touch": touch,
        "who": showing.who(touch),
        "heading": showing.heading(draft),
        "mail": showing.mail(draft),
        "subject": draft.subject,
        "markdown": draft.markdown,
        "articles": choices_for(articles, had_by(touch.prospect), chosen=draft.article),
        "sender": sender.address if sender else "",
        "mailto": showing.mail_link(draft),
        "key": str(uuid4()),
        "draft_name": f"mail-{touch.pk}",
        "keys": (("s", _("Send it")), ("d", _("Done: I have sent it another way"))),
    }
