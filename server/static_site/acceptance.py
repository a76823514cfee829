"""What a client gets for its Accept header, told by maps: what `server.http.negotiate` finds, by patterns alone.

`*/*` and `text/*` speak for the first format that no member names more closely, so they are
candidates like the formats named in full; the best quality of all candidates decides, then the
closer one, then the one that stands first. Qualities have three digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from server.http.formats import Format
from server.static_site.header_patterns import ANY, member
from server.static_site.mapping import Map
from server.static_site.preference import BEST, Header, best_quality, member_of_best

ACCEPT: Final = "http_accept"
_WORD: Final = "[!#$%&'*+.^_`|~0-9a-z-]++"
_ALL: Final = r"\*/\*"


def accept_maps(name: str, offers: Sequence[Format]) -> Iterator[Map]:
    """Yield the maps that give `$name` the media type to answer with; empty where the client accepts none.

    What `negotiate(accept, offers)` answers is what `$name` is, aliases included.
    """
    registered = [offer.media_type for offer in offers]
    first_of = {alias: offer.media_type for offer in reversed(offers) for alias in reversed(offer.media_types)}
    majors = list(dict.fromkeys(media_type.partition("/")[0] for media_type in registered))

    def target(of: str, types: Sequence[str], closer: Sequence[str]) -> Map:
        """Return the map for the first of these types that no member of the header names more closely."""
        entries = []
        for media_type in types:
            ranges = [media_type, *(f"{media_type.partition('/')[0]}/*" for _ in closer)]
            entries.append(("^" + "".join(f"(?!{member(re.escape(each))})" for each in ranges), media_type))
        return Map(of, f"${ACCEPT}", tuple(entries))

    targets = {major: f"{name}_{major}" for major in majors}
    for major, variable in targets.items():
        yield target(variable, [each for each in registered if each.startswith(f"{major}/")], ())
    yield target(f"{name}_rest", registered, ("/*",))

    # `text/turtle|application/n-triples|text/html|` and the header: what each kind of range would be answered with.
    variables = [*targets.values(), f"{name}_rest"]
    header = Header(ACCEPT, "".join(f"${each}|" for each in variables), r"([^|]+)?\|" * len(variables), len(variables))
    named = "|".join(map(re.escape, first_of))
    ranges = [rf"(?({number})(?:{major}/\*)|(?!))" for number, major in enumerate(majors, 1)]
    ranges.append(rf"(?({len(variables)})(?:{_ALL})|(?!))")
    best = f"{name}_best"
    yield from best_quality(best, header, "|".join((named, *ranges)))

    quality = len(variables) + 1
    entries = [(f"^{header.pattern}{BEST}{member_of_best(f'({named})', quality)}", f"${quality + 2}")]
    for media_type in registered:
        number = majors.index(media_type.partition("/")[0])
        before = r"[^|]*\|" * number + re.escape(media_type) + r"\|" + r"[^|]*\|" * (len(variables) - number - 1)
        range_ = re.escape(f"{majors[number]}/*")
        entries.append((f"^{before}{BEST}{member_of_best(range_, 1)}", media_type))
    entries.append((f"^{header.pattern}{BEST}{member_of_best(_ALL, quality)}", f"${name}_rest"))
    liked = f"{name}_liked"
    yield Map(liked, f"{header.known}${best}|${ACCEPT}", tuple(entries))

    labels: list[tuple[str, str]] = []
    for offer in offers:
        aliases = [alias for alias in offer.media_types[1:] if first_of[alias] == offer.media_type]
        if aliases:
            labels += _as_registered(offer.media_type, aliases)
    labels += [(rf"^{re.escape(alias)}\|", alias) for alias in first_of]
    label = f"{name}_label"
    yield Map(label, f"${liked}|${best}|${ACCEPT}", tuple(labels))

    is_read = member(rf"(?!\*/(?!\*{_end()})){_WORD}/{_WORD}")
    yield Map(name, f"${ACCEPT}", ((f"^{is_read}", f"${label}"),), registered[0])


def _end() -> str:
    return r"[ \x09]*+(?:[;,]|$)"


def _as_registered(media_type: str, aliases: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield when an answer under an alias is labelled as registered: where that is liked as well."""
    before = rf"^(?:{'|'.join(map(re.escape, aliases))})\|{BEST}"
    full, major = re.escape(media_type), re.escape(f"{media_type.partition('/')[0]}/*")
    no_full, no_major = f"(?!{member(full, ANY)})", f"(?!{member(major, ANY)})"
    yield before + member_of_best(full, 1), media_type
    yield before + no_full + member_of_best(major, 1), media_type
    yield before + no_full + no_major + member_of_best(_ALL, 1), media_type
