"""One prospect: who, what is planned and why, what has been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ringback.domain.chooser import cadence_for
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, goes_by_itself
from ringback.domain.local_time import local
from ringback.domain.vocabulary import (
    Channel,
    CommitmentState,
    FirstContact,
    Temperature,
    TouchKind,
    TouchState,
)
from ringback.models import (
    CadenceVersion,
    Commitment,
    ContactPoint,
    Enrollment,
    Prospect,
    Touch,
    Workspace,
)
from ringback.queries import access, timeline
from ringback.queries.record import objections_of
from ringback.queries.standing import workspace_now
from ringback.web import when
from ringback.web.blocks.showing import of_prospect
from ringback.web.presenting import both, money
from ringback.web.prospects.agreed_talk import agreed
from ringback.web.prospects.deciders import circumstances
from ringback.web.prospects.forms import assignees
from ringback.web.requests import MemberRequest
from ringback.web.words import CHANNELS, OBJECTIONS, PARTIES, QUALIFICATIONS, STATES, TEMPERATURES, language_name

STORY_PAGE = 30
MOST_COLLEAGUES = 8

POINT_KINDS = (
    (ContactPoint.PHONE, gettext_lazy("Telephone")),
    (ContactPoint.EMAIL, gettext_lazy("E-mail")),
    (ContactPoint.PROFILE, gettext_lazy("Profile")),
    (ContactPoint.WEBSITE, gettext_lazy("Website")),
)
BY_ITSELF = {
    AUTOMATIC: gettext_lazy("Goes by itself"),
    AT_THE_DOOR: gettext_lazy("Written, on its way"),
}
COMMITMENT_CHOICES = (
    (CommitmentState.KEPT, gettext_lazy("Kept")),
    (CommitmentState.BROKEN, gettext_lazy("Broken")),
    (CommitmentState.DROPPED, gettext_lazy("Dropped")),
)

VERB_ICONS = {
    "call": "phone",
    "note": "pen-line",
    "email": "mail",
    "mail": "mail",
    "sent": "mail-check",
    "appointment": "calendar-check",
    "enroll": "workflow",
    "pause": "pause",
    "resume": "play",
    "stop": "square",
    "qualif": "circle-check",
    "assign": "user-check",
    "merge": "git-merge",
    "close": "archive",
    "reopen": "rotate-ccw",
    "opt": "shield-off",
    "undo": "undo-2",
    "import": "file-up",
    "add": "user-plus",
    "create": "user-plus",
    "repl": "message-circle",
    "bounce": "circle-x",
    "absence": "coffee",
    "invitation": "calendar-check",
    "left": "log-out",
    "block_lifted": "shield-off",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An open touch as finished strings. `by_hand`: it can be ticked off here, other than a call.

    `by_itself` says when the worker sends it; `held` why it does not, though it could.
    """

    id: int
    channel: str
    channel_name: str
    title: str
    there: str
    yours: str
    exact: str
    in_field: str
    zone: str
    rule: str
    why: str
    late: bool
    by_hand: bool
    movable: bool
    by_itself: str
    held: str
    can_go: bool


@dataclass(frozen=True, slots=True)
class Happened:
    id: int
    icon: str
    text: str
    by: str
    at: str
    exact: str
    rule: str
    notes: str
    undone: bool
    mail_url: str


@require_safe
def page(request: MemberRequest, pk: int) -> HttpResponse:
    prospect = access.prospect_for(request.user, pk)
    now, house = timezone.now(), workspace_now()
    zone = (prospect.zones or (house.zone,))[0]
    context = {
        "area": "prospects",
        "keys": keys(),
        "key": uuid4().hex,
        "prospect": prospect,
        "zone": zone,
        "header": header(prospect, house, zone, now),
        "planned": planned(prospect, request.user.zone, now),
        "points": list(prospect.contact_points.all()),
        "next_moment": when.in_field(now + timedelta(days=1), zone),
        "owners": assignees(request.user),
        "owner_value": str(prospect.owner_id or ""),
        "point_kinds": POINT_KINDS,
        "objection_choices": [(state, str(word)) for state, word in OBJECTIONS.items()],
        "commitment_choices": COMMITMENT_CHOICES,
        **in_a_cadence(prospect, zone, now),
        **agreed(prospect, request.user.zone, now),
        **learned(prospect, local(now, zone).date()),
        **colleagues(request, prospect),
        "circumstances": circumstances(request, prospect),
        **of_prospect(prospect, request.user, now),
        **story(request, prospect, now),
    }
    return render(request, "prospects/page.html", context)


@require_safe
def older(request: MemberRequest, pk: int) -> HttpResponse:
    """The next part of the timeline, back in time."""
    prospect = access.prospect_for(request.user, pk)
    return render(request, "prospects/_story.html", story(request, prospect, timezone.now()))


def header(prospect: Prospect, house: Workspace, zone: str, now: datetime) -> dict[str, Any]:
    there = local(now, zone)
    sure = bool(prospect.zone)
    facts = [
        (_("Local time"), f"{there:%H:%M} · {zone}" + ("" if sure else f" ({doubt(prospect)})")),
        (_("Value"), money(prospect.value, house.currency) or _("not known")),
        (_("Owner"), prospect.owner.shown_name if prospect.owner else _("Nobody")),
        (_("Temperature"), str(TEMPERATURES[prospect.temperature])),
        (_("Place"), ", ".join(filter(None, (prospect.city, prospect.state_name, prospect.country)))),
        (_("Language"), language_name(prospect.language)),
        (_("Source"), prospect.source),
    ]
    return {
        "clock": f"{there:%H:%M}",
        "sure": sure,
        "who": " · ".join(
            each for each in (prospect.job_title, prospect.company_name) if each not in ("", prospect.shown_name)
        ),
        "state": str(STATES[prospect.state]),
        "is_open": prospect.state == "open",
        "qualification": str(QUALIFICATIONS[prospect.qualification]),
        "temperature": str(TEMPERATURES[prospect.temperature]),
        "facts": [(label, value) for label, value in facts if value],
        "custom": [(str(name), str(value)) for name, value in prospect.custom.items()],
    }


def doubt(prospect: Prospect) -> str:
    return _("one of several possible") if prospect.possible_zones else _("not known: the house’s own")


def planned(prospect: Prospect, own_zone: str, now: datetime) -> list[Planned]:
    rows = prospect.touches.filter(state=TouchState.OPEN).order_by("due_at", "id")
    return [shown_touch(row, own_zone, now) for row in rows]


def shown_touch(row: Touch, own_zone: str, now: datetime) -> Planned:
    there, yours = both(row.due_at, row.zone, own_zone, now)
    by_itself = BY_ITSELF.get(row.lane, "")
    return Planned(
        id=row.pk,
        channel=row.channel,
        channel_name=str(CHANNELS[row.channel]),
        title=row.title,
        there=there,
        yours=yours,
        exact=when.full(row.due_at, row.zone),
        in_field=when.in_field(row.due_at, row.zone),
        zone=row.zone,
        rule=row.because_rule,
        why=row.because_text,
        late=row.due_at < now and not by_itself,
        by_hand=row.channel != Channel.CALL and not by_itself,
        movable=row.appointment_id is None and row.lane != AT_THE_DOOR,
        by_itself=str(by_itself),
        held=row.held,
        can_go=bool(row.held) and goes_by_itself(TouchKind(row.kind), Channel(row.channel)),
    )


def in_a_cadence(prospect: Prospect, zone: str, now: datetime) -> dict[str, Any]:
    """Where it stands, or which cadence fits and why (A14)."""
    running = prospect.enrollments.exclude(state="finished").select_related("cadence").first()
    if running:
        newest = running.cadence.retired_at is None
        return {
            "enrollment": running,
            "place": place_in(running),
            "paused": pause_of(running, zone, now),
            "is_current": newest,
        }
    fits = cadence_for(Temperature(prospect.temperature), FirstContact(prospect.first_contact))
    choices = CadenceVersion.objects.filter(retired_at=None).order_by("title").values_list("name", "title")
    return {"fits": fits.cadence, "fits_because": fits.because, "cadences": list(choices)}


def place_in(enrollment: Enrollment) -> str:
    cadence = enrollment.cadence.as_value()
    step = cadence.step(enrollment.step_id)
    number = cadence.index(enrollment.step_id) + 1
    return _("Step %(number)s of %(all)s: %(title)s") % {
        "number": number,
        "all": len(cadence.steps),
        "title": step.title or step.id,
    }


def pause_of(enrollment: Enrollment, zone: str, now: datetime) -> str:
    pause = enrollment.pauses.filter(ended_at=None).select_related("by").first()
    if not pause:
        return ""
    until = f" {_('until')} {when.moment(pause.until, zone, now)}" if pause.until else ""
    return " · ".join(filter(None, (_("Paused") + until, pause.by.shown_name if pause.by else "", pause.reason)))


def learned(prospect: Prospect, today: Any) -> dict[str, Any]:
    owed = list(prospect.commitments.filter(state="open").order_by("due_on"))
    return {
        "needs": list(prospect.needs.order_by("-learned_at")),
        "interests": list(prospect.interests.order_by("-learned_at")),
        "objections": [(row, str(OBJECTIONS[row.state])) for row in objections_of(prospect)],
        "commitments": [(row, str(PARTIES[row.party]), due_words(row), row.due_on < today) for row in owed],
    }


def due_words(row: Commitment) -> str:
    return _("by %(day)s") % {"day": date_format(row.due_on, "D j M")}


def colleagues(request: MemberRequest, prospect: Prospect) -> dict[str, Any]:
    """Other people at the same company whom one may see."""
    if not prospect.company_id:
        return {"colleagues": [], "more_colleagues": False}
    others = access.visible_prospects(request.user).filter(company=prospect.company_id, merged_into=None)
    found = list(others.exclude(pk=prospect.pk).order_by("shown_name", "id")[: MOST_COLLEAGUES + 1])
    return {"colleagues": found[:MOST_COLLEAGUES], "more_colleagues": len(found) > MOST_COLLEAGUES}


def story(request: MemberRequest, prospect: Prospect, now: datetime) -> dict[str, Any]:
    before = request.GET.get("before", "")
    found = timeline.timeline(prospect, before=int(before) if before.isdecimal() else None, limit=STORY_PAGE)
    url = f"{reverse('prospect-timeline', args=[prospect.pk])}?before={found.before}" if found.before else ""
    readable = access.readable_messages(request.user, [each.message for each in found.entries if each.message])
    return {"story": [happened(each, request.user.zone, now, readable) for each in found.entries], "older_url": url}


def happened(entry: timeline.Entry, own_zone: str, now: datetime, readable: Collection[int]) -> Happened:
    icon = next((icon for word, icon in VERB_ICONS.items() if entry.verb.startswith(word)), "info")
    return Happened(
        id=entry.id,
        icon=icon,
        text=entry.text,
        by=entry.by or _("Ringback"),
        at=when.moment(entry.at, own_zone, now),
        exact=when.full(entry.at, own_zone),
        rule=entry.rule,
        notes=entry.notes,
        undone=entry.undone,
        mail_url=reverse("outbox-mail", args=[entry.message]) if entry.message in readable else "",
    )


def keys() -> tuple[tuple[str, str], ...]:
    return (
        ("c", _("Call")),
        ("i", _("They called")),
        ("a", _("Make an appointment")),
        ("w", _("Write a note")),
        ("e", _("Edit")),
        ("m", _("More that can be done")),
    )
