"""ringback mail"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Q
from django.utils import timezone

from ringback.actions.mailboxes import reseal_secrets
from ringback.adapters.secrets import CannotOpen
from ringback.management.ours import OurCommand, Trouble
from ringback.models import Mailbox
from ringback.queries.mailboxes import MailboxState, states_of
from ringback.worker.mail.trying import Step, Trial, look_for, try_sending

LOOKS_EVERY = 1.0
NAMES = {"connect": "Connection and log-in", "send": "Sending", "copy": "Copy in the Sent folder", "arrive": "Arrival"}


class Command(OurCommand):
    help = (
        "boxes: how the mailboxes are. try MAILBOX: send a mail from it to itself, keep a copy, read it back. "
        "reseal: store all passwords under the secret key that is in use now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("action", choices=["boxes", "try", "reseal"])
        add("mailbox", nargs="?", default="", metavar="MAILBOX", help="its address, or its number in “boxes”")
        add("--to", default="", metavar="ADDRESS", help="try: send it there instead; then nothing is read back")
        add("--wait", type=float, default=60.0, metavar="SECONDS", help="try: how long it may take to arrive (60)")
        add("--json", action="store_true", help="boxes: a list; try: {mailbox, to, message_id, passed, steps}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        do = {"boxes": self.boxes, "try": self.try_it, "reseal": self.reseal}
        do[options["action"]](options)

    def boxes(self, options: dict[str, Any]) -> None:
        rows = Mailbox.objects.select_related("owner").order_by("owner__username", "pk")
        states = states_of(list(rows), timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps([as_data(each) for each in states], indent=2, ensure_ascii=False))
            return
        for each in states:
            self.stdout.write(in_words(each))
        if not states:
            self.stdout.write("No mailbox is connected yet: Settings → Mailboxes.")

    def try_it(self, options: dict[str, Any]) -> None:
        mailbox = mailbox_named(options["mailbox"])
        trial = try_sending(mailbox=mailbox, to=options["to"], now=timezone.now())
        steps = list(trial.steps)
        if not options["json"]:
            for step in steps:
                self.tell(step)
        if reads_back(trial, mailbox):
            steps.append(arrival(mailbox, trial, options["wait"]))
            if not options["json"]:
                self.tell(steps[-1])
        elif trial.message_id:
            self.remark(f"Nothing is read back: look whether it arrived at {trial.to}.")
        passed = all(step.passed for step in steps)
        if options["json"]:
            told = [asdict(step) for step in steps]
            data = {"mailbox": mailbox.address, "to": trial.to, "message_id": trial.message_id}
            self.stdout.write(json.dumps(data | {"passed": passed, "steps": told}, indent=2, ensure_ascii=False))
        if not passed:
            raise SystemExit(1)

    def tell(self, step: Step) -> None:
        self.stdout.write(f"{'✓' if step.passed else '✗'} {NAMES[step.step]}: {step.words}")

    def reseal(self, options: dict[str, Any]) -> None:
        try:
            count = reseal_secrets()
        except CannotOpen as refused:
            raise Trouble(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps({"mailboxes": count}))
        else:
            self.stdout.write(f"The passwords of {count} mailboxes are sealed with the key in use; older keys can go.")


def mailbox_named(name: str) -> Mailbox:
    """By number or address; Trouble names those there are."""
    rows = Mailbox.objects.select_related("owner").order_by("pk")
    fits = Q(pk=int(name)) if name.isdecimal() and len(name) < 12 else Q(address__iexact=name)
    found = list(rows.filter(fits)[:2]) if name else []
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{each.pk} {each.address} ({each.owner.get_username()})" for each in rows[:10]) or "none yet"
    if found:
        raise Trouble(f"Several mailboxes have this address; name one by its number: {listed}.", 2)
    raise Trouble(f"There is no mailbox “{name}”. There are: {listed}.", 2)


def reads_back(trial: Trial, mailbox: Mailbox) -> bool:
    return bool(trial.message_id and mailbox.imap_host and trial.to.lower() == mailbox.address.lower())


def arrival(mailbox: Mailbox, trial: Trial, seconds: float) -> Step:
    """Look again and again until it is there or the time is over."""
    until = time.monotonic() + seconds
    while True:
        may_still_come = time.monotonic() < until
        step = look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=may_still_come)
        if step is not None:
            return step
        time.sleep(LOOKS_EVERY)


def as_data(it: MailboxState) -> dict[str, Any]:
    """Stable names, documented in docs/commands.md. No secret is among them."""
    box = it.mailbox
    return {
        "mailbox": box.pk,
        "address": box.address,
        "owner": box.owner.get_username(),
        "state": state_of(it),
        "why": box.paused_because or box.trouble,
        "sends": it.sends,
        "sent_last_day": it.sent_last_day,
        "per_day": box.per_day,
        "waiting": it.waiting,
        "read_at": instant(box.read_at),
        "retry_at": instant(box.retry_at),
    }


def state_of(it: MailboxState) -> str:
    if it.mailbox.paused_at is not None:
        return "paused"
    if it.mailbox.trouble:
        return "trouble"
    return "works" if it.used else "unused"


def instant(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def in_words(it: MailboxState) -> str:
    data = as_data(it)
    cap = f" of {data['per_day']}" if data["per_day"] else ""
    lines = [
        f"{data['mailbox']:>4}  {data['address']} ({data['owner']}): {data['state']}, "
        f"{data['sent_last_day']}{cap} sent in 24 hours, {data['waiting']} waiting"
    ]
    return "\n".join([*lines, *([f"      {data['why']}"] if data["why"] else [])])
