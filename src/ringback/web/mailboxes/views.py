"""Settings → Mailboxes: one's own; everybody's for an admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions import mailboxes
from ringback.actions.errors import Refused
from ringback.domain.mail.presets import hint_of, preset_for
from ringback.models import Mailbox, User
from ringback.queries.access import mailbox_for, may_administer, visible_mailboxes
from ringback.queries.mailboxes import states_of
from ringback.web.mailboxes.forms import MailboxForm, NewMailboxForm, first_values, values_of
from ringback.web.mailboxes.showing import shown
from ringback.web.mailboxes.trial import looked_for
from ringback.web.requests import MemberRequest, said_after
from ringback.web.settings.views import around

Fields = dict[str, Any]


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    states = states_of(list(visible_mailboxes(request.user)), now)
    boxes = [shown(each, request.user.zone, now) for each in states]
    context = around(request, "mailboxes") | {"mailboxes": boxes, "looking": looked_for(request)}
    return render(request, "mailboxes/listing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: MemberRequest) -> HttpResponse:
    owners = connectable(request.user)
    first = first_values(None, request.user.email) | {"owner": request.user.pk, "from_name": request.user.shown_name}
    form = NewMailboxForm(request.POST or None, initial=first, owners=owners)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data.get("owner") or request.user
        made = kept(
            form,
            lambda: mailboxes.connect_mailbox(by=request.user, owner=owner, fields=form.said(), now=timezone.now()),
        )
        if made is not None:
            messages.success(request, _("Connected. Try it now, before the first mail depends on it."))
            return redirect("mailboxes")
    return edited(request, form, None)


def connectable(user: User) -> list[User]:
    """For whom this person may connect one."""
    return list(User.objects.filter(is_active=True)) if may_administer(user) else [user]


@require_safe
def servers(request: MemberRequest) -> HttpResponse:
    """The servers of an address that is being typed; nothing if somebody has named others by hand."""
    address, typed = request.GET.get("address", "").strip(), request.GET.get("smtp_host", "").strip()
    preset = preset_for(address)
    if preset is None or (typed and typed != preset.smtp_host):
        return HttpResponse(status=204)
    form = MailboxForm(initial=first_values(preset, address))
    return render(request, "mailboxes/_servers.html", {"form": form, "preset_hint": hint_of(preset)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    mailbox = mailbox_for(request.user, pk)
    form = MailboxForm(request.POST or None, initial=values_of(mailbox))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        done = kept(
            form, lambda: mailboxes.change_mailbox(by=request.user, mailbox=mailbox, fields=form.said(), now=now)
        )
        if done is not None:
            messages.success(request, _("Saved. Try it to see whether it works."))
            return redirect("mailboxes")
    return edited(request, form, mailbox)


def kept(form: MailboxForm, do: Callable[[], Mailbox]) -> Mailbox | None:
    """Do it; what is refused stands at its fields."""
    try:
        return do()
    except Refused as refused:
        faults = [(each.field, each.message) for each in refused.missing] or [(refused.field, str(refused))]
        for field, message in faults:
            form.refuse(field, message)
        return None


def edited(request: MemberRequest, form: MailboxForm, mailbox: Mailbox | None) -> HttpResponse:
    for name in ("secret", "imap_secret"):
        if mailbox is not None and getattr(mailbox, name):
            form.fields[name].widget.attrs["placeholder"] = _("unchanged")
    preset = preset_for(mailbox.address) if mailbox else None
    context = around(request, "mailboxes") | {"form": form, "mailbox": mailbox}
    context |= {"preset_hint": hint_of(preset) if preset else ""}
    return render(request, "mailboxes/edit.html", context, status=422 if form.errors else 200)


@require_POST
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    mailbox, reason, now = mailbox_for(request.user, pk), request.POST.get("reason", ""), timezone.now()
    said_after(
        request,
        lambda: mailboxes.pause_mailbox(by=request.user, mailbox=mailbox, reason=reason, now=now),
        _("Paused. It neither sends nor reads until somebody resumes it."),
    )
    return redirect("mailboxes")


@require_POST
def resumption(request: MemberRequest, pk: int) -> HttpResponse:
    mailbox, now = mailbox_for(request.user, pk), timezone.now()
    said_after(
        request,
        lambda: mailboxes.resume_mailbox(by=request.user, mailbox=mailbox, now=now),
        _("It sends and reads again."),
    )
    return redirect("mailboxes")


@require_POST
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    mailbox, now = mailbox_for(request.user, pk), timezone.now()
    said_after(
        request,
        lambda: mailboxes.remove_mailbox(by=request.user, mailbox=mailbox, now=now),
        _("%(address)s is removed.") % {"address": mailbox.address},
    )
    return redirect("mailboxes")
