"""Whether each compressed file holds the file beside it: compared piece by piece, so that no bomb goes off."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import Final

from server.releases.check.finding import Finding
from server.releases.check.listing import Listing, open_regular

SUFFIX: Final = ".gz"
_PIECE: Final = 1 << 20


def check_compressed(listing: Listing) -> Iterator[Finding]:
    """Yield which .gz files are no gzip, are cut off, or hold anything but the file they are of."""
    for name in sorted(listing.sums):
        if not name.endswith(SUFFIX) or name not in listing.sound:
            continue
        beside = name.removesuffix(SUFFIX)
        if beside not in listing.sums:
            yield Finding(name, "has no file beside it that it is of", f"{beside}")
        elif beside in listing.sound:
            yield from _compare(listing, name, beside)


def _compare(listing: Listing, name: str, beside: str) -> Iterator[Finding]:
    at = 0
    with open_regular(listing.path(name)) as packed, open_regular(listing.path(beside)) as plain:
        try:
            with gzip.GzipFile(fileobj=packed) as unpacked:
                while True:
                    # A buffered read returns fewer bytes than asked for only at the end.
                    piece, expected = plain.read(_PIECE), _read(unpacked, _PIECE)
                    if piece != expected:
                        yield Finding(name, f"holds something else than {beside} from byte {at:,} on", "the same bytes")
                        return
                    if not piece:
                        return
                    at += len(piece)
        except (OSError, EOFError, zlib.error) as error:
            yield Finding(name, f"cannot be unpacked after byte {at:,} ({error})", f"{beside}, compressed by gzip")


def _read(unpacked: gzip.GzipFile, size: int) -> bytes:
    pieces = []
    while size and (piece := unpacked.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
