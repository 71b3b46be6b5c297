"""“Try it”: a mail from the mailbox to itself, and a look every few seconds whether it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ringback.queries.access import mailbox_for
from ringback.web.requests import MemberRequest
from ringback.worker.mail.trying import ARRIVE, CONNECT, COPY, SEND, Step, look_for, try_sending

LOOKS_FOR = timedelta(seconds=60)
SALT = "mailbox trial"
LOOKING = "looking"
NAMES = {
    CONNECT: gettext_lazy("Connection and log-in"),
    SEND: gettext_lazy("Sending"),
    COPY: gettext_lazy("Copy in the Sent folder"),
    ARRIVE: gettext_lazy("Arrival"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that was sent at `since` and has not been seen yet."""

    mailbox_id: int
    message_id: str
    since: datetime

    def token(self) -> str:
        return signing.dumps([self.mailbox_id, self.message_id, self.since.isoformat()], salt=SALT)

    @property
    def next_look(self) -> str:
        return f"{reverse('mailbox-arrival', args=[self.mailbox_id])}?token={self.token()}"

    @classmethod
    def read(cls, token: str) -> Waiting:
        """Raises BadSignature for what we did not hand out, or long ago."""
        mailbox_id, message_id, since = signing.loads(token, salt=SALT, max_age=LOOKS_FOR * 5)
        return cls(mailbox_id, message_id, datetime.fromisoformat(since))


@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Connect, log in, send; then the page asks again and again whether it arrived."""
    mailbox, now = mailbox_for(request.user, pk), timezone.now()
    trial = try_sending(mailbox=mailbox, now=now)
    waiting = Waiting(mailbox.pk, trial.message_id, now) if trial.message_id and mailbox.imap_host else None
    if not request.headers.get("HX-Request"):
        tell(request, trial.steps)
        return redirect(f"{reverse('mailboxes')}?{LOOKING}={waiting.token()}" if waiting else "mailboxes")
    remark = ""
    if trial.message_id and waiting is None:
        remark = _("What comes in is not read here: look into your mail program whether it arrived.")
    return steps_page(request, trial.steps, waiting, remark)


def looked_for(request: MemberRequest) -> Waiting | None:
    """The trial mail that the list of mailboxes was opened to wait for: see `begin`."""
    try:
        return Waiting.read(request.GET.get(LOOKING, ""))
    except signing.BadSignature:
        return None


@require_safe
def arrival(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the trial mail has come, or for how long yet it is looked for."""
    mailbox, now = mailbox_for(request.user, pk), timezone.now()
    try:
        waiting = Waiting.read(request.GET.get("token", ""))
    except signing.BadSignature:
        return HttpResponse(status=404)
    if waiting.mailbox_id != mailbox.pk:
        return HttpResponse(status=404)
    may_still_come = now - waiting.since < LOOKS_FOR
    step = look_for(mailbox=mailbox, message_id=waiting.message_id, may_still_come=may_still_come)
    return steps_page(request, (step,) if step else (), None if step else waiting)


def steps_page(
    request: MemberRequest, steps: tuple[Step, ...], waiting: Waiting | None, remark: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"steps": [(NAMES[step.step], step) for step in steps], "remark": remark}
    if waiting is not None:
        context["next_look"] = waiting.next_look
    return render(request, "mailboxes/_trial.html", context)


def tell(request: MemberRequest, steps: tuple[Step, ...]) -> None:
    """Pressed before the scripts were there: what did not work, else the last step, as a message on the next page."""
    told = next((step for step in steps if not step.passed), steps[-1])
    say = messages.success if told.passed else messages.error
    say(request, told.words)
