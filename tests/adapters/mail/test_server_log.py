"""Which mails a server took, out of its log: only what came into its queue counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.adapters.mail import server_log
from ringback.adapters.mail.server_log import taken

A, B = "<a1.ringback@kilns.example>", "<b2.ringback@kilns.example>"
HERE = "Nov 25 10:00:00 post postfix"
NAMED = f"{HERE}/cleanup[12]: 4F1: message-id={A}"
TAKEN = f"{HERE}/qmgr[9]: 4F1: from=<rosa@kilns.example>, size=900, nrcpt=1 (queue active)"

LOGS = {
    "postfix": ([NAMED, TAKEN], [A]),
    "postfix-named-only": ([NAMED], []),
    "postfix-number-used-again": ([NAMED, NAMED.replace(A, B), TAKEN], [B]),
    "postfix-other-mail": ([NAMED, TAKEN.replace("4F1", "4F2")], []),
    "postfix-without-sender": ([NAMED, TAKEN.replace("<rosa@kilns.example>", "<>")], [A]),
    "exim": (
        [f'2026-11-25 10:00:00 1abc-01 <= rosa@kilns.example H=x P=esmtps S=900 id={A.strip("<>")} T="x"'],
        [A],
    ),
    "exim-delivered-only": (['2026-11-25 10:00:01 1abc-01 => ada@hartley.example R=dns T=smtp C="250 ok"'], []),
    "sendmail": (
        [f"Nov 25 10:00:00 post sm-mta[9]: 2PA: from=<rosa@kilns.example>, size=9, nrcpts=1, msgid={B}, relay=x"],
        [B],
    ),
    "nobody": ([f"Nov 25 10:00:00 post imapd[9]: somebody asked for {A}"], []),
}


@pytest.mark.parametrize("server", LOGS)
def test_a_mail_was_taken_once_it_is_in_the_queue(server: str, tmp_path: Path) -> None:
    lines, found = LOGS[server]
    log = tmp_path / "mail.log"
    log.write_bytes(b"\xff\xfe not text\n" + "\n".join(lines).encode())
    assert list(taken(log, [A, B])) == found
    assert taken(log, []) == {}


def test_the_newest_part_of_a_long_log_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_log, "MOST_BYTES", 400)
    log = tmp_path / "mail.log"
    old = NAMED.replace(A, B).replace("4F1", "4F0") + "\n" + TAKEN.replace("4F1", "4F0")
    log.write_text("\n".join([old, "x" * 400, NAMED, TAKEN]))
    assert list(taken(log, [A, B])) == [A]


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        taken(tmp_path / "none", [A])
