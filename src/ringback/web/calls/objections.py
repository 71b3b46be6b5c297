"""What an objection turned out to be, said by one press from the brief (B5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ringback.actions.errors import Refused
from ringback.actions.learning import settle_objection
from ringback.domain.vocabulary import ObjectionState
from ringback.models import Objection
from ringback.queries.access import prospect_for
from ringback.web.requests import MemberRequest
from ringback.web.words import OBJECTIONS

ICONS = {
    ObjectionState.OPEN: "circle-question-mark",
    ObjectionState.REAL: "flag",
    ObjectionState.FALSE: "circle-x",
    ObjectionState.RESOLVED: "circle-check",
}


@dataclass(frozen=True, slots=True)
class State:
    value: str
    label: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownObjection:
    """`asks`: somebody has just said what it is, and may add the words that were used."""

    id: int
    text: str
    address: str
    states: tuple[State, ...]
    state: str
    asks: bool = False
    refused: str = ""


def shown(objection: Objection, *, asks: bool = False, refused: str = "") -> ShownObjection:
    return ShownObjection(
        id=objection.pk,
        text=objection.text,
        address=reverse("turned_out", args=[objection.prospect_id, objection.pk]),
        states=states(ObjectionState(objection.state)),
        state=objection.state,
        asks=asks,
        refused=refused,
    )


def states(chosen: ObjectionState) -> tuple[State, ...]:
    return tuple(State(state.value, str(OBJECTIONS[state]), icon, state is chosen) for state, icon in ICONS.items())


@require_POST
def turned_out(request: MemberRequest, prospect_id: int, objection_id: int) -> HttpResponse:
    """The line of the brief once more, with its new state and room for what was said; without a script, the page."""
    prospect = prospect_for(request.user, prospect_id)
    objection = get_object_or_404(prospect.objections, pk=objection_id)
    state = next((each for each in ObjectionState if each == request.POST.get("state")), None)
    if state is None:
        raise Http404
    words, refused = request.POST.get("words", ""), ""
    try:
        settle_objection(by=request.user, objection=objection, state=state, words=words, now=timezone.now())
        objection.state = state
    except Refused as error:
        refused = str(error)
    if not request.htmx:  # type: ignore[attr-defined]
        if refused:
            messages.error(request, refused)
        return redirect("call", prospect.pk)
    line = shown(objection, asks=bool(refused) or not words.strip(), refused=refused)
    return render(request, "calls/objection.html", {"objection": line})
