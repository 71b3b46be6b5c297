"""What a promised call is about: its title, unless nobody said more than that there will be a call."""

AS_PROMISED = "Call back as promised"
UNLESS_THEY_CALLED = "Call, unless they have called"
THEY_CALLED = "They called: call them back"
DECLINED = "They declined the appointment: find another moment"
OTHER_NUMBER = "The same call with the other number"

_SAYS_NOTHING = frozenset({AS_PROMISED, UNLESS_THEY_CALLED, THEY_CALLED, DECLINED, OTHER_NUMBER})


def reason_in(title: str) -> str:
    """The reason to speak that was agreed on with a call-back (A4); empty if its title gives none."""
    return "" if title in _SAYS_NOTHING else title
