"""Turtle and TriG of a dataset, and each of its graphs alone, as `server.terms.readable_turtle` has them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from graph.workforce.turns import in_turn
from server.releases.layout.families import gathered
from server.releases.layout.rows import BATCH, Rows
from server.releases.layout.sorting import ExternalSort
from server.releases.layout.spool import spool
from server.releases.layout.survey import RowPlace, Use
from server.releases.layout.writers import Passage, Piece, write_turtle
from server.terms.readable_turtle import CLOSING, TurtleWriter, head_of_turtle
from server.terms.reading_order import Heading, graph_place
from server.terms.short_names import in_usual_order

_INDENT: Final = "\t"


def turtle(rows: Rows, comments: Sequence[str]) -> Iterator[bytes]:
    """Yield the merge of the graphs as Turtle, below comments of one line each."""
    pieces = _headed("", rows.merged(Use.APART), rows.facts.headings)
    return _document(rows, _written(rows, pieces), comments)


def trig(rows: Rows, comments: Sequence[str]) -> Iterator[bytes]:
    """Yield all graphs as TriG, below comments of one line each."""
    writer = TurtleWriter()
    ordered: ExternalSort[tuple[int, RowPlace], bytes] = ExternalSort(rows.folder)
    try:
        graphs = sorted((graph for graph, found in rows.facts.graphs.items() if found.first), key=_turn(rows))
        turns = {graph: turn for turn, graph in enumerate(graphs)}
        for graph, _, place, lines in rows.by_graph():
            ordered.add((turns[graph], place), lines, len(lines))
        passages = _written(rows, _graphs(rows, graphs, ordered, writer))
        yield from _document(rows, passages, comments, CLOSING, writer)
    finally:
        ordered.close()


def graph_files(rows: Rows, comments: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each named graph alone as Turtle, by its IRI; `comments` gives what stands at its top."""
    pieces = (
        piece
        for graph, found in groupby(rows.by_graph(), key=lambda row: row[0])
        for piece in _headed(graph, ((place, lines) for _, place, _, lines in found), rows.facts.graphs[graph].headings)
    )
    for graph, passages in groupby(_written(rows, pieces), key=lambda passage: passage.document):
        yield graph, _document(rows, passages, comments(graph))


def _turn(rows: Rows) -> Callable[[str], tuple[object, ...]]:
    def turn(graph: str) -> tuple[object, ...]:
        first = rows.facts.graphs[graph].first
        return graph_place(graph), first[1] if first else (), graph

    return turn


def _headed(
    document: str, rows: Iterable[tuple[RowPlace, bytes]], headings: Collection[Heading], indent: str = ""
) -> Iterator[Piece]:
    """Yield the subjects, and what kind they are of where there are several kinds."""
    for heading, found in groupby(rows, key=lambda row: row[0][0][0]):
        before = f"\n{indent}# {heading[1]}\n" if heading[1] and len(headings) > 1 else ""
        for _, lines in found:
            yield Piece(document, before, indent, lines)
            before = ""


def _graphs(
    rows: Rows, graphs: Sequence[str], ordered: ExternalSort[tuple[int, RowPlace], bytes], writer: TurtleWriter
) -> Iterator[Piece]:
    closing = ""
    for turn, found in groupby(ordered.rows(), key=lambda row: row[0][0]):
        facts = rows.facts.graphs[graphs[turn]]
        before = closing + writer.opening(ox.NamedNode(graphs[turn]), facts.label)
        within = ((place, lines) for (_, place), lines in found)
        for piece in _headed("", within, facts.headings_among_all, _INDENT):
            yield replace(piece, before=before + piece.before)
            before = ""
        closing = CLOSING


def _written(rows: Rows, pieces: Iterable[Piece]) -> Iterator[Passage]:
    tasks = gathered(pieces, BATCH)
    for passages in in_turn(rows.workforce, write_turtle, tasks, None):
        yield from passages


def _document(
    rows: Rows, passages: Iterable[Passage], comments: Sequence[str], end: str = "", beside: TurtleWriter | None = None
) -> Iterator[bytes]:
    used: set[str] = set()
    with spool(rows.folder) as body:
        for passage in passages:
            body.write(passage.text)
            used |= passage.prefixes
        used |= beside.prefixes().keys() if beside else set()
        yield head_of_turtle(comments, in_usual_order(used)).encode()
        yield from body.pieces()
    yield end.encode()
