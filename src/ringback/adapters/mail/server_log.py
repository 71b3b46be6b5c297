"""What a mail server writes down about the mails that it took: Postfix, Exim, sendmail."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

# The newest part of a log is read: what is in doubt is minutes or hours old.
MOST_BYTES = 64 * 1024**2

_POSTFIX_NAMES = re.compile(r"/cleanup\[\d+\]: (\w+): (?:warning: )?message-id=(<[^>\s]+>)")
_POSTFIX_TAKES = re.compile(r"/qmgr\[\d+\]: (\w+): from=<[^>]*>,.*\(queue active\)")
_EXIM_TAKES = re.compile(r" <= .*\bid=([^\s<>]+@[^\s<>]+)")
_SENDMAIL_TAKES = re.compile(r": from=.*\bmsgid=(<[^>\s]+>)")


def taken(log: Path, message_ids: Collection[str]) -> dict[str, str]:
    """Those of these mails that the server took to deliver, each with the line that says so. Raises OSError."""
    wanted = set(message_ids)
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - MOST_BYTES))
        lines = (line.decode("utf-8", "replace").rstrip() for line in file)
        return {message_id: line for message_id, line in _takes(lines) if message_id in wanted}


def _takes(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(Message-ID, line) of each mail that came into the queue.

    Postfix names a mail while it is still being handed over, and that it took it in another line: only that one counts.
    """
    named: dict[str, str] = {}
    for line in lines:
        if found := _POSTFIX_NAMES.search(line):
            named[found[1]] = found[2]
        elif (found := _POSTFIX_TAKES.search(line)) and found[1] in named:
            yield named.pop(found[1]), line
        elif found := _EXIM_TAKES.search(line):
            yield f"<{found[1]}>", line
        elif found := _SENDMAIL_TAKES.search(line):
            yield found[1], line
