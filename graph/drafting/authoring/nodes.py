"""Nodes as authored Turtle writes them, in the layout of `turtlefmt`.

Prefixes by name, then one block a node: its class on the first line, a property a line in
the order given, quotes last. What is shared by articles has the prefix of its kind, what
belongs to the article a prefix of its own. Equal nodes give equal text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.authored import EXACT, PREFIX, QUOTE, QUOTE_IN_CONTEXT, SUFFIX
from graph.drafting.authoring.quoting import Quotations
from graph.iris import entity_iri
from graph.namespaces import CANONICAL_BASE, PREFIXES, XSD

_ENTITIES: Final = CANONICAL_BASE + "id/"
_SHORT: Final = MappingProxyType({"force-group": "force", "loss-list": "list"})
"""Kinds whose prefix is another word."""
_OWN: Final = MappingProxyType({"event": "phase", "place": "local", "viewpoint": "voice"})
"""Prefixes of what belongs to an article, where its kind is shared as well; of other such kinds `own-KIND`."""
_ALWAYS_OWN: Final = frozenset(
    ("claim", "gap", "geometry", "loss-list", "note", "omission", "population", "reference", "side", "unread", "work")
)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_BARE_LOCAL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing, by its whole IRI."""

    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal, with a language or a datatype's IRI; plain text with neither."""

    value: str
    language: str = ""
    datatype: str = ""


Term = Iri | Text
Says = tuple[str, Term | tuple[Term, ...]]
"""A property, as `bg:effect`, and its value or values."""


@dataclass(frozen=True, slots=True)
class Node:
    """What is said of one thing, and the stretches of the article that it rests on."""

    iri: str
    class_: str
    says: tuple[Says, ...]
    quotes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the authored form; nodes are written in the order given."""

    name: str
    comment: str
    nodes: tuple[Node, ...]


def term(curie: str) -> Iri:
    """Return the thing that a CURIE of the project's prefixes names, as `bg:Killed`."""
    prefix, _, local = curie.partition(":")
    return Iri(PREFIXES[prefix] + local)


def entity(kind: str, *slugs: str) -> Iri:
    """Return the thing of a kind; raise `ValueError` where a part of its name is no slug."""
    return Iri(entity_iri(kind, *slugs))


def english(words: str) -> Text:
    """Return words as a literal in English."""
    return Text(words, language="en")


def number(value: int) -> Text:
    """Return an integer."""
    return Text(str(value), datatype=XSD + "integer")


def truth(*, value: bool) -> Text:
    """Return a truth value."""
    return Text("true" if value else "false", datatype=XSD + "boolean")


def written(page: Page, slug: str, quotations: Quotations) -> str:
    """Return a page as Turtle; `slug` is that of the article it belongs to."""
    names = _Names(slug)
    blocks = [_block(node, names, quotations) for node in page.nodes]
    prefixes = "".join(f"@prefix {prefix}: <{names.used[prefix]}> .\n" for prefix in sorted(names.used))
    return f"{prefixes}\n# {page.comment}\n\n" + "\n".join(blocks)


class _Names:
    """Short names of things, and the prefixes that those need."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self.used: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def curie(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._curie(iri)
        return self._known[iri]

    def _curie(self, iri: str) -> str:
        for prefix, namespace in self._candidates(iri):
            local = iri.removeprefix(namespace)
            if _BARE_LOCAL.fullmatch(local):
                self.used[prefix] = namespace
                return f"{prefix}:{local}"
        return f"<{iri}>"

    def _candidates(self, iri: str) -> Iterator[tuple[str, str]]:
        if iri.startswith(_ENTITIES):
            kind, _, rest = iri.removeprefix(_ENTITIES).partition("/")
            name = _SHORT.get(kind, kind)
            if rest.startswith(self._slug + "/"):
                own = name if kind in _ALWAYS_OWN else _OWN.get(kind, f"own-{name}")
                yield own, f"{_ENTITIES}{kind}/{self._slug}/"
            yield name, f"{_ENTITIES}{kind}/"
        else:
            yield from ((prefix, namespace) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))


def _block(node: Node, names: _Names, quotations: Quotations) -> str:
    lines = [f"{names.curie(node.iri)} a {names.curie(term(node.class_).value)}"]
    lines += [
        f"{names.curie(term(predicate).value)} {' , '.join(_shown(value, names) for value in _many(values))}"
        for predicate, values in node.says
    ]
    lines += _quotes(node.quotes, names, quotations)
    return " ;\n    ".join(lines) + " .\n"


def _quotes(spans: Iterable[Span], names: _Names, quotations: Quotations) -> Iterator[str]:
    found = [quotations.of(span) for span in sorted(set(spans))]
    plain = [_string(quote.exact) for quote in found if not quote.prefix and not quote.suffix]
    if plain:
        yield f"{names.curie(QUOTE.value)} {' , '.join(plain)}"
    for quote in found:
        if quote.prefix or quote.suffix:
            parts = ((PREFIX.value, quote.prefix), (EXACT.value, quote.exact), (SUFFIX.value, quote.suffix))
            inside = " ; ".join(f"{names.curie(part)} {_string(words)}" for part, words in parts if words)
            yield f"{names.curie(QUOTE_IN_CONTEXT.value)} [ {inside} ]"


def _many(values: Term | tuple[Term, ...]) -> tuple[Term, ...]:
    return values if isinstance(values, tuple) else (values,)


def _shown(value: Term, names: _Names) -> str:
    if isinstance(value, Iri):
        return names.curie(value.value)
    if value.datatype in (XSD + "integer", XSD + "boolean"):
        return value.value
    if value.datatype:
        return f"{_string(value.value)}^^{names.curie(value.datatype)}"
    return _string(value.value) + (f"@{value.language}" if value.language else "")


def _string(words: str) -> str:
    return f'"{words.translate(_ESCAPES)}"'
