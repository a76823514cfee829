"""The grammar of QuickStatements, versions 2 and 3, as documented and as their parsers have it.

`parse` reads a file as one of them would, and refuses what it refuses, drops or silently
takes for something else. `apply` does to an item what the commands would do, as far as one
file can tell: an equal value joins the statement that is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple


class Dialect(StrEnum):
    """The versions that are in use."""

    V2 = "2"
    V3 = "3"


class Refused(ValueError):
    """A row does not mean what it seems to; the message says what becomes of it."""


class Value(NamedTuple):
    """A value with its type, as Wikibase would get it."""

    kind: str
    text: str
    detail: str = ""
    """Language, or precision."""


NO_VALUE: Final = Value("none", "")
Pairs = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Command:
    """One row."""

    item: str
    what: str
    """create, label, description, alias, sitelink or statement."""
    name: str = ""
    """Language, site or property."""
    value: Value = NO_VALUE
    qualifiers: Pairs = ()
    references: tuple[Pairs, ...] = ()
    summary: str = ""


@dataclass(slots=True)
class Claim:
    """A statement of an item."""

    property: str
    value: Value
    qualifiers: list[tuple[str, Value]]
    references: list[Pairs]


@dataclass(slots=True)
class Item:
    """An item as a file leaves it."""

    terms: list[tuple[str, str, str]] = field(default_factory=list)
    """What (label, alias, …), language or site, text."""
    claims: list[Claim] = field(default_factory=list)


_ITEM: Final = re.compile(r"Q\d+|LAST")
_PROPERTY: Final = re.compile(r"P\d+")
_SUMMARY: Final = re.compile(r"(.*?) */\* *(.*?) *\*/ *", re.DOTALL)
_TERMS: Final = {"L": "label", "D": "description", "A": "alias", "S": "sitelink"}
_TIME: Final = re.compile(r"([+-]?\d+-\d\d-\d\dT\d\d:\d\d:\d\dZ)/?(\d*)(/J)?")
_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?"
_QUANTITY: Final = re.compile(rf"({_NUMBER})(?:~{_NUMBER})?(?:U\d+)?")
_BOUNDED: Final = re.compile(rf"({_NUMBER})\[{_NUMBER}, ?{_NUMBER}\](?:U\d+)?")
_COORDINATES: Final = re.compile(r"@[+-]?[0-9.]+/[+-]?[0-9.]+")
_RANK: Final = re.compile(r"R(?:\+|0|-|preferred|normal|deprecated)")


def parse(text: str, dialect: Dialect) -> list[Command]:
    """Return the commands of a file; raise `Refused`, with the row, where one is not what it seems."""
    if dialect is Dialect.V2 and "\n" not in text:
        text = text.replace("||", "\n")
    if dialect is Dialect.V3:
        text = text.replace("||", "\n").replace("|", "\t")
    commands = []
    for row in text.split("\n"):
        if row.strip():
            try:
                commands.append(_parse_row(row.strip(), dialect))
            except Refused as refusal:
                raise Refused(f"{refusal}: {row!r}") from None
    return commands


def _parse_row(row: str, dialect: Dialect) -> Command:
    row, summary = _take_summary(row.replace("|", "\t") if "\t" not in row else row)
    cells = row.split("\t")
    if dialect is Dialect.V3:
        cells = [cell.strip() for cell in cells if cell.strip()]
    if not cells or not cells[0].strip():
        raise Refused("a comment alone ends the reading" if dialect is Dialect.V3 else "nothing comes of it")
    item = cells[0].strip()
    if item.upper() == "CREATE":
        if len(cells) != 1:
            raise Refused("CREATE stands alone")
        return Command("LAST", "create", summary=summary)
    item = item.removeprefix("+") if dialect is Dialect.V3 else item
    if not _ITEM.fullmatch(item) or len(cells) < 3:
        raise Refused("no item, or too few columns")
    if _PROPERTY.fullmatch(cells[1].removeprefix("!")):
        return _parse_statement(item, cells, summary, dialect)
    return _parse_term(item, cells, summary)


def _take_summary(row: str) -> tuple[str, str]:
    matched = _SUMMARY.fullmatch(row)
    return (matched[1], matched[2]) if matched else (row, "")


def _parse_term(item: str, cells: list[str], summary: str) -> Command:
    matched = re.fullmatch(r"([LDAS])([a-z]{2,}(?:[_-][a-z]+)*)", cells[1])
    if not matched:
        raise Refused("neither property nor term")
    if len(cells) != 3:
        # Version 2 wants three columns to the dot: a summary behind a TAB makes a fourth, and the row is dropped.
        raise Refused("the row is dropped")
    value = _parse_value(cells[2], Dialect.V2)
    if value.kind != "string" or not value.text:
        raise Refused("a term is a string")
    return Command(item, _TERMS[matched[1]], matched[2], value, summary=summary)


def _parse_statement(item: str, cells: list[str], summary: str, dialect: Dialect) -> Command:
    if cells[1].startswith("!") and dialect is Dialect.V3:
        raise Refused("invalid property")
    name, value, rest = cells[1].removeprefix("!"), _parse_value(cells[2], dialect), cells[3:]
    if rest and _RANK.fullmatch(rest[0]) and dialect is Dialect.V3:
        rest = rest[1:]
    if len(rest) % 2:
        raise Refused("incomplete reference or qualifier list")
    qualifiers: list[tuple[str, Value]] = []
    references: list[list[tuple[str, Value]]] = []
    for key, cell in zip(rest[::2], rest[1::2], strict=True):
        matched = re.fullmatch(r"(P|!?S)(\d+)", key)
        if not matched:
            raise Refused(f"{key} is no qualifier and no source")
        pair = (f"P{matched[2]}", _parse_value(cell, dialect))
        if matched[1] == "P":
            qualifiers.append(pair)
        elif matched[1] == "!S" or not references:
            references.append([pair])
        else:
            references[-1].append(pair)
    if dialect is Dialect.V2:
        _require_kept(item, qualifiers, len(references))
    return Command(item, "statement", name, value, tuple(qualifiers), tuple(map(tuple, references)), summary)


def _require_kept(item: str, qualifiers: Pairs | list[tuple[str, Value]], references: int) -> None:
    """Refuse what version 2 reads and then does otherwise: its edits differ between old and new items."""
    if item == "LAST" and any(value.kind in ("somevalue", "novalue") for _, value in qualifiers):
        raise Refused("an unknown value in a new item breaks its creation")
    if item != "LAST" and references > 1:
        raise Refused("all sources of the row become one reference")


def _parse_value(cell: str, dialect: Dialect) -> Value:
    cell = cell.strip()
    if dialect is Dialect.V3:
        cell = cell.replace("“", '"').replace("”", '"')
    for pattern, read in _VALUES[dialect]:
        if matched := pattern.fullmatch(cell):
            return read(matched)
    raise Refused(f"{cell!r} is no value")


_Readers = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Value]], ...]
_SHARED: Final[_Readers] = (
    (re.compile(r"somevalue|novalue"), lambda found: Value(found[0], found[0])),
    (_ITEM, lambda found: Value("item", found[0])),
    (re.compile(r'"(.*)"'), lambda found: Value("string", found[1].strip())),
    (re.compile(r'([a-z_-]+):"(.*)"'), lambda found: Value("monolingual", found[2].strip(), found[1])),
    (_TIME, lambda found: Value("time", found[1], found[2] or "9")),
    (_COORDINATES, lambda found: Value("coordinates", found[0])),
    (_QUANTITY, lambda found: Value("quantity", found[1], found[0])),
)
_VALUES: Final[dict[Dialect, _Readers]] = {
    Dialect.V2: _SHARED,
    Dialect.V3: (
        (re.compile(r'"""(.*)"""'), lambda found: Value("string", found[1])),
        *_SHARED,
        (_BOUNDED, lambda found: Value("quantity", found[1], found[0])),
    ),
}


def apply(commands: Iterable[Command]) -> dict[str, Item]:
    """Return what the commands make of empty items, by QID; a created one is NEW1, NEW2 and so on."""
    items: dict[str, Item] = {}
    last, created = "", 0
    for command in commands:
        if command.what == "create":
            created += 1
            last = f"NEW{created}"
            items[last] = Item()
            continue
        name = last if command.item == "LAST" else command.item
        if not name:
            raise Refused("LAST before CREATE")
        item = items.setdefault(name, Item())
        if command.what == "statement":
            _add(item, command, is_new=command.item == "LAST")
        else:
            item.terms.append((command.what, command.name, command.value.text))
    return items


def _add(item: Item, command: Command, *, is_new: bool) -> None:
    equal = (claim for claim in item.claims if (claim.property, claim.value) == (command.name, command.value))
    # What follows CREATE becomes one edit, in which each row is a statement of its own.
    claim = None if is_new else next(equal, None)
    if claim is None:
        claim = Claim(command.name, command.value, [], [])
        item.claims.append(claim)
    claim.qualifiers += command.qualifiers
    claim.references += command.references


def turtle(items: dict[str, Item]) -> str:
    """Return the items as Wikidata's RDF has them, as far as schemas look at it."""
    heads = ("", "direct/", "statement/", "qualifier/", "reference/")
    names = ("p", "wdt", "ps", "pq", "pr")
    lines = [f"@prefix {n}: <http://www.wikidata.org/prop/{h}> ." for n, h in zip(names, heads, strict=True)]
    lines += [
        "@prefix wd: <http://www.wikidata.org/entity/> .",
        "@prefix prov: <http://www.w3.org/ns/prov#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    ]
    for name, item in items.items():
        lines += [
            f"wd:{name} rdfs:label {_quoted(text)}@{lang} ." for what, lang, text in item.terms if what == "label"
        ]
        for number, claim in enumerate(item.claims):
            lines += _statement(name, f"<urn:statement:{name}:{number}>", claim)
    return "\n".join(lines) + "\n"


def _statement(item: str, node: str, claim: Claim) -> Iterator[str]:
    value = _term(claim.property, claim.value)
    yield f"wd:{item} p:{claim.property} {node} ; wdt:{claim.property} {value} ."
    yield f"{node} ps:{claim.property} {value} ."
    for name, qualifier in claim.qualifiers:
        yield f"{node} pq:{name} {_term(name, qualifier)} ."
    for reference in claim.references:
        pairs = " ; ".join(f"pr:{name} {_term(name, value)}" for name, value in reference)
        yield f"{node} prov:wasDerivedFrom [ {pairs} ] ."


def _term(name: str, value: Value) -> str:
    match value.kind:
        case "item":
            return f"wd:{value.text}"
        case "quantity":
            return f'"{value.text}"^^xsd:decimal'
        case "time":
            # Wikidata's RDF has the first day of a month or year whose day is not known.
            return f'"{value.text.lstrip("+").replace("-00", "-01")}"^^xsd:dateTime'
        case "monolingual":
            return f"{_quoted(value.text)}@{value.detail}"
        case "somevalue":
            return "[]"
    return f"<{value.text}>" if name in ("P854", "P1065", "P4656") else _quoted(value.text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
