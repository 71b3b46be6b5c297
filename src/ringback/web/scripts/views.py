"""The list of call maps, one map drawn with how its ways fared, its versions, and a rep's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ringback.actions.errors import Refused
from ringback.actions.publishing_maps import use_own_wording
from ringback.adapters.files.yaml_text import write_yaml
from ringback.domain.maps.checking import check_map
from ringback.domain.maps.comparing import differences as compare
from ringback.models import CallMapVersion, OwnWording
from ringback.queries import call_maps
from ringback.queries.objection_cards import cards_in
from ringback.web.requests import MemberRequest
from ringback.web.scripts import counted
from ringback.web.scripts.chart import map_chart
from ringback.web.scripts.showing import nested, places
from ringback.web.scripts.words import OCCASIONS
from ringback.web.words import language_name


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    language: str
    title: str
    occasion: str
    about: str
    facts: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    number: int
    published: str
    current: bool


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    rows = CallMapVersion.objects.filter(retired_at=None).order_by("language", "name")
    languages: dict[str, list[Card]] = {}
    for row in rows.only("name", "language", "title", "occasion", "version", "built_in"):
        languages.setdefault(row.language, []).append(card(row))
    wanted = request.GET.get("language", "")
    shown = wanted if wanted in languages else next(iter(sorted(languages, key=lambda code: code != "en")), "")
    tabs = [(code, language_name(code), len(cards)) for code, cards in languages.items()]
    order = list(OCCASIONS)
    cards = sorted(languages.get(shown, []), key=lambda each: (order.index(each.occasion), each.name))
    context = {"area": "scripts", "tabs": tabs, "language": shown, "cards": cards, "occasions": OCCASIONS}
    return render(request, "scripts/listing.html", context)


def card(row: CallMapVersion) -> Card:
    value = call_maps.map_value(row.pk)
    count = len(value.nodes)
    who = _("built in") if row.built_in else _("your own")
    facts = " · ".join((ngettext("%(n)s place", "%(n)s places", count) % {"n": count}, f"v{row.version}", who))
    return Card(row.name, row.language, row.title, row.occasion, value.description, facts)


@require_safe
def detail(request: MemberRequest, language: str, name: str) -> HttpResponse:
    row = current(language, name)
    value = call_maps.map_value(row.pk)
    asked = request.GET.get("counted", "")
    branches = counted.statistics(request.user, row, asked).branches
    own = own_at(request, row)
    context: dict[str, Any] = {
        "area": "scripts",
        "row": row,
        "map": value,
        "occasion": OCCASIONS[row.occasion],
        "language_name": language_name(language),
        "chart": map_chart(value, branches),
        "bases": counted.bases(request.user, row, asked),
        "explained": counted.explained(asked),
        "places": places(value, branches, own),
        "tree": nested(value, branches),
        "findings": check_map(value, cards=[each.id for each in cards_in(language)]),
        "versions": [shown_version(each) for each in call_maps.versions_of(name, language)],
    }
    return render(request, "scripts/detail.html", context)


def current(language: str, name: str) -> CallMapVersion:
    row = call_maps.current_version(name, language)
    if row is None:
        raise Http404
    return row


def own_at(request: MemberRequest, row: CallMapVersion) -> dict[str, tuple[str, str]]:
    found = OwnWording.objects.filter(owner=request.user, map_name=row.name, language=row.language)
    return {node: (text, before) for node, text, before in found.values_list("node", "text", "instead_of")}


def shown_version(row: CallMapVersion) -> ShownVersion:
    by = row.published_by.shown_name if row.published_by else _("built in")
    return ShownVersion(row.version, f"{date_format(row.published_at, 'j M Y')} · {by}", row.retired_at is None)


@require_safe
def export(request: MemberRequest, language: str, name: str) -> HttpResponse:  # noqa: ARG001
    text = write_yaml(current(language, name).document)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{language}.yaml"'
    return response


@require_POST
def wording(request: MemberRequest, language: str, name: str, node: str) -> HttpResponse:
    """Say it in one's own words from now on; an empty text goes back to the team's."""
    text = request.POST.get("text", "")
    try:
        kept = use_own_wording(by=request.user, name=name, language=language, node=node, text=text, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your own words are used from now on.") if kept else _("Back to the team's words."))
    response = redirect("script", language, name)
    response["Location"] += f"#at-{node}"
    return response


@require_safe
def differences(request: MemberRequest, language: str, name: str, old: int, new: int) -> HttpResponse:
    rows = {row.version: row for row in CallMapVersion.objects.filter(name=name, language=language)}
    if old not in rows or new not in rows:
        raise Http404
    found = compare(rows[old].as_value(), rows[new].as_value())
    context = {"area": "scripts", "row": rows[new], "old": old, "new": new, "found": found}
    return render(request, "scripts/differences.html", context)
