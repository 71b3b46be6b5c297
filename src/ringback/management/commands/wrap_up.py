"""ringback wrap-up"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from ringback.actions.wrapping_up import wrap_up
from ringback.domain.local_time import local
from ringback.domain.outcome import GATE_QUESTIONS
from ringback.domain.vocabulary import MachineResult, Mood, Outcome
from ringback.management.arranged_words import arranged_words
from ringback.management.naming import prospect_named, user_named
from ringback.management.ours import OurCommand, Trouble
from ringback.management.said_calls import SaidCall, call_said
from ringback.models import Prospect, User
from ringback.queries.access import visible_prospects
from ringback.queries.calendars import calendar_for
from ringback.queries.clashes import clash_at
from ringback.queries.standing import workspace_now


class Command(OurCommand):
    help = "Record how a call ended, and see what that arranges."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("prospect", metavar="PROSPECT", help="number, e-mail address, telephone number or exact name")
        results = [*Outcome, *(each for each in MachineResult if each is not MachineResult.ANSWERED)]
        add("--outcome", required=True, metavar="KEY", help=f"how it ended: {', '.join(results)}")
        add("--machine", metavar="KEY", help=f"what the network did: {', '.join(MachineResult)}")
        add("--next", metavar="ISO", help="the agreed moment; local to the prospect without an offset")
        add("--reason", default="", help="why you speak again")
        add("--close-reason", default="", help="why it ends (lost, won)")
        add("--at", metavar="ISO", help="when it was dialled (default: now); local to the prospect without an offset")
        add("--mood", choices=[each.value for each in Mood], help="how the talk felt")
        add("--notes", default="", help="what was said")
        add("--need", action="append", default=[], help="a problem to fix, in their words (may be repeated)")
        add("--interest", action="append", default=[], help="a topic they care about (may be repeated)")
        add("--objection", action="append", default=[], help="what holds them back (may be repeated)")
        add("--owe", action="append", default=[], metavar="TEXT=DAY", help="we owe it by that day: “price=2026-12-01”")
        add("--they-owe", action="append", default=[], metavar="TEXT=DAY", help="they owe it by that day")
        add(
            "--gate",
            default="",
            metavar="YES,…",
            help=f"for send_information: “all”, or of {', '.join(GATE_QUESTIONS)}",
        )
        add("--inbound", action="store_true", help="they called")
        add("--touch", type=int, metavar="ID", help="the planned call (default: the one that is due)")
        add("--as", dest="user", metavar="USER", help="who called (default: the prospect's owner)")
        add("--key", metavar="K", help="a second run with the same key changes nothing")
        add("--json", action="store_true", help="{arrangement, prospect, because, touches, cancelled, appointment, …}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        by = user_named(options["user"]) if options["user"] else None
        prospect = prospect_named(options["prospect"], visible_prospects(by) if by else Prospect.objects.all())
        by = by or caller_for(prospect)
        now = timezone.now()
        zone = calendar_for(prospect, workspace_now(), now).calendar.zone
        said: SaidCall = call_said(options, zone, now)
        for remark in (*said.remarks, collision(said, prospect, by)):
            self.remark(remark)
        arrangement = wrap_up(
            by=by,
            prospect=prospect,
            wrap_up=said.wrap_up,
            touch_id=options["touch"],
            key=options["key"] or str(uuid.uuid4()),
            # The whole command takes place at the stated moment: what is due then is what was called.
            now=said.wrap_up.event.at,
        )
        data = {"arrangement": arrangement.pk, "prospect": prospect.pk, **arrangement.summary}
        if options["json"]:
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
            return
        there = local(said.wrap_up.event.at, zone)
        self.stdout.write(f"{prospect.shown_name}, called {there:%A} {there.day} {there:%B at %H:%M} ({zone})")
        self.stdout.write(arranged_words(data))


def collision(said: SaidCall, prospect: Prospect, by: User) -> str:
    """That the agreed moment was promised to somebody else as well."""
    at = said.wrap_up.event.next_at
    talk = clash_at(at, prospect=prospect, by=by) if at else None
    if talk is None:
        return ""
    return f"that collides with {talk.name} at {local(talk.at, by.zone):%H:%M} ({by.zone}): one of the two will be late"


def caller_for(prospect: Prospect) -> User:
    caller = prospect.owner or User.objects.filter(is_active=True).order_by("pk").first()
    if caller is None:
        raise Trouble("Nobody works here yet. Make the first account with: ringback serve")
    return caller
