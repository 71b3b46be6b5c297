"""What mail programs and providers call the folder for sent mail, where the server does not say."""

from __future__ import annotations

from collections.abc import Iterable

# The most usual first.
_SENT = (
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "gesendete nachrichten",
    "envoyés",
    "éléments envoyés",
    "messages envoyés",
    "enviados",
    "elementos enviados",
    "posta inviata",
    "inviati",
    "verzonden",
    "verzonden items",
    "wysłane",
    "skickat",
    "sendt",
)


def named_sent(folders: Iterable[tuple[str, str]]) -> str:
    """The folder among (name, delimiter) pairs whose last part has such a name; blank if none has."""
    known = {name.rpartition(delimiter)[2].casefold(): name for name, delimiter in folders if delimiter}
    known |= {name.casefold(): name for name, delimiter in folders if not delimiter}
    return next((known[each] for each in _SENT if each in known), "")
