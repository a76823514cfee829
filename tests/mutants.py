"""One-triple corruptions of a valid dataset, as a careless hand or a faulty program would make them.

A triple is dropped, or its object gives way to a wrong one: each other kind of corruption is
a function of a quad and of what else the dataset holds, and gives None where it does not apply.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OWL, RDF, RDFS, XSD
from graph.results import Term

_TYPE: Final = ox.NamedNode(RDF + "type")
_PREDICATE: Final = ox.NamedNode(RDF + "predicate")
_SUB_CLASS_OF: Final = ox.NamedNode(RDFS + "subClassOf")
_CLASS: Final = ox.NamedNode(OWL + "Class")
_STRING: Final = ox.NamedNode(XSD + "string")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One quad taken out of the dataset, and what is put in its place."""

    kind: str
    old: ox.Quad
    new: ox.Quad | None = None

    def __str__(self) -> str:
        """Return the corruption on one line."""
        change = f" -> {_shown(self.new.object)}" if self.new else ""
        return f"{self.kind}: {_shown(self.old.subject)} {_shown(self.old.predicate)} {_shown(self.old.object)}{change}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a corruption may take a wrong value from."""

    classes: tuple[ox.NamedNode, ...]
    """The classes of the vocabulary."""
    members: dict[Term, list[ox.NamedNode]]
    """The individuals of each class."""
    narrowest: dict[Term, Term]
    """For each individual, the class with the fewest members among its own."""
    values: dict[ox.NamedNode, list[Term]]
    """The values of each property in the article."""


def survey(quads: Collection[ox.Quad], article: Collection[ox.Quad]) -> Surroundings:
    """Return what the whole dataset, and one article in it, have to offer."""
    members: dict[Term, list[ox.NamedNode]] = defaultdict(list)
    values: dict[ox.NamedNode, list[Term]] = defaultdict(list)
    for quad in sorted(article, key=str):
        values[quad.predicate].append(quad.object)
    for quad in sorted(quads, key=str):
        if (
            quad.predicate == _TYPE
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject not in members[quad.object]
        ):
            members[quad.object].append(quad.subject)
    narrowest: dict[Term, Term] = {}
    for class_ in sorted(members, key=lambda found: (-len(members[found]), str(found))):
        narrowest.update(dict.fromkeys(members[class_], class_))
    classes = tuple(node for node in members[_CLASS] if node.value.startswith(BG))
    return Surroundings(classes, members, narrowest, values)


def mutants(quads: Collection[ox.Quad], around: Surroundings, *, per_kind: int, seed: int) -> Iterator[Mutant]:
    """Yield as many mutants of each kind, each of another quad, the same ones for the same seed."""
    for kind in (_DROPPED, *_CORRUPTIONS):
        chance = random.Random(f"{seed} {kind}")  # noqa: S311 - a sample, not a secret
        shuffled = sorted(quads, key=str)
        chance.shuffle(shuffled)
        made = (_mutant(kind, quad, around, chance) for quad in shuffled)
        yield from itertools.islice((mutant for mutant in made if mutant), per_kind)


def _mutant(kind: str, quad: ox.Quad, around: Surroundings, chance: random.Random) -> Mutant | None:
    """Return the quad's mutant of this kind, or None where the kind does not apply to it."""
    if kind == _DROPPED:
        return Mutant(kind, quad)
    object_ = _CORRUPTIONS[kind](quad, around, chance)
    if object_ is None or object_ == quad.object:
        return None
    return Mutant(kind, quad, ox.Quad(quad.subject, quad.predicate, object_, quad.graph_name))


def _wrong_datatype(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:  # noqa: ARG001
    literal = quad.object
    if not isinstance(literal, ox.Literal) or literal.language:
        return None
    others = [_STRING, ox.NamedNode(XSD + "date"), ox.NamedNode(XSD + "decimal"), ox.NamedNode(XSD + "anyURI")]
    return ox.Literal(literal.value, datatype=chance.choice([other for other in others if other != literal.datatype]))


def _changed_number(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:  # noqa: ARG001
    literal = quad.object
    if not isinstance(literal, ox.Literal):
        return None
    if literal.datatype.value == XSD + "boolean":
        return ox.Literal("false" if literal.value == "true" else "true", datatype=literal.datatype)
    if literal.datatype.value != XSD + "integer":
        return None
    number = int(literal.value)
    return ox.Literal(str(chance.choice([number + 1, number - 1, number * 10, 0])), datatype=literal.datatype)


def _changed_date(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:  # noqa: ARG001
    literal = quad.object
    if not isinstance(literal, ox.Literal) or literal.datatype == _STRING or literal.language:
        return None
    if literal.datatype.value == XSD + "duration":
        return ox.Literal(re.sub(r"\d+", lambda n: str(int(n[0]) + 1), literal.value), datatype=literal.datatype)
    if not (found := _DAY.search(literal.value)):
        return None
    moved = date.fromisoformat(found[0]) + timedelta(days=chance.choice([-365, -30, -1, 1, 30, 365]))
    return ox.Literal(literal.value.replace(found[0], moved.isoformat(), 1), datatype=literal.datatype)


def _changed_text(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:
    """Misspell a text, cut it short, or copy it from another thing."""
    literal = quad.object
    if not isinstance(literal, ox.Literal) or not (literal.language or literal.datatype == _STRING):
        return None
    text = literal.value
    others = [
        v.value for v in around.values[quad.predicate] if isinstance(v, ox.Literal) and v.language == literal.language
    ]
    letters = [place for place, letter in enumerate(text) if letter.isalpha()]
    changed = []
    if letters:
        place = chance.choice(letters)
        changed.append(text[:place] + text[place + 1 :])
    if " " in text.strip():
        changed.append(text.rsplit(" ", 1)[0])
    if set(others) - {text}:
        changed.append(chance.choice(sorted(set(others) - {text})))
    if not changed:
        return None
    return _like(literal, chance.choice(changed))


def _dropped_language(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:  # noqa: ARG001
    return ox.Literal(quad.object.value) if isinstance(quad.object, ox.Literal) and quad.object.language else None


def _wrong_class(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:
    return chance.choice(around.classes) if quad.predicate == _TYPE else None


def _swapped(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:
    """Put another individual of the same class, or another property that is claimed elsewhere."""
    if quad.predicate == _TYPE or not isinstance(quad.object, ox.NamedNode):
        return None
    if quad.predicate == _PREDICATE:
        others: list[Term] = list(around.values[_PREDICATE])
    else:
        others = list(around.members.get(around.narrowest.get(quad.object, _TYPE), []))
    others = sorted({other for other in others if other != quad.object}, key=str)
    return chance.choice(others) if others else None


def _dangling(quad: ox.Quad, around: Surroundings, chance: random.Random) -> Term | None:  # noqa: ARG001
    if quad.predicate == _TYPE or not isinstance(quad.object, ox.NamedNode):
        return None
    return ox.NamedNode(quad.object.value + "-missing")


def _like(literal: ox.Literal, text: str) -> ox.Literal:
    return ox.Literal(text, language=literal.language) if literal.language else ox.Literal(text)


def _shown(term: Term) -> str:
    return str(term).replace("https://w3id.org/battlegraph/", "…/")


_DROPPED: Final = "dropped"
_CORRUPTIONS: Final[Mapping[str, Callable[[ox.Quad, Surroundings, random.Random], Term | None]]] = MappingProxyType(
    {
        "wrong datatype": _wrong_datatype,
        "changed number": _changed_number,
        "changed date": _changed_date,
        "changed text": _changed_text,
        "language dropped": _dropped_language,
        "wrong class": _wrong_class,
        "swapped": _swapped,
        "dangling": _dangling,
    }
)
