"""Accept header to format, per RFC 9110 section 12.5.1.

A pure function of the header and the formats on offer: no request, no Flask. Every
URL that has more than one format asks here, so the whole site negotiates alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from server.http.formats import Format

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_NAME})/({_NAME})")
# Java's HttpURLConnection writes `q=.2`, which the grammar does not allow; the meaning is plain.
_QUALITY = re.compile(r"(?:[01](?:\.\d*)?|\.\d+)")
_EXACT, _SUBTYPES, _ANY = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What to answer with: the format, and the media type to label it with."""

    format: Format
    media_type: str


@dataclass(frozen=True, slots=True)
class _Range:
    """One member of the header: a media range, its quality and its place."""

    media_range: str
    quality: float
    place: int

    def specificity(self, media_type: str) -> int:
        """Return how closely the range names the type, 0 where it does not match."""
        if self.media_range == media_type:
            return _EXACT
        if self.media_range == "*/*":
            return _ANY
        return _SUBTYPES if self.media_range == media_type.partition("/")[0] + "/*" else 0


def negotiate(accept: str | None, offers: Sequence[Format]) -> Choice | None:
    """Return the offer the client likes best, or None where it accepts none of them.

    The most specific range that matches a type gives its quality, and 0 refuses it.
    The highest quality wins; among equals a type named in full beats `type/*` beats
    `*/*`, then the one named first, then the order of the offers. Parameters other
    than q neither exclude nor are needed; members that do not parse are skipped; no
    header, or none that parses, accepts everything. An alias counts only where the
    header names it, and labels the answer only where the registered type is liked less.
    """
    return _negotiate(accept or "", tuple(offers))


# Most requests of a day send one of a few headers.
@lru_cache(maxsize=256)
def _negotiate(accept: str, offers: tuple[Format, ...]) -> Choice | None:
    ranges = _ranges(accept)
    if not ranges:
        return Choice(offers[0], offers[0].media_type) if offers else None
    best: tuple[float, int, int] | None = None
    choice: Choice | None = None
    for offer in offers:
        for alias, media_type in enumerate(offer.media_types):
            match = _match(media_type, ranges)
            if match is None or (alias and match[1] != _EXACT):
                continue
            if best is None or match > best:
                best, choice = match, Choice(offer, media_type)
    if best is None or choice is None:
        return None
    registered = _match(choice.format.media_type, ranges)
    if registered is not None and registered[0] >= best[0]:
        return Choice(choice.format, choice.format.media_type)
    return choice


def _match(media_type: str, ranges: Sequence[_Range]) -> tuple[float, int, int] | None:
    """Return quality, specificity and (negated) place of a type, None where it is refused."""
    specificity = max(r.specificity(media_type) for r in ranges)
    if not specificity:
        return None
    quality, place = max((r.quality, -r.place) for r in ranges if r.specificity(media_type) == specificity)
    # Where only a wildcard matches, its place says nothing about the formats it covers.
    return (quality, specificity, place if specificity == _EXACT else 0) if quality > 0 else None


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for place, member in enumerate(_split(accept, ",")):
        media_range, *parameters = (part.strip() for part in _split(member, ";"))
        matched = _RANGE.fullmatch(media_range.lower())
        quality = _quality(parameters)
        if matched is None or quality is None or (matched[1] == "*" and matched[2] != "*"):
            continue
        ranges.append(_Range(matched[0], quality, place))
    return ranges


def _quality(parameters: Sequence[str]) -> float | None:
    """Return the q parameter, 1 where there is none, None where it is not a quality."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            value = value.strip()
            return float(value) if _QUALITY.fullmatch(value) and float(value) <= 1 else None
    return 1.0


def _split(text: str, separator: str) -> list[str]:
    """Split outside quoted strings: a JSON-LD profile may hold commas and semicolons."""
    parts, start, quoted, escaped = [], 0, False, False
    for index, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return parts
