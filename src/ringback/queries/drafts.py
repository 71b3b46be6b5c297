"""A mail as it would go now: words chosen, values filled in, what is missing named, and what is wrong with it (A7–A9).

Nothing is written and nothing is sent here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from ringback.adapters.texts import MailFrame, TextTrouble, compose, fill_text, names_in
from ringback.adapters.texts.markdown import literal, to_plain
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.mail.article import Reader
from ringback.domain.mail.phrases import phrases
from ringback.domain.mail.texts import NAMES, places_in, situation_of, without_sign_off
from ringback.domain.script import gap
from ringback.domain.vocabulary import AppointmentState, Situation, TouchKind, TouchState
from ringback.domain.wording import Finding, check_pressure, check_reminder
from ringback.models import (
    Appointment,
    Article,
    ContactPoint,
    Mailbox,
    MailText,
    Prospect,
    Touch,
    User,
)
from ringback.queries.articles import ChosenArticle, article_for
from ringback.queries.mail_links import confirm_url, stop_url
from ringback.queries.mail_texts import Words, languages_for, step_key, words_for
from ringback.queries.mail_values import Known, Value, agenda_of, known_of, values_of
from ringback.queries.standing import working

INVITING = frozenset({Situation.CONFIRMATION, Situation.CHANGE, Situation.CANCELLATION})
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
NO_WORDS, NO_ADDRESS = "the words of this mail", "an e-mail address that works"

_SITUATIONS = {
    TouchKind.CANCELLATION: Situation.CANCELLATION,
    TouchKind.THANK_YOU: Situation.THANK_YOU,
    TouchKind.REMINDER: Situation.REMINDER,
    TouchKind.SUMMARY: Situation.SUMMARY,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail, whole. `markdown` is its body without signature, as a person edits it; `shown` is for our own pages.

    `gaps` names what is missing, in words. `personal`: about an agreement with this one person, so that it carries no
    unsubscribe link. `article_because` says why this article, or why none. `mailbox`: what sends for the rep; None if
    nothing does. `calendar`: when they may be written to.
    """

    situation: Situation
    key: str
    language: str
    subject: str
    markdown: str
    text: str
    html: str
    shown: str
    gaps: tuple[str, ...]
    findings: tuple[Finding, ...]
    article: Article | None
    article_because: str
    to_address: str
    to_name: str
    personal: bool
    wants_invitation: bool
    appointment: Appointment | None
    words: MailText | None
    mailbox: Mailbox | None
    calendar: WorkCalendar

    @property
    def hold(self) -> str:
        """Why a person has to look at it before it goes, for `Touch.held`; empty if nothing speaks against it."""
        if self.gaps:
            return f"Not known: {', '.join(self.gaps)}."
        return " ".join(f"{each.why} ({each.rule})" for each in self.findings)


def draft_of(touch: Touch, *, now: datetime) -> Draft:
    """The mail of an open e-mail touch. `touch` needs its prospect; everything else is read here."""
    known = _known(touch, now)
    situation = situation_for(touch)
    words = words_of(touch, situation, known)
    return _drafted(known, touch, situation, words, confirm_url(touch.pk) if situation is Situation.SUMMARY else "")


def preview_of(
    key: str, language: str, subject: str, body: str, *, prospect: Prospect, rep: User, now: datetime
) -> Draft:
    """A text as it would read for this prospect now. Raises TextTrouble if the text cannot be filled."""
    for each in (subject, body):
        names_in(each)
    known = known_of(prospect, touch=None, rep_id=rep.pk, now=now)
    words = Words(key, language, subject, body)
    return _drafted(known, None, situation_of(key), words, confirm_url(0))


def reworded(draft: Draft, *, touch: Touch, subject: str, markdown: str, now: datetime) -> Draft:
    """The draft with the words that a person gave it, judged anew: what still stands in brackets is a gap."""
    known = _known(touch, now)
    changed = replace(draft, subject=" ".join(subject.split()), markdown=markdown.strip())
    return _judged(changed, known, _places(changed.subject, changed.markdown))


def _known(touch: Touch, now: datetime) -> Known:
    return known_of(touch.prospect, touch=touch, rep_id=touch.owner_id or touch.prospect.owner_id, now=now)


def situation_for(touch: Touch) -> Situation:
    """What a planned mail is for."""
    kind = TouchKind(touch.kind)
    if kind is TouchKind.CONFIRMATION:
        return Situation.CHANGE if _was_confirmed(touch) else Situation.CONFIRMATION
    if kind in _SITUATIONS:
        return _SITUATIONS[kind]
    if touch.enrollment_id is not None:
        return Situation.STEP
    appointment = touch.appointment
    return Situation.REBOOK if appointment and appointment.state == AppointmentState.MISSED else Situation.OWN


def words_of(touch: Touch, situation: Situation, known: Known) -> Words | None:
    stand, rep, cadence = known.stand, known.record.rep, known.record.cadence
    languages = languages_for(stand.prospect.language, stand.workspace)
    if situation is Situation.STEP and cadence is not None:
        return words_for(step_key(cadence.name, touch.step_id), owner=rep, languages=languages, version=cadence)
    if situation is Situation.OWN:
        return None
    return words_for(situation.value, owner=rep, languages=languages)


def _was_confirmed(touch: Touch) -> bool:
    """Whether they hold a confirmation of this appointment already, so that what they get now is a change."""
    earlier = Touch.objects.filter(appointment=touch.appointment_id, kind=TouchKind.CONFIRMATION, state=TouchState.DONE)
    return touch.appointment_id is not None and earlier.exists()


def _drafted(known: Known, touch: Touch | None, situation: Situation, words: Words | None, link: str) -> Draft:
    prospect, workspace = known.stand.prospect, known.stand.workspace
    language = words.language if words else languages_for(prospect.language, workspace)[0]
    chosen = _article(known, touch, language)
    values = values_of(known, language=language, article=chosen.article, confirm_url=link)
    subject, body, missing = _filled(words, values)
    empty = _empty(known, situation, words, language, chosen)
    return _judged(replace(empty, subject=subject, markdown=body), known, missing)


def _empty(known: Known, situation: Situation, words: Words | None, language: str, chosen: ChosenArticle) -> Draft:
    prospect = known.stand.prospect
    return Draft(
        situation=situation,
        key=words.key if words else situation.value,
        language=language,
        subject="",
        markdown="",
        text="",
        html="",
        shown="",
        gaps=(),
        findings=(),
        article=chosen.article,
        article_because=chosen.because,
        to_address=_address(known),
        to_name=f"{prospect.first_name} {prospect.last_name}".strip(),
        personal=situation is not Situation.STEP,
        wants_invitation=situation in INVITING,
        appointment=known.appointment,
        words=words.row if words else None,
        mailbox=known.record.mailbox,
        calendar=known.stand.calendar,
    )


def _judged(draft: Draft, known: Known, missing: tuple[str, ...]) -> Draft:
    """With everything that is made of its words: the whole mail, its gaps, and what is wrong with it."""
    composed = compose(draft.markdown, frame_of(draft, known))
    gaps = (*missing, *([] if draft.markdown else [NO_WORDS]), *([] if draft.to_address else [NO_ADDRESS]))
    judged = replace(
        draft, text=composed.text, html=composed.html, shown=composed.shown, gaps=tuple(dict.fromkeys(gaps))
    )
    # A gap explains itself; what the checks would say about the hole it leaves is noise.
    return judged if missing or not draft.markdown else replace(judged, findings=_findings(judged, known))


def frame_of(draft: Draft, known: Known) -> MailFrame:
    mailbox, workspace = known.record.mailbox, known.stand.workspace
    own = mailbox.signature if mailbox else ""
    address = ", ".join(workspace.postal_address.split("\n"))
    words = phrases(draft.language).unsubscribe
    return MailFrame(
        language=draft.language,
        signature=own or _signature(known),
        identity=f"{workspace.firm_name}, {address}".strip(", ") if address else "",
        unsubscribe=("", "") if draft.personal else (words, stop_url(known.stand.prospect.pk, draft.to_address)),
    )


def _address(known: Known) -> str:
    """The first address that works and is not blocked; empty if there is none."""
    barred = known.record.barred
    addresses = [point.value for point in working(known.stand.contact_points, ContactPoint.EMAIL)]
    return "" if "" in barred else next((each for each in addresses if each not in barred), "")


def _filled(words: Words | None, values: dict[str, Value]) -> tuple[str, str, tuple[str, ...]]:
    """Subject, body, and the words for what is missing in them. A text that cannot be filled is one gap as a whole."""
    if words is None:
        return "", "", ()
    try:
        subject = fill_text(words.subject, values)
        body = fill_text(without_sign_off(words.body), values, escaped=literal)
    except TextTrouble as trouble:
        return "", "", (f"a text that can be filled ({trouble})",)
    missing = dict.fromkeys((*subject.missing, *body.missing))
    named = [_named(name) for name in missing]
    shown = {gap(name) for name in missing}
    places = [place for place in _places(subject.text, body.text) if f"[{place}]" not in shown]
    return " ".join(subject.text.split()), _tidy(body.text), (*named, *places)


def _tidy(markdown: str) -> str:
    """Without the empty lines that conditions leave behind: a person may be going to read it."""
    return _EMPTY_LINES.sub("\n\n", markdown).strip()


def _places(subject: str, markdown: str) -> tuple[str, ...]:
    """What is still to be put in, as the words that stand in brackets there."""
    in_subject = places_in(subject) if "?]" in subject else ()
    return tuple(dict.fromkeys((*in_subject, *places_in(markdown))))


def _named(name: str) -> str:
    return NAMES[name].meaning.partition(",")[0] if name in NAMES else name.replace("_", " ")


def _findings(draft: Draft, known: Known) -> tuple[Finding, ...]:
    body = to_plain(draft.markdown)
    if draft.situation is Situation.REMINDER and known.starts_at is not None:
        return check_reminder(
            draft.subject,
            body,
            starts_at_local=known.starts_at,
            recap_points=known.recap,
            agenda=agenda_of(known, draft.language),
            language=draft.language,
        )
    return (
        *check_pressure(draft.subject, draft.language, field="subject"),
        *check_pressure(body, draft.language, field="body"),
    )


def _signature(known: Known) -> str:
    rep = known.record.rep
    if rep is None:
        return ""
    below = ", ".join(part for part in (known.stand.workspace.firm_name, rep.phone) if part)
    return "\n".join(part for part in (rep.get_full_name(), below) if part)


def _article(known: Known, touch: Touch | None, language: str) -> ChosenArticle:
    record = known.record
    reader = Reader(language, record.interests, record.needs, record.industry)
    return article_for(touch, reader, owner=record.rep, chosen=record.article_chosen)
