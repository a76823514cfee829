"""What a shape demands, in words: one demand for each constraint, in one order.

Spec: SHACL, section 4 (core constraint components). A constraint that is none of them is
left to the rows of the page, so that nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _
from flask_babel import ngettext

from graph.namespaces import SH
from server.site import Site
from server.terms.labels import Shown
from server.vocabularies.borrowed import show_term
from server.vocabularies.vocabulary import Statements, fragment_of

_DEPTH: Final = 3
"""Shapes within shapes that are told in words; deeper ones are named."""


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


PROPERTY: Final = _sh("property")
PATH: Final = _sh("path")
_NAMES: Final = (_sh("name"), _sh("description"))
_COUNTS: Final = (_sh("minCount"), _sh("maxCount"))
_QUALIFIED: Final = (_sh("qualifiedMinCount"), _sh("qualifiedMaxCount"))
_QUALIFIED_SHAPE: Final = _sh("qualifiedValueShape")
_UNIQUE: Final = _sh("uniqueLang")
_KIND: Final = _sh("nodeKind")
_CLOSED: Final = _sh("closed")
_IGNORED: Final = _sh("ignoredProperties")
_TERMS: Final = tuple(map(_sh, ("datatype", "class", "in", "hasValue", "lessThan", "lessThanOrEquals", "languageIn")))
_SHAPES: Final = tuple(map(_sh, ("node", "or", "and", "xone", "not")))
_NUMBERS: Final = tuple(map(_sh, ("minLength", "maxLength", "minInclusive", "maxInclusive")))
_PATTERN: Final = _sh("pattern")
_IN: Final = _sh("in")
TOLD: Final = frozenset(
    (
        *(PROPERTY, PATH, _QUALIFIED_SHAPE, _UNIQUE, _KIND, _CLOSED, _IGNORED, _PATTERN),
        *(*_COUNTS, *_QUALIFIED, *_TERMS, *_SHAPES, *_NUMBERS),
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """A term of a demand; `cell` is the fragment of the list's cell that holds it."""

    shown: Shown
    cell: str | None = None
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """One constraint in words, with the terms that it is about."""

    text: str
    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        """Return the demand as plain text."""
        return " ".join(filter(None, (self.text, ", ".join(part.shown.text for part in self.parts))))


class Demands:
    """The demands of the shapes in one named graph."""

    def __init__(self, site: Site, statements: Statements) -> None:
        self._site = site
        self._statements = statements

    def of(self, shape: ox.NamedNode, depth: int = 0) -> Iterator[Demand]:
        """Yield what a shape demands of a thing or of its values."""
        yield from self._of_numbers(shape)
        yield from self._of_terms(shape)
        yield from self._of_shapes(shape, depth)
        if self._is_set(shape, _CLOSED):
            yield Demand(_("nothing else may be said of it, except"), self._parts(shape, _IGNORED))

    def _of_numbers(self, shape: ox.NamedNode) -> Iterator[Demand]:
        if number := _number(*(self._integer(shape, bound) for bound in _COUNTS)):
            yield Demand(number)
        for predicate in _NUMBERS:
            if (limit := self._integer(shape, predicate)) is not None:
                yield Demand(_limit(predicate, limit))
        for pattern in self._statements.objects(shape, _PATTERN):
            yield Demand(_("matches"), (Part(Shown(pattern.value), is_code=True),))

    def _of_terms(self, shape: ox.NamedNode) -> Iterator[Demand]:
        for kind in self._statements.iris(shape, _KIND):
            yield Demand(_kind(kind.removeprefix(SH)))
        for predicate, words in zip(_TERMS, _words_for_terms(), strict=True):
            if found := self._parts(shape, predicate):
                yield Demand(words if predicate != _IN or len(found) > 1 else _("only"), found)
        if self._is_set(shape, _UNIQUE):
            yield Demand(_("at most one in each language"))

    def _of_shapes(self, shape: ox.NamedNode, depth: int) -> Iterator[Demand]:
        for predicate, words in zip(_SHAPES, _words_for_shapes(), strict=True):
            if found := self._shapes(shape, predicate, depth):
                yield Demand(words, found)
        if found := self._shapes(shape, _QUALIFIED_SHAPE, depth):
            number = _number(*(self._integer(shape, bound) for bound in _QUALIFIED))
            yield Demand(_("%(number)s of this kind:", number=number), found)

    def phrase(self, shape: ox.NamedNode, depth: int = 0) -> str:
        """Return a shape within another one in words: its name or description, else its demands."""
        for predicate in _NAMES:
            for text in self._statements.objects(shape, predicate):
                return text.value.removesuffix(".")
        told = [str(demand) for demand in self.of(shape, depth + 1)] if depth < _DEPTH else []
        for path in self._statements.iris(shape, PATH):
            told = [f"{self._site.labels.label(path).text}: {', '.join(told)}"]
        if depth < _DEPTH:
            told += [self.phrase(ox.NamedNode(iri), depth + 1) for iri in self._statements.iris(shape, PROPERTY)]
        return "; ".join(told) or fragment_of(shape.value)

    def _parts(self, shape: ox.NamedNode, predicate: ox.NamedNode) -> tuple[Part, ...]:
        return tuple(Part(self._show(term), cell) for cell, term in self._terms(shape, predicate))

    def _show(self, term: ox.NamedNode | ox.Literal) -> Shown:
        return show_term(self._site, term.value) if isinstance(term, ox.NamedNode) else self._site.labels.show(term)

    def _shapes(self, shape: ox.NamedNode, predicate: ox.NamedNode, depth: int) -> tuple[Part, ...]:
        return tuple(
            Part(Shown(self.phrase(term, depth), href=f"#{fragment_of(term.value)}"), cell)
            for cell, term in self._terms(shape, predicate)
            if isinstance(term, ox.NamedNode)
        )

    def _terms(
        self, shape: ox.NamedNode, predicate: ox.NamedNode
    ) -> Iterator[tuple[str | None, ox.NamedNode | ox.Literal]]:
        for head in self._statements.objects(shape, predicate):
            if isinstance(head, ox.NamedNode) and head in self._statements.lists:
                for item in self._statements.lists[head]:
                    yield fragment_of(item.cell.value), item.value
            else:
                yield None, head

    def _is_set(self, shape: ox.NamedNode, flag: ox.NamedNode) -> bool:
        return any(value.value == "true" for value in self._statements.objects(shape, flag))

    def _integer(self, shape: ox.NamedNode, predicate: ox.NamedNode) -> int | None:
        for value in self._statements.objects(shape, predicate):
            if value.value.isdecimal():
                return int(value.value)
        return None


def _number(least: int | None, most: int | None) -> str:
    if not least:
        words = "" if most is None else ngettext("at most one", "at most %(num)d", most) if most else _("none")
    elif least == most:
        words = ngettext("exactly one", "exactly %(num)d", least)
    elif most is None:
        words = ngettext("at least one", "at least %(num)d", least)
    else:
        words = _("%(least)s to %(most)s", least=least, most=most)
    return str(words)


def _kind(name: str) -> str:
    kinds = {"IRI": _("a thing, not words"), "Literal": _("words or a number, not a thing")}
    return str(kinds.get(name, name))


def _words_for_terms() -> tuple[str, ...]:
    return (
        *(_("of the type"), _("a member of"), _("one of"), _("has the value")),
        *(_("less than"), _("not more than"), _("in the language")),
    )


def _words_for_shapes() -> tuple[str, ...]:
    return (_("namely"), _("any of:"), _("all of:"), _("one and no other of:"), _("not:"))


def _limit(predicate: ox.NamedNode, limit: int) -> str:
    words = {
        "minLength": ngettext("at least one character", "at least %(num)d characters", limit),
        "maxLength": ngettext("at most one character", "at most %(num)d characters", limit),
        "minInclusive": _("%(limit)s or more", limit=limit),
        "maxInclusive": _("%(limit)s or less", limit=limit),
    }
    return str(words[predicate.value.removeprefix(SH)])
