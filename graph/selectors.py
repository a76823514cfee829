"""What the dataset says of an anchor and of the text it points into.

The form is the Web Annotation Data Model's (sections 4 and 4.2): a specific resource with
a text quote and a text position selector. The text itself is published too, so that an
anchor can be checked, and read in place, from the dataset alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.anchors import Span, context
from graph.article import Article
from graph.iris import anchor_iri, text_iri
from graph.namespaces import BG, DCTERMS, OA, RDF, RDFS, SCHEMA, XSD
from graph.partition import named_graph

_GRAPH: Final = named_graph("anchors")
_LABEL_LENGTH: Final = 60

_TYPE: Final = ox.NamedNode(RDF + "type")
_LABEL: Final = ox.NamedNode(RDFS + "label")
# Not xsd:nonNegativeInteger, which the Web Annotation vocabulary names as the range: pyoxigraph's
# store gives every integer type back as xsd:integer, so dumps and query results would differ.
_INTEGER: Final = ox.NamedNode(XSD + "integer")


def anchor_node(article: Article, span: Span) -> ox.NamedNode:
    """Return the anchor that stands for a stretch of the article's text."""
    return ox.NamedNode(anchor_iri(article.slug, article.digest, span.start, span.end))


def anchor_quads(article: Article, span: Span) -> Iterator[ox.Quad]:
    """Yield the description of an anchor and its two selectors."""
    anchor = anchor_node(article, span)
    quote, position = ox.NamedNode(anchor.value + "#quote"), ox.NamedNode(anchor.value + "#position")
    exact = article.text[span.start : span.end]
    before, after = context(article.text, span)
    yield from _quads(
        anchor,
        (RDF + "type", ox.NamedNode(OA + "SpecificResource")),
        (RDFS + "label", ox.Literal(f"“{_shortened(exact)}”", language="en")),
        (BG + "inArticle", ox.NamedNode(article.iri)),
        (OA + "hasSource", _text_node(article)),
        (OA + "hasSelector", quote),
        (OA + "hasSelector", position),
    )
    yield from _quads(
        quote,
        (RDF + "type", ox.NamedNode(OA + "TextQuoteSelector")),
        (OA + "exact", ox.Literal(exact)),
        *([(OA + "prefix", ox.Literal(before))] if before else []),
        *([(OA + "suffix", ox.Literal(after))] if after else []),
    )
    yield from _quads(
        position,
        (RDF + "type", ox.NamedNode(OA + "TextPositionSelector")),
        (OA + "start", ox.Literal(str(span.start), datatype=_INTEGER)),
        (OA + "end", ox.Literal(str(span.end), datatype=_INTEGER)),
    )


def text_quads(article: Article) -> Iterator[ox.Quad]:
    """Yield the description of the article's text, the text included."""
    yield from _quads(
        _text_node(article),
        (RDF + "type", ox.NamedNode(BG + "ArticleText")),
        (RDFS + "label", ox.Literal(f"Text {article.digest[:8]} of {article.slug}", language="en")),
        (DCTERMS + "isVersionOf", ox.NamedNode(article.iri)),
        (BG + "textDigest", ox.Literal(article.digest)),
        (SCHEMA + "text", ox.Literal(article.text)),
    )


def _text_node(article: Article) -> ox.NamedNode:
    return ox.NamedNode(text_iri(article.slug, article.digest))


def _quads(subject: ox.NamedNode, *statements: tuple[str, ox.NamedNode | ox.Literal]) -> Iterator[ox.Quad]:
    for predicate, object_ in statements:
        yield ox.Quad(subject, ox.NamedNode(predicate), object_, _GRAPH)


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LABEL_LENGTH else line[: _LABEL_LENGTH - 1].rstrip() + "…"
