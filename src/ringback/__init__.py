"""Ringback: whom to call now, what to say, and what has to happen next."""

import zoneinfo

__version__ = "0.1.0"

# Zone rules come from the tzdata wheel, never from the machine: a server's own copy is often years behind,
# and an appointment planned with last year's daylight saving is an hour off. With no search path left,
# zoneinfo falls through to the wheel. This runs before any zone is read because every module is below here.
zoneinfo.reset_tzpath(to=())
