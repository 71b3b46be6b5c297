"""Chunks as bytes between two processes of ours: plain tuples, since a million named ones cost more than judging."""

from __future__ import annotations

import marshal
import struct
import zlib
from typing import IO

from ringback.adapters.judging.chunks import Chunk
from ringback.adapters.judging.entries import Entry
from ringback.adapters.judging.tables import Tables
from ringback.domain.importing import Finding, Severity

_WITHOUT_REFERENCES = 2  # a version of the format: rows have little in common, and looking for it takes longer
_HEAD = struct.Struct("!II")
_SEVERITIES = {severity.value: severity for severity in Severity}


def send(stream: IO[bytes], content: bytes) -> None:
    stream.write(_HEAD.pack(len(content), zlib.crc32(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None if the other side is gone, in the middle of one or between two, or has sent nonsense."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, checksum = _HEAD.unpack(head)
    content = stream.read(length)
    return content if len(content) == length and zlib.crc32(content) == checksum else None


def packed(chunk: Chunk) -> bytes:
    findings = [(it.line, it.field, it.severity.value, it.message, it.value) for it in chunk.findings]
    people = chunk.entries
    told = people.parts() if isinstance(people, Tables) else [tuple(entry) for entry in people]
    return marshal.dumps((told, findings, chunk.read, chunk.last_line, chunk.progress), _WITHOUT_REFERENCES)


def unpacked(content: bytes) -> Chunk:
    told, findings, read, last_line, progress = marshal.loads(content)  # noqa: S302  our own process wrote it
    people = Tables(*told) if isinstance(told, tuple) else [Entry._make(entry) for entry in told]
    found = [Finding(line, field, _SEVERITIES[word], *rest) for line, field, word, *rest in findings]
    return Chunk(people, found, read, last_line, progress)
