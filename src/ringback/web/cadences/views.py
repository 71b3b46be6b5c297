"""The list of cadences, one cadence drawn, its versions, and the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions import enrolling, publishing
from ringback.actions.errors import Refused
from ringback.domain.cadence import Cadence, EndKind, Start, Step
from ringback.domain.waits import describe_wait
from ringback.models import CadenceVersion, Enrollment
from ringback.queries import access
from ringback.queries import cadences as queries
from ringback.web.cadences.chart import Chart, chart, plain_days
from ringback.web.cadences.differences import changes
from ringback.web.cadences.forms import DocumentForm
from ringback.web.cadences.writing import as_toml
from ringback.web.requests import MemberRequest, managers_only, with_draft_done
from ringback.web.words import CHANNELS, TEMPERATURES

SHOWN_INSIDE = 25
MOVED_AT_ONCE = 500

NEW_DOCUMENT = """\
name = "my-cadence"
rule = "C4"
title = "My cadence"
start = "first touch"
description = "What it is for."

[[steps]]
id = "first-call"
channel = "call"
wait = "at once"
title = "First call"
why = "The first try."
say = "Hello {{ first_name }}, this is {{ rep_name }} from {{ firm_name }}."
voicemail = "Hello {{ first_name }}, {{ rep_name }} from {{ firm_name }} here. I will try again on Thursday morning."

[[steps]]
id = "second-call"
channel = "call"
wait = "3 business days"
title = "Second call"
why = "Three business days later."

[end]
kind = "release"
why = "Two tries are enough here."
"""


@dataclass(frozen=True, slots=True)
class ShownStep:
    number: int
    id: str
    channel: str
    channel_name: str
    title: str
    day: str
    wait: str
    times: str
    why: str
    subject: str
    say: str
    voicemail: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    id: int
    name: str
    number: int
    title: str
    published: str
    current: bool
    inside: str
    anybody: bool


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    rule: str
    title: str
    about: str
    steps: str
    inside: str
    version: str
    chart: Chart


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    rows = queries.current_cadences()
    titles = {row.name: row.value.title for row in rows}
    cards = [card(row, titles) for row in rows]
    return render(request, "cadences/listing.html", {"area": "cadences", "cards": cards})


@require_safe
def detail(request: MemberRequest, name: str) -> HttpResponse:
    versions = queries.versions_of(name)
    if not versions:
        raise Http404
    row = next((each for each in versions if each.current), versions[0])
    titles = dict(CadenceVersion.objects.filter(retired_at=None).values_list("name", "title"))
    context = {
        "area": "cadences",
        "row": row,
        "cadence": row.value,
        "chart": chart(row.value, titles),
        "facts": facts(row.value, titles),
        "steps": steps(row.value),
        "ending": ending(row.value, titles),
        "versions": [shown_version(each) for each in versions],
        "inside": inside(request, name),
        "key": uuid4().hex,
    }
    return render(request, "cadences/detail.html", context)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, name: str) -> HttpResponse:
    row = get_object_or_404(CadenceVersion, name=name, retired_at=None)
    form = DocumentForm(request.POST or {"text": as_toml(row.document)}, name=name)
    return editor(request, form, row)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    return editor(request, DocumentForm(request.POST or {"text": NEW_DOCUMENT}), None)


def editor(request: MemberRequest, form: DocumentForm, row: CadenceVersion | None) -> HttpResponse:
    valid = form.is_valid()
    if request.method == "POST" and valid and (done := publish(request, form, is_new=row is None)):
        return redirect(with_draft_done(reverse("cadence", args=[done.name]), draft_of(row)))
    context = {"area": "cadences", "form": form, "row": row, "draft": draft_of(row), **preview_of(form)}
    return render(request, "cadences/edit.html", context, status=422 if request.method == "POST" else 200)


def draft_of(row: CadenceVersion | None) -> str:
    """Of this version: a draft of an older one is never laid over it."""
    return f"cadence-{row.name}-{row.version}" if row else "cadence-new"


def publish(request: MemberRequest, form: DocumentForm, *, is_new: bool) -> CadenceVersion | None:
    """The new version; None if it is refused, with the reason said on the form."""
    if is_new and CadenceVersion.objects.filter(name=form.document["name"]).exists():
        form.problems = [("name", _("is taken: open that cadence and publish a new version of it."))]
        return None
    try:
        version = publishing.publish_cadence(by=request.user, document=form.document, now=timezone.now())
    except Refused as refused:
        form.problems = [("", str(refused))]
        return None
    said = _("Version %(number)s is published. Whoever is in the cadence stays on the old version until moved.")
    messages.success(request, said % {"number": version.version})
    return version


@managers_only
@require_POST
def check(request: MemberRequest) -> HttpResponse:
    """What the text would give, while it is typed."""
    form = DocumentForm(request.POST)
    form.is_valid()
    return render(request, "cadences/_preview.html", preview_of(form))


def preview_of(form: DocumentForm) -> dict[str, Any]:
    titles = dict(CadenceVersion.objects.filter(retired_at=None).values_list("name", "title"))
    drawn = chart(form.cadence, titles) if form.cadence else None
    return {"problems": form.problems, "chart": drawn, "cadence": form.cadence}


@require_safe
def differences(request: MemberRequest, name: str, old: int, new: int) -> HttpResponse:
    rows = {row.version: row for row in CadenceVersion.objects.filter(name=name, version__in=(old, new))}
    if old not in rows or new not in rows:
        raise Http404
    found = changes(as_toml(rows[old].document), as_toml(rows[new].document))
    context = {"area": "cadences", "name": name, "title": rows[new].title, "old": old, "new": new, "changes": found}
    return render(request, "cadences/differences.html", context)


@managers_only
@require_POST
def migration(request: MemberRequest, name: str, version: int) -> HttpResponse:
    """Move one's people from an old version to the current one, each on the step where they stand."""
    mine = access.visible_prospects(request.user)
    running = Enrollment.objects.filter(cadence__name=name, cadence__version=version, prospect__in=mine)
    people = list(running.exclude(state="finished").select_related("cadence", "prospect")[:MOVED_AT_ONCE])
    key, now, moved = request.POST.get("key", "")[:50] or uuid4().hex, timezone.now(), 0
    for one in people:
        try:
            enrolling.move_to_current_version(by=request.user, enrollment=one, key=f"{key}:{one.pk}", now=now)
            moved += 1
        except Refused as refused:
            messages.warning(request, f"{one.prospect.shown_name}: {refused}")
    messages.success(request, ngettext("%(n)s person moved.", "%(n)s people moved.", moved) % {"n": moved})
    return redirect("cadence", name)


def card(row: queries.Version, titles: dict[str, str]) -> Card:
    count = len(row.value.steps)
    return Card(
        name=row.name,
        rule=row.value.rule,
        title=row.title,
        about=" ".join(row.value.description.split()),
        steps=ngettext("%(n)s step", "%(n)s steps", count) % {"n": count},
        inside=inside_words(row),
        version=_("version %(n)s") % {"n": row.version},
        chart=chart(row.value, titles),
    )


def inside_words(row: queries.Version) -> str:
    if row.is_more:
        return _("more than 1,000 people in it")
    return ngettext("%(n)s person in it", "%(n)s people in it", row.inside) % {"n": row.inside}


def shown_version(row: queries.Version) -> ShownVersion:
    by = row.published_by or (_("built in") if row.built_in else "")
    published = " · ".join(filter(None, (date_format(row.published_at, "j M Y"), by)))
    return ShownVersion(
        row.id, row.name, row.version, row.title, published, row.current, inside_words(row), row.inside > 0
    )


def facts(cadence: Cadence, titles: dict[str, str]) -> tuple[tuple[str, str], ...]:
    starts = {
        Start.AGREED: _("at a moment that was agreed, kept to the minute"),
        Start.FIRST_TOUCH: _("with the first touch, inside call hours"),
    }
    lead = str(TEMPERATURES[cadence.temperature]) if cadence.temperature else _("Warm and cold")
    return (
        (_("Starts"), starts[cadence.start]),
        (_("For"), lead),
        (_("Ends"), ending(cadence, titles)),
        (_("Source"), _("article %(n)s") % {"n": cadence.source} if cadence.source else "–"),
    )


def ending(cadence: Cadence, titles: dict[str, str]) -> str:
    end = cadence.end
    if end.kind is EndKind.HAND_OVER:
        said = _("Hands over to “%(title)s”.") % {"title": titles.get(end.to, end.to)}
    elif end.kind is EndKind.REPEAT:
        said = _("Goes round from “%(step)s”.") % {"step": cadence.step(end.to).title or end.to}
    else:
        said = _("Releases the prospect.")
    return f"{said} {end.why}".strip()


def steps(cadence: Cadence) -> tuple[ShownStep, ...]:
    days = plain_days(cadence)
    return tuple(shown_step(number, step, days) for number, step in enumerate(cadence.steps, 1))


def shown_step(number: int, step: Step, days: dict[str, str]) -> ShownStep:
    return ShownStep(
        number=number,
        id=step.id,
        channel=step.channel.value,
        channel_name=str(CHANNELS[step.channel]),
        title=step.title or step.id,
        day=days.get(step.id, ""),
        wait=describe_wait(step.wait),
        times=_("%(n)s times") % {"n": step.repeat} if step.repeat > 1 else "",
        why=step.why,
        subject=step.subject,
        say=step.say,
        voicemail=step.voicemail,
    )


def inside(request: MemberRequest, name: str) -> list[Enrollment]:
    """The first few of one's own people who are in it, whatever their version."""
    mine = access.visible_prospects(request.user)
    running = Enrollment.objects.filter(cadence__name=name, prospect__in=mine).exclude(state="finished")
    return list(running.select_related("prospect", "cadence").order_by("-started_at", "-id")[:SHOWN_INSIDE])
