"""Which walks the figures of a map count: those on this version, those on all versions, or practice (A11)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.models import CallMapVersion, User
from ringback.queries.walks import MapStatistics, map_statistics, statistics_of_versions, walk_numbers

VERSION, VERSIONS, PRACTICE = "version", "versions", "practice"


@dataclass(frozen=True, slots=True)
class Basis:
    """One of the choices above the chart, with how many walks it counts."""

    word: str
    label: str
    chosen: bool


def bases(user: User, row: CallMapVersion, asked: str) -> list[Basis]:
    numbers = walk_numbers(user, row)
    calls, all_calls, walks = numbers.version, numbers.versions, numbers.practice
    labels = {
        VERSION: ngettext("This version: %(n)s call", "This version: %(n)s calls", calls) % {"n": calls},
        VERSIONS: ngettext("All versions: %(n)s call", "All versions: %(n)s calls", all_calls) % {"n": all_calls},
        PRACTICE: ngettext("Practice: %(n)s walk", "Practice: %(n)s walks", walks) % {"n": walks},
    }
    return [Basis(word, label, word == chosen(asked)) for word, label in labels.items()]


def statistics(user: User, row: CallMapVersion, asked: str) -> MapStatistics:
    if chosen(asked) == VERSION:
        return map_statistics(user, row)
    return statistics_of_versions(user, row, rehearsals=asked == PRACTICE)


def chosen(asked: str) -> str:
    return asked if asked in {VERSIONS, PRACTICE} else VERSION


def explained(asked: str) -> str:
    """What is counted, where that needs a word; empty where it does not."""
    if chosen(asked) == VERSION:
        return ""
    told = {
        VERSIONS: _(
            "Ways are followed through the versions by where they lead and what they are called; words may differ."
        ),
        PRACTICE: _("Walks with the played prospect, on all versions. They count nowhere else."),
    }
    return told[asked]
