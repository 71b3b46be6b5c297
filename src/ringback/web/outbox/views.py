"""The outbox, one mail of it, and deciding a doubt."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ringback.actions.errors import Refused
from ringback.actions.mailing.doubting import decide_doubt
from ringback.domain.vocabulary import MessageState
from ringback.models import Message
from ringback.queries import access, outgoing
from ringback.queries.exchanges import exchange_around
from ringback.web.outbox import mail, showing
from ringback.web.requests import MemberRequest, is_number

# Every number that a database can hold is shorter than this; so is every number of ours.


@require_safe
def page(request: MemberRequest) -> HttpResponse:
    older_than, now = last_shown(request), timezone.now()
    found = outgoing.outbox(request.user, now=now, older_than=older_than)
    context = {
        "area": "mail",
        "keys": keys(),
        "later_page": older_than is not None,
        **showing.sections(found, reader=request.user, now=now),
    }
    return render(request, "outbox/page.html", context)


@require_safe
def message(request: MemberRequest, message_id: int) -> HttpResponse:
    row, now = access.message_for(request.user, message_id), timezone.now()
    context = {
        "area": "mail",
        "keys": keys(),
        "mail": mail.shown(row, reader=request.user, now=now),
        "letters": mail.exchange(exchange_around(row), reader=request.user, now=now),
    }
    return render(request, "outbox/mail.html", context)


@require_POST
def doubt(request: MemberRequest, message_id: int) -> HttpResponse:
    """`fence` is the attempt that the page spoke of: an answer about an older one changes nothing."""
    row, now = access.message_for(request.user, message_id), timezone.now()
    answer, fence = request.POST.get("was_sent", ""), request.POST.get("fence", "")
    if answer not in ("yes", "no") or not is_number(fence):
        messages.error(request, _("Choose one of the two: it was sent, or send it again."))
        return redirect("outbox")
    row.fence, was_sent = int(fence), answer == "yes"
    try:
        state = decide_doubt(by=request.user, message=row, was_sent=was_sent, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, decided()[state] % {"subject": row.subject})
    return redirect("outbox")


def decided() -> dict[MessageState, str]:
    return {
        MessageState.SENT: _("Noted as sent: “%(subject)s”."),
        MessageState.QUEUED: _("Goes again, under the same identity: “%(subject)s”."),
        MessageState.WITHDRAWN: _(
            "Noted as not sent. What it was for is over, so it does not go again: “%(subject)s”."
        ),
    }


def last_shown(request: MemberRequest) -> Message | None:
    """The mail with which the page before ended; a stranger's or a forgotten one begins at the top."""
    before = request.GET.get("before", "")
    return access.visible_messages(request.user).filter(pk=int(before)).first() if is_number(before) else None


def keys() -> tuple[tuple[str, str], ...]:
    return (
        ("j", _("Next entry")),
        ("k", _("Entry before")),
        ("Enter", _("Open it")),
        ("1", _("A mail in doubt: it was sent")),
        ("2", _("A mail in doubt: send it again")),
        ("o", _("Back to the outbox")),
    )
