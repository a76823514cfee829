"""Whether the bag holds the release: what a ZIP file says of itself first, then what is in it, then BagIt.

Nothing is unpacked before the names and sizes of all members are those of the release's
own files, and then no more than that, so no member leads out of the folder and none is a bomb.
"""

from __future__ import annotations

import logging
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import bagit

from server.releases.bag import DECLARATION, PAYLOAD
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, open_regular
from server.releases.check.reader import Reader, Unreadable
from server.releases.record import Record
from server.releases.sums import SUMS_FILE

_ALGORITHMS: Final = ("sha256", "sha512")
_TAGS: Final = (
    "bag-info.txt",
    "bagit.txt",
    *(f"{kind}-{algorithm}.txt" for kind in ("manifest", "tagmanifest") for algorithm in _ALGORITHMS),
)
_PIECE: Final = 1 << 20
_LEAST_UNKNOWN: Final = 64 << 20


def check_bag(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    """Yield where the bag is not a valid BagIt 1.0 bag of the release's other files."""
    name = record.bag
    if name not in listing.sums:
        yield Finding(name, "is not listed", "the release as a bag")
    if name not in listing.sound:
        return
    size = sum(listing.sound.values())
    with tempfile.TemporaryDirectory(prefix="battlegraph-bag-") as scratch:
        try:
            yield from reader.call(size, look_into, listing, record, Path(scratch))
        except Unreadable as error:
            yield Finding(name, str(error), "a ZIP file", NOT_OURS)


def look_into(listing: Listing, record: Record, scratch: Path) -> list[Finding]:
    """Return what is wrong with the bag, unpacked into a folder of its own."""
    name, stem = record.bag, record.stem
    payload = {f"{stem}/{PAYLOAD}{other}": other for other in listing.sums if other != name}
    try:
        with open_regular(listing.path(name)) as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            wrong = list(_check_members(name, members, stem, payload, listing))
            if wrong:
                return wrong
            _unpack(archive, members, scratch)
        return list(_check_unpacked(name, scratch / stem, payload, listing))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return [Finding(name, f"cannot be unpacked ({error})", "a ZIP file")]
    except OSError as error:
        where = f"make room in {tempfile.gettempdir()}, or set TMPDIR to another folder"
        return [Finding(name, f"was not unpacked ({error.strerror or error})", "a ZIP file", where)]


def _check_members(
    name: str, members: list[zipfile.ZipInfo], stem: str, payload: Mapping[str, str], listing: Listing
) -> Iterator[Finding]:
    """Yield what a bag of this release does not have, from what the ZIP file says of its members."""
    tags = {f"{stem}/{tag}" for tag in _TAGS}
    # A file that is damaged here may be whole in the bag, and is no larger than all the others.
    unknown = max(_LEAST_UNKNOWN, sum(listing.sound.values()))
    sizes = {member: listing.sound.get(other, unknown) for member, other in payload.items()}
    seen: set[str] = set()
    for member in members:
        if member.filename in seen:
            yield Finding(name, f"has {member.filename!r} twice", "each member once", NOT_OURS)
        seen.add(member.filename)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if member.filename not in tags and member.filename not in payload:
            yield Finding(name, f"has a member {member.filename!r}", "the release's files and no others", NOT_OURS)
        elif kind not in (0, stat.S_IFREG):
            yield Finding(name, f"{member.filename!r} is no ordinary file", "nothing but ordinary files", NOT_OURS)
        else:
            most = sizes.get(member.filename, listing.largest_list)
            if member.file_size > most:
                seen_size = f"{member.filename!r} would unpack to {member.file_size:,} bytes"
                yield Finding(name, seen_size, f"at most {most:,}", NOT_OURS)
    # Whatever stands before a ZIP file is passed over by who unpacks it, and run by who starts it as a program.
    if (before := min((member.header_offset for member in members), default=0)) > 0:
        yield Finding(name, f"has {before:,} bytes before its first member", "a ZIP file and nothing else", NOT_OURS)
    for missing in sorted((tags | set(payload)) - seen):
        yield Finding(name, f"has no member {missing!r}", "every file of the release")


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path) -> None:
    """Write the members, no more of each than the file says; their names were looked at before."""
    for member in members:
        target = folder / PurePosixPath(member.filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        left = member.file_size
        with archive.open(member) as source, target.open("xb") as out:
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise zipfile.BadZipFile(f"{member.filename!r} has more bytes than it says")
                out.write(piece)


def _check_unpacked(name: str, folder: Path, payload: Mapping[str, str], listing: Listing) -> Iterator[Finding]:
    if (folder / "bagit.txt").read_bytes() != DECLARATION.encode():
        yield Finding(name, "bagit.txt says something else", f"{DECLARATION!r}", NOT_OURS)
    # The library tells every file on its log before it tells all of them in its error.
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bag = bagit.Bag(str(folder))
        bag.validate()
    except bagit.BagValidationError as error:
        for detail in error.details or [error]:
            yield Finding(name, f"is no valid bag: {detail}", "a bag as RFC 8493 has it", NOT_OURS)
        return
    except (bagit.BagError, OSError, ValueError) as error:
        yield Finding(name, f"is no bag: {error}", "a bag as RFC 8493 has it", NOT_OURS)
        return
    entries = {path: hashes.get("sha256") for path, hashes in bag.entries.items() if path.startswith(PAYLOAD)}
    for other in sorted(payload.values()):
        if entries.get(f"{PAYLOAD}{other}") != listing.sums[other]:
            yield Finding(name, f"holds another {other}", f"the file as in {SUMS_FILE}", NOT_OURS)
