"""A cadence as a picture: one lane for each channel, one stop for each rung, from left to right.

Everything is worked out here; the template only writes it down. Numbers are units of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import pairwise

from django.utils.translation import gettext as _

from ringback.domain.cadence import Cadence, EndKind, Purpose, Step
from ringback.domain.call_hours import Window, WorkCalendar
from ringback.domain.rehearse import rehearse
from ringback.domain.vocabulary import Channel
from ringback.domain.waits import Part, Wait, WaitUnit, describe_wait
from ringback.web.tags import CHANNEL_ICONS
from ringback.web.words import CHANNELS

STOP, LANE, LEFT, TOP, RADIUS = 80, 64, 108, 56, 17
TAIL = 104
# Longer words under the last stop end where the picture ends.
SHORT_LABEL = 16
# A Monday in a zone without clock changes and a year without holidays: the days of the plain rhythm.
MODEL_START = datetime(2029, 1, 1, 9, tzinfo=UTC)
MODEL_DAYS = WorkCalendar(("UTC",), Window(time(9), time(18)))


@dataclass(frozen=True, slots=True)
class Stop:
    """A rung in the picture. `day`: when it comes in the plain rhythm; `wait`: what lies before it."""

    number: int
    step_id: str
    channel: str
    channel_name: str
    title: str
    day: str
    wait: str
    times: int
    last_word: bool
    x: int
    y: int

    @property
    def icon(self) -> str:
        return CHANNEL_ICONS[self.channel]

    @property
    def icon_x(self) -> int:
        return self.x - 8

    @property
    def icon_y(self) -> int:
        return self.y - 8

    @property
    def times_x(self) -> int:
        return self.x + 7

    @property
    def times_y(self) -> int:
        return self.y - 25

    @property
    def times_text_x(self) -> int:
        return self.x + 19

    @property
    def times_text_y(self) -> int:
        return self.y - 13


@dataclass(frozen=True, slots=True)
class Lane:
    channel: str
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Ending:
    kind: str
    icon: str
    text: str
    label: str
    x: int
    y: int
    back_path: str = ""

    @property
    def icon_x(self) -> int:
        return self.x - 8

    @property
    def icon_y(self) -> int:
        return self.y - 8

    @property
    def text_x(self) -> int:
        return self.x if len(self.label) <= SHORT_LABEL else self.x + TAIL - 48

    @property
    def text_anchor(self) -> str:
        return "middle" if len(self.label) <= SHORT_LABEL else "end"

    @property
    def text_y(self) -> int:
        return self.y + 34


@dataclass(frozen=True, slots=True)
class Chart:
    lanes: tuple[Lane, ...]
    stops: tuple[Stop, ...]
    ending: Ending
    path: str
    width: int
    height: int
    label: str
    right: int


def chart(cadence: Cadence, titles: Mapping[str, str] | None = None) -> Chart:
    """`titles` are those of the cadences that this one may hand over to, by name."""
    channels = [each for each in Channel if any(step.channel is each for step in cadence.steps)]
    rows = {each: TOP + LANE * place + LANE // 2 for place, each in enumerate(channels)}
    days = plain_days(cadence)
    stops = tuple(_stop(number, step, rows, days) for number, step in enumerate(cadence.steps))
    height = TOP + LANE * len(channels) + (34 if cadence.end.kind is EndKind.REPEAT else 12)
    right = LEFT + STOP * len(stops)
    return Chart(
        lanes=tuple(Lane(each.value, str(CHANNELS[each]), rows[each]) for each in channels),
        stops=stops,
        ending=_ending(cadence, stops, height, titles or {}),
        path=_path([(stop.x, stop.y) for stop in stops]),
        width=right + TAIL,
        height=height,
        label=_("%(title)s: %(count)s steps. The same is told in words below.")
        % {"title": cadence.title, "count": len(stops)},
        right=right + TAIL - 8,
    )


def plain_days(cadence: Cadence) -> dict[str, str]:
    """When each step first comes, told as day and, within the first day, as time after the start."""
    most = sum(step.repeat for step in cadence.steps)
    days: dict[str, str] = {}
    for touch in rehearse(cadence, start=MODEL_START, calendar=MODEL_DAYS, most=most).touches:
        days.setdefault(touch.step_id, _day(touch.moment.planned_at))
    return days


def _day(at: datetime) -> str:
    number = (at.date() - MODEL_START.date()).days + 1
    minutes = int((at - MODEL_START).total_seconds() // 60)
    if number > 1:
        return _("Day %(number)s") % {"number": number}
    if not minutes:
        return _("Day 1")
    if minutes < 60:
        return _("+%(n)s min") % {"n": minutes}
    return _("+%(n)s h") % {"n": f"{minutes / 60:.1f}".removesuffix(".0")}


def _stop(number: int, step: Step, rows: Mapping[Channel, int], days: Mapping[str, str]) -> Stop:
    return Stop(
        number=number + 1,
        step_id=step.id,
        channel=step.channel.value,
        channel_name=str(CHANNELS[step.channel]),
        title=step.title or step.id,
        day=days.get(step.id, ""),
        wait=wait_words(step.wait),
        times=step.repeat,
        last_word=step.purpose is Purpose.LAST_WORD,
        x=LEFT + STOP * number + STOP // 2,
        y=rows[step.channel],
    )


def wait_words(wait: Wait) -> str:
    """Short enough to stand between two stops."""
    if wait.part is Part.NOW:
        return ""
    short = {
        WaitUnit.MINUTES: _("%(n)s min"),
        WaitUnit.HOURS: _("%(n)s h"),
        WaitUnit.WORKING_HOURS: _("%(n)s work h"),
        WaitUnit.BUSINESS_DAYS: _("%(n)s bus. days"),
        WaitUnit.DAYS: _("%(n)s days"),
        WaitUnit.MONTHS: _("%(n)s months"),
    }
    if wait.unit in short and wait.amount != 1:
        return short[wait.unit] % {"n": wait.amount}
    return {
        "half a working day": _("½ work day"),
        "end of the day": _("end of day"),
        "1 business day": _("1 bus. day"),
    }.get(describe_wait(wait), describe_wait(wait))


def _path(points: list[tuple[int, int]]) -> str:
    """A line through the stops that leaves and arrives level."""
    if not points:
        return ""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) // 2
        parts.append(f"C{middle} {y} {middle} {to_y} {to_x} {to_y}")
    return " ".join(parts)


def _ending(cadence: Cadence, stops: tuple[Stop, ...], height: int, titles: Mapping[str, str]) -> Ending:
    last = stops[-1]
    x, end = last.x + STOP // 2 + 40, cadence.end
    if end.kind is EndKind.HAND_OVER:
        title = titles.get(end.to, end.to)
        return Ending("hand over", "arrow-right", end.why, _("Then: %(title)s") % {"title": title}, x, last.y)
    if end.kind is EndKind.REPEAT:
        first = next(stop for stop in stops if stop.step_id == end.to)
        return Ending("repeat", "repeat", end.why, _("And again"), x, last.y, _way_back(last, first, height - 14))
    return Ending("release", "flag", end.why, _("Release"), x, last.y)


def _way_back(last: Stop, first: Stop, floor: int) -> str:
    """From the last stop under all lanes to the one that comes again; to itself if that is the same one."""
    foot = first.y + RADIUS + 3
    if last.step_id == first.step_id:
        left, right = last.x - 12, last.x + 12
        return f"M{right} {foot} C{right + 26} {floor} {left - 26} {floor} {left} {foot} {_tip(left, foot)}"
    return (
        f"M{last.x} {last.y + RADIUS} V{floor - 10} Q{last.x} {floor} {last.x - 10} {floor} "
        f"H{first.x + 10} Q{first.x} {floor} {first.x} {floor - 10} V{foot} {_tip(first.x, foot)}"
    )


def _tip(x: int, y: int) -> str:
    return f"M{x - 4} {y + 6} L{x} {y} L{x + 4} {y + 6}"
