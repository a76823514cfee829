"""Whether a SELECT query is SPARQL, told by the embedded parser before a store is asked.

Some stores take what is not SPARQL, and tell of errors in words of their own. The parser can
be had only with the engine that evaluates, which here has no limits; so it is given the
query joined with no solution at all, and such a join is never evaluated.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from server.query.failures import QuerySyntaxError
from server.query.gate import prologue_end, query_form
from server.query.syntax_errors import PADDING, explain_syntax_error
from server.query.tokens import Token, line_and_column, tokens

_OPENING: Final = "SELECT * { VALUES ?bgNone {} { "
_CLOSING: Final = "\n} }"
_MEANINGLESS: Final = (
    "This is not a SPARQL query: SELECT names what is neither grouped by nor an aggregate, or a variable twice."
)
_PLACE: Final = re.compile(r"error at (\d+):(\d+):")


def require_syntax(query: str, base: str) -> None:
    """Raise `QuerySyntaxError` where a SELECT query is none; other queries are for the store to judge."""
    first = prologue_end(query)
    if first is None or query_form(query) != "SELECT":
        return
    body = [token for token in tokens(query) if token.start >= first.start]
    # With a brace too many it could end the group that keeps it from being evaluated, and it is wrong anyway.
    is_balanced = _is_balanced(body)
    asked = query[: first.start] + _OPENING + _without_dataset(query, body)[first.start :] + PADDING + _CLOSING
    try:
        ox.Store().query(asked if is_balanced else query + PADDING, base_iri=base)
    except SyntaxError as error:
        message = str(error)
        place = _PLACE.match(message)
        if is_balanced and place is not None:
            at = int(place[1]), int(place[2])
            if at[0] > asked.count("\n"):
                # Read to its end, and then found to say what a query may not, the parser does not tell where.
                raise QuerySyntaxError(_MEANINGLESS) from error
            message = f"error at {_moved(at, line_and_column(query, first.start))}:{message[place.end() :]}"
        raise explain_syntax_error(message, query) from error


def _is_balanced(body: list[Token]) -> bool:
    depth = 0
    for token in body:
        depth += (token.text == "{") - (token.text == "}")
        if depth < 0:
            return False
    return depth == 0


def _without_dataset(query: str, body: list[Token]) -> str:
    """Put spaces for FROM and FROM NAMED, which a query inside another may not have."""
    depth = 0
    before: tuple[str, str] = ("", "")
    for token in body:
        word = token.text.upper() if token.kind == "word" else ""
        depth += (token.text == "{") - (token.text == "}")
        is_stated = token.kind in ("iri", "name") and (before[1] == "FROM" or before == ("FROM", "NAMED"))
        if depth == 0 and (word == "FROM" or (word == "NAMED" and before[1] == "FROM") or is_stated):
            query = query[: token.start] + " " * len(token.text) + query[token.end :]
        before = before[1], word
    return query


def _moved(at: tuple[int, int], start: tuple[int, int]) -> str:
    """Return the place in the query of one in what was asked, from where the query begins after its prologue."""
    line, column = at
    if line == start[0] and column > start[1]:
        column = max(start[1], column - len(_OPENING))
    return f"{line}:{column}"
