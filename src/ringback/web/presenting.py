"""Finished strings for templates: money, counts, results, arrangements. Rendering is the hot part of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ringback.actions.summary import named_first
from ringback.domain.arrangement import Arrangement, PlannedTouch
from ringback.domain.lanes import goes_by_itself
from ringback.domain.local_time import local
from ringback.domain.outcome import MACHINE_RESULTS, OUTCOMES
from ringback.domain.vocabulary import Channel, MachineResult
from ringback.web import when
from ringback.web.tags import CHANNEL_ICONS

NAMED = 3
MACHINE_ICONS = {
    MachineResult.ANSWERED: "phone",
    MachineResult.NO_ANSWER: "phone-missed",
    MachineResult.VOICEMAIL: "voicemail",
    MachineResult.BUSY: "phone-off",
    MachineResult.FAILED: "ban",
}
_MACHINE_LABELS = {rule.machine.value: rule.label for rule in MACHINE_RESULTS}
_OUTCOME_LABELS = {rule.outcome.value: rule.label for rule in OUTCOMES}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One thing that was or will be arranged. `yours` is the rep's own reading where the clocks differ.

    `by_itself` says how it leaves without anybody's doing, `by_hand` that a mail waits for somebody.
    """

    icon: str
    title: str
    moment: str
    yours: str
    rule: str
    why: str
    by_itself: str = ""
    by_hand: str = ""

    @property
    def there(self) -> str:
        """The moment where there is room for one reading only; whose it is where the clocks differ."""
        return _("%(time)s there") % {"time": self.moment} if self.yours else self.moment


@dataclass(frozen=True, slots=True)
class ShownArrangement:
    because_rule: str
    because_text: str
    lines: tuple[ShownLine, ...]
    cancelled: str = ""
    ends: str = ""
    gaps: tuple[str, ...] = ()
    next: ShownLine | None = None


@dataclass(frozen=True, slots=True)
class Gist:
    """An arrangement on one line: `words` give way where there is no room, `moment` does not."""

    words: str
    moment: str = ""
    icon: str = ""


def locale() -> Locale:
    """The reader's language for babel; English where babel does not know it."""
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def money(amount: int, currency: str) -> str:
    """Whole units, “€12,400”; nothing for an unknown worth."""
    return _money(amount, currency or "USD", str(locale())) if amount else ""


@lru_cache(maxsize=8192)
def _money(amount: int, currency: str, language: str) -> str:
    return str(format_currency(amount, currency, format="¤#,##0", locale=language, currency_digits=False))


def number(amount: int) -> str:
    return str(format_decimal(amount, locale=locale()))


def attempt(count: int) -> str:
    return _("First try") if count <= 1 else _("Try %(count)s") % {"count": number(count)}


def speaking(seconds: int) -> str:
    return _("%(seconds)s seconds to say") % {"seconds": number(seconds)}


def ended_as(machine: str, outcome: str) -> str:
    """What a call came to: its outcome, or why nobody was reached."""
    return _(_OUTCOME_LABELS[outcome]) if outcome in _OUTCOME_LABELS else _(_MACHINE_LABELS.get(machine, "Answered"))


def both(at: datetime, zone: str, own_zone: str, now: datetime) -> tuple[str, str]:
    """A moment read by the prospect, and by the rep if that differs."""
    there = when.moment(at, zone, now)
    if local(at, zone).utcoffset() == local(at, own_zone).utcoffset():
        return there, ""
    return there, _("%(moment)s for you") % {"moment": own_reading(at, zone, own_zone, now)}


def own_reading(at: datetime, zone: str, own_zone: str, now: datetime) -> str:
    """The rep's clock alone when the day is the same there, day and clock when it is not."""
    if local(at, zone).date() == local(at, own_zone).date():
        return when.clock(at, own_zone)
    return when.moment(at, own_zone, now)


def planned(
    arrangement: Arrangement, *, zone: str, own_zone: str, now: datetime, sends: Callable[[], bool]
) -> ShownArrangement:
    """A decision that is not written yet, as the wrap-up shows it. `sends`: whether its owner has a mailbox."""

    def shown(touch: PlannedTouch) -> ShownLine:
        why = touch.because
        line = _line(touch.channel, touch.title, touch.due_at, zone, why.rule, why.text, own_zone, now)
        return _leaving(line, touch, now, sends)

    ending = arrangement.ending
    return ShownArrangement(
        because_rule=arrangement.because.rule,
        because_text=arrangement.because.text,
        lines=tuple(map(shown, arrangement.touches)),
        ends=told_once(ending.reason if ending else "", arrangement.because.text),
        gaps=arrangement.gaps,
    )


def _leaving(line: ShownLine, touch: PlannedTouch, now: datetime, sends: Callable[[], bool]) -> ShownLine:
    """How a mail will leave: by itself, or when somebody has read or written it."""
    if touch.channel is not Channel.EMAIL:
        return line
    if not goes_by_itself(touch.kind, touch.channel):
        return replace(line, by_hand=_("Waits in Today until you have read and sent it"))
    if not sends():
        return replace(line, by_hand=_("Waits in Today for your hand: no mailbox sends for you"))
    if touch.due_at <= now:
        return replace(line, by_itself=_("Goes by itself half a minute after saving"))
    return replace(line, by_itself=_("Goes by itself at that time"))


def saved(summary: dict[str, Any], *, own_zone: str, now: datetime) -> ShownArrangement:
    """`models.Arrangement.summary` as pages show it after saving."""
    because = summary.get("because", {})
    touches = summary.get("touches", ())
    lines = tuple(
        _line(
            touch["channel"],
            touch["title"],
            datetime.fromisoformat(touch["due_at"]),
            touch["zone"],
            touch["because"]["rule"],
            touch["because"]["text"],
            own_zone,
            now,
        )
        for touch in touches
    )
    due = [named_first(touch["channel"], datetime.fromisoformat(touch["due_at"])) for touch in touches]
    return ShownArrangement(
        because_rule=because.get("rule", ""),
        because_text=because.get("text", ""),
        lines=lines,
        cancelled=cancellations(summary.get("cancelled", ())),
        ends=told_once(summary.get("ends", ""), because.get("text", "")),
        gaps=tuple(summary.get("gaps", ())),
        next=lines[due.index(min(due))] if due else None,
    )


def gist(shown: ShownArrangement) -> Gist:
    """How it ended, else what comes next, else what is missing or why nothing follows."""
    if shown.next and not shown.ends:
        return Gist(shown.next.title, shown.next.there, shown.next.icon)
    return Gist(shown.ends or " ".join(shown.gaps) or shown.because_text)


def told_once(ends: str, because: str) -> str:
    """The reason of the end, unless the sentence above it has said it already."""
    return "" if ends and ends in because else ends


def _line(
    channel: str, title: str, at: datetime, zone: str, rule: str, why: str, own_zone: str, now: datetime
) -> ShownLine:
    there, yours = both(at, zone, own_zone, now)
    return ShownLine(CHANNEL_ICONS[channel], title, there, yours, rule, why)


def cancellations(titles: Sequence[str]) -> str:
    """What falls away, each once; a long list is cut."""
    if not titles:
        return ""
    named = list(dict.fromkeys(titles))
    rest = len(named) - NAMED
    more = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": number(rest)} if rest > 0 else ""
    return _("No longer planned: %(titles)s.") % {"titles": ", ".join((*named[:NAMED], *filter(None, [more])))}
