"""Pieces put together: the same as sorting everything at once, in bounded memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.census import Block, blocks
from graph.merge import Merger, inserted
from graph.spool import Spool

TRIPLES = ['<s> <p> "a"', '<s> <p> "a"@en', '<s> <p> "a b"', "<s> <p> <o>", "<s> <q> <o>", '<t> <p> " <g> ."']
GRAPHS = ["<g>", "<g/1>", "<h>"]


def line(triple: str, graph: str) -> bytes:
    """Return a line of N-Quads."""
    return f"{triple} {graph} .\n".encode()


LINES = st.builds(line, st.sampled_from(TRIPLES), st.sampled_from(GRAPHS))
PIECES = st.lists(st.sets(LINES).map(lambda lines: b"".join(sorted(lines))), max_size=6)


@given(PIECES, st.sampled_from([1, 40, 10_000]))
def test_merging_is_sorting(pieces: list[bytes], most_bytes: int) -> None:
    """Whatever is put aside on the way."""
    merger = Merger(most_bytes=most_bytes)
    for piece in pieces:
        merger.add(piece)
    expected = sorted({one for piece in pieces for one in piece.splitlines(keepends=True)})
    found = list(merger.merged())
    assert [one for block in found for one in block.lines()] == expected
    assert found == list(blocks(expected))
    assert len({(block.subject, block.predicate, block.object) for block in found}) == len(found)


@pytest.mark.parametrize("most_bytes", [1, 10_000])
def test_nothing_is_derived_that_somebody_states(most_bytes: int) -> None:
    """In whatever graph, and whoever was there first."""
    merger = Merger(most_bytes=most_bytes)
    merger.add(b"", [line("<s> <p> <o>", "<derived>") + line("<s> <p> <x>", "<derived>")])
    merger.add(line("<s> <p> <o>", "<z>") + line("<s> <p> <o>", "<a>"))
    assert list(merger.merged()) == [
        Block(b"<s>", b"<p>", b"<o>", (b"<a>", b"<z>")),
        Block(b"<s>", b"<p>", b"<x>", (b"<derived>",)),
    ]


def test_what_two_rules_add_is_the_first_ones() -> None:
    """As where they run over everything, one after the other; their names count as numbers."""
    merger = Merger()
    eleven = [b""] * 11
    merger.add(b"", [*eleven[:10], line("<s> <p> <o>", "<a>")])
    merger.add(b"", [*eleven[:2], line("<s> <p> <o>", "<b>")])
    assert [block.graphs for block in merger.merged()] == [(b"<b>",)]


def test_lines_are_inserted_in_their_places_once() -> None:
    """As the description into what it describes."""
    lines = [b"a\n", b"c\n", b"e\n"]
    assert list(inserted(lines, [b"d\n", b"c\n", b"a\n"])) == [b"a\n", b"c\n", b"d\n", b"e\n"]


@pytest.mark.parametrize("in_memory", [0, 1 << 20])
def test_a_spool_gives_back_what_it_took(in_memory: int, tmp_path: Path) -> None:
    """From memory or from a file without a name, as often as it is asked."""
    lines = [f"{number}\n".encode() for number in range(10_000)]
    spool = Spool(tmp_path, in_memory)
    spool.write(lines[:5000])
    spool.write(lines[5000:])
    for _ in range(2):
        assert list(spool.lines()) == lines
        assert b"".join(spool.chunks()) == spool.read() == b"".join(lines)
    assert spool.size == len(spool.read())
    assert not list(tmp_path.iterdir())
