"""A touch that is done by hand: what to write, to whom, and a link that opens the mail program with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ringback.domain.because import shortened
from ringback.domain.vocabulary import Channel
from ringback.models import Touch, User
from ringback.queries.brief import brief
from ringback.queries.drafts import Draft, draft_of
from ringback.queries.inbox import mail_behind, may_see_mail
from ringback.web.reviewing.showing import mail_link

LONGEST_QUOTE = 2_000


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
    review_url: str = ""
    wrote: str = ""
    mail_url: str = ""


def to_do(touch: Touch, *, reader: User, now: datetime, key: str) -> ToDo:
    if touch.channel == Channel.EMAIL:
        return _mail_to_do(touch, draft_of(touch, now=now), key)
    found = brief(touch.prospect, now=now, rep=reader, touch_id=touch.pk)
    filled = found.say.answered
    came = mail_behind(touch) if touch.channel == Channel.TASK else None
    return ToDo(
        id=touch.pk,
        key=key,
        subject="",
        text=filled.text,
        hint=f"{touch.title}. {touch.because_text}",
        gap=_("Not known: %(names)s. Fill it in before you send.") % {"names": _named(filled.missing)}
        if filled.missing
        else "",
        contact=_contact(touch),
        mailto="",
        prospect_url=reverse("prospect", args=[touch.prospect_id]),
        wrote=shortened(came.new_text, LONGEST_QUOTE) if came else "",
        mail_url=reverse("inbox-mail", args=[came.pk]) if came and may_see_mail(reader, came) else "",
    )


def _mail_to_do(touch: Touch, draft: Draft, key: str) -> ToDo:
    """A mail as it would go; it is read and sent on a page of its own."""
    return ToDo(
        id=touch.pk,
        key=key,
        subject=draft.subject,
        text=draft.text.strip() if draft.markdown else "",
        hint=f"{touch.title}. {touch.because_text}",
        gap=touch.held or draft.hold,
        contact=draft.to_address or _("no e-mail address is known"),
        mailto=mail_link(draft) if draft.markdown else "",
        prospect_url=reverse("prospect", args=[touch.prospect_id]),
        review_url=reverse("mail-review", args=[touch.pk]),
    )


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _contact(touch: Touch) -> str:
    prospect = touch.prospect
    if touch.channel in (Channel.CARD, Channel.VISIT):
        town = " ".join(filter(None, [prospect.postal_code, prospect.city]))
        return ", ".join(filter(None, [prospect.shown_name, prospect.company_name, prospect.street, town]))
    return ""
