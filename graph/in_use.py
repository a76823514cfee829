"""What articles speak of, out of all that the registry and the kinds of losses hold.

Both are there to recognise things by, and know more than the articles of one dataset
mention. A thing that none of them mentions has no words to rest on, so it is not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE, RDF

_THINGS: Final = CANONICAL_BASE + "id/"
_STATED_SUBJECT: Final = ox.NamedNode(RDF + "subject")


class SharedThings:
    """What is said of shared things, found by those who speak of them.

    What several articles speak of is what each of them speaks of, together.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Take all that is shared."""
        self._said: defaultdict[str, set[ox.Quad]] = defaultdict(set)
        self._statements: defaultdict[str, set[str]] = defaultdict(set)
        for quad in quads:
            subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            self._said[subject].add(quad)
            if quad.predicate == _STATED_SUBJECT and isinstance(quad.object, ox.NamedNode):
                self._statements[quad.object.value].add(subject)

    def __contains__(self, iri: object) -> bool:
        """Tell whether something is said of it."""
        return iri in self._said

    def always(self) -> frozenset[str]:
        """Return what stays whoever speaks of it, as the dataset itself, and what it leads to."""
        return self.spoken_of(subject for subject in self._said if not subject.startswith(_THINGS))

    def spoken_of(self, iris: Iterable[str]) -> frozenset[str]:
        """Return those of these things that are shared, and those that they lead to.

        A statement about a shared thing, as a cross-link is, goes with it.
        """
        pending = list(iris)
        kept: set[str] = set()
        while pending:
            thing = pending.pop()
            if thing in self._said and thing not in kept:
                kept.add(thing)
                pending += {term for quad in self._said[thing] for term in named(quad)}
                # A cross-link is there for what it is about, and never alone.
                pending += self._statements.get(thing, ())
        return frozenset(kept)

    def quads_of(self, things: Iterable[str]) -> frozenset[ox.Quad]:
        """Return what is said of these shared things."""
        return frozenset(quad for thing in things for quad in self._said[thing])


def named(quad: ox.Quad) -> Iterator[str]:
    """Yield the IRIs of a quad's subject and object."""
    return (term.value for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode))
