"""Rosa's mail of the last days: sent, answered, come back, all without a server.

Her mailbox is paused at the end, so that nothing of an invented firm ever leaves this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from ringback.actions import incoming as acts
from ringback.actions.mailboxes import MailboxFields, connect_mailbox, pause_mailbox
from ringback.actions.mailing.claiming import Claimed, claim_next
from ringback.actions.mailing.settling import settle
from ringback.actions.sending_by_hand import send_draft
from ringback.actions.wrapping_up import WrapUp
from ringback.demo.lives import Teller
from ringback.demo.rosas_day import WARM, Stage
from ringback.domain.events import CallEnded
from ringback.domain.mail.incoming import Address, CalendarReply, FailedAddress, Headers, Incoming, Report
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.domain.vocabulary import CalendarAnswer, MachineResult, Outcome, TouchKind
from ringback.models import Mailbox, Message, Prospect, Touch, User
from ringback.queries.drafts import draft_of

A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# As long as a mail waits for an undo, and a little more.
LEAVES_AFTER = timedelta(seconds=40)
SERVER, PASSWORD = "mail.halden.example.com", "of no use anywhere"
TAKEN = "250 2.0.0 Ok: queued as 4XyZ0q"
NO_SUCH_USER = "550 5.1.1 No such user here"
# What a first mail leaves open, and what Rosa puts there.
NOT_ASKED_YET, IN_HER_WORDS = "[need?]", "counting stock without closing"
PAUSED = "A demo: nothing leaves this machine. bin/demo-mail connects a mail server of its own."


@dataclass(slots=True)
class Post:
    """Rosa's stage, her mailbox, and how many mails came in."""

    stage: Stage
    box: Mailbox
    uids: Iterator[int] = field(default_factory=lambda: count(1))

    def send(self, prospect: Prospect, kind: TouchKind, at: datetime, **ended: Any) -> Message:
        """The planned mail of that kind, read over and sent by Rosa; the message as it stands afterwards."""
        touch = Touch.objects.get(prospect=prospect, state="open", channel="email", kind=kind)
        draft = draft_of(touch, now=at)
        by = self.stage.rosa
        subject, text = (each.replace(NOT_ASKED_YET, IN_HER_WORDS) for each in (draft.subject, draft.markdown))
        send_draft(by=by, touch=touch, subject=subject, markdown=text, now=at)
        claimed = claim_next(mailbox=self.box, now=at + LEAVES_AFTER)
        assert isinstance(claimed, Claimed)
        result = SendResult(ended.get("delivery", Delivery.ACCEPTED), ended.get("answer", TAKEN))
        settle(claimed=claimed, result=result, now=at + LEAVES_AFTER)
        return Message.objects.get(pk=claimed.message.pk)

    def comes(self, message: Message, text: str, at: datetime, **more: Any) -> None:
        """An answer to the mail, as its receiver would write it."""
        number = next(self.uids)
        mail = Incoming(
            from_=more.pop("from_", Address(message.to_address, message.to_name)),
            to=(self.box.address,),
            written_at=at,
            subject=more.pop("subject", f"Re: {message.subject}"),
            message_id=f"<{number}@their.example.com>",
            in_reply_to=(message.message_id,),
            text=text,
            new_text=text,
            **more,
        )
        acts.take_in(mailbox=self.box, uid_validity=1, uid=number, incoming=mail, now=at)

    def agreed(self, city: str, company: int, days: int) -> tuple[Prospect, datetime]:
        """Somebody with whom a talk was agreed so many days ago, and when."""
        prospect = self.stage.person(city, company, (days + 3) * A_DAY, value=15_000, **WARM)
        talked = self.stage.open_before(prospect, self.stage.now - days * A_DAY)
        calendar = self.stage.teller.calendar(prospect)
        starts_at = self.stage.teller.answers.diary.agree(self.stage.rosa.pk, self.stage.now + 4 * A_DAY, calendar)
        self.stage.talk(prospect, Outcome.APPOINTMENT, talked, starts_at, reason="How a count works without closing")
        return prospect, talked + 8 * A_MINUTE

    def left_a_message(self, city: str, company: int, hours: int) -> tuple[Prospect, datetime]:
        """Somebody whose voicemail answered, so that the ladder's mail is next; and when it may go."""
        prospect = self.stage.person(city, company, 3 * A_DAY, value=7_500, **WARM)
        rang = self.stage.open_before(prospect, self.stage.now - hours * AN_HOUR)
        self.stage.teller.enter(prospect, rang)
        self.stage.teller.call(
            prospect, WrapUp(CallEnded(rang + A_MINUTE, MachineResult.VOICEMAIL), rang + 2 * A_MINUTE)
        )
        return prospect, rang + 15 * A_MINUTE


def scenes(teller: Teller, team: dict[str, User]) -> Iterator[Callable[[], Any]]:
    yield partial(tell_all, Stage(teller, team["rosa"]))


def tell_all(stage: Stage) -> None:
    """Connected, used for some days, paused."""
    rosa, opened = stage.rosa, stage.now - 9 * A_DAY
    fields = MailboxFields(
        address=rosa.email, username=rosa.email, secret=PASSWORD, smtp_host=SERVER, imap_host=SERVER, sent_folder=""
    )
    post = Post(stage, connect_mailbox(by=rosa, owner=rosa, fields=fields, now=opened))
    for scene in SCENES:
        scene(post)
    acts.note_read(mailbox=post.box, uid_validity=1, last_uid=next(post.uids), now=stage.now - A_MINUTE)
    pause_mailbox(by=rosa, mailbox=post.box, reason=PAUSED, now=stage.now)


def accepted_and_confirmed(post: Post) -> None:
    """The invitation is in their calendar, and the summary is what they heard as well (A4, D1)."""
    prospect, at = post.agreed("Manchester", 3, 3)
    invitation = post.send(prospect, TouchKind.CONFIRMATION, at)
    answer = CalendarReply(_uid(invitation), CalendarAnswer.ACCEPTED)
    post.comes(invitation, "", at + 50 * A_MINUTE, subject=f"Accepted: {invitation.subject}", calendar=answer)
    summary = post.send(prospect, TouchKind.SUMMARY, at + 60 * A_MINUTE)
    post.comes(summary, "Yes, that is right. Thank you, and until then!", at + 3 * AN_HOUR)


def perhaps_another_time(post: Post) -> None:
    prospect, at = post.agreed("London", 5, 1)
    invitation = post.send(prospect, TouchKind.CONFIRMATION, at)
    proposed = post.stage.now + 6 * A_DAY
    other = CalendarReply(_uid(invitation), CalendarAnswer.COUNTER, starts_at=proposed.replace(minute=0, second=0))
    at = post.stage.now - 50 * A_MINUTE
    post.comes(invitation, "", at, subject=f"New time proposed: {invitation.subject}", calendar=other)


def a_reply_that_stops_the_ladder(post: Post) -> None:
    prospect, at = post.left_a_message("London", 6, 26)
    mail = post.send(prospect, TouchKind.RETRY, at)
    text = (
        "Hello Rosa,\n\nI found your message. We count twice a year and close for two days each time, which nobody "
        "here likes. What would it cost for three warehouses?\n\nThursday after two suits me best."
    )
    post.comes(mail, text, post.stage.now - 25 * A_MINUTE)


def out_of_office(post: Post) -> None:
    prospect, at = post.left_a_message("Edinburgh", 2, 27)
    mail = post.send(prospect, TouchKind.RETRY, at)
    back = (post.stage.now + 5 * A_DAY).date()
    text = f"Thank you for your mail. I am out of the office until {back:%d} {back:%B} {back.year}."
    automatic = Headers(auto_submitted="auto-replied")
    post.comes(mail, text, at + 2 * A_MINUTE, subject=f"Automatic reply: {mail.subject}", headers=automatic)


def an_address_that_is_gone(post: Post) -> None:
    prospect, at = post.left_a_message("Madrid", 2, 28)
    mail = post.send(prospect, TouchKind.RETRY, at)
    failed = (FailedAddress(mail.to_address, True, "5.1.1", NO_SUCH_USER),)
    post.comes(
        mail, "Your message could not be delivered.", at + A_MINUTE, subject="Undelivered Mail Returned to Sender",
        from_=Address("mailer-daemon@their.example.com"), failed=failed,
        report=Report(is_delivery=True, original_message_ids=(mail.message_id,)),
    )  # fmt: skip


def refused_at_the_door(post: Post) -> None:
    prospect, at = post.left_a_message("Chicago", 3, 24)
    post.send(prospect, TouchKind.RETRY, at, delivery=Delivery.REFUSED, answer="552 5.2.2 The mailbox is full")


def nobody_knows_whether_it_left(post: Post) -> None:
    prospect, at = post.agreed("Berlin", 3, 1)
    post.send(prospect, TouchKind.CONFIRMATION, at, delivery=Delivery.IN_DOUBT, answer="The server fell silent.")


def leave_me_alone(post: Post) -> None:
    prospect, at = post.left_a_message("New York", 3, 29)
    mail = post.send(prospect, TouchKind.RETRY, at)
    post.comes(mail, "Please take me off your list. Thank you.", at + 2 * AN_HOUR)


def _uid(message: Message) -> str:
    assert message.appointment is not None
    return message.appointment.uid


SCENES: tuple[Callable[[Post], None], ...] = (
    accepted_and_confirmed,
    perhaps_another_time,
    a_reply_that_stops_the_ladder,
    out_of_office,
    an_address_that_is_gone,
    refused_at_the_door,
    leave_me_alone,
    nobody_knows_whether_it_left,
)
