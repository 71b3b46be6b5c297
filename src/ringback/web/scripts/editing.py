"""The editor of a map: fields beside the live chart, published as a new version on top of the one that was read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ringback.actions.errors import Refused
from ringback.actions.publishing_maps import publish_map
from ringback.adapters.files.yaml_text import LARGEST, NotYaml, read_yaml
from ringback.domain.maps.checking import check_map
from ringback.domain.maps.reading import MOST_EDGES, MOST_NODES, MapError, read_map
from ringback.domain.vocabulary import Occasion
from ringback.models import CallMapVersion
from ringback.queries.call_maps import current_version
from ringback.queries.objection_cards import cards_in
from ringback.web.requests import MemberRequest, managers_only
from ringback.web.scripts.chart import map_chart
from ringback.web.scripts.choices import with_choices
from ringback.web.scripts.drafts import document_in, fields_of, number, size_of
from ringback.web.scripts.operations import Focus, changed, with_orders
from ringback.web.scripts.words import OCCASIONS

NEW_DOCUMENT: dict[str, Any] = {
    "name": "my-map",
    "language": "en",
    "title": "My call map",
    "occasion": "first_warm",
    "start": "hello",
    "points": [{"id": "need", "text": "What should be different"}],
    "nodes": [
        {
            "id": "hello",
            "kind": "say",
            "title": "Say hello",
            "opening": True,
            "text": "Hello[[ {{ first_name }}]], this is {{ rep_name }} from {{ firm_name }}. Is this a good moment?",
            "edges": [{"to": "need", "label": "Yes"}, {"to": "call-back", "label": "Not now"}],
        },
        {
            "id": "need",
            "kind": "ask",
            "title": "What should be different?",
            "text": "What would you most like to be different?",
            "fills": "need",
            "covers": ["need"],
            "edges": [{"to": "appointment", "label": "Tells me"}],
        },
        {"id": "appointment", "kind": "outcome", "result": "appointment"},
        {"id": "call-back", "kind": "outcome", "result": "call_back"},
    ],
}


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, language: str, name: str) -> HttpResponse:
    row = current_version(name, language)
    if row is None:
        raise Http404
    if request.method != "POST":
        return editor(request, row.document, based_on=row.version, row=row)
    document = {**document_in(request.POST), "name": name, "language": language}
    return saved(request, document, based_on=number(request.POST.get("based_on", "")), row=row)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return editor(request, NEW_DOCUMENT, based_on=0, row=None)
    return saved(request, document_in(request.POST), based_on=0, row=None)


def saved(
    request: MemberRequest, document: dict[str, Any], *, based_on: int, row: CallMapVersion | None
) -> HttpResponse:
    """Publish the draft; with an operation only change it, and with something wrong show it again as it was typed."""
    if operation := request.POST.get("op", ""):
        draft, focus = changed(document, operation)
        return editor(request, draft, based_on=based_on, row=row, focus=focus)
    # Whoever has seen that a newer version came out may say that theirs goes on top of it.
    on_top_of = number(request.POST.get("on_top_of", "")) or based_on
    try:
        version = publish_map(by=request.user, document=document, based_on=on_top_of, now=timezone.now())
    except Refused as refused:
        return editor(request, document, based_on=based_on, row=row, refused=str(refused))
    messages.success(
        request, _("Version %(n)s is published. Calls under way finish on theirs.") % {"n": version.version}
    )
    target = reverse("script", args=[version.language, version.name])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def editor(
    request: MemberRequest,
    document: dict[str, Any],
    *,
    based_on: int,
    row: CallMapVersion | None,
    refused: str = "",
    focus: Focus = Focus(),  # noqa: B008 - a value
) -> HttpResponse:
    fields = fields_of(document)
    context = {
        "area": "scripts",
        "row": row,
        "based_on": based_on,
        "current": row.version if row else 0,
        "overtaken": overtaken(row, based_on),
        "refused": refused,
        "focus": focus,
        "published": request.method != "POST",
        "fields": with_choices(with_orders(fields)),
        "ids": [node["id"] for node in fields["nodes"] if node["id"]],
        "cards": [card.id for card in cards_in(fields["language"])],
        "occasions": OCCASIONS.items(),
        "borrowing": Occasion.VOICEMAIL.value,
        **preview_of(document),
    }
    return render(request, "scripts/edit.html", context, status=422 if refused else 200)


def overtaken(row: CallMapVersion | None, based_on: int) -> str:
    """That somebody published another version in the meantime, said before anybody tries to save."""
    if row is None or row.version == based_on:
        return ""
    who = row.published_by.shown_name if row.published_by else _("an update of Ringback")
    facts = {"n": row.version, "who": who, "old": based_on}
    if not based_on:
        return (
            _("There is a map of this name already, in version %(n)s: choose another name, or edit that one.") % facts
        )
    return _("Version %(n)s was published by %(who)s while you edit version %(old)s. Nothing of yours is lost.") % facts


def preview_of(document: dict[str, Any]) -> dict[str, Any]:
    """The chart and what is wrong, while it is typed."""
    try:
        call_map = read_map(document)
    except MapError as error:
        return {"problems": error.problems, "chart": None, "findings": ()}
    findings = check_map(call_map, cards=[card.id for card in cards_in(call_map.language)])
    return {"problems": (), "chart": map_chart(call_map), "findings": findings, "map": call_map}


@managers_only
@require_POST
def check(request: MemberRequest) -> HttpResponse:
    document, based_on = document_in(request.POST), number(request.POST.get("based_on", ""))
    row = current_version(str(document.get("name", "")), str(document.get("language", "")))
    context = {**preview_of(document), "overtaken": overtaken(row, based_on), "row": row, "based_on": based_on}
    return render(request, "scripts/_preview.html", context)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: MemberRequest) -> HttpResponse:
    """A YAML file becomes a draft in the editor; nothing is published yet."""
    if request.method != "POST":
        return render(request, "scripts/import.html", {"area": "scripts"})
    text, problem = _uploaded(request), ""
    try:
        document = read_yaml(text)
        problem = _unfit(document)
    except NotYaml as error:
        problem = str(error)
    if problem:
        context = {"area": "scripts", "problem": problem, "text": text[:LARGEST]}
        return render(request, "scripts/import.html", context, status=422)
    row = current_version(str(document.get("name", "")), str(document.get("language", "")))
    return editor(request, document, based_on=row.version if row else 0, row=row)


def _unfit(document: Any) -> str:
    """Why the editor cannot take it, in words: it shows what is wrong with a map, but not with just anything."""
    if not isinstance(document, dict):
        return _("This file holds no call map: it should be a table of fields.")
    places, ways = size_of(document)
    if places > MOST_NODES or ways > MOST_NODES * MOST_EDGES:
        facts = {"places": places, "ways": ways, "most": MOST_NODES}
        return _("%(places)s places with %(ways)s ways are too many; a call map has at most %(most)s places.") % facts
    return ""


def _uploaded(request: MemberRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    return file.read(LARGEST * 4).decode("utf-8-sig", errors="replace")


@managers_only
@require_POST
def go_back(request: MemberRequest, language: str, name: str, version: int) -> HttpResponse:
    """Undo: an earlier version is published anew, on top of the current one."""
    earlier = get_object_or_404(CallMapVersion, name=name, language=language, version=version)
    based_on = number(request.POST.get("based_on", ""))
    try:
        made = publish_map(by=request.user, document=earlier.document, based_on=based_on, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        facts = {"old": version, "new": made.version}
        messages.success(request, _("Version %(old)s is back, as version %(new)s.") % facts)
    return redirect("script", language, name)
