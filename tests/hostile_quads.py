"""Quads whose names and values have broken writers and parsers of RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import RDF, RDFS, SCHEMA, XSD

EX: Final = "http://example.org/"

# Schemes that are prefixes of ours, names that a prefix nearly fits, and what a short name cannot hold.
IRIS: Final = (
    "geo:37.78,-122.40", "time:now", "wd://x/y", "urn:x:1", "mailto:a@b.example", "tag:a,2020:@type", "HTTP://A/",
    XSD, f"{XSD}a.b", f"{XSD}a.", "http://www.wikidata.org/entity/Q1/x", "http://www.wikidata.org/entity/Q1?x=1&y=2",
    f"{SCHEMA}a:b", f"{SCHEMA}-a", f"{SCHEMA}1a", f"{SCHEMA}007", f"{SCHEMA}a%20b", f"{SCHEMA}(a),b;c='d'!*",
    f"{SCHEMA}é", "http://xn--e1afmkfd.example/Հադրութ", "http://a//b", "http://a@b/#@id",
)  # fmt: skip
WORDS: Final = (
    "", " ", "  a  ", "@id", "@type", "@en", "_:b", "bg:Claim", "http://a/", "a\nb", "a\r\nb\tc", 'say "so"', '"""',
    "'''", '"', "\\", "\\n", "a\\", "\\u0041", "# no comment", "<!-- -->", "]]>", "&amp;", "<b>", "a . b ;", "{}", "[]",
    "null", "true", "^^xsd:date", "\u00a0\u0085\u2028\u2029", "\u200f\u202e", "e\u0301", "\U0001f3f0",
    "Հադրութի ճակատամարտ",
)  # fmt: skip
CONTROLS: Final = ("\x01\x08\x0b\x0c\x1f", "\x7f")
TYPED: Final = {
    "boolean": ("true", "false", "1", "0", "True"),
    "integer": (
        "0",
        "-0",
        "+5",
        "007",
        "-7",
        "5",
        "123456789012345",
        "1234567890123456789",
        "5.",
        "1e3",
        "",
        " 1",
        "٣",
    ),
    "decimal": ("1.0", "1.", ".5", "-0.50", "+1.5", "01.5", "1"),
    # Only as jsonld.js writes them, which puts other doubles into its own form.
    "double": ("1.0E0", "-2.5E-3"),
    "date": ("2020-10-07", "-0490-09-12", "2020-13-45"),
    "token": ("a", " a "),
}
_LANGUAGES: Final = ("en", "az-latn-x-a1")


def values() -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """Yield values of every sort that XML can hold, each with the name of its sort."""
    for iri in IRIS:
        yield "iri", ox.NamedNode(iri)
        yield "typed", ox.Literal("x", datatype=ox.NamedNode(iri))
    for word in WORDS:
        yield "word", ox.Literal(word)
        for language in _LANGUAGES:
            yield "spoken", ox.Literal(word, language=language)
    for datatype, words in TYPED.items():
        for word in words:
            yield datatype, ox.Literal(word, datatype=ox.NamedNode(XSD + datatype))
    yield "typed", ox.Literal("{}", datatype=ox.NamedNode(f"{RDF}JSON"))


def for_xml() -> frozenset[ox.Quad]:
    """Return what every format can write: values of one sort at a property, of all sorts at one, and names."""
    subject, graph = ox.NamedNode(EX + "s"), ox.NamedNode(EX + "g")
    quads = set()
    for sort, value in values():
        for predicate in (SCHEMA + sort, EX + sort, SCHEMA + "any"):
            quads.add(ox.Quad(subject, ox.NamedNode(predicate), value, graph))
    for iri in map(ox.NamedNode, IRIS):
        quads.add(ox.Quad(iri, ox.NamedNode(RDF + "type"), iri, graph))
        quads.add(ox.Quad(iri, ox.NamedNode(RDFS + "label"), ox.Literal(iri.value), graph))
    return frozenset(quads)


def for_text() -> frozenset[ox.Quad]:
    """Return what every other format than RDF/XML can write besides."""
    subject = ox.NamedNode(EX + "s")
    quads = {ox.Quad(subject, iri, ox.Literal("x"), iri) for iri in map(ox.NamedNode, IRIS)}
    quads |= {ox.Quad(subject, ox.NamedNode(RDF + "type"), ox.Literal("no class"), subject)}
    return (
        for_xml()
        | quads
        | {ox.Quad(subject, ox.NamedNode(f"{SCHEMA}odd"), ox.Literal(text), ox.DefaultGraph()) for text in CONTROLS}
    )
