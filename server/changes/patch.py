"""The difference of two versions as an RDF Patch, which makes the new one of the old one.

RDF Patch (https://afs.github.io/rdf-delta/rdf-patch): a header, then one transaction of
quads to delete and to add, the quads as their lines in canonical N-Quads. `prev` and
`id` are the digests of the two versions, so a patch applied says what must have come
out. Sorted, the lines of the outcome are the new version's file byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.changes.differences import Difference

PATCH_FILE: Final = "changes.rdfp"


def digest_urn(digest: str) -> str:
    """Return the name of a version by the SHA-256 of its canonical N-Quads."""
    return f"urn:sha256:{digest}"


def patch_lines(difference: Difference, old_digest: str, new_digest: str) -> Iterator[bytes]:
    """Yield the patch from one version to another; equal differences give equal bytes."""
    yield f"H id <{digest_urn(new_digest)}> .\n".encode()
    yield f"H prev <{digest_urn(old_digest)}> .\n".encode()
    yield b"TX .\n"
    yield from (b"D " + line for line in difference.removed)
    yield from (b"A " + line for line in difference.added)
    yield b"TC .\n"
