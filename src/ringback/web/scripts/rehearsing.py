"""Practice: a played prospect says something, the rep recognises the way; what comes of it is kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import randrange
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ringback.actions.errors import Refused
from ringback.actions.walking import HIGHEST_SEED, record_rehearsal
from ringback.domain.maps.graph import CallMap, Node
from ringback.domain.maps.rehearsing import Score, played_traits, reply, score
from ringback.domain.maps.texts import Filling, words_at
from ringback.domain.maps.variables import spoken
from ringback.domain.maps.walking import NoWay, Path, as_document, begin, covered, read_path, step
from ringback.domain.script import speaking_seconds
from ringback.domain.vocabulary import Occasion
from ringback.models import CallMapVersion, Walk
from ringback.queries.call_maps import map_value
from ringback.queries.call_script import message_to_practise
from ringback.queries.standing import workspace_now
from ringback.web import when
from ringback.web.presenting import speaking
from ringback.web.requests import MemberRequest
from ringback.web.scripts.showing import title_of
from ringback.web.scripts.views import current, own_at
from ringback.web.scripts.words import KINDS, result_words

MOST_STEPS = 60
MOST_EARLIER = 10
MOST_DIGITS, VERSION_DIGITS = 12, 6
# Somebody to talk to while rehearsing; nobody's record. Their words are those of the map's language.
PLAYED = {
    "first_name": "Kim", "last_name": "Larsen", "name": "Kim Larsen", "company": "Larsen & Moor",
    "need": "fewer lists that contradict each other", "phone": "040 555 0100", "next_try": "this afternoon",
}  # fmt: skip
PLAYED_GERMAN = {**PLAYED, "need": "weniger Listen, die sich widersprechen", "next_try": "heute Nachmittag"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One step behind us: what was said, what they answered, which way was taken, and whether it was theirs."""

    title: str
    text: str
    words: str
    taken: str
    meant: str
    right: bool


@dataclass(frozen=True, slots=True)
class Practised:
    """An earlier practice walk, newest first in their list."""

    when: str
    result: str
    recognised: str
    covered: str


@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: MemberRequest, language: str, name: str) -> HttpResponse:
    """The whole rehearsal lies in the address: the prospect's number, the version, and the ways taken so far."""
    given = request.POST if request.method == "POST" else request.GET
    row = _version(current(language, name), given.get("version", ""))
    call_map = map_value(row.pk)
    seed, ways = _seed(given.get("seed", "")), _ways(given.get("ways", ""))
    if seed is None:
        begun = {"seed": randrange(HIGHEST_SEED), "version": row.version}  # noqa: S311 - no secret
        return redirect(f"{request.path}?{urlencode(begun)}")
    path, ways = _walked(call_map, ways)
    if request.method == "POST":
        return _kept(request, row, path, seed)
    return render(request, "scripts/rehearse.html", _context(request, row, call_map, path, ways, seed))


def _context(
    request: MemberRequest, row: CallMapVersion, call_map: CallMap, path: Path, ways: list[int], seed: int
) -> dict[str, Any]:
    said = _words_of(request, row, call_map, seed)
    behind = [_exchange(call_map, path, number, seed, said) for number in range(len(ways))]
    here = call_map.node(path.here)
    answer = reply(call_map, here.id, seed=seed, steps=len(ways))
    began = _began_in(request.GET.get("began", ""), timezone.now())
    base = {"seed": seed, "version": row.version, "began": began}
    judged = score(call_map, path, seed=seed)
    return {
        "area": "scripts",
        "row": row,
        "behind": behind,
        "here": here,
        "here_title": title_of(here),
        "here_kind": KINDS[here.kind],
        "text": said(here),
        "seconds": speaking(speaking_seconds(said(here), row.language)) if said(here) else "",
        "words": answer.words if answer else "",
        "choices": [
            (key, edge.label, urlencode({**base, "ways": _joined([*ways, key])}))
            for key, edge in enumerate(here.edges, start=1)
        ],
        "back": urlencode({**base, "ways": _joined(ways[:-1])}) if ways else "",
        "result": result_words(here.result) if here.result else "",
        "seed": seed,
        "ways": _joined(ways),
        "score": recognised(judged) if behind else "",
        "missed": [(title_of(call_map.node(each.node)), each) for each in judged.missed] if here.result else [],
        "left_open": judged.left_open if here.result else (),
        "again": urlencode({"seed": seed, "version": row.version}),
        "began": began,
        "points": [(point.text, point.id in covered(call_map, path)) for point in call_map.points],
        "practised": _practised(request, row),
        "earlier": _earlier(request, row),
    }


def _version(newest: CallMapVersion, asked: str) -> CallMapVersion:
    """Whoever has begun on a version finishes on it."""
    if not asked.isdecimal() or len(asked) > VERSION_DIGITS or int(asked) == newest.version:
        return newest
    begun = CallMapVersion.objects.filter(name=newest.name, language=newest.language, version=int(asked))
    return begun.first() or newest


def _words_of(request: MemberRequest, row: CallMapVersion, call_map: CallMap, seed: int) -> Callable[[Node], str]:
    """What the rep says at a place: their own words, else the team's, filled in for the played prospect."""
    own = {node: text for node, (text, _before) in own_at(request, row).items()}
    played = PLAYED_GERMAN if row.language.startswith("de") else PLAYED
    firm = workspace_now().firm_name or _("our firm")
    values = {**played, "rep_name": request.user.shown_name, "firm_name": firm}
    message, fallbacks = message_to_practise(request.user, row.language, played_traits(seed))
    filling = Filling(values, own, borrowed={Occasion.VOICEMAIL: message})
    instead = {**fallbacks, **call_map.fallbacks}
    return lambda node: spoken(words_at(node, filling), values, instead).text


def _exchange(call_map: CallMap, path: Path, number: int, seed: int, said: Callable[[Node], str]) -> Exchange:
    visit = path.visits[number]
    node = call_map.node(visit.node)
    answer = reply(call_map, node.id, seed=seed, steps=number)
    edge = node.edges[(visit.edge or 1) - 1]
    right = bool(answer and answer.edge == visit.edge)
    meant = "" if right or answer is None else node.edges[answer.edge - 1].label
    return Exchange(title_of(node), said(node), answer.words if answer else "", edge.label, meant, right)


def recognised(judged: Score) -> str:
    return _("%(right)s of %(all)s recognised") % {"right": judged.right, "all": judged.replies}


def _began_in(text: str, now: datetime) -> int:
    """When this rehearsal began, in seconds: it travels in the address. Whatever is no such moment is now."""
    seconds = int(now.timestamp())
    given = int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else seconds
    return min(given, seconds)


def _kept(request: MemberRequest, row: CallMapVersion, path: Path, seed: int) -> HttpResponse:
    now = timezone.now()
    began = min(now, datetime.fromtimestamp(_began_in(request.POST.get("began", ""), now), UTC))
    try:
        record_rehearsal(by=request.user, map_id=row.pk, path=as_document(path), seed=seed, started_at=began, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kept as practice, apart from real calls. Here is somebody new."))
    return redirect("script-rehearsal", row.language, row.name)


def _walked(call_map: CallMap, ways: list[int]) -> tuple[Path, list[int]]:
    """The path along these ways, as far as they exist."""
    path = begin(call_map)
    for place, way in enumerate(ways):
        try:
            path = step(call_map, path, way)
        except NoWay:
            return path, ways[:place]
    return path, ways


def _practised(request: MemberRequest, row: CallMapVersion) -> str:
    count = Walk.objects.filter(
        rep=request.user, rehearsal=True, map__name=row.name, map__language=row.language
    ).count()
    return ngettext("practised %(n)s time", "practised %(n)s times", count) % {"n": count}


def _earlier(request: MemberRequest, row: CallMapVersion) -> list[Practised]:
    """The latest practice walks on this map, judged as they were walked: each on its own version."""
    walks = Walk.objects.filter(rep=request.user, rehearsal=True, map__name=row.name, map__language=row.language)
    return [_shown(walk, request) for walk in walks.order_by("-ended_at", "-id")[:MOST_EARLIER]]


def _shown(walk: Walk, request: MemberRequest) -> Practised:
    call_map = map_value(walk.map_id)
    judged = score(call_map, read_path(call_map, walk.path), seed=walk.seed or 0)
    points = len(call_map.points)
    facts = {"n": points - len(judged.left_open), "all": points}
    return Practised(
        when.moment(walk.ended_at, request.user.zone, timezone.now()),
        result_words(walk.result),
        recognised(judged),
        _("%(n)s of %(all)s points") % facts if points else "",
    )


def _seed(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 10 and int(text) <= HIGHEST_SEED else None


def _ways(text: str) -> list[int]:
    return [int(each) for each in text.split(".")[:MOST_STEPS] if each.isdecimal() and len(each) == 1]


def _joined(ways: list[int]) -> str:
    return ".".join(map(str, ways))
