"""What a term of the data is called, for readers of one language.

A thing's own label comes first, then the names other vocabularies use, then its CURIE
or the end of its IRI; of several labels the one in the reader's language, then its only
other name in that language, then the English one. Labels are looked up once and
remembered: the data of a running server never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from graph.iris import graph_iri
from graph.namespaces import DCTERMS, FOAF, RDFS, SH, SKOS, XSD, curie
from graph.store import Store
from server.http.languages import PAGE_LANGUAGE, page_language, translated
from server.terms.links import Links
from server.terms.review import is_unreviewed

LABEL_PROPERTIES: Final = tuple(
    ox.NamedNode(iri) for iri in (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", FOAF + "name", SH + "name")
)
_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
ALTERNATIVE: Final = ox.NamedNode(SKOS + "altLabel")
"""A further name of a thing that has a label, be it from outside the article."""
# A term with its label and address is half a kilobyte; so many are what the pages of several hundred articles show.
_REMEMBERED: Final = 20_000
# Datatypes that go without saying: what is written shows them.
_PLAIN_DATATYPES: Final = frozenset(
    XSD + name for name in ("string", "integer", "nonNegativeInteger", "boolean", "date", "decimal")
)


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its language; `lang` is None where the language is the page's or there is none."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A term as a page shows it."""

    text: str
    lang: str | None = None
    """Language of the text, where it is not the page's."""
    href: str | None = None
    """Where it leads, where it leads anywhere."""
    iri: str | None = None
    """The IRI, where the term is one."""
    hint: str | None = None
    """CURIE or IRI beside a label, datatype beside a literal; None where the text says it all."""
    is_draft: bool = False
    """Whether it is of an unreviewed draft, which a reader must see wherever it is named."""


class Labels:
    """The names of one dataset's terms, for readers of one language."""

    def __init__(self, store: Store, links: Links, language: str = PAGE_LANGUAGE) -> None:
        self._store = store
        self._links = links
        self._languages = (*dict.fromkeys((language, PAGE_LANGUAGE)), "")
        self._page_language = language if language in translated() else PAGE_LANGUAGE
        self._look_up = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._show = lru_cache(maxsize=_REMEMBERED)(self._compose)

    def label(self, iri: str) -> Label:
        """Return the best name of an IRI; there is always one."""
        return self._look_up(iri)

    def has_label(self, iri: str) -> bool:
        """Tell whether the data itself names this IRI."""
        return any(self._named(iri))

    def text(self, iri: str, properties: Iterable[ox.NamedNode]) -> str | None:
        """Return the best value of the first of these properties that has one in words, None where none has."""
        for literals in self._values(iri, properties):
            return min(literals, key=self._preference).value
        return None

    def show(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Shown:
        """Return the term as a page shows it."""
        if isinstance(term, ox.Literal):
            datatype = term.datatype.value
            plain = term.language is not None or datatype in _PLAIN_DATATYPES
            return Shown(term.value, lang=foreign_language(term), hint=None if plain else curie(datatype) or datatype)
        if isinstance(term, ox.NamedNode):
            return self.show_iri(term.value)
        return Shown(str(term))

    def show_iri(self, iri: str) -> Shown:
        """Return the IRI with its label, its address here and, where they differ, its short name.

        A borrowed term leads to what the page of the ontology says of it, which leads on.
        """
        return self._show(iri)

    def _compose(self, iri: str) -> Shown:
        label = self.label(iri)
        short = curie(iri) or (iri if self._links.entity_name(iri) is None else None)
        return Shown(
            label.text,
            lang=label.lang,
            href=self._links.borrowed(iri) if self._is_borrowed(iri) else self._links.href(iri),
            iri=iri,
            hint=short if short != label.text else None,
            is_draft=is_unreviewed(self._store, iri),
        )

    def _is_borrowed(self, iri: str) -> bool:
        """Tell whether the ontology documents this term of another vocabulary."""
        if iri.startswith(self._links.base):
            return False
        graph = ox.NamedNode(graph_iri("ontology", self._links.base))
        return any(self._store.quads_for_pattern(ox.NamedNode(iri), _DEFINED_BY, None, graph))

    def _find(self, iri: str) -> Label:
        for literals in self._named(iri):
            best = self._only_other_name(iri, literals) or min(literals, key=self._preference)
            return Label(best.value, best.language if best.language not in (None, self._page_language) else None)
        return Label(curie(iri) or self._end(iri))

    def _only_other_name(self, iri: str, labels: Iterable[ox.Literal]) -> ox.Literal | None:
        """Return a named thing's one further name in the reader's language, None where a label is in it."""
        language = self._languages[0]
        if language == PAGE_LANGUAGE or any(label.language == language for label in labels):
            return None
        found = [name for names in self._values(iri, (ALTERNATIVE,)) for name in names if name.language == language]
        # Which of several would be the name is not ours to choose.
        return found[0] if len(set(found)) == 1 else None

    def _named(self, iri: str) -> Iterator[list[ox.Literal]]:
        """Return the labels of each label property that has some, the best property first."""
        return self._values(iri, LABEL_PROPERTIES)

    def _values(self, iri: str, properties: Iterable[ox.NamedNode]) -> Iterator[list[ox.Literal]]:
        """Yield the literals of each of these properties that has some."""
        subject = ox.NamedNode(iri)
        for literal_property in properties:
            quads = self._store.quads_for_pattern(subject, literal_property, None, ox.DefaultGraph())
            # What is blank names nothing, and would be a link without words.
            literals = [q.object for q in quads if isinstance(q.object, ox.Literal) and q.object.value.strip()]
            if literals:
                yield literals

    def _preference(self, literal: ox.Literal) -> tuple[int, str, str]:
        language = literal.language or ""
        place = self._languages.index(language) if language in self._languages else len(self._languages)
        return (place, language, literal.value)

    def _end(self, iri: str) -> str:
        """Return the part of an unnamed IRI that tells it from its neighbours."""
        name = self._links.entity_name(iri) or self._links.graph_name(iri)
        return iri if name is None else iri[iri.index("#") :] if "#" in iri else name


def foreign_language(literal: ox.Literal) -> str | None:
    """Return the language of a literal, or None where it is the page's own or there is none."""
    language = literal.language
    return None if language is None or language == page_language() else language
