"""What this talk is about, noted before dialling so that the opening can say it (B2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ringback.actions.prospecting import say_what_about
from ringback.queries.access import prospect_for
from ringback.web.requests import MemberRequest, said_after


@require_POST
def noted(request: MemberRequest, prospect_id: int) -> HttpResponse:
    """The call screen anew, for everything that names the reason; what was filled in meanwhile survives a reload."""
    prospect = prospect_for(request.user, prospect_id)
    about = request.POST.get("about", "")
    said_after(
        request,
        lambda: say_what_about(by=request.user, prospect=prospect, text=about, now=timezone.now()),
        _("Noted: the opening says it now."),
    )
    return redirect(f"{reverse('call', args=[prospect.pk])}?{request.GET.urlencode()}")
