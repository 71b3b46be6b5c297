"""What the worker does again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ringback.actions.mail_lanes import follow_all_mailboxes
from ringback.actions.mailing.stopping import take_back_from_stopped
from ringback.actions.time_passing import end_pauses, expire_touches
from ringback.worker.importing import run_waiting_imports
from ringback.worker.mail.opening import open_sender
from ringback.worker.mail.reading import read_inboxes
from ringback.worker.mail.sending import Postman
from ringback.worker.mail.sent_folder import SentFolders
from ringback.worker.mail.server_log import look_into_log
from ringback.worker.uploads import remove_old


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called with the moment (UTC) at which the round began; it may raise, which hurts only itself."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def clear_expired_sessions(now: datetime) -> int:
    """Forget log-ins that ran out before `now`; returns how many."""
    from django.contrib.sessions.models import Session

    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


# A mail at hand is finished before the worker stops: one that breaks off would be in doubt.
FINISHING_SECONDS = 12
_post = Postman(open_sender, timezone.now)
_sent_folders = SentFolders()
SEND_MAIL = Job("send mail", timedelta(seconds=1), _post.look)

JOBS: tuple[Job, ...] = (
    Job("expire touches", timedelta(minutes=1), lambda now: expire_touches(now=now)),
    Job("end pauses", timedelta(minutes=1), lambda now: end_pauses(now=now)),
    Job("mails leave stopped mailboxes", timedelta(minutes=5), lambda now: take_back_from_stopped(now=now)),
    Job("mails follow their mailboxes", timedelta(minutes=5), lambda _: follow_all_mailboxes()),
    SEND_MAIL,
    Job("look into Sent folders", timedelta(seconds=20), _sent_folders.look),
    Job("look into the mail server's log", timedelta(minutes=1), look_into_log),
    Job("read inboxes", timedelta(seconds=5), read_inboxes),
    Job("bring waiting files in", timedelta(seconds=1), run_waiting_imports),
    Job("forget old uploads", timedelta(days=1), remove_old),
    Job("clear expired sessions", timedelta(days=1), clear_expired_sessions),
)


def finish() -> None:
    """Called when the worker stops: a mail at hand is handed over to its end. Inboxes may be broken off anywhere."""
    _post.stop(FINISHING_SECONDS)
