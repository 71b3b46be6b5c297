"""The reads behind one mail, prepared: the worker writes dozens a second, and the ORM's own work took longest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Q, QuerySet

from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    CommitmentState,
    MachineResult,
    MailKind,
    MessageState,
    ObjectionState,
    Outcome,
)
from ringback.models import (
    Appointment,
    ArticleChoice,
    CadenceVersion,
    Call,
    Commitment,
    Company,
    ContactPoint,
    IncomingMail,
    Interest,
    Mailbox,
    MailText,
    Message,
    Need,
    Objection,
    Prospect,
    Suppression,
    Touch,
    User,
)
from ringback.queries import standing_reads
from ringback.queries.mailboxes import sending_mailbox
from ringback.queries.prepared import Argument, Prepared, only
from ringback.queries.standing import Stand, stand_made_of
from ringback.queries.standing_reads import Answers
from ringback.queries.together import Together

MOST_LISTED = 12
# Programs look at the last few mails of a conversation; a header line has an end.
MOST_NAMED = 12
NO_TALK = ("", Outcome.GATEKEEPER.value, Outcome.WRONG_PERSON.value)

Named = tuple[datetime | None, str]
Learned = tuple[str, datetime, int]


@dataclass(frozen=True, slots=True)
class Record:
    """What a mail reads of somebody besides where they stand. What was learned stands with the newest first.

    `mailbox`: the one that sends for the rep. `missed`: the appointment that was missed last. `barred`: what is blocked
    for mail; blank is the person as a whole, else one of their addresses. `article_chosen`: a person said what goes
    along, or that nothing does.
    """

    rep: User | None
    mailbox: Mailbox | None
    talk: Call | None
    needs: tuple[str, ...]
    interests: tuple[str, ...]
    objections: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    missed: Appointment | None
    barred: frozenset[str]
    industry: str
    cadence: CadenceVersion | None
    article_chosen: bool


def stand_and_record(
    prospect: Prospect, *, touch: Touch | None, rep_id: int | None, now: datetime
) -> tuple[Stand, Record]:
    """One statement, with everything that writing a mail to them reads."""
    standing = standing_reads.wanted(prospect.pk, now, talked=prospect.conversations > 0, key="")
    found = _reads(**standing, **_wanted(prospect, touch, rep_id))
    answers = Answers(**{name: found[name] for name in standing})
    return stand_made_of(prospect, answers, now, touch.pk if touch else None), _record(found)


def _wanted(prospect: Prospect, touch: Touch | None, rep_id: int | None) -> dict[str, tuple[Argument, ...]]:
    """The arguments of what a record is made of; what there cannot be is not asked for."""
    whose = prospect.pk
    always = dict.fromkeys(("talk", "needs", "interests", "objections", "commitments", "missed"), (whose,))
    keys = {
        "rep": rep_id,
        "mailbox": rep_id,
        "industry": prospect.company_id,
        "cadence": touch.enrollment_id if touch else None,
        "article_chosen": touch.pk if touch else None,
    }
    return {"barred": (whose, whose), **always, **{name: (key,) for name, key in keys.items() if key is not None}}


def _record(found: dict[str, list[Any]]) -> Record:
    return Record(
        rep=only(found.get("rep")),
        mailbox=only(found.get("mailbox")),
        talk=only(found["talk"]),
        needs=_newest_first(found["needs"]),
        interests=_newest_first(found["interests"]),
        objections=_each_once(sorted(found["objections"], key=itemgetter(1))),
        commitments=tuple(sorted(found["commitments"], key=attrgetter("due_on", "pk"))),
        missed=only(found["missed"]),
        barred=frozenset(value for (value,) in found["barred"]),
        industry=(only(found.get("industry")) or ("",))[0],
        cadence=only(found.get("cadence")),
        article_chosen=only(found.get("article_chosen")) is not None,
    )


def _newest_first(rows: list[tuple[str, datetime, int]]) -> tuple[str, ...]:
    return _each_once(sorted(rows, key=itemgetter(1, 2), reverse=True))


def _each_once(rows: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    """However often it was noted."""
    return tuple(dict.fromkeys(row[0] for row in rows))


@Prepared
def _last_talk(whose: int) -> QuerySet[Call]:
    talks = Call.objects.filter(prospect_id=whose, machine=MachineResult.ANSWERED).exclude(outcome__in=NO_TALK)
    return talks.order_by("-at")[:1]


@Prepared
def _needs(whose: int) -> QuerySet[Need, Learned]:
    rows = Need.objects.filter(prospect_id=whose)
    return rows.order_by("-learned_at", "-id").values_list("text", "learned_at", "id")[:MOST_LISTED]


@Prepared
def _interests(whose: int) -> QuerySet[Interest, Learned]:
    rows = Interest.objects.filter(prospect_id=whose)
    return rows.order_by("-learned_at", "-id").values_list("text", "learned_at", "id")[:MOST_LISTED]


@Prepared
def _objections(whose: int) -> QuerySet[Objection, tuple[str, int]]:
    rows = Objection.objects.filter(prospect_id=whose, state__in=[ObjectionState.OPEN, ObjectionState.REAL])
    return rows.order_by("id").values_list("text", "id")[:MOST_LISTED]


@Prepared
def _commitments(whose: int) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(prospect_id=whose, state=CommitmentState.OPEN)
    return rows.order_by("due_on", "id")[:MOST_LISTED]


@Prepared
def _missed_last(whose: int) -> QuerySet[Appointment]:
    missed = Appointment.objects.filter(prospect_id=whose, state=AppointmentState.MISSED)
    return missed.order_by("-starts_at")[:1]


@Prepared
def _barred(whose: int, points_of: int) -> QuerySet[Suppression, tuple[str]]:
    standing = Suppression.objects.filter(lifted_at=None, channel__in=["", Channel.EMAIL.value]).values_list("value")
    theirs = ContactPoint.objects.filter(prospect_id=points_of, kind=ContactPoint.EMAIL).order_by().values("value")
    return standing.filter(prospect_id=whose, value="").union(standing.filter(~Q(value=""), value__in=theirs), all=True)


def named_before(prospect_id: int, mailbox_id: int) -> list[Named]:
    """When and under which Message-ID something was sent to them or came from a person, at either side."""
    found = _names(sent=(prospect_id, mailbox_id), came=(prospect_id, mailbox_id))
    return [*found["sent"], *found["came"]]


@Prepared
def _sent(prospect_id: int, mailbox_id: int) -> QuerySet[Message, Named]:
    sent = Message.objects.filter(prospect_id=prospect_id, mailbox_id=mailbox_id, state=MessageState.SENT)
    return sent.order_by("-id").values_list("settled_at", "message_id")[:MOST_NAMED]


@Prepared
def _came(prospect_id: int, mailbox_id: int) -> QuerySet[IncomingMail, Named]:
    came = IncomingMail.objects.filter(prospect_id=prospect_id, mailbox_id=mailbox_id, kind=MailKind.REPLY)
    return came.exclude(message_id="").order_by("-id").values_list("taken_at", "message_id")[:MOST_NAMED]


_names = Together(sent=_sent, came=_came)


@Prepared
def texts_of_house(key: str) -> QuerySet[MailText]:
    return MailText.objects.filter(owner=None, key=key, retired_at=None).order_by("pk")


@Prepared
def texts_for(key: str, owner_id: int) -> QuerySet[MailText]:
    """The house's, and this rep's own copies."""
    return MailText.objects.filter(Q(owner=None) | Q(owner_id=owner_id), key=key, retired_at=None).order_by("pk")


@Prepared
def _cadence(enrollment_id: int) -> QuerySet[CadenceVersion]:
    """The cadence that somebody is enrolled in."""
    return CadenceVersion.objects.filter(enrollments=enrollment_id)


@Prepared
def _article_chosen(touch_id: int) -> QuerySet[ArticleChoice, tuple[int]]:
    return ArticleChoice.objects.filter(touch_id=touch_id).values_list("pk")


@Prepared
def _industry(company_id: int) -> QuerySet[Company, tuple[str]]:
    return Company.objects.filter(pk=company_id).values_list("industry")


@Prepared
def open_touch(touch_id: int, prospect_id: int, lane: int) -> QuerySet[Touch]:
    """The touch, if it is still theirs, open, and in this lane."""
    return Touch.objects.filter(pk=touch_id, prospect_id=prospect_id, state="open", lane=lane)


@Prepared
def still_open(touch_id: int) -> QuerySet[Touch]:
    return Touch.objects.filter(pk=touch_id, state="open")


@Prepared
def _rep(user_id: int) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)


_reads = Together(
    **standing_reads.PARTS,
    rep=_rep,
    mailbox=sending_mailbox,
    talk=_last_talk,
    needs=_needs,
    interests=_interests,
    objections=_objections,
    commitments=_commitments,
    missed=_missed_last,
    barred=_barred,
    industry=_industry,
    cadence=_cadence,
    article_chosen=_article_chosen,
)


@Prepared
def mailbox_by_id(mailbox_id: int) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(pk=mailbox_id)
