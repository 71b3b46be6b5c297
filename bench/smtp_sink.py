"""A mail server that takes everything, slowly, and keeps a log that a power cut of its clients cannot change.

    python bench/smtp_sink.py LOG [--delay SECONDS]

It prints its port. A mail is taken at the moment its line is in the log, halfway through the delay; the answer goes out
in the other half. So a client that is killed in between cannot know, and the log can.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """One mail in the log: when it was taken (seconds since the epoch), its Message-ID, and for whom."""

    at: float
    message_id: str
    to: str


def read_log(path: Path) -> list[Taken]:
    """What was taken so far, in order."""
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return [Taken(float(at), message_id, to) for at, message_id, to in (line.split(" ", 2) for line in lines)]


async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, log: int, delay: float) -> None:
    try:
        await _converse(reader, writer, log, delay)
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: int, delay: float) -> None:
    to = ""
    await _answer(writer, "220 sink")
    while line := (await reader.readline()).strip():
        verb = line[:4].upper()
        if verb in (b"EHLO", b"HELO"):
            await _answer(writer, "250 sink")
        elif verb == b"RCPT":
            to = line.decode("ascii", "replace").partition("<")[2].partition(">")[0]
            await _answer(writer, "250 yes")
        elif verb == b"DATA":
            await _answer(writer, "354 go on")
            await _take(await reader.readuntil(b"\r\n.\r\n"), to, log, delay)
            await _answer(writer, "250 taken")
        elif verb == b"QUIT":
            await _answer(writer, "221 bye")
            return
        else:
            await _answer(writer, "250 fine")


async def _take(mail: bytes, to: str, log: int, delay: float) -> None:
    if delay:
        await asyncio.sleep(delay / 2)
    found = MESSAGE_ID.search(mail)
    named = found[1].decode("ascii") if found else "<none>"
    os.write(log, f"{time.time():.6f} {named} {to}\n".encode("ascii", "replace"))
    if delay:
        await asyncio.sleep(delay / 2)


async def _answer(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode("ascii"))
    await writer.drain()


async def serve(path: Path, delay: float) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    talk = partial(converse, log=log, delay=delay)
    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=64 * 1024 * 1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("log", type=Path)
    options.add_argument("--delay", type=float, default=0.0)
    chosen = options.parse_args()
    try:
        asyncio.run(serve(chosen.log, chosen.delay))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
