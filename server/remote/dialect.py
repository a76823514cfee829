"""What engines make of literals, undone on reading: the same terms come out as the embedded store gives.

Virtuoso (7.2.5) answers `1` for true, `-480` for the year -0480, `1e+10` for a double, and
calls an integer of more than 31 bits a decimal. What it would lose for good is kept from it
at loading (see `masks`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from graph.namespaces import XSD
from server.remote.terms import Term, text

_INTEGER: Final = XSD + "integer"
_DECIMAL: Final = XSD + "decimal"
_TRUTH: Final = {"1": "true", "0": "false"}
_FLOATING: Final = (XSD + "double", XSD + "float")
_DATED: Final = tuple(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
_SHORT_YEAR: Final = re.compile(r"-(\d{1,3})(?=\D|$)")
_MENDED: Final = "|".join(re.escape(iri) for iri in (XSD + "boolean", _DECIMAL, *_FLOATING, *_DATED))
_IN_JSON: Final = re.compile(rf'"type": "typed-literal", "datatype": "({_MENDED})", "value": "([^"\\]*)"'.encode())
_IN_TRIPLES: Final = re.compile(rf'"([^"\\\n]*)"\^\^<({_MENDED})>'.encode())
_SMALL: Final = 1 << 31


def is_virtuoso(headers: Mapping[str, str]) -> bool:
    """Tell from an answer's headers whether Virtuoso wrote it."""
    return headers.get("Server", "").startswith("Virtuoso")


@lru_cache(maxsize=4096)
def mend(value: str, datatype: str) -> tuple[str, str]:
    """Return the lexical form and the datatype of what Virtuoso wrote so."""
    if datatype == XSD + "boolean":
        return _TRUTH.get(value, value), datatype
    if datatype == _DECIMAL and value.lstrip("-").isdecimal() and abs(int(value)) >= _SMALL:
        return value, _INTEGER
    if datatype in _FLOATING:
        return _as_stored(value, datatype), datatype
    if datatype in _DATED and (year := _SHORT_YEAR.match(value)):
        return f"-{int(year[1]):04}{value[year.end() :]}", datatype
    return value, datatype


def mend_term(term: Term) -> Term:
    """Return the term that Virtuoso wrote so."""
    if not isinstance(term, ox.Literal) or term.language is not None:
        return term
    value, datatype = mend(term.value, term.datatype.value)
    return (
        term
        if (value, datatype) == (term.value, term.datatype.value)
        else ox.Literal(value, datatype=ox.NamedNode(datatype))
    )


def mend_json(results: bytes) -> bytes:
    """Return results in JSON as they would be; also of a truth value, which Virtuoso may tell as a table."""
    mended = _IN_JSON.sub(_in_json, results)
    if b"__ASK_RETVAL" in mended[:200]:
        rows = json.loads(mended)["results"]["bindings"]
        is_so = bool(rows) and rows[0]["__ASK_RETVAL"]["value"] in ("1", "true")
        return json.dumps({"head": {}, "boolean": is_so}).encode()
    return mended


def mend_triples(lines: bytes) -> bytes:
    """Return triples in N-Triples as they would be."""
    return _IN_TRIPLES.sub(_in_triples, lines)


def _in_json(match: re.Match[bytes]) -> bytes:
    value, datatype = mend(match[2].decode(), match[1].decode())
    return f'"type": "typed-literal", "datatype": "{datatype}", "value": "{value}"'.encode()


def _in_triples(match: re.Match[bytes]) -> bytes:
    value, datatype = mend(match[1].decode(), match[2].decode())
    return f'"{value}"^^<{datatype}>'.encode()


def _as_stored(value: str, datatype: str) -> str:
    """Return the form of a number that pyoxigraph's stores give."""
    node = ox.NamedNode(datatype)
    store = ox.Store()
    store.add(ox.Quad(node, node, ox.Literal(value, datatype=node)))
    return next(text(quad.object) for quad in store)
