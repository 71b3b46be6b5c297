"""The shelf of texts, the editor with its live preview, and the way back to an older version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions.errors import Refused
from ringback.actions.mail_texts import findings_in, publish_mail_text, retire_mail_text
from ringback.adapters.texts import TextTrouble
from ringback.domain.mail.texts import KIND_OF, VARIABLES
from ringback.domain.vocabulary import AppointmentState
from ringback.models import MailText, Prospect, User
from ringback.queries.access import may_publish, visible_prospects
from ringback.queries.drafts import preview_of
from ringback.queries.mail_text_shelf import LANGUAGES, Shelf, current_words, shelf_of, shelves, versions_of
from ringback.queries.prospects import matching
from ringback.web import when
from ringback.web.requests import MemberRequest, is_number, said_after
from ringback.web.reviewing.showing import ShownMail, mail
from ringback.web.words import language_name

SHOWN_PEOPLE = 8
SHOWN_OWNERS = 3


@dataclass(frozen=True, slots=True)
class ShownPlace:
    url: str
    language: str
    subject: str
    owners: str
    mine: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class ShownShelf:
    title: str
    when: str
    rule: str
    places: tuple[ShownPlace, ...]


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    found = shelves(request.user)
    groups: dict[str, list[ShownShelf]] = {}
    for shelf in found:
        groups.setdefault(shelf.cadence, []).append(shown_shelf(shelf, request.user))
    return render(request, "texts/listing.html", {"area": "mail", "groups": groups.items()})


def shown_shelf(shelf: Shelf, reader: User) -> ShownShelf:
    kind = KIND_OF[shelf.situation]
    return ShownShelf(
        title=shelf.title,
        when="" if shelf.cadence else kind.when,
        rule=shelf.rule,
        places=tuple(
            ShownPlace(
                url=reverse("mail-text", args=[place.language, place.key]),
                language=language_name(place.language),
                subject=place.house.subject if place.house else "",
                owners=owners_in_words([owner for owner in place.owners if owner.pk != reader.pk]),
                mine=any(owner.pk == reader.pk for owner in place.owners),
                changed=bool(place.house and place.house.row and not place.house.row.built_in),
            )
            for place in shelf.places
        ),
    )


def owners_in_words(owners: list[User]) -> str:
    names = [owner.shown_name for owner in owners[:SHOWN_OWNERS]]
    more = len(owners) - len(names)
    return ", ".join([*names, *([_("%(n)s more") % {"n": more}] if more > 0 else [])])


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, language: str, key: str) -> HttpResponse:
    """The text of the house, or (`?own=1`) the reader's own, which begins as a copy of it."""
    shelf, own = place_of(request, language, key)
    if request.method == "POST":
        return publish(request, shelf, language, own=own)
    subject, body = standing(shelf, language, request.user if own else None)
    return editor(request, shelf, language, own=own, subject=subject, body=body)


def place_of(request: MemberRequest, language: str, key: str) -> tuple[Shelf, bool]:
    shelf = shelf_of(key, request.user)
    if shelf is None or language not in {place.language for place in shelf.places}:
        raise Http404
    asked = (request.POST if request.method == "POST" else request.GET).get("own", "")
    return shelf, asked == "1" or not may_publish(request.user)


def standing(shelf: Shelf, language: str, owner: User | None) -> tuple[str, str]:
    """The own text; what stands behind it where there is none; in the last place that of another language."""
    if owner is not None and (own := current_words(shelf.key, language, owner)):
        return own.subject, own.body
    for wanted in (language, *LANGUAGES):
        place = next((place for place in shelf.places if place.language == wanted), None)
        if place is not None and place.house is not None:
            return place.house.subject, place.house.body
    return "", ""


def publish(request: MemberRequest, shelf: Shelf, language: str, *, own: bool) -> HttpResponse:
    subject, body = given(request)
    try:
        row = publish_mail_text(
            by=request.user, key=shelf.key, language=language, subject=subject, body=body, own=own, now=timezone.now()
        )
    except Refused as refused:
        return editor(request, shelf, language, own=own, subject=subject, body=body, refused=refused)
    messages.success(request, _("Version %(n)s is in use from now on.") % {"n": row.version})
    return redirect(address(language, shelf.key, own=own))


def editor(
    request: MemberRequest,
    shelf: Shelf,
    language: str,
    *,
    own: bool,
    subject: str,
    body: str,
    refused: Refused | None = None,
) -> HttpResponse:
    reader, owner = request.user, request.user if own else None
    person = person_for(request)
    context = {
        "area": "mail",
        "shelf": shown_shelf(shelf, reader),
        "key": shelf.key,
        "language": language,
        "language_name": language_name(language),
        "own": own,
        "saved": request.method == "GET" and request.GET.get("saved") == "1",
        "may_publish": may_publish(reader),
        "has_own": current_words(shelf.key, language, reader) is not None,
        "in_cadence": shelf.cadence and current_words(shelf.key, language, owner) is None and not own,
        "changed": is_changed(shelf, language, owner),
        "subject": subject,
        "body": body,
        "refused": refused.message if refused else "",
        "people": people_to_choose(reader, "", person),
        "versions": shown_versions(shelf.key, language, owner, reader),
        "variables": VARIABLES,
        **previewed(request, shelf, language, subject, body, person),
    }
    return render(request, "texts/edit.html", context, status=422 if refused else 200)


def is_changed(shelf: Shelf, language: str, owner: User | None) -> bool:
    """Whether there is something to take back: an own copy, or a text of the house in place of the built-in one."""
    words = current_words(shelf.key, language, owner)
    return words is not None and words.row is not None and not words.row.built_in


def shown_versions(key: str, language: str, owner: User | None, reader: User) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "id": row.pk,
            "number": row.version,
            "current": row.retired_at is None,
            "by": row.published_by.shown_name if row.published_by else _("built in"),
            "at": when.moment(row.published_at, reader.zone, now),
            "subject": row.subject,
        }
        for row in versions_of(key, language, owner)
    ]


@require_POST
def preview(request: MemberRequest, language: str, key: str) -> HttpResponse:
    """What is wrong with the text typed so far, and how it reads for the chosen prospect."""
    shelf, _own = place_of(request, language, key)
    subject, body = given(request)
    return render(
        request, "texts/_preview.html", previewed(request, shelf, language, subject, body, person_for(request))
    )


def previewed(
    request: MemberRequest, shelf: Shelf, language: str, subject: str, body: str, person: Prospect | None
) -> dict[str, Any]:
    try:
        found = findings_in(key=shelf.key, language=language, subject=subject, body=body)
    except Refused as refused:
        return {"trouble": refused.message, "lint": (), "mail": None}
    lint = tuple((each.rule, each.excerpt, each.why, each.better) for each in found)
    return {"trouble": "", "lint": lint, "mail": shown_mail(request, shelf, language, subject, body, person)}


def shown_mail(
    request: MemberRequest, shelf: Shelf, language: str, subject: str, body: str, person: Prospect | None
) -> ShownMail | None:
    if person is None:
        return None
    try:
        return mail(
            preview_of(shelf.key, language, subject, body, prospect=person, rep=request.user, now=timezone.now())
        )
    except TextTrouble:
        return None


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Who fits the words typed into the search, to choose one for the preview."""
    return render(
        request, "texts/_people.html", {"people": people_to_choose(request.user, request.GET.get("q", ""), None)}
    )


def people_to_choose(reader: User, words: str, chosen: Prospect | None) -> list[tuple[int, str, bool]]:
    found = list(matching(reader, text=words).order_by("shown_name", "pk")[:SHOWN_PEOPLE])
    if chosen is not None:
        found = [chosen, *(each for each in found if each.pk != chosen.pk)]
    return [
        (each.pk, f"{each.shown_name}, {each.company_name}".strip(", "), each is (chosen or found[0])) for each in found
    ]


def person_for(request: MemberRequest) -> Prospect | None:
    """The prospect that was chosen; else one with an appointment, of whom a mail has most to say; else anybody."""
    seen = visible_prospects(request.user).filter(merged_into=None)
    named = request.POST.get("prospect", "")
    if is_number(named) and (chosen := seen.filter(pk=int(named)).first()):
        return chosen
    mine = seen.filter(owner=request.user)
    agreed = mine.filter(appointments__state=AppointmentState.AGREED)
    return agreed.order_by("pk").first() or mine.order_by("pk").first() or seen.order_by("pk").first()


@require_POST
def restoration(request: MemberRequest, language: str, key: str) -> HttpResponse:
    """An older version is published anew."""
    shelf, own = place_of(request, language, key)
    owner = request.user if own else None
    version = request.POST.get("version", "")
    row = get_object_or_404(
        MailText, pk=int(version) if is_number(version) else 0, key=shelf.key, language=language, owner=owner
    )

    def publish_again() -> None:
        publish_mail_text(
            by=request.user, key=row.key, language=language, subject=row.subject, body=row.body, own=own,
            now=timezone.now(),
        )  # fmt: skip

    said_after(request, publish_again, _("Version %(n)s is in use again.") % {"n": row.version})
    return redirect(address(language, shelf.key, own=own))


@require_POST
def retirement(request: MemberRequest, language: str, key: str) -> HttpResponse:
    """The own copy falls, and the house's text counts again; or the house's, and the built-in one does."""
    shelf, own = place_of(request, language, key)
    said_after(
        request,
        lambda: retire_mail_text(by=request.user, key=shelf.key, language=language, own=own, now=timezone.now()),
        _("Taken back: the text of the house counts again.")
        if own
        else _("Taken back: the built-in text counts again."),
    )
    return redirect(address(language, shelf.key, own=False))


def given(request: MemberRequest) -> tuple[str, str]:
    return request.POST.get("subject", ""), request.POST.get("body", "").replace("\r\n", "\n")


def address(language: str, key: str, *, own: bool) -> str:
    """Where something was just saved: what was typed before is not brought back there."""
    return reverse("mail-text", args=[language, key]) + ("?own=1&saved=1" if own else "?saved=1")
