"""The difference of two versions as an RDF Patch, which makes the new one of the old one.

RDF Patch (https://afs.github.io/rdf-delta/rdf-patch): a header, then one transaction of
quads to delete and to add, the quads as their lines in canonical N-Quads. `id` and `prev`
take any IRI; what a patch leads to is what the next one begins with, so here they name the
two versions, by the digests of their canonical N-Quads (RFC 6920). A patch applied says what
must have come out. Sorted, the lines of the outcome are the new version's file byte for byte.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final

from server.changes.differences import Difference
from server.releases.record import dump_stem

PATCH_FILE: Final = "changes.rdfp"


def name_of_content(digest: str) -> str:
    """Return the URI of whatever has this SHA-256, given in hexadecimal digits (RFC 6920 section 3)."""
    encoded = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
    return f"ni:///sha-256;{encoded}"


def patch_lines(difference: Difference, old_digest: str, new_digest: str) -> Iterator[bytes]:
    """Yield the patch from one version to another; equal differences give equal bytes."""
    yield f"H id <{name_of_content(new_digest)}> .\n".encode()
    yield f"H prev <{name_of_content(old_digest)}> .\n".encode()
    yield b"TX .\n"
    yield from (b"D " + line for line in difference.removed)
    yield from (b"A " + line for line in difference.added)
    yield b"TC .\n"


def ways_to_apply(old: str, new: str) -> tuple[str, ...]:
    """Return the commands that make the N-Quads of the new version of those of the old one, and check them."""
    before, after = (f"{dump_stem(version)}.nq" for version in (old, new))
    return (
        "export LC_ALL=C",
        f"sed -n 's/^D //p' {PATCH_FILE} | comm -23 {before} - > kept.nq",
        f"sed -n 's/^A //p' {PATCH_FILE} | sort -m kept.nq - > {after}",
        f"sha256sum {after}",
    )
