"""Extension tags: `<ref>`, `<nowiki>`, `<gallery>`, whose contents MediaWiki takes out before anything else."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

OPAQUE: Final = frozenset(
    (
        "ce",
        "chem",
        "gallery",
        "graph",
        "hiero",
        "imagemap",
        "inputbox",
        "mapframe",
        "maplink",
        "math",
        "nowiki",
        "pre",
        "score",
        "section",
        "source",
        "syntaxhighlight",
        "templatedata",
        "templatestyles",
        "timeline",
    )
)
"""Those whose contents are no wikitext."""
TRANSPARENT: Final = frozenset(("ref", "references"))
"""Those whose contents are wikitext."""

_TAG: Final = re.compile(rf"<!--|</?({'|'.join(sorted(OPAQUE | TRANSPARENT))})(?=[\s/>])[^<>]{{0,600}}>", re.IGNORECASE)
_CLOSING: Final = re.compile(rf"</({'|'.join(sorted(OPAQUE))})\s{{0,20}}>", re.IGNORECASE)


def partners(source: str) -> dict[int, int]:
    """Return, for each extension tag that has a partner, where that is.

    An opening tag of opaque contents leads to the end of its closing tag; other opening tags to
    the start of theirs; a closing tag to the start of its opening one.
    """
    found: dict[int, int] = {}
    opened: dict[str, int] = {}
    closings: dict[str, list[re.Match[str]]] = {name: [] for name in OPAQUE}
    for match in _CLOSING.finditer(source):
        closings[match.group(1).lower()].append(match)
    position = 0
    while tagged := _TAG.search(source, position):
        position = tagged.end()
        tag, start = tagged.group(), tagged.start()
        if tag == "<!--":
            end = source.find("-->", position)
            position = len(source) if end < 0 else end + len("-->")
            continue
        name = tagged.group(1).lower()
        if tag.endswith("/>"):
            continue
        if name in OPAQUE:
            later = bisect_right(closings[name], start, key=re.Match.start)
            if not tag.startswith("</") and later < len(closings[name]):
                found[start] = position = closings[name][later].end()
        elif not tag.startswith("</"):
            opened[name] = start
        elif name in opened:
            found[start] = opened.pop(name)
            found[found[start]] = start
    return found
