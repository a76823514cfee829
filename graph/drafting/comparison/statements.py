"""What an authored article states, in a form that does not depend on how its author named things.

Two people who author the same text give other names to the same claim. So a statement is
known by its class, its words and its values, and the values are shown as labels, sides by
their number, references by the mark that the text prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.anchors import Span
from graph.assemble import Part
from graph.namespaces import BG, CANONICAL_BASE, DCTERMS, RDF, RDFS, SKOS
from graph.turtle import shown_iri
from graph.vocabulary import Vocabulary

_TYPE: Final = RDF + "type"
_LABEL: Final = RDFS + "label"

_OF_THE_AUTHOR: Final = frozenset(
    {
        _TYPE,
        _LABEL,
        RDF + "subject",
        SKOS + "altLabel",
        SKOS + "hiddenLabel",
        *(
            BG + name
            for name in (
                "anchor",
                "doubt",
                "gapIn",
                "inArticle",
                "lexical",
                "listedIn",
                "lostField",
                "mayOverlapWith",
                "omissionReason",
                "readingNote",
                "readingRule",
                "reviewStatus",
            )
        ),
    }
)
"""Properties in which an author explains, names or links; no part of what the article is read to say."""

_NUMBERS: Final = (BG + "sideNumber", BG + "refNumber", BG + "refName")
"""By these, people know a thing of an article better than by its label."""

_SAID_AS_ONE: Final = MappingProxyType({BG + "publisherName": shown_iri(DCTERMS + "publisher")})
"""Properties whose values are shown as those of another: a name, and the thing of that name, say the same."""

_UNREAD: Final = frozenset({BG + "Omission", BG + "UnreadText"})
_NO_STATEMENTS: Final = _UNREAD | {BG + "Article", BG + "ArticleText", BG + "LossList"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, or a thing described in the words of the article."""

    iri: str
    kind: str
    """The local name of its class, as `LossClaim`."""
    label: str
    spans: tuple[Span, ...]
    """Where its words stand; at least one."""
    values: Mapping[str, frozenset[str]]
    """What it says: short property names and shown values."""
    number: str | None = None
    """By which people know it, as "reference 4": sides and references have one."""

    def overlap(self, other: Statement) -> int:
        """Return how many code points the words of both share."""
        return sum(
            max(0, min(mine.end, theirs.end) - max(mine.start, theirs.start))
            for mine in self.spans
            for theirs in other.spans
        )


def statements_of(part: Part, ground: Iterable[ox.Quad], vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """Return what the part of an article states, in the order of its words.

    `ground` holds what articles share, so that shared things have labels.
    """
    if part.article is None:
        raise ValueError(f"{part.name} is no article")
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    described = [*part.quads, *ground]
    numbers = _numbers(described)
    names = MappingProxyType({**_labels(described), **numbers})
    for quad in part.quads:
        if isinstance(quad.subject, ox.NamedNode):
            said[quad.subject.value][quad.predicate.value].add(_shown(quad.object, names))
    spans: dict[str, list[Span]] = defaultdict(list)
    for rest in part.rests:
        spans[rest.subject].append(rest.span)
    types = _types(part.quads)
    found = [
        Statement(
            iri,
            kind.removeprefix(BG),
            names.get(iri, shown_iri(iri)),
            tuple(sorted(spans[iri])),
            _values(said[iri]),
            numbers.get(iri),
        )
        for iri in spans
        if (kind := _own_class(types.get(iri, set()), vocabulary)) and kind not in _NO_STATEMENTS
    ]
    return tuple(sorted(found, key=lambda one: (one.spans, one.kind, one.iri)))


def unread_spans(part: Part) -> tuple[Span, ...]:
    """Return the stretches that the article's authors left unread or out, in order."""
    types = _types(part.quads)
    return tuple(sorted(rest.span for rest in part.rests if types.get(rest.subject, set()) & _UNREAD))


def _types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Return the classes of each thing; nothing that is published is a blank node."""
    types: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if (
            quad.predicate.value == _TYPE
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
        ):
            types[quad.subject.value].add(quad.object.value)
    return types


def _own_class(types: set[str], vocabulary: Vocabulary) -> str | None:
    """Return the most specific class of ours."""
    ours = sorted(type_ for type_ in types if type_.startswith(BG))
    return next((c for c in ours if not any(o != c and vocabulary.is_a(o, c) for o in ours)), None)


def _labels(quads: Iterable[ox.Quad]) -> Mapping[str, str]:
    """Return the English label of each thing that has one."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == _LABEL
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.object.language in ("en", None)
    }


def _numbers(quads: Iterable[ox.Quad]) -> Mapping[str, str]:
    """Return kind and number of each thing that has a number."""
    return {
        quad.subject.value: f"{_kind(quad.subject.value)} {quad.object.value}"
        for quad in quads
        if quad.predicate.value in _NUMBERS
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }


def _kind(iri: str) -> str:
    return iri.removeprefix(CANONICAL_BASE + "id/").partition("/")[0]


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, names: Mapping[str, str]) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    return names.get(term.value, shown_iri(term.value)) if isinstance(term, ox.NamedNode) else str(term)


def _values(said: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    values: dict[str, frozenset[str]] = {}
    for property_, shown in sorted(said.items()):
        if property_ not in _OF_THE_AUTHOR:
            name = _SAID_AS_ONE.get(property_) or shown_iri(property_).removeprefix("bg:")
            values[name] = values.get(name, frozenset()) | shown
    return MappingProxyType(values)
