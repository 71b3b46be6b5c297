"""The mails that the tests send: Rosa Díaz writes to Imogen Hartley."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from ringback.domain.mail.outgoing import OutgoingMail

_numbers = count(1)

PLAIN = OutgoingMail(
    message_id="<first@ringback.example>",
    from_address="rosa@ringback.example",
    from_name="Rosa Díaz",
    to_address="imogen@hartley.example",
    to_name="Imogen Hartley",
    subject="Our talk on Tuesday",
    text="We speak on Tuesday.\n",
    html="<p>We speak on Tuesday.</p>",
    written_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
)


def mail(**changes: Any) -> OutgoingMail:
    """A mail with a Message-ID of its own."""
    return replace(PLAIN, **{"message_id": f"<m{next(_numbers)}@ringback.example>", **changes})


def naughty_strings(shared_data: Path) -> list[str]:
    strings = json.loads((shared_data / "security" / "blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 400
    return [*strings, "a\r\nBcc: all@evil.example", "a\nSubject: b", "a\rb", "nul\0", "\udc80half", "\u2028Bcc: x@y.z"]
