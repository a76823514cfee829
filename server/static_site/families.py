"""What the addresses of one rule of the router have in common, so that a configuration need not name each of them.

Texts in which an address's own name stands, as the file of a representation or its Link
header, become patterns: `data/{name}.ttl`. Most rules have one family; an address that does
not fit a family has one of its own. Of headers a family has what all its addresses have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from server.http.formats import Format
from server.static_site.asking import Answer, Asker
from server.static_site.crawl import Found

_HEADERS: Final = ("Link", "Content-Location", "Content-Disposition", "Cache-Control")
_PARTICULAR: Final = frozenset(
    (*_HEADERS, "Content-Type", "Content-Length", "Vary", "ETag", "Last-Modified", "Location")
)
_BETWEEN: Final = {"Link": r",\s*(?=<)", "Content-Disposition": r";\s*"}
_JOINED: Final = {"Link": ", ", "Content-Disposition": "; "}
_NOTHING: Final = "application/x-nothing"
_CONVERTER: Final = re.compile(r"<(?:([a-z]+)(?:\([^)]*\))?:)?([a-z_]+)>")
# A host of files has what is there now; what was there once has addresses of its own.
_NOT_LOOKED_AT: Final = frozenset(("accept-datetime",))
_MOST_ALONE: Final = 300
"""Addresses that a family which is not the largest of its rule keeps; further ones are answered as files only."""
_MOST_FAMILIES: Final = 200
_NEAREST: Final = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """One representation, with names for what differs from address to address: `{name}`."""

    offer: Format | None
    status: int
    content_type: str
    target: str
    """The file, or where the answer leads."""
    is_page: bool
    """Whether there is a file for each language."""
    vary: tuple[str, ...]


@dataclass(slots=True)
class Family:
    """Addresses whose answers differ in nothing but the names in them."""

    rule: str
    suffix: str
    """What all addresses end in, as `.ttl`; empty where the rule alone says it."""
    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    parts: tuple[dict[str, list[str]], ...]
    """Of each outcome, the parts of each header that all addresses have, with names for what differs."""
    addresses: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    """The first of them, each with the names in it."""
    count: int = 0
    refused: str = ""
    """What is told to a client that accepts nothing of it."""
    refused_vary: tuple[str, ...] = ()
    unknown: str = ""
    """What is told to a client that asks for a format that there is not."""
    moved: tuple[int, str] | None = None
    """With a slash too many or too few, whether an address leads here, and how."""

    def headers(self, number: int, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the headers of an outcome for an address with these names."""
        for name, parts in self.parts[number].items():
            if parts:
                yield name, _JOINED.get(name, "").join(part.format_map(names) for part in parts)

    def narrow(self, found: Found, names: Mapping[str, str]) -> None:
        """Leave out what another address of the family has not in its headers."""
        for mine, (_, answer, _) in zip(self.parts, found.answers, strict=True):
            for name, parts in mine.items():
                there = set(_parts(name, answer.headers.get(name, "")))
                parts[:] = [part for part in parts if part.format_map(names) in there]

    def matching(self, group: str) -> str:
        """Return a pattern for the paths; what differs has groups, named after this one where it is not empty."""
        parts, end = [], 0
        for found in _CONVERTER.finditer(self.rule):
            some = ".+" if found[1] == "path" else "[^/]+"
            if some == ".+" and not self.suffix and found.end() == len(self.rule):
                # An address with a slash at its end is another one.
                some = ".*[^/]"
            named = f"(?<{group}_{found[2]}>{some})" if group else f"({some})"
            parts += [re.escape(self.rule[end : found.start()]), named]
            end = found.end()
        return "".join((*parts, re.escape(self.rule[end:]), re.escape(self.suffix)))

    @property
    def is_negotiated(self) -> bool:
        """Whether the Accept header decides."""
        return any("accept" in outcome.vary for outcome in self.outcomes)


class Families:
    """The families of everything that was found."""

    def __init__(self) -> None:
        self._families: defaultdict[tuple[str, str], list[Family]] = defaultdict(list)
        self.common: set[tuple[str, str]] | None = None
        """The headers that every answer has, whatever it is."""

    def add(self, found: Found) -> None:
        """Count an address to the family that it fits."""
        rule, arguments, suffix = _split(found)
        families = self._families[rule, suffix]
        for _, answer, _ in found.answers:
            items = {(name, value) for name, value in answer.headers.items() if name not in _PARTICULAR}
            self.common = items if self.common is None else self.common & items
        plain = _outcomes(found, {})
        # What was found last comes first; among very many odd ones nobody looks for another like this.
        near = families if len(families) < _MOST_FAMILIES else families[:_NEAREST]
        for place, family in enumerate(near):
            if _filled(family.outcomes, arguments) == plain:
                family.narrow(found, arguments)
                families.insert(0, families.pop(place))
                break
        else:
            if len(families) == _MOST_FAMILIES:
                return
            headers = tuple(_header_patterns(answer, arguments) for _, answer, _ in found.answers)
            family = Family(rule, suffix, tuple(arguments), _outcomes(found, arguments), headers)
            families.insert(0, family)
        family.count += 1
        if len(family.addresses) < _MOST_ALONE:
            family.addresses.append((found.path, arguments))

    def ask_more(self, asker: Asker) -> None:
        """Find out how the addresses of each family refuse, and what an address is answered that is nearly one."""
        for families in self._families.values():
            for family in families:
                path, arguments = family.addresses[0]
                if family.is_negotiated:
                    refusal = asker.ask(path, _NOTHING)
                    family.refused = pattern(refusal.body.decode(), arguments)
                    family.refused_vary = tuple(sorted(refusal.vary))
                    family.unknown = pattern(asker.ask(f"{path}?format=unknown", "*/*").body.decode(), arguments)
                if path.endswith("/") or family.suffix:
                    continue
                moved = asker.ask(f"{path}/")
                if moved.location == path:
                    family.moved = moved.status, pattern(path, arguments)

    def by_rule(self) -> Iterable[tuple[Family, list[Family]]]:
        """Yield of each rule its largest family, and the others; the most particular rules first."""
        for key in sorted(self._families, key=_particularity):
            families = sorted(self._families[key], key=lambda family: -family.count)
            yield families[0], families[1:]


def _particularity(key: tuple[str, str]) -> tuple[int, int, int, str]:
    rule, suffix = key
    return (not suffix and "." not in rule.rpartition("/")[2], rule.count("<path:"), -len(rule.split("<")[0]), rule)


def _split(found: Found) -> tuple[str, dict[str, str], str]:
    """Return the rule of an address and its arguments, and apart from them the suffix of a file."""
    rule, arguments = found.rule.rule, dict(found.arguments)
    last = next(reversed(arguments), None)
    _, answer, file = found.answers[0]
    if last is None or file is None or "accept" in answer.vary or file.endswith("/index.html"):
        return rule, arguments, ""
    if rule.endswith(f".<{last}>"):
        return rule.replace(f"<{last}>", arguments.pop(last)), arguments, ""
    stem, _, suffix = arguments[last].rpartition(".")
    if not stem or not found.path.endswith(f".{suffix}"):
        return rule, arguments, ""
    arguments[last] = stem
    return rule, arguments, f".{suffix}"


def _outcomes(found: Found, arguments: Mapping[str, str]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            offer if "accept" in answer.vary else None,
            answer.status,
            answer.headers.get("Content-Type", ""),
            pattern(answer.location or file or "", arguments),
            is_page=file is not None and answer.media_type == "text/html",
            vary=tuple(sorted(answer.vary - _NOT_LOOKED_AT)),
        )
        for offer, answer, file in found.answers
    )


def _header_patterns(answer: Answer, arguments: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        name: [pattern(part, arguments) for part in _parts(name, answer.headers[name])]
        for name in _HEADERS
        if name in answer.headers
    }


def _parts(name: str, value: str) -> list[str]:
    return re.split(_BETWEEN[name], value) if name in _BETWEEN else [value]


def pattern(text: str, arguments: Mapping[str, str]) -> str:
    """Return the text with `{name}` for each argument's value, to be filled by `str.format`."""
    text = text.replace("{", "{{").replace("}", "}}")
    for name, value in sorted(arguments.items(), key=lambda item: -len(item[1])):
        text = text.replace(value, f"{{{name}}}") if value else text
    return text


def _filled(outcomes: Iterable[Outcome], arguments: Mapping[str, str]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            each.offer,
            each.status,
            each.content_type,
            _plain(each.target.format_map(arguments)),
            each.is_page,
            each.vary,
        )
        for each in outcomes
    )


def _plain(text: str) -> str:
    """Return text as a pattern without names says it."""
    return text.replace("{", "{{").replace("}", "}}")
