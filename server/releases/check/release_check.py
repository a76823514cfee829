"""Whether a release is what it says: files, formats, bag and description, one after the other.

Reads a folder that may be damaged or somebody's trap, so nothing is believed before it
was compared. A file whose checksum is wrong is told once and looked into no further.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

from server.releases.check.agreement import check_agreement
from server.releases.check.bag import check_bag
from server.releases.check.compressed import check_compressed
from server.releases.check.crate import check_crate
from server.releases.check.description import check_description
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.formats import check_formats
from server.releases.check.listing import Listing, Unopenable, check_listing
from server.releases.check.reader import Reader
from server.releases.check.rebuilt import check_rebuilt
from server.releases.record import RECORD_FILE, Record, UnreadableRelease, is_version, read_record
from server.terms.days import is_day

_LONGEST_RECORD: Final = 64 << 10


def check_release(folder: Path, on_limit: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """Yield everything that is wrong with the release in a folder; nothing where it holds.

    What could not be compared, `on_limit` is told in words.
    """
    listing = Listing(folder)
    yield from check_listing(listing)
    yield from check_compressed(listing)
    record = yield from _check_record(listing)
    if record is None:
        return
    told: set[str] = set()
    with Reader() as reader:
        for finding in _check_content(listing, record, reader):
            told.add(finding.file)
            yield finding
        limits = yield from check_rebuilt(listing, record, reader, told)
    for limit in limits:
        on_limit(limit)


def _check_content(listing: Listing, record: Record, reader: Reader) -> Iterator[Finding]:
    yield from check_formats(listing, record, reader)
    yield from check_description(listing, record, reader)
    yield from check_agreement(listing, record, reader)
    yield from check_bag(listing, record, reader)
    yield from check_crate(listing, record, reader)


def _check_record(listing: Listing) -> Generator[Finding, None, Record | None]:
    """Yield what is wrong with `release.json`; return what it says, None where nobody can tell."""
    if RECORD_FILE not in listing.sound:
        without = "without it nobody knows what the other files should be, so they were not looked into"
        if RECORD_FILE not in listing.sums:
            yield Finding(RECORD_FILE, "is not listed", "what this is a release of", without)
        return None
    try:
        record = read_record(listing.read(RECORD_FILE, _LONGEST_RECORD), Path(RECORD_FILE))
    except (Unopenable, UnreadableRelease) as error:
        yield Finding(RECORD_FILE, f"cannot be understood ({error})", "what this is a release of")
        return None
    if not is_day(record.modified):
        yield Finding(RECORD_FILE, f"has the date {record.modified!r}", "a day as YYYY-MM-DD", NOT_OURS)
    name = listing.folder.resolve().name
    if is_version(name) and name != record.version:
        yield Finding(RECORD_FILE, f"says version {record.version}", f"{name}, as the folder is named", "rename it")
    return record
