"""The local hours outside which a sales call is not allowed, by region.

One window a day holds on every working day. Where the law is finer (a lunch break, shorter Saturdays) the window is
the outermost hours of an ordinary working day; a team narrows its own call hours further in the settings.
"""

from datetime import time

from ringback.domain.working_time import Window

DEFAULT = Window(time(8), time(20))

HARD_STOPS = {
    # Federal law allows 8:00–21:00 (47 CFR 64.1200(c)(1)); Florida, Oklahoma and others end at 20:00.
    "US": Window(time(8), time(20)),
    # Connecticut General Statutes 42-288a: 9:00–20:00.
    "US-CT": Window(time(9), time(20)),
    # Texas Business & Commerce Code 301.051: not before 9:00 on weekdays; the end stays the country's.
    "US-TX": Window(time(9), time(20)),
    # CRTC Unsolicited Telecommunications Rules: 9:00–21:30 on weekdays.
    "CA": Window(time(9), time(21, 30)),
    # Décret 2022-1313: 10:00–13:00 and 14:00–20:00 on weekdays; the break at noon is not modelled.
    "FR": Window(time(10), time(20)),
    # Telemarketing and Research Calls Industry Standard 2017: 9:00–20:00 on weekdays.
    "AU": Window(time(9), time(20)),
}


def hard_stop(region: str) -> Window:
    """The part's own hours, else its country's, else 8:00–20:00."""
    return HARD_STOPS.get(region) or HARD_STOPS.get(region.partition("-")[0], DEFAULT)
