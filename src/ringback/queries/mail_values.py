"""What a mail may say about somebody, as flat values in the language and on the clock of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from ringback.adapters.texts.moments import city_of, day_in_words, locale_for, time_in_words
from ringback.domain.local_time import local
from ringback.domain.mail.phrases import agenda_in, phrases
from ringback.domain.vocabulary import AppointmentState, Party, TouchKind
from ringback.models import Appointment, Article, Commitment, Prospect, Touch
from ringback.queries.mail_reads import MOST_LISTED, Record, stand_and_record
from ringback.queries.standing import Stand

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything on record that a mail may draw on, in no language yet. The newest stands first."""

    stand: Stand
    record: Record
    appointment: Appointment | None

    @property
    def points(self) -> tuple[str, ...]:
        """The lines of the last talk's note."""
        lines = self.record.talk.notes.splitlines() if self.record.talk else []
        return tuple(text for line in lines if (text := line.strip(" -•*\t")))[:MOST_LISTED]

    @property
    def zone(self) -> str:
        return self.stand.calendar.zone

    @property
    def starts_at(self) -> datetime | None:
        """The agreed moment on their clock."""
        return local(self.appointment.starts_at, self.zone) if self.appointment else None

    @property
    def recap(self) -> tuple[str, ...]:
        """What a reminder can recall: what they said, what was noted, or what the talk was agreed for (A7)."""
        reason = (self.appointment.reason,) if self.appointment and self.appointment.reason else ()
        return (*self.record.needs, *self.points, *reason)


def known_of(prospect: Prospect, *, touch: Touch | None, rep_id: int | None, now: datetime) -> Known:
    stand, record = stand_and_record(prospect, touch=touch, rep_id=rep_id, now=now)
    return Known(stand, record, _appointment(stand, touch, record.missed))


def values_of(known: Known, *, language: str, article: Article | None, confirm_url: str) -> dict[str, Value]:
    """The values by name (`VARIABLES` in domain/mail/texts.py); what is not known is blank."""
    locale = locale_for(language, _country(known.stand))
    return {
        **_people(known),
        **_learned(known, language, locale),
        **_moment(known, language, locale),
        "agenda": agenda_of(known, language),
        "article_title": article.title if article else "",
        "article_promise": article.promise if article else "",
        "article_link": article.link if article else "",
        "confirm_url": confirm_url,
    }


def agenda_of(known: Known, language: str) -> tuple[str, ...]:
    """What was agreed to go through; else by B3, in words of the language."""
    own = known.appointment.agenda.splitlines() if known.appointment else []
    if lines := tuple(text for line in own if (text := line.strip(" -•*\t"))):
        return lines
    sent_on = known.stand.prospect.proposal_sent_on
    locale = locale_for(language, _country(known.stand))
    day = day_in_words(sent_on, locale) if sent_on else ""
    return agenda_in(language, proposal_day=day, talked=known.record.talk is not None)


def _people(known: Known) -> dict[str, Value]:
    prospect, rep = known.stand.prospect, known.record.rep
    phones = known.stand.working_phones
    return {
        "first_name": prospect.first_name,
        "last_name": prospect.last_name,
        "full_name": f"{prospect.first_name} {prospect.last_name}".strip(),
        "company": prospect.company_name,
        "their_phone": (phones[0].shown or phones[0].value) if phones else "",
        "rep_name": rep.get_full_name() if rep else "",
        "rep_first_name": rep.first_name if rep else "",
        "phone": rep.phone if rep else "",
        "firm_name": known.stand.workspace.firm_name,
    }


def _learned(known: Known, language: str, locale: Locale) -> dict[str, Value]:
    talk = known.record.talk
    return {
        "need": known.record.needs[0] if known.record.needs else "",
        "needs": known.record.needs,
        "interests": known.record.interests,
        "points": known.points,
        "objections": known.record.objections,
        "ours": _promises(known.record.commitments, Party.US, language, locale),
        "theirs": _promises(known.record.commitments, Party.THEM, language, locale),
        "last_talk_day": day_in_words(local(talk.at, known.zone).date(), locale) if talk else "",
    }


def _moment(known: Known, language: str, locale: Locale) -> dict[str, Value]:
    starts_at = known.starts_at
    if known.appointment is None or starts_at is None:
        return {}
    return {
        "appointment_day": day_in_words(starts_at.date(), locale),
        "appointment_time": time_in_words(starts_at, locale),
        "appointment_zone": phrases(language).zone.format(city=city_of(known.zone, locale)),
        "appointment_reason": known.appointment.reason,
    }


def _promises(commitments: Iterable[Commitment], party: Party, language: str, locale: Locale) -> tuple[str, ...]:
    by_day = phrases(language).by_day
    return tuple(
        by_day.format(text=each.text, day=day_in_words(each.due_on, locale))
        for each in commitments
        if each.party == party
    )


def _appointment(stand: Stand, touch: Touch | None, missed: Appointment | None) -> Appointment | None:
    """The one that the mail hangs on, or calls off; else the agreed one; else the one that was missed last."""
    if touch is not None and touch.appointment is not None:
        return touch.appointment
    if touch is not None and touch.kind == TouchKind.CANCELLATION:
        off = Appointment.objects.filter(prospect=stand.prospect, state=AppointmentState.CANCELLED)
        return off.order_by("-id").first()
    return stand.appointment or missed


def _country(stand: Stand) -> str:
    return stand.prospect.country or stand.prospect.region[:2] or stand.workspace.region[:2]
