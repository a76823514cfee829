"""What nothing in a release tells of its files, in words: nobody is to believe more than was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graph.releases import software_version
from server.releases.check import sources, vocabulary
from server.releases.check.compressed import SUFFIX
from server.releases.check.listing import Listing
from server.releases.record import Record

_RDF: Final = ("graphs/", "battlegraph-")
"""What the names of files begin with of which the graphs are compared in any case."""
_MOST_NAMED: Final = 3
"""Files of one folder that are named one by one."""


def of_sources(listing: Listing) -> Iterator[str]:
    """Yield what the dataset does not tell of the files that it was built from."""
    if names := [*vocabulary.unlike_dataset(listing), *sources.unlike_dataset(listing)]:
        yield f"{_listed(names)}: the dataset holds nothing to compare them with"
    yield f"comments in {', '.join((*vocabulary.FOLDERS, sources.FOLDER))}: the dataset holds none"
    if sources.source_files(listing):
        yield f"whether {sources.FOLDER} still has everything that it had: only a build would tell"


def of_other_software(listing: Listing, record: Record) -> str:
    """Return which files another version of battlegraph has written, so that this one cannot make them again."""
    copied = (*vocabulary.FOLDERS, sources.FOLDER)
    names = {name.removesuffix(SUFFIX) for name in listing.sums if not name.startswith((*copied, *_RDF))}
    return (
        f"{_listed(sorted(names))}, beyond what every version tells alike, and the comments in the others: battlegraph "
        f"{record.software} wrote them, and this is {software_version()}, which may write them in another way"
    )


def _listed(names: Iterable[str]) -> str:
    """Return the names, those in one folder together where they are several."""
    folders: dict[str, list[str]] = {}
    for name in names:
        folder, slash, _ = name.rpartition("/")
        folders.setdefault(folder + slash, []).append(name)
    told = []
    for folder, inside in folders.items():
        told += [f"{folder} ({len(inside)} files)"] if folder and len(inside) > _MOST_NAMED else inside
    return ", ".join(told)
