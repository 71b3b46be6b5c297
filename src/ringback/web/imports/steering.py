"""Stopping an import on its way, and letting it go on."""

from __future__ import annotations

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ringback.actions import steering_imports
from ringback.queries import access
from ringback.web.requests import MemberRequest, said_after


@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    run = access.import_run_for(request.user, pk)
    try:
        said_after(
            request,
            lambda: steering_imports.ask_to_stop(by=request.user, run=run, now=timezone.now()),
            _("What came in until now stays."),
        )
    except OperationalError:
        # SQLite: while all is written or nothing, nobody else writes.
        messages.error(request, _("It is being written in one piece at this moment and can no longer be stopped."))
    return redirect("import", pk)


@require_POST
def resumption(request: MemberRequest, pk: int) -> HttpResponse:
    """For whoever brings it in: it goes on in their name."""
    run = access.import_run_for(request.user, pk)
    said_after(request, lambda: steering_imports.go_on(by=request.user, run=run), _("It goes on where it stood."))
    return redirect("import", pk)
