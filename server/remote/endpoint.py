"""A SPARQL 1.1 server as this project uses it: queries for reading, and an answer's form made one.

Queries are sent by POST as a form, which every server takes: Virtuoso 7.2.5 never answers
one that is sent as application/sparql-query. An answer that was cut short, or is not what was
asked for, is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final, cast
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from server.remote.breaker import CircuitBreaker
from server.remote.connection import Connection, Sent
from server.remote.credentials import Credentials
from server.remote.dialect import is_virtuoso, mend_json, mend_term, mend_triples
from server.remote.failures import StoreAway, UnusableStore
from server.remote.names import KEPT_PREFIX
from server.remote.terms import Row, Term

SCHEME: Final = "sparql:"
_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_KEPT: Final = KEPT_PREFIX.encode()
# Virtuoso's ways to say that this is not all: a limit on rows, and one on time.
_CUT: Final = ("X-SPARQL-MaxRows", "X-SQL-State")


def read_address(text: str) -> str:
    """Return the address of a query endpoint from `sparql:URL`, what follows a # left out; raise `UnusableStore`."""
    url = text.removeprefix(SCHEME).partition("#")[0]
    try:
        parts = urlsplit(url)
        is_usable = text.startswith(SCHEME) and parts.scheme in ("http", "https") and bool(parts.hostname)
        has_credentials = "@" in parts.netloc
    except ValueError:
        is_usable = has_credentials = False
    if has_credentials:
        raise UnusableStore(
            "a store's address holds no user and no password, because others see it: "
            "set BATTLEGRAPH_STORE_USER and BATTLEGRAPH_STORE_PASSWORD, or write them to ~/.netrc"
        )
    if not is_usable:
        raise UnusableStore(f"{text!r} is not a store: write sparql:http://MACHINE:PORT/PATH of its query endpoint")
    return url


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may cost: seconds until it is there, and bytes."""

    seconds: float
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the protocol's dataset; without graphs in it, the query says where to look."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Endpoint:
    """The query endpoint of a server; safe in any number of threads."""

    def __init__(self, url: str, credentials: Credentials | None, limits: Limits) -> None:
        """Ask at this address; the limits are those of short answers: what clients ask brings its own."""
        self.url = url
        self.name = f"{SCHEME}{url}"
        self._limits = limits
        self._connection = Connection(self.name, credentials)
        self._breaker = CircuitBreaker()

    def close(self) -> None:
        """Close the connections that are kept."""
        self._connection.close()

    def results(self, question: Question, limits: Limits) -> bytes:
        """Return the solutions or the truth value of a query, in SPARQL 1.1's JSON."""
        with self._breaker.watching(may_take_long=True):
            headers, body = self._ask(question, _JSON, limits)
        if body.lstrip()[:1] != b"{":
            raise self._garbage()
        body = mend_json(body) if is_virtuoso(headers) else body
        return body.replace(_KEPT, b"")

    def triples(self, question: Question, limits: Limits) -> bytes:
        """Return the triples of a query, in N-Triples as pyoxigraph writes it, in any order and perhaps repeated."""
        with self._breaker.watching(may_take_long=True):
            headers, body = self._ask(question, _TRIPLES, limits)
        # Turtle has N-Triples in it; Virtuoso writes tabs, says "empty" in a comment, and escapes what need not be.
        try:
            body = ox.serialize(ox.parse(body, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
        except SyntaxError as error:
            raise self._garbage() from error
        body = mend_triples(body) if is_virtuoso(headers) else body
        return body.replace(_KEPT, b"")

    def rows(self, query: str) -> list[Row]:
        """Return the solutions of a query that has few."""
        with self._breaker.watching():
            headers, body = self._ask(Question(query), _JSON, self._limits)
            # The parser's objects may be freed by no other thread, so nothing of it is kept in a traceback.
            with suppress(SyntaxError, TypeError):
                return list(_rows(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON), headers))
            raise self._garbage()

    def stream(self, query: str) -> Iterator[Row]:
        """Yield the solutions of a query that has many, as they come in."""
        sent = Sent("POST", self.url, _form(Question(query)), _headers(_JSON))
        seconds = self._limits.seconds
        with self._breaker.watching(), self._connection.opened(sent, seconds=seconds) as response:
            self._require_whole(response.headers)
            # Nothing but `read` is asked of it.
            body = cast(IO[bytes], response)
            with suppress(SyntaxError, TypeError):
                yield from _rows(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON), response.headers)
                return
            raise self._garbage()

    def _ask(self, question: Question, accept: str, limits: Limits) -> tuple[Mapping[str, str], bytes]:
        sent = Sent("POST", self.url, _form(question), _headers(accept))
        headers, body = self._connection.send(sent, seconds=limits.seconds, most_bytes=limits.most_bytes)
        self._require_whole(headers)
        return headers, body

    def _require_whole(self, headers: Mapping[str, str]) -> None:
        if any(name in headers for name in _CUT):
            remedy = "raise ResultSetMaxRows and MaxQueryExecutionTime in its virtuoso.ini"
            raise StoreAway(f"{self.name} cut its answer short: {remedy}")

    def _garbage(self) -> StoreAway:
        return StoreAway(f"{self.name} did not answer with what was asked for: is it a SPARQL 1.1 query endpoint?")


def _rows(results: object, headers: Mapping[str, str]) -> Iterator[Row]:
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a truth value")
    is_foreign = is_virtuoso(headers)
    names = [variable.value for variable in results.variables]
    for row in results:
        found: Row = {}
        for name in names:
            if (term := row[name]) is not None:
                found[name] = _unmasked(mend_term(term) if is_foreign else term)
        yield found


def _unmasked(term: Term) -> Term:
    if isinstance(term, ox.NamedNode) and term.value.startswith(KEPT_PREFIX):
        return ox.NamedNode(term.value.removeprefix(KEPT_PREFIX))
    if isinstance(term, ox.Literal) and term.language is None and term.datatype.value.startswith(KEPT_PREFIX):
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype.value.removeprefix(KEPT_PREFIX)))
    return term


def _form(question: Question) -> bytes:
    fields = [("query", question.query)]
    fields += [("default-graph-uri", iri) for iri in question.default_graphs]
    fields += [("named-graph-uri", iri) for iri in question.named_graphs]
    return urlencode(fields).encode()


def _headers(accept: str) -> dict[str, str]:
    return {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
