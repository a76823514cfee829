"""What the ontology says of a term besides its meaning, in both directions, under plain headings.

A class is told its subclasses and the properties that lead from and to it, a concept what
it takes in, though the ontology states each of these on the other term only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.namespaces import BG, DCTERMS, OWL, RDFS, SKOS
from server.site import Site
from server.terms.labels import Shown
from server.terms.rows import Row, property_rows
from server.terms.taxonomy import TYPE
from server.vocabularies.borrowed import show_term
from server.vocabularies.vocabulary import Fact, Statements

DOMAIN: Final = ox.NamedNode(RDFS + "domain")
RANGE: Final = ox.NamedNode(RDFS + "range")
SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
DISJOINT: Final = ox.NamedNode(OWL + "disjointWith")
IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")
REPLACED_BY: Final = ox.NamedNode(DCTERMS + "isReplacedBy")
_BROADER: Final = ox.NamedNode(SKOS + "broader")
_UNION: Final = ox.NamedNode(BG + "unionMember")
_MATCHES: Final = tuple(ox.NamedNode(SKOS + name) for name in ("exactMatch", "closeMatch", "relatedMatch"))
_FUNCTIONAL: Final = OWL + "FunctionalProperty"
_SYMMETRIC: Final = OWL + "SymmetricProperty"
TOLD: Final = frozenset(
    (
        TYPE,
        DOMAIN,
        RANGE,
        SUB_CLASS,
        SUB_PROPERTY,
        INVERSE,
        DISJOINT,
        IN_SCHEME,
        REPLACED_BY,
        _BROADER,
        _UNION,
        *_MATCHES,
    )
)


class Axioms:
    """The axioms of one ontology, looked up from either end."""

    def __init__(self, site: Site, statements: Statements) -> None:
        self._site = site
        self._statements = statements
        self._backwards: dict[tuple[str, str], list[str]] = {}
        for subject, quads in statements.subjects.items():
            for quad in quads:
                if quad.predicate in TOLD and isinstance(quad.object, ox.NamedNode) and subject != quad.object:
                    self._backwards.setdefault((quad.predicate.value, quad.object.value), []).append(subject.value)

    def sources(self, predicate: ox.NamedNode, iri: str) -> list[str]:
        """Return what leads to a term by this property, in one order."""
        return sorted(self._backwards.get((predicate.value, iri), ()))

    def of_class(self, term: ox.NamedNode) -> tuple[Fact, ...]:
        """Return what a class is a kind of, its kinds, and the properties from and to it."""
        back = self.sources
        return self._facts(
            (_("A kind of"), self._statements.iris(term, SUB_CLASS)),
            (_("Kinds of it"), back(SUB_CLASS, term.value)),
            (_("Its properties"), back(DOMAIN, term.value)),
            (_("Value of"), back(RANGE, term.value)),
            (_("Its concepts"), back(TYPE, term.value)),
            (_("Shares no member with"), (*self._statements.iris(term, DISJOINT), *back(DISJOINT, term.value))),
            *self._matches(term),
        )

    def of_property(self, term: ox.NamedNode) -> tuple[Fact, ...]:
        """Return what a property leads from and to, how many values it has, and the properties near it."""
        get, types = self._statements.iris, self._statements.iris(term, TYPE)
        number = _("one at most") if _FUNCTIONAL in types else _("any number")
        both = (Fact(_("Both ways"), (Shown(_("stated in both directions")),)),) if _SYMMETRIC in types else ()
        return (
            *(self._facts((_("From"), get(term, DOMAIN))) or (Fact(_("From"), (Shown(_("anything")),)),)),
            *self._facts((_("To"), get(term, RANGE))),
            Fact(_("Values"), (Shown(number),)),
            *both,
            *self._facts(
                (_("Implies"), get(term, SUB_PROPERTY)),
                (_("Implied by"), self.sources(SUB_PROPERTY, term.value)),
                (_("The other way round"), (*get(term, INVERSE), *self.sources(INVERSE, term.value))),
                *self._matches(term),
            ),
        )

    def of_concept(self, term: ox.NamedNode) -> tuple[Fact, ...]:
        """Return the scheme of a concept, what is wider and narrower, and the unions it takes part in."""
        get, back = self._statements.iris, self.sources
        return self._facts(
            (_("Kind"), [kind.value for kind in self._site.taxonomy.kinds(self._statements.of(term))]),
            (_("One of the"), get(term, IN_SCHEME)),
            (_("Wider"), get(term, _BROADER)),
            (_("Narrower"), back(_BROADER, term.value)),
            (_("Takes together"), get(term, _UNION)),
            (_("Part of"), back(_UNION, term.value)),
            *self._matches(term),
        )

    def rest(self, quads: Iterable[ox.Quad], told: frozenset[ox.NamedNode]) -> tuple[Row, ...]:
        """Return what is said beyond these properties, so that nothing is left out."""
        kept = (
            ox.Quad(quad.subject, quad.predicate, item, quad.graph_name)
            for quad in quads
            if quad.predicate not in told and isinstance(quad.object, ox.NamedNode | ox.Literal)
            for item in self._statements.items(quad.object)
        )
        return property_rows(self._site, kept)

    def _matches(self, term: ox.NamedNode) -> Iterator[tuple[str, list[str]]]:
        names: Mapping[ox.NamedNode, str] = dict(
            zip(_MATCHES, (_("Same elsewhere"), _("Close to elsewhere"), _("Related elsewhere")), strict=True)
        )
        for match, name in names.items():
            yield name, self._statements.iris(term, match)

    def _facts(self, *found: tuple[str, Iterable[str]]) -> tuple[Fact, ...]:
        facts = ((name, dict.fromkeys(iris)) for name, iris in found)
        return tuple(Fact(name, tuple(show_term(self._site, iri) for iri in iris)) for name, iris in facts if iris)
