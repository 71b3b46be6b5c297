"""People ready to be written lose nothing: neither on the way between two processes, nor when they are read again."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.adapters.judging import Chunk, Entry, Tables, candidate_of, gathered, portions, wire
from ringback.adapters.judging.entries import PERSON_COLUMNS, entry_of
from ringback.adapters.judging.tables import TableMaker
from ringback.domain.importing import Candidate, Finding, Point, PointKind, Severity
from ringback.domain.vocabulary import Qualification, Temperature

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
CANDIDATES = st.builds(
    lambda texts, temperature, qualification, value, tags, custom, points: Candidate(
        **dict(zip(Candidate._fields, texts, strict=True))
    )._replace(
        line=3, possible_zones=tags, temperature=temperature, qualification=qualification, value=value, tags=tags,
        do_not_call=True, custom=custom, points=points,
    ),
    st.lists(TEXT, min_size=len(Candidate._fields), max_size=len(Candidate._fields)),
    st.none() | st.sampled_from(Temperature),
    st.none() | st.sampled_from(Qualification),
    st.none() | st.integers(0, 2**53),
    st.lists(TEXT, max_size=3).map(tuple),
    st.dictionaries(TEXT, TEXT, max_size=3),
    st.lists(st.builds(Point, st.sampled_from(PointKind), TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple),
)  # fmt: skip
FINDINGS = st.builds(Finding, st.integers(0, 10**7), TEXT, st.sampled_from(Severity), TEXT, TEXT)


@given(st.lists(CANDIDATES, max_size=4), st.lists(FINDINGS, max_size=4))
def test_every_chunk_survives_the_way(candidates, findings):
    chunk = Chunk([entry_of(each) for each in candidates], findings, 5, 9, 0.5)
    stream = io.BytesIO()
    wire.send(stream, wire.packed(chunk))
    stream.seek(0)
    arrived = wire.unpacked(wire.receive(stream) or b"")
    assert arrived == chunk
    kinds = [type(each) for each in (*arrived.entries, *arrived.findings)]
    assert kinds == [Entry] * len(candidates) + [Finding] * len(findings)
    assert wire.receive(stream) is None


@given(st.lists(CANDIDATES, max_size=4), st.lists(st.lists(CANDIDATES, max_size=2), max_size=2))
def test_people_in_tables_are_the_same_people(candidates, before):
    maker = TableMaker()
    for others in before:
        maker.tables([entry_of(each) for each in others])
    entries = [entry_of(each) for each in candidates]
    arrived = wire.unpacked(wire.packed(Chunk(maker.tables(entries), [], 5, 9, 0.5)))
    assert isinstance(arrived.entries, Tables)
    assert (len(arrived.entries), list(arrived.entries), arrived.entries[1:3]) == (len(entries), entries, entries[1:3])


@pytest.mark.parametrize(
    ("changes", "plain"),
    [
        ({}, True),
        ({"owner": "Max"}, False),
        ({"do_not_call": True}, False),
        ({"points": (Point(PointKind.EMAIL, "a@x.example.com", ""),)}, False),
        ({"points": (Point(PointKind.WEBSITE, "a@x.example.com", ""),)}, True),
    ],
)
def test_tables_are_plain_where_no_row_needs_a_look(changes, plain):
    point = Point(PointKind.EMAIL, "a@x.example.com", "A@x.example.com")
    first = candidate_of(AN_ENTRY)._replace(points=(point,))
    second = candidate_of(AN_ENTRY)._replace(**changes)
    assert TableMaker().tables([entry_of(first), entry_of(second)]).plain is plain


def test_people_whom_sqlite_refuses_stay_as_they_are():
    maker = TableMaker()
    entries = [entry_of(candidate_of(AN_ENTRY)._replace(value=value)) for value in (1, 2**70)]
    assert maker.tables(entries) is entries
    assert list(maker.tables([AN_ENTRY])) == [AN_ENTRY]


def test_message_that_arrives_damaged_is_taken_for_none():
    stream = io.BytesIO()
    wire.send(stream, b"thirty rows")
    damaged = stream.getvalue().replace(b"thirty", b"forty ")
    assert wire.receive(io.BytesIO(damaged)) is None
    assert wire.receive(io.BytesIO(stream.getvalue())) == b"thirty rows"


@given(CANDIDATES)
def test_person_ready_to_be_written_is_still_the_one_of_the_row(candidate):
    assert candidate_of(entry_of(candidate)) == candidate


@pytest.mark.parametrize("text", ["a\0b", "\0\0", "\\u0000", "\\\0", "\\\\u0000"])
def test_character_that_no_database_takes_is_left_out_of_lists_and_tables(text):
    entry = entry_of(candidate_of(AN_ENTRY)._replace(tags=(text,), custom={text: text}))
    held = dict(zip(PERSON_COLUMNS, entry.person, strict=True))
    bare = text.replace("\0", "")
    assert (json.loads(held["tags"]), json.loads(held["custom"])) == ([bare], {bare: bare})


AN_ENTRY = entry_of(
    Candidate(**dict.fromkeys(Candidate._fields, ""))._replace(
        line=2, possible_zones=(), temperature=None, qualification=None, value=None, tags=(), do_not_call=False,
        custom={}, points=(),
    )
)  # fmt: skip


@pytest.mark.parametrize(("wanted", "sizes"), [(1, [2, 2, 2, 0]), (3, [4, 2]), (100, [6])])
def test_chunks_come_together_until_they_have_as_many_rows_as_wanted(wanted, sizes):
    chunks = [Chunk([AN_ENTRY], [], 2, line, line / 6) for line in (2, 4, 6)]
    note = Finding(3, "", Severity.WARNING, "repaired")
    told = list(gathered([*chunks, Chunk([], [note], 0, 0, 1.0)], lambda: wanted))
    assert [each.read for each in told] == sizes
    assert (max(each.last_line for each in told), told[-1].progress, told[-1].findings) == (6, 1.0, [note])
    assert [len(each.entries) for each in told] == [read // 2 for read in sizes]


def test_large_chunk_comes_in_portions_behind_what_was_waiting():
    small = Chunk([AN_ENTRY._replace(line=2)], [], 1, 2, 0.1)
    large = Chunk(TableMaker().tables([AN_ENTRY._replace(line=line) for line in range(3, 13)]), [], 10, 12, 1.0)
    told = list(gathered([small, large], lambda: 4))
    assert [[entry.line for entry in each.entries] for each in told] == [[2], [3, 4, 5, 6], [7, 8, 9, 10], [11, 12]]
    assert list(gathered([large], lambda: 10)) == [large]


@given(st.lists(st.booleans(), max_size=12), st.integers(1, 5))
def test_portions_say_together_what_the_chunk_says(good, size):
    entries = [AN_ENTRY._replace(line=line) for line, is_good in enumerate(good, 2) if is_good]
    findings = [Finding(line, "", Severity.ERROR, "no") for line, is_good in enumerate(good, 2) if not is_good]
    chunk = Chunk(entries, [*findings, Finding(0, "", Severity.NOTE, "repaired")], len(good), len(good) + 1, 0.5)
    told = list(portions(chunk, size))
    assert [entry for each in told for entry in each.entries] == entries
    assert [finding for each in told for finding in each.findings] == sorted(chunk.findings)
    assert (sum(each.read for each in told), told[-1].last_line) == (len(good), chunk.last_line)
    assert all(len(each.entries) <= size for each in told)
    for each in told:
        refused = [finding for finding in each.findings if finding.severity is Severity.ERROR]
        assert each.read == len(each.entries) + len(refused)
