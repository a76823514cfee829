"""The addresses of ours that data names, whether or not a page links them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from server.http.formats import N_TRIPLES, TRIG
from server.static_site.asking import Answer

NAMED: Final = "the data"
"""Who links such an address."""


def named_paths(answer: Answer, base: str) -> Iterator[str]:
    """Yield the paths of the IRIs on the base that an answer in RDF names, each once; of other answers none.

    Looked for in N-Triples, which most documents are there in; and in TriG where there is nothing else.
    """
    found: list[str] = []
    if answer.media_type == N_TRIPLES.media_type:
        found = re.findall(f"<({re.escape(base)}[^>#]*)", answer.body.decode())
    elif answer.media_type == TRIG.media_type and N_TRIPLES.media_type not in answer.headers.get("Link", ""):
        quads = ox.parse(answer.body, format=ox.RdfFormat.TRIG)
        terms = (term for quad in quads for term in (*quad.triple, quad.graph_name))
        found = [term.value.partition("#")[0] for term in terms if isinstance(term, ox.NamedNode)]
    for iri in dict.fromkeys(found):
        if iri.startswith(base):
            yield f"/{iri.removeprefix(base)}"
