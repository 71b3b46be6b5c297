"""Chunks as bytes between two processes of ours: plain tuples, since a million named ones cost more than judging."""

from __future__ import annotations

import marshal
import struct
import zlib
from typing import IO, Any

from ringback.adapters.judging.chunks import Chunk
from ringback.domain.importing import Candidate, Finding, Point, PointKind, Severity
from ringback.domain.vocabulary import Qualification, Temperature

_WITHOUT_REFERENCES = 2  # a version of the format: rows have little in common, and looking for it takes longer
_HEAD = struct.Struct("!II")
_KINDS = {kind.value: kind for kind in PointKind}
_SEVERITIES = {severity.value: severity for severity in Severity}
_TEMPERATURES = {each.value: each for each in Temperature}
_QUALIFICATIONS = {each.value: each for each in Qualification}
_AT_TEMPERATURE = Candidate._fields.index("temperature")
_AT_POINTS = Candidate._fields.index("points")
assert Candidate._fields[_AT_TEMPERATURE + 1] == "qualification"
assert Candidate._fields[_AT_POINTS + 1 :] == ("notes",)


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
    candidates = [_plain(each) for each in chunk.candidates]
    findings = [(it.line, it.field, it.severity.value, it.message, it.value) for it in chunk.findings]
    whole = (candidates, findings, chunk.read, chunk.last_line, chunk.progress)
    return marshal.dumps(whole, _WITHOUT_REFERENCES)


def unpacked(content: bytes) -> Chunk:
    candidates, findings, read, last_line, progress = marshal.loads(content)  # noqa: S302  our own process wrote it
    found = [Finding(line, field, _SEVERITIES[word], *rest) for line, field, word, *rest in findings]
    return Chunk([_candidate(each) for each in candidates], found, read, last_line, progress)


def _plain(it: Candidate) -> tuple[Any, ...]:
    return (
        *it[:_AT_TEMPERATURE],
        it.temperature and it.temperature.value,
        it.qualification and it.qualification.value,
        *it[_AT_TEMPERATURE + 2 : _AT_POINTS],
        [(kind.value, value, shown, extension, label) for kind, value, shown, extension, label in it.points],
        it.notes,
    )


def _candidate(plain: tuple[Any, ...]) -> Candidate:
    return Candidate._make(
        (
            *plain[:_AT_TEMPERATURE],
            _TEMPERATURES.get(plain[_AT_TEMPERATURE]),
            _QUALIFICATIONS.get(plain[_AT_TEMPERATURE + 1]),
            *plain[_AT_TEMPERATURE + 2 : _AT_POINTS],
            tuple([Point(_KINDS[kind], *rest) for kind, *rest in plain[_AT_POINTS]]),
            plain[-1],
        )
    )
