"""The command file: rows that QuickStatements 2 and 3 read alike (see `values` for what they do not).

An item that is there gets one row a statement, with the first reference; each further
reference comes in a row of its own that repeats the value, because version 2 puts all
references of a row into one unless it is just creating the item. There `!S` parts them.
The summary of each edit is the claim's IRI. A line that is only a comment would end version
3's reading, so there is none: warnings stand on the page, since a summary is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.namespaces import BG, RDFS, SEM, SKOS
from server.wikidata import values
from server.wikidata.creation import sitelink
from server.wikidata.items import Items
from server.wikidata.mapping import CLASS_ITEMS, LANGUAGES, TABLE
from server.wikidata.records import Record, read_record
from server.wikidata.references import imported_from
from server.wikidata.statements import Reference, Statement

_NEW = "LAST"
_KINDS = {BG + "Battle": "battle"}
_ORDER = {row.property: place for place, row in enumerate(TABLE)}


def commands(items: Items, statements: Iterable[Statement], article: str, *, with_names: bool = False) -> Iterator[str]:
    """Yield the rows of these statements, thing by thing, each without its line end.

    An item that is there gets our names of it as aliases only with `with_names`.
    """
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.subject, []).append(statement)
    for thing, found in sorted(grouped.items()):
        item = items.find(thing)
        ordered = sorted(found, key=lambda one: (_ORDER[one.property], one.claim))
        record = read_record(items.store, thing)
        if item is None:
            yield from _create(items, record, imported_from(items, article))
            for statement in ordered:
                yield _new_row(statement)
        else:
            if with_names:
                yield from _aliases(item, record)
            for statement in ordered:
                yield from _rows(item, statement)


def _create(items: Items, thing: Record, source: Reference) -> Iterator[str]:
    """Yield the rows that make an item; the link to its article comes first, so that a duplicate is refused."""
    link = sitelink(items, thing.iri)
    yield f"CREATE /* {thing.iri} */"
    if link:
        yield values.join((_NEW, f"S{link[0]}", link[1]))
    for language in LANGUAGES:
        names = _names(thing, RDFS + "label", language)
        if names:
            yield values.join((_NEW, f"L{language}", names[0]))
    if (described := values.text(_description(items, thing))) is not None:
        yield values.join((_NEW, "Den", described))
    wholes = (("P361", item) for whole in thing.iris(SEM + "subEventOf") if (item := items.find(whole)))
    classes = (("P31", item) for class_, item in CLASS_ITEMS.items() if thing.is_a(class_))
    for name, value in (*classes, *wholes):
        yield values.join((_NEW, name, value, *_sources(source, "S")))


def _aliases(item: str, thing: Record) -> Iterator[str]:
    """Yield the names of an event whose item is there; its labels are never overwritten."""
    if _kind(thing) is None:
        return
    for language in LANGUAGES[1:]:
        for property_ in (RDFS + "label", SKOS + "altLabel"):
            for name in _names(thing, property_, language):
                yield values.join((item, f"A{language}", name))


def _names(thing: Record, property_: str, language: str) -> list[str]:
    return [name for name in map(values.text, _labels(thing, property_, language)) if name is not None]


def _labels(thing: Record, property_: str, language: str) -> list[str]:
    return [literal.value for literal in thing.literals(property_) if literal.language == language]


def _description(items: Items, thing: Record) -> str | None:
    wholes = (read_record(items.store, whole) for whole in thing.iris(SEM + "subEventOf"))
    names = sorted(name for whole in wholes for name in _labels(whole, RDFS + "label", "en"))
    kind = _kind(thing)
    of = names[0] if names and names[0].casefold().startswith("the ") else f"the {names[0]}" if names else ""
    return " of ".join(filter(None, (kind, of))) if kind else None


def _kind(thing: Record) -> str | None:
    return next((name for class_, name in _KINDS.items() if thing.is_a(class_)), None)


def _new_row(statement: Statement) -> str:
    sources = [cell for place, one in enumerate(statement.references) for cell in _sources(one, "!S" if place else "S")]
    return _summed_up(statement, (_NEW, *_head(statement), *sources))


def _rows(item: str, statement: Statement) -> Iterator[str]:
    first, *others = statement.references or ((),)
    yield _summed_up(statement, (item, *_head(statement), *_sources(first, "S")))
    for reference in others:
        yield _summed_up(statement, (item, statement.property, statement.value, *_sources(reference, "S")))


def _head(statement: Statement) -> tuple[str, ...]:
    return (statement.property, statement.value, *(cell for snak in statement.qualifiers for cell in snak))


def _sources(reference: Reference, opening: str) -> Iterator[str]:
    for place, (name, value) in enumerate(reference):
        yield f"{'S' if place else opening}{name.removeprefix('P')}"
        yield value


def _summed_up(statement: Statement, cells: tuple[str, ...]) -> str:
    return f"{values.join(cells)} /* {statement.claim} */"
