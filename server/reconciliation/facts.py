"""What the data says of a thing by one property, and who says it where that is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import SEM, XSD
from server.reconciliation.identifiers import identifier_of
from server.site import Site
from server.terms.claims import ACCORDING_TO
from server.things.origins import DERIVED, claims_behind, origin_of

MOST_READ: Final = 200
"""Values of one property that are read of one thing."""

# `viewpoint/azerbaijan` is a name, `viewpoint/battle-of-hadrut/third-party` describes who is meant.
_PARTS_OF_A_DESCRIPTION: Final = 2
# The rule graph/rules/battle-span.rq makes them of the days of the phases, where the article states none.
_COMPUTED: Final = frozenset((SEM + "hasBeginTimeStamp", SEM + "hasEndTimeStamp"))
_DAY: Final = re.compile(r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_WHOLE: Final = frozenset(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, as far as it can be told without the data model around it."""

    text: str
    """In words; of a thing its name."""
    id: str = ""
    """Of a thing, in the identifier space of its service."""
    number: int | float | None = None
    is_day: bool = False
    claimants: tuple[str, ...] = ()
    """Names of those who are said to assert it; none where nobody in particular does."""
    is_computed: bool = False
    """Whether nobody states it, and a rule of the build made it of what is stated."""

    @property
    def attribution(self) -> str:
        """Who asserts it, as "per Azerbaijan", or that it is computed; empty where nobody in particular does."""
        if self.is_computed:
            return "computed from the phases"
        return f"per {' and '.join(self.claimants)}" if self.claimants else ""

    def cell(self) -> dict[str, object]:
        """Return the value as data extension tells it (API 0.2, section 7.5); a claim's with whose it is."""
        if self.id:
            thing: dict[str, object] = {"id": self.id, "name": self.text}
            return thing | ({"description": self.attribution} if self.attribution else {})
        if self.attribution:
            return {"str": f"{self.text} ({self.attribution})"}
        if self.is_day:
            # The schema has no day without a time; OpenRefine writes midnight, too.
            return {"date": f"{self.text}T00:00:00Z"}
        if self.number is not None:
            return {"int" if isinstance(self.number, int) else "float": self.number}
        return {"str": self.text}


@dataclass(frozen=True, slots=True)
class Facts:
    """The data as it is read for a table."""

    site: Site
    are_attributed: bool = True
    """Whether each value says who asserts it; for a comparison nobody needs that."""

    def objects(self, thing: str, *properties: str) -> Iterator[ox.NamedNode | ox.Literal]:
        """Yield the values of a thing by these properties, in one order, at most `MOST_READ` of each."""
        node, store = ox.NamedNode(thing), self.site.dataset.store
        for iri in properties:
            quads = store.quads_for_pattern(node, ox.NamedNode(iri), None, ox.DefaultGraph())
            found = [quad.object for quad in islice(quads, MOST_READ)]
            yield from sorted((term for term in found if isinstance(term, ox.NamedNode | ox.Literal)), key=str)

    def subjects(self, value: str, *properties: str) -> Iterator[str]:
        """Yield the things that have a thing as a value of one of these properties, at most `MOST_READ` of each."""
        node, store = ox.NamedNode(value), self.site.dataset.store
        for iri in properties:
            quads = store.quads_for_pattern(None, ox.NamedNode(iri), node, ox.DefaultGraph())
            found = (quad.subject for quad in islice(quads, MOST_READ))
            yield from sorted(term.value for term in found if isinstance(term, ox.NamedNode))

    def label(self, iri: str) -> str:
        """Return the English name of an IRI."""
        return self.site.english.label(iri).text

    def claimants(self, claim: str) -> tuple[str, ...]:
        """Return the names of those who are said to assert a claim; none where it is no claim."""
        if not self.are_attributed:
            return ()
        return tuple(self._speaker(term.value) for term in self.objects(claim, ACCORDING_TO.value))

    def values(self, thing: str, *properties: str) -> Iterator[Fact]:
        """Yield the values of a thing by these properties, each with who asserts it."""
        own = self.claimants(thing)
        for iri in properties:
            for term in self.objects(thing, iri):
                # Who asserts a claim is not itself asserted by them.
                by = () if iri == ACCORDING_TO.value else own or self._behind(thing, iri, term)
                yield replace(self.read(term, by), is_computed=self.is_computed(thing, iri, term))

    def read(self, term: ox.NamedNode | ox.Literal, by: tuple[str, ...] = ()) -> Fact:
        """Return a term as a fact that is asserted by these."""
        if isinstance(term, ox.NamedNode):
            return Fact(self.label(term.value), identifier_of(self.site, term.value) or "", claimants=by)
        datatype, text = term.datatype.value, term.value
        if datatype in _WHOLE and _INTEGER.fullmatch(text):
            return Fact(text, number=int(text), claimants=by)
        return Fact(text, is_day=datatype == XSD + "date" and _DAY.fullmatch(text) is not None, claimants=by)

    def is_computed(self, thing: str, iri: str, term: ox.NamedNode | ox.Literal) -> bool:
        """Tell whether a bound of an event is there only because a rule computed it, and no claim says it."""
        if iri not in _COMPUTED or not isinstance(term, ox.Literal):
            return False
        quad = ox.Quad(ox.NamedNode(thing), ox.NamedNode(iri), term)
        graphs = self.site.dataset.store.quads_for_pattern(quad.subject, quad.predicate, term, None)
        named = (each for each in graphs if isinstance(each.graph_name, ox.NamedNode))
        return all(origin_of(self.site, each) == DERIVED for each in named) and not claims_behind(self.site, quad)

    def _speaker(self, viewpoint: str) -> str:
        """Return a viewpoint's name as it stands within a sentence; that of one article's is a description."""
        name = self.label(viewpoint)
        is_name = (identifier_of(self.site, viewpoint) or "").count("/") < _PARTS_OF_A_DESCRIPTION
        return name if is_name else name[:1].lower() + name[1:]

    def _behind(self, thing: str, iri: str, term: ox.NamedNode | ox.Literal) -> tuple[str, ...]:
        """Return who asserts what a direct statement says."""
        if not self.are_attributed:
            return ()
        claims = claims_behind(self.site, ox.Quad(ox.NamedNode(thing), ox.NamedNode(iri), term))
        return tuple(dict.fromkeys(name for claim in claims for name in self.claimants(claim)))
