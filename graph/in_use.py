"""What articles speak of, out of all that the registry and the kinds of losses hold.

Both are there to recognise things by, and know more than the articles of one dataset
mention. A thing that none of them mentions has no words to rest on, so it is not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE, RDF

_THINGS: Final = CANONICAL_BASE + "id/"
_STATED_SUBJECT: Final = ox.NamedNode(RDF + "subject")


def in_use(shared: Iterable[ox.Quad], articles: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
    """Return what is said of shared things that articles speak of, or that these lead to.

    A statement about a shared thing, as a cross-link is, goes with it. What is no thing of
    ours, as the dataset itself, stays.
    """
    said: defaultdict[str, set[ox.Quad]] = defaultdict(set)
    statements: defaultdict[str, set[str]] = defaultdict(set)
    for quad in shared:
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        said[subject].add(quad)
        if quad.predicate == _STATED_SUBJECT and isinstance(quad.object, ox.NamedNode):
            statements[quad.object.value].add(subject)
    pending = [subject for subject in said if not subject.startswith(_THINGS)]
    pending += {term.value for quad in articles for term in _terms(quad) if term.value in said}
    # A cross-link is there for what it is about, and never alone.
    kept: set[str] = set()
    while pending:
        thing = pending.pop()
        if thing in said and thing not in kept:
            kept.add(thing)
            pending += {term.value for quad in said[thing] for term in _terms(quad)}
            pending += statements[thing]
    return frozenset(quad for thing in kept for quad in said[thing])


def _terms(quad: ox.Quad) -> Iterable[ox.NamedNode]:
    return (term for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode))
