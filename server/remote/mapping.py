"""A query about the graphs that clients know, made one about a version's graphs in the store.

Works on tokens, so that everything else reaches the engine as it was written. Where a query
names no graph, it stays as it is and is asked over the version's merge. Where it does, every
group outside all others is put into `GRAPH <merge> { … }`, a graph's name becomes the
version's name for it, and `GRAPH ?g` finds those in the version's list; the variable that
holds them begins with `HIDDEN` and is no column of SELECT *.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from server.query.scope import Scope
from server.query.tokens import Token, tokens, unescape_codepoints
from server.remote.endpoint import Question
from server.remote.names import KEPT_PREFIX, NAME_OF, Version

HIDDEN: Final = "bgPhysical"
_LOCAL_ESCAPE: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the graphs and some terms of a version are called in the store."""

    version: Version
    base: str
    """What relative IRIs stand on."""
    kept: frozenset[str] = frozenset()
    """IRIs that stand in the store behind `KEPT_PREFIX`."""

    def map(self, query: str, scope: Scope | None) -> Question:
        """Return what to ask; `scope` is the dataset that the request or the query states, None where neither does."""
        reading = _Reading(self, query, scope)
        text = reading.text()
        if scope is None:
            return Question(text, () if reading.names_graphs else (self.version.merged.value,), ())
        # A dataset without a default graph is told by one that is empty: else it would be the store's own.
        default = dict.fromkeys(scope.default_graphs or [""])
        named = dict.fromkeys(scope.named_graphs)
        return Question(text, *(tuple(self.version.graph(iri).value for iri in part) for part in (default, named)))

    def in_store(self, iri: str) -> str:
        """Return how an IRI is called in the store where it is no graph's name."""
        return KEPT_PREFIX + iri if iri in self.kept else iri


class _Reading:
    """One query, taken apart and put together again."""

    def __init__(self, mapping: Mapping, query: str, scope: Scope | None) -> None:
        self._mapping = mapping
        self._scope = scope
        self._tokens = [_without_codepoints(token) for token in tokens(query)]
        self._prefixes: dict[str, str] = {}
        self._base = mapping.base
        self._has_base = False
        self.names_graphs = any(token.kind == "word" and token.text.upper() == "GRAPH" for token in self._tokens)
        self._length = self._read_prologue()

    def text(self) -> str:
        """Return the query that the store understands."""
        written = _Written()
        if not self._has_base:
            written.add(f"BASE <{self._mapping.base}>", Token("word", "", -1))
        for token in self._tokens[: self._length]:
            written.add(token.text, token)
        body = self._without_dataset(self._tokens[self._length :])
        wraps = self.names_graphs and self._scope is None
        closing: list[str] = []  # what closes each group that is open
        place = 0
        while place < len(body):
            token = body[place]
            if token.kind == "mark" and token.text == "{":
                is_outermost = wraps and not any(closing) and self._is_pattern(body, place)
                closing.append(" }" if is_outermost else "")
                written.add(f"{{ GRAPH {self._mapping.version.merged} {{ " if is_outermost else "{", token)
            elif token.kind == "mark" and token.text == "}":
                written.add("}" + (closing.pop() if closing else ""), token)
            elif self._is_graph_clause(body, place):
                written.add(self._graph(body[place + 1]), token)
                if body[place + 1].kind == "variable":
                    # Its group and what finds the graphs are one group.
                    end = _closing(body, place + 2)
                    body = [*body[: end + 1], Token("mark", "}", -1), *body[end + 1 :]]
                    closing.append("")
                place += 1
            else:
                written.add(self._term(token), token)
            place += 1
        return written.text()

    def _read_prologue(self) -> int:
        place = 0
        while place < len(self._tokens) and self._tokens[place].kind == "word":
            word = self._tokens[place].text.upper()
            rest = self._tokens[place + 1 : place + 3]
            if word == "BASE" and rest:
                self._base = urljoin(self._base, rest[0].text[1:-1])
                # Virtuoso takes one BASE, and no relative one.
                self._tokens[place + 1] = rest[0]._replace(text=f"<{self._base}>")
                self._has_base = True
                place += 2
            elif word == "PREFIX" and len(rest) == 2:  # noqa: PLR2004  a prefix and its IRI
                self._prefixes[rest[0].text.removesuffix(":")] = urljoin(self._base, rest[1].text[1:-1])
                place += 3
            elif word == "VERSION":
                place += 2
            else:
                break
        return place

    def _without_dataset(self, body: list[Token]) -> list[Token]:
        """Leave out FROM and FROM NAMED, which the request says instead."""
        kept: list[Token] = []
        place = depth = 0
        while place < len(body):
            token = body[place]
            depth += (token.text in ("{", "(")) - (token.text in ("}", ")")) if token.kind == "mark" else 0
            if depth == 0 and token.kind == "word" and token.text.upper() == "FROM":
                is_named = place + 1 < len(body) and body[place + 1].text.upper() == "NAMED"
                place += 3 if is_named else 2
                continue
            kept.append(token)
            place += 1
        return kept

    def _is_pattern(self, body: list[Token], place: int) -> bool:
        """Tell whether a brace opens a group of patterns: not a template, and no table of values."""
        if place and body[place - 1].text.upper() == "CONSTRUCT":
            return False
        before = place - 1
        while before > 0 and body[before].text != ")" and body[before].kind == "variable":
            before -= 1
        if body[before].text == ")":
            while before > 0 and body[before].text != "(":
                before -= 1
            before -= 1
        return body[before].text.upper() != "VALUES"

    def _is_graph_clause(self, body: list[Token], place: int) -> bool:
        return (
            body[place].kind == "word"
            and body[place].text.upper() == "GRAPH"
            and place + 2 < len(body)
            and body[place + 1].kind in ("iri", "name", "variable")
            and body[place + 2].text == "{"
        )

    def _graph(self, named: Token) -> str:
        version = self._mapping.version
        if named.kind != "variable":
            iri = self._resolve(named)
            return f"GRAPH {version.graph(iri)}" if iri is not None else f"GRAPH {named.text}"
        hidden = f"?{HIDDEN}_{named.text[1:]}"
        if self._scope is None:
            return f"{{ GRAPH {version.names} {{ {hidden} {NAME_OF} {named.text} }} GRAPH {hidden}"
        rows = " ".join(f"({version.graph(iri)} <{iri}>)" for iri in dict.fromkeys(self._scope.named_graphs))
        return f"{{ VALUES ({hidden} {named.text}) {{ {rows} }} GRAPH {hidden}"

    def _term(self, token: Token) -> str:
        if self._mapping.kept and token.kind in ("iri", "name"):
            iri = self._resolve(token)
            if iri in self._mapping.kept:
                return f"<{self._mapping.in_store(iri)}>"
        return token.text

    def _resolve(self, token: Token) -> str | None:
        if token.kind == "iri":
            return urljoin(self._base, token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        namespace = self._prefixes.get(prefix)
        return None if namespace is None else namespace + _LOCAL_ESCAPE.sub(r"\1", local)


class _Written:
    """A query that is being written, with no space where there was none."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._end = -1

    def add(self, text: str, token: Token) -> None:
        """Write this for a token."""
        if token.start != self._end or text != token.text:
            self._parts.append(" ")
        self._parts.append(text)
        self._end = token.end if text == token.text else -1

    def text(self) -> str:
        return "".join(self._parts)


def _without_codepoints(token: Token) -> Token:
    return (
        token
        if token.kind == "string" or "\\" not in token.text
        else token._replace(text=unescape_codepoints(token.text))
    )


def _closing(body: Sequence[Token], place: int) -> int:
    """Return the place of the brace that closes the one at this place; the last one where none does."""
    depth = 0
    for number in range(place, len(body)):
        if body[number].kind == "mark":
            depth += (body[number].text == "{") - (body[number].text == "}")
            if depth == 0:
                return number
    return len(body) - 1


def visible(variables: Iterable[str]) -> list[str]:
    """Return the columns that a client asked for."""
    return [variable for variable in variables if not variable.startswith(HIDDEN)]
