"""A touch that is done by hand: what to write, to whom, and a link that opens the mail program with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from ringback.domain.vocabulary import Channel
from ringback.models import Touch, User
from ringback.queries.brief import Brief, brief

# Longer links are cut by mail programs without a word.
LONGEST_LINK = 1800


@dataclass(frozen=True, slots=True)
class ToDo:
    id: int
    key: str
    subject: str
    text: str
    hint: str
    gap: str
    contact: str
    mailto: str
    prospect_url: str


def to_do(touch: Touch, *, reader: User, now: datetime, key: str) -> ToDo:
    found = brief(touch.prospect, now=now, rep=reader, touch_id=touch.pk)
    filled = found.say.answered
    is_mail = touch.channel == Channel.EMAIL
    return ToDo(
        id=touch.pk,
        key=key,
        subject=found.say.subject if is_mail else "",
        text=filled.text,
        hint=f"{touch.title}. {touch.because_text}",
        gap=_("Not known: %(names)s. Fill it in before you send.") % {"names": _named(filled.missing)}
        if filled.missing
        else "",
        contact=_contact(touch, found),
        mailto=_mail_link(found) if is_mail else "",
        prospect_url=reverse("prospect", args=[touch.prospect_id]),
    )


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _contact(touch: Touch, found: Brief) -> str:
    if touch.channel == Channel.EMAIL:
        return found.emails[0].value if found.emails else _("no e-mail address is known")
    prospect = touch.prospect
    if touch.channel in (Channel.CARD, Channel.VISIT):
        town = " ".join(filter(None, [prospect.postal_code, prospect.city]))
        return ", ".join(filter(None, [prospect.shown_name, prospect.company_name, prospect.street, town]))
    return ""


def _mail_link(found: Brief) -> str:
    if not found.emails:
        return ""
    start = f"mailto:{quote(found.emails[0].value, safe='@')}?subject={quote(found.say.subject)}"
    whole = f"{start}&body={quote(found.say.answered.text)}"
    return whole if len(whole) <= LONGEST_LINK else start
