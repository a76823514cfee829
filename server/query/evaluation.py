"""A request and a store to an answer: the engine's part of a query, without processes and limits of time.

Solutions are written by the engine itself, in its own order, which is the same each
time for the same data; the columns of SELECT * come in the order of the alphabet.
Triples are sorted and without duplicates, with our prefixes and our names for blank
nodes. An answer is whole or it is an error.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from server.query.failures import AnswerTooLarge, AnswerUnwritable, QueryFailed
from server.query.scope import Scope, asks_merge_alone, stated_scope, view
from server.query.syntax_errors import PADDING, explain_syntax_error
from server.query.wire import Answer, Request
from server.terms.serialise import WRITERS

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer  # a stub module: it exists for the type checker alone

_RESULTS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
# XML 1.0 section 2.2 has no way to write these, and the engine writes them as they are.
_NOT_XML: Final = bytes(set(range(32)) - {9, 10, 13})
# Where a blank node may stand in N-Triples, and no literal can.
_BLANK_NODE: Final = re.compile(rb"^_:\S+|(?<= )_:\S+(?= \.$)", re.MULTILINE)
_NOT_XML_EITHER: Final = ("\ufffe".encode(), "\uffff".encode())


def evaluate(store: ox.Store, request: Request, *, base: str, most_bytes: int, merge: ox.Store | None = None) -> Answer:
    """Return the answer to a request; raise a `QueryError` where there is none.

    `base` is what relative IRIs in the query stand on (SPARQL 1.1 section 4.1.1.2), and
    `most_bytes` bounds the body, for triples as N-Triples. `merge` is the store's default graph
    alone, where there is such a store: what asks for no graph is answered from it.
    """
    try:
        results = _ask(store, merge or store, request, base)
        if isinstance(results, ox.QueryTriples):
            body = _Body(most_bytes)
            if request.rdf is not None:
                results.serialize(body, format=ox.RdfFormat.N_TRIPLES)
            return Answer("triples", write_triples(body.getvalue(), request.rdf))
        kind = "boolean" if isinstance(results, ox.QueryBoolean) else "solutions"
        return Answer(kind, write_results(results, request.results, most_bytes))  # type: ignore[arg-type]  # a literal
    except SyntaxError as error:
        raise explain_syntax_error(str(error), request.query) from error
    except (RuntimeError, OSError) as error:
        raise QueryFailed(f"The engine could not evaluate this query: {error}.") from error


def _ask(
    store: ox.Store, merge: ox.Store, request: Request, base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if request.default_graphs or request.named_graphs:
        scope: Scope | None = Scope(request.default_graphs, request.named_graphs)
    else:
        scope = stated_scope(request.query, base)
    if scope is None and asks_merge_alone(request.query):
        store = merge
    return view(store, scope).query(request.query + PADDING, base)


def write_results(results: ox.QuerySolutions | ox.QueryBoolean, name: str | None, most_bytes: int) -> bytes:
    """Return solutions or a truth value in the format of this name; raise a `QueryError` where that cannot be."""
    if name is None:
        raise AnswerUnwritable(f"This query has solutions or a truth value. They can be had as {', '.join(_RESULTS)}.")
    body = _Body(most_bytes)
    results.serialize(body, format=_RESULTS[name])
    content = body.getvalue()
    if name == "xml":
        _require_xml(content, "json")
    # The CSV and TSV recommendation does not say how to write a truth value: one line with the word.
    return content + b"\n" if isinstance(results, ox.QueryBoolean) and name in ("csv", "tsv") else content


def write_triples(triples: bytes, name: str | None) -> bytes:
    """Return what the engine wrote as N-Triples in the format of this name, sorted and each triple once."""
    if name is None:
        raise AnswerUnwritable(f"This query has triples for an answer. They can be had as {', '.join(WRITERS)}.")
    lines = b"".join(sorted(set(_name_blank_nodes(triples).splitlines(keepends=True))))
    if name in ("nt", "nq"):
        return lines
    # Some of these namespaces may stand in a literal only; a prefix too many does no harm.
    prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if b"<" + namespace.encode() in lines}
    parsed = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    content = ox.serialize(parsed, format=WRITERS[name], prefixes=prefixes) or b""
    if name == "rdf":
        _require_xml(content, "ttl")
    return content


def _name_blank_nodes(lines: bytes) -> bytes:
    """Call blank nodes by their order of appearance: the engine's names for new ones are others each time."""
    if b"_:" not in lines:
        return lines
    names: dict[bytes, bytes] = {}
    return _BLANK_NODE.sub(lambda found: names.setdefault(found[0], b"_:b%d" % len(names)), lines)


def _require_xml(content: bytes, other: str) -> None:
    if len(content.translate(None, _NOT_XML)) != len(content) or any(code in content for code in _NOT_XML_EITHER):
        raise AnswerUnwritable(f"This answer holds a control character, which XML cannot write. Ask for {other}.")
    # What the engine writes for a property whose IRI does not end in an XML name; no XML parser takes it.
    if b"<oxprefix: " in content:
        raise AnswerUnwritable(
            f"RDF/XML cannot write a property whose IRI does not end in an XML name. Ask for {other}."
        )


class _Body(io.BytesIO):
    """A file the engine writes to, up to a size."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most = most_bytes

    def write(self, part: Buffer, /) -> int:
        written = super().write(part)
        if self.tell() > self._most:
            raise AnswerTooLarge.than(self._most)
        return written
