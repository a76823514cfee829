"""Whether two endpoints gave the same answer: rows as a bag, triples as a set.

What engines are free to write differently does not count: the order of rows, `1` and `01`,
and whether plain text says that it is xsd:string. Anything else is a difference that the
table tells of.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Final

import pyoxigraph as ox

from graph.namespaces import XSD
from server.bench.client import Reply

RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "text/turtle"

_INTEGERS: Final = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_SYNTAXES: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML)

Answer = Counter[object]


class Unreadable(ValueError):
    """An answer that is not what was asked for; the message tells what it is."""


def read_answer(reply: Reply) -> Answer:
    """Return what a reply says; raise `Unreadable` where it is an error or in no known format."""
    if reply.status != 200:  # noqa: PLR2004 - HTTP's OK
        raise Unreadable(f"status {reply.status}")
    if reply.body.lstrip()[:1] == b"{":
        return _rows(reply.body)
    # rdflib-endpoint sends DESCRIBE as RDF/XML whatever was asked for, and labels it as results.
    for syntax in _SYNTAXES:
        try:
            return Counter({str(quad.triple) for quad in ox.parse(reply.body, format=syntax)})
        except SyntaxError:
            continue
    raise Unreadable(f"neither results nor triples, but {reply.media_type}")


def difference(ours: Answer, theirs: Answer) -> str | None:
    """Return in a few words how an answer differs from ours, None where it does not."""
    if ours == theirs:
        return None
    missing, more = (ours - theirs).total(), (theirs - ours).total()
    return f"{theirs.total()} rows instead of {ours.total()} ({missing} missing, {more} more)"


def _rows(body: bytes) -> Answer:
    try:
        bindings = json.loads(body)["results"]["bindings"]
        return Counter(frozenset((name, _term(term)) for name, term in row.items()) for row in bindings)
    except (ValueError, KeyError) as error:
        raise Unreadable("results that are no SPARQL JSON") from error


def _term(term: dict[str, str]) -> tuple[str, str, str]:
    kind = "uri" if term["type"] == "uri" else "literal"
    datatype = term.get("datatype", "")
    if datatype in _INTEGERS:
        return kind, str(int(term["value"])), "integer"
    return kind, term["value"], term.get("xml:lang", "").lower() or datatype.removeprefix(XSD + "string")
