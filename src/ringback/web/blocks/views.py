"""Settings → Blocked, and what is done with a block."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ringback.actions import lifting as acts
from ringback.queries.access import suppression_for
from ringback.queries.blocks import blocks
from ringback.web.blocks.showing import shown
from ringback.web.requests import MemberRequest, is_number, key_of, page_to_go_on_with, said_after
from ringback.web.settings.views import around

LONGEST_SEARCH = 200


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    """Everybody whom one may see and who is left alone; or whose block was lifted."""
    text, lifted = request.GET.get("q", "")[:LONGEST_SEARCH], request.GET.get("lifted") == "1"
    before = request.GET.get("before", "")
    found = blocks(request.user, text=text, lifted=lifted, before=int(before) if is_number(before) else None)
    asked = {"q": text, "before": found.before} | ({"lifted": 1} if lifted else {})
    own = [block.row.pk for block in found.blocks]
    context = around(request, "blocked") | {
        "key": uuid4().hex,
        "blocks": shown(found.blocks, request.user, timezone.now(), among=own),
        "q": text,
        "lifted": lifted,
        "next_url": f"{reverse('blocks')}?{urlencode(asked)}" if found.before else "",
    }
    return render(request, "blocks/page.html", context)


@require_POST
def lifting(request: MemberRequest, block_pk: int) -> HttpResponse:
    row, reason = suppression_for(request.user, block_pk), request.POST.get("reason", "")
    return done(
        request,
        lambda key: acts.lift_block(by=request.user, suppression=row, reason=reason, key=key, now=timezone.now()),
        _("The block is lifted. What it had cancelled stays cancelled: plan the next step."),
    )


@require_POST
def renewal(request: MemberRequest, block_pk: int) -> HttpResponse:
    row = suppression_for(request.user, block_pk)
    return done(
        request,
        lambda key: acts.block_again(by=request.user, suppression=row, key=key, now=timezone.now()),
        _("Blocked again: nobody contacts them."),
    )


def done(request: MemberRequest, do: Callable[[str], object], said: str) -> HttpResponse:
    """Do it under the page's key; then back to the page on which it was pressed."""
    try:
        key = key_of(request)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        said_after(request, lambda: do(key), said)
    return redirect(page_to_go_on_with(request, reverse("blocks")))
