"""The inbox, one mail of it, and what a person says about a mail."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions import incoming as acts
from ringback.domain.vocabulary import MailKind
from ringback.queries import access, inbox, prospects
from ringback.queries.standing import workspace_now
from ringback.web.inbox import showing
from ringback.web.presenting import number
from ringback.web.prospects.dialling import dial_code
from ringback.web.requests import MemberRequest, is_number, said_after

OFFERED = 12


@require_safe
def page(request: MemberRequest) -> HttpResponse:
    now, before = timezone.now(), request.GET.get("before", "")
    found = inbox.inbox(request.user, before=int(before) if is_number(before) else None)
    shown = showing.sections(found, reader=request.user, now=now)
    return render(request, "inbox/page.html", {"area": "mail", "keys": keys(), **shown})


@require_safe
def open_replies(request: MemberRequest) -> HttpResponse:
    """The badge beside “Mail”: asked for after the page, so that no page waits for it."""
    count = inbox.open_replies(request.user)
    return HttpResponse(number(count) if count else "")


@require_safe
def mail(request: MemberRequest, mail_id: int) -> HttpResponse:
    row, now = inbox.mail_for(request.user, mail_id), timezone.now()
    known = row.prospect is not None and access.may_see(request.user, row.prospect)
    context = {
        "area": "mail",
        "keys": keys(),
        "mail": showing.mail(row, reader=request.user, now=now, known=known, several=True),
        "whole": showing.whole(row),
        "html": showing.harmless(row),
    }
    return render(request, "inbox/mail.html", context)


@require_POST
def reading(request: MemberRequest, mail_id: int) -> HttpResponse:
    """It is of another kind than it was taken for."""
    row, given = inbox.mail_for(request.user, mail_id), request.POST.get("kind", "")
    if given not in set(MailKind):
        messages.error(request, _("Choose what the mail is."))
        return redirect("inbox")
    kind = MailKind(given)
    done = _("Taken for: %(kind)s. What had followed before is taken back.") % {"kind": showing.kind_words(kind)}
    return said(request, lambda: acts.correct(by=request.user, mail=row, kind=kind, now=timezone.now()), done, mail_id)


@require_POST
def look(request: MemberRequest, mail_id: int) -> HttpResponse:
    """Looked at; with `again`, it waits once more."""
    row = inbox.mail_for(request.user, mail_id)
    if request.POST.get("again") == "1":
        return said(request, lambda: acts.reopen(by=request.user, mail=row), _("It waits in the inbox again."), mail_id)
    done = _("Looked at: “%(subject)s”.") % {"subject": row.subject or _("no subject")}
    said_after(request, lambda: acts.mark_done(by=request.user, mail=row, now=timezone.now()), done)
    return redirect("inbox")


@require_POST
def day_of_return(request: MemberRequest, mail_id: int) -> HttpResponse:
    """The last day away, where none could be read, or a wrong one was."""
    row = inbox.mail_for(request.user, mail_id)
    try:
        until = parse_date(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is None:
        messages.error(request, _("Give the last day on which they are away."))
        return redirect("inbox")
    done = _("The open step waits until they are back.")
    return said(
        request, lambda: acts.say_return(by=request.user, mail=row, until=until, now=timezone.now()), done, mail_id
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prospect(request: MemberRequest, mail_id: int) -> HttpResponse:
    """Whose mail it is: search, choose."""
    row, chosen = inbox.mail_for(request.user, mail_id), request.POST.get("prospect", "")
    if request.method == "POST" and is_number(chosen):
        theirs = access.prospect_for(request.user, int(chosen))
        done = _("It is the mail of %(name)s.") % {"name": theirs.shown_name}
        give = lambda: acts.give_to(by=request.user, mail=row, prospect=theirs, now=timezone.now())  # noqa: E731
        return said(request, give, done, mail_id)
    house = workspace_now()
    text = request.GET.get("q", row.from_name or row.from_address.partition("@")[0])[:200]
    found = prospects.search(request.user, text=text, limit=OFFERED, dial_code=dial_code(house.region))
    context = {"area": "mail", "mail": row, "q": text, "found": found.rows}
    return render(request, "inbox/prospect.html", context)


def said(request: MemberRequest, do: Callable[[], object], done: str, mail_id: int) -> HttpResponseRedirect:
    """Do it, say so, and show the mail where it now stands."""
    said_after(request, do, done)
    return redirect(f"{reverse('inbox')}#in-{mail_id}")


def keys() -> tuple[tuple[str, str], ...]:
    return (
        ("j", _("Next entry")),
        ("k", _("Entry before")),
        ("Enter", _("Open it")),
        ("e", _("Looked at")),
        ("1 … 8", _("It is something else than it was taken for")),
        ("i", _("Back to the inbox")),
    )
