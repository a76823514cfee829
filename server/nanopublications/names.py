"""The names of nanopublications, by which the claim of each is found.

`{base}np/claim/battle-of-hadrut/result/RA…` is the nanopublication of the claim
`{base}id/claim/battle-of-hadrut/result` with this content: the artifact code at its end
(https://trustyuri.net, module RA) is a hash of it. So a server that is asked for one
reads one claim and compares, instead of hashing them all.
"""

from __future__ import annotations

import re
from typing import Final

from graph.iris import is_slug

_CODE: Final = re.compile(r"RA[A-Za-z0-9_-]{43}")


def stem_of(base: str, claim: str) -> str:
    """Return what the name of a claim's nanopublication begins with, up to its artifact code.

    A claim of another base, or with an odd name, is not part of it.

    >>> stem_of("https://e.org/", "https://e.org/id/claim/battle/result")
    'https://e.org/np/claim/battle/result/'
    >>> stem_of("https://e.org/", "urn:claim")
    'https://e.org/np/'
    """
    head = f"{base}id/"
    name = claim.removeprefix(head)
    is_ours = claim.startswith(head) and all(map(is_slug, name.split("/")))
    return f"{base}np/{name}/" if is_ours else f"{base}np/"


def split_name(name: str) -> tuple[str, str | None]:
    """Return the claim's `kind/slug…` and the artifact code that a path below `/np/` is made of, None without one.

    >>> split_name("claim/battle/result")
    ('claim/battle/result', None)
    """
    claim, _, last = name.rpartition("/")
    return (claim, last) if _CODE.fullmatch(last) else (name, None)
