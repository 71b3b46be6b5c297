"""The reads behind one mail, prepared: the worker writes dozens a second, and the ORM's own work took longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    Suppression,
    Touch,
    User,
)
from ringback.queries.driver import at_once
from ringback.queries.prepared import Asked, Prepared

MOST_LISTED = 12
# Programs look at the last few mails of a conversation; a header line has an end.
MOST_NAMED = 12
NO_TALK = ("", Outcome.GATEKEEPER.value, Outcome.WRONG_PERSON.value)

Named = tuple[datetime | None, str]


@dataclass(frozen=True, slots=True)
class Record:
    """What was learned of somebody, the newest first. Each is read once."""

    talk: Asked[Call]
    needs: Asked[tuple[str]]
    interests: Asked[tuple[str]]
    objections: Asked[tuple[str]]
    commitments: Asked[Commitment]


def ask_record(whose: int) -> Record:
    with at_once():
        return Record(
            talk=_last_talk.ask(whose),
            needs=_needs.ask(whose),
            interests=_interests.ask(whose),
            objections=_objections.ask(whose),
            commitments=_commitments.ask(whose),
        )


@Prepared
def _last_talk(whose: int) -> QuerySet[Call]:
    talks = Call.objects.filter(prospect_id=whose, machine=MachineResult.ANSWERED).exclude(outcome__in=NO_TALK)
    return talks.order_by("-at")[:1]


@Prepared
def _needs(whose: int) -> QuerySet[Need, tuple[str]]:
    return Need.objects.filter(prospect_id=whose).order_by("-learned_at", "-id").values_list("text")[:MOST_LISTED]


@Prepared
def _interests(whose: int) -> QuerySet[Interest, tuple[str]]:
    rows = Interest.objects.filter(prospect_id=whose)
    return rows.order_by("-learned_at", "-id").values_list("text")[:MOST_LISTED]


@Prepared
def _objections(whose: int) -> QuerySet[Objection, tuple[str]]:
    rows = Objection.objects.filter(prospect_id=whose, state__in=[ObjectionState.OPEN, ObjectionState.REAL])
    return rows.order_by("id").values_list("text")[:MOST_LISTED]


@Prepared
def _commitments(whose: int) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(prospect_id=whose, state=CommitmentState.OPEN)
    return rows.order_by("due_on", "id")[:MOST_LISTED]


@Prepared
def missed_last(whose: int) -> QuerySet[Appointment]:
    missed = Appointment.objects.filter(prospect_id=whose, state=AppointmentState.MISSED)
    return missed.order_by("-starts_at")[:1]


@Prepared
def barred_addresses(whose: int, points_of: int) -> QuerySet[Suppression, tuple[str]]:
    """What is blocked for mail: blank is the person as a whole, else one of their addresses."""
    standing = Suppression.objects.filter(lifted_at=None, channel__in=["", Channel.EMAIL.value]).values_list("value")
    theirs = ContactPoint.objects.filter(prospect_id=points_of, kind=ContactPoint.EMAIL).order_by().values("value")
    return standing.filter(prospect_id=whose, value="").union(standing.filter(~Q(value=""), value__in=theirs), all=True)


def named_before(prospect_id: int, mailbox_id: int) -> list[Named]:
    """When and under which Message-ID something was sent to them or came from a person, at either side."""
    with at_once():
        sent, came = _sent.ask(prospect_id, mailbox_id), _came.ask(prospect_id, mailbox_id)
    return [*sent.all(), *came.all()]


@Prepared
def _sent(prospect_id: int, mailbox_id: int) -> QuerySet[Message, Named]:
    sent = Message.objects.filter(prospect_id=prospect_id, mailbox_id=mailbox_id, state=MessageState.SENT)
    return sent.order_by("-id").values_list("settled_at", "message_id")[:MOST_NAMED]


@Prepared
def _came(prospect_id: int, mailbox_id: int) -> QuerySet[IncomingMail, Named]:
    came = IncomingMail.objects.filter(prospect_id=prospect_id, mailbox_id=mailbox_id, kind=MailKind.REPLY)
    return came.exclude(message_id="").order_by("-id").values_list("taken_at", "message_id")[:MOST_NAMED]


@Prepared
def texts_of_house(key: str) -> QuerySet[MailText]:
    return MailText.objects.filter(owner=None, key=key, retired_at=None).order_by("pk")


@Prepared
def texts_for(key: str, owner_id: int) -> QuerySet[MailText]:
    """The house's, and this rep's own copies."""
    return MailText.objects.filter(Q(owner=None) | Q(owner_id=owner_id), key=key, retired_at=None).order_by("pk")


@Prepared
def version_of(enrollment_id: int) -> QuerySet[CadenceVersion]:
    """The cadence that somebody is enrolled in."""
    return CadenceVersion.objects.filter(enrollments=enrollment_id)


@Prepared
def article_was_chosen(touch_id: int) -> QuerySet[ArticleChoice, tuple[int]]:
    return ArticleChoice.objects.filter(touch_id=touch_id).values_list("pk")


@Prepared
def industry_of(company_id: int) -> QuerySet[Company, tuple[str]]:
    return Company.objects.filter(pk=company_id).values_list("industry")


@Prepared
def open_touch(touch_id: int, prospect_id: int, lane: int) -> QuerySet[Touch]:
    """The touch, if it is still theirs, open, and in this lane."""
    return Touch.objects.filter(pk=touch_id, prospect_id=prospect_id, state="open", lane=lane)


@Prepared
def still_open(touch_id: int) -> QuerySet[Touch]:
    return Touch.objects.filter(pk=touch_id, state="open")


@Prepared
def user_of(user_id: int) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)


@Prepared
def mailbox_by_id(mailbox_id: int) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(pk=mailbox_id)
