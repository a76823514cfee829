"""DESCRIBE, taken apart: engines differ in what a description is, so the store is only asked what to describe.

Here it is what the embedded engine gives: the triples that a term is the subject of.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.query.gate import prologue_end
from server.query.tokens import tokens


@dataclass(frozen=True, slots=True)
class Described:
    """What a query wants described."""

    selecting: str | None
    """The query whose solutions hold the terms; without one, the named terms are not wanted. None: no pattern."""
    named: str | None
    """A query that gives the terms named in the query; None: there are none."""


def take_apart(query: str) -> Described:
    """Return the two questions a DESCRIBE query consists of."""
    first = prologue_end(query)
    if first is None:
        return Described(None, None)
    start, end = first.end, len(query)
    variables: list[str] = []
    iris: list[str] = []
    for token in tokens(query):
        if token.start < start:
            continue
        if token.text == "{" or (token.kind == "word" and token.text.upper() in ("FROM", "WHERE")):
            end = token.start
            break
        if token.kind == "variable" or token.text == "*":
            variables.append(token.text)
        elif token.kind in ("iri", "name"):
            iris.append(token.text)
    head, rest = query[: first.start], query[end:]
    selecting = f"{head} SELECT DISTINCT {' '.join(variables) or '*'} {rest}" if "{" in rest else None
    named = f"{head} SELECT ?term {{ VALUES ?term {{ {' '.join(iris)} }} }}" if iris else None
    return Described(selecting, named)
