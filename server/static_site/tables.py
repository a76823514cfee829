"""What every configuration decides alike: which format, by Accept and `?format=`, and which language.

Each set of offers has its maps once, however many families offer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.http.formats import Format
from server.static_site.acceptance import accept_maps
from server.static_site.families import Family
from server.static_site.mapping import Map
from server.static_site.places import OTHER_LANGUAGES
from server.static_site.reading_language import LANGUAGE, language_maps

UNKNOWN: Final = "unknown"
"""The media type where `?format=` names none."""
MARK: Final = "language_mark"
"""What the name of a page's file has after `index`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The variables that tell what to answer with, of one set of offers."""

    offers: tuple[Format, ...]
    number: int

    @property
    def media_type(self) -> str:
        """The variable of the media type to label it with; empty: none is accepted."""
        return f"chosen_{self.number}"

    @property
    def name(self) -> str:
        """The variable of the format's name."""
        return f"chosen_{self.number}_name"

    def maps(self) -> Iterator[Map]:
        """Yield the maps of both."""
        accepted = f"accepted_{self.number}"
        yield from accept_maps(accepted, self.offers)
        named = [("^$", f"${accepted}")]
        for offer in self.offers:
            named.append((f"^{offer.name}$", offer.media_type))
            named += [(f"^{_in_query(alias)}$", alias) for alias in offer.media_types]
        yield Map(self.media_type, "$arg_format", tuple(named), UNKNOWN)
        names = ((f"^(?:{'|'.join(map(re.escape, each.media_types))})$", each.name) for each in self.offers)
        yield Map(self.name, f"${self.media_type}", tuple(names))


def choices_of(families: Iterable[Family]) -> dict[tuple[Format, ...], Choice]:
    """Return the choice of each set of offers that some family has."""
    found: dict[tuple[Format, ...], Choice] = {}
    for family in families:
        if family.is_negotiated:
            offers = offers_of(family)
            found.setdefault(offers, Choice(offers, len(found) + 1))
    return found


def offers_of(family: Family) -> tuple[Format, ...]:
    """Return what a family offers, in the order of preference."""
    return tuple(outcome.offer for outcome in family.outcomes if outcome.offer is not None)


def all_maps(choices: Iterable[Choice]) -> Iterator[Map]:
    """Yield every map that a configuration has."""
    yield from language_maps()
    yield language_mark()
    for choice in choices:
        yield from choice.maps()


def language_mark() -> Map:
    """Return the map for what the name of a page's file has after `index`."""
    return Map(MARK, f"${LANGUAGE}", tuple((f"^{language}$", f".{language}") for language in OTHER_LANGUAGES))


def media_types(choices: Iterable[Choice], families: Sequence[Family]) -> list[str]:
    """Return every content type that an answer may have, aliases included."""
    types = {outcome.content_type for family in families for outcome in family.outcomes if not _leads(outcome.status)}
    parameters = {each.partition(";")[0]: each.partition(";")[2] for each in types}
    for choice in choices:
        for offer in choice.offers:
            for alias in offer.media_types:
                is_text = alias.startswith("text/") or alias.endswith("/xml")
                parameters.setdefault(alias, " charset=utf-8" if is_text else "")
    return sorted(f"{name};{rest}" if rest else name for name, rest in parameters.items() if name)


def _leads(status: int) -> bool:
    return status >= 300  # noqa: PLR2004  redirects begin here


def _in_query(media_type: str) -> str:
    return re.escape(media_type).replace("/", "(?:/|%2f)").replace(r"\+", r"(?:\+|%2b|%20)")
