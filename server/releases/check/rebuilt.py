"""Whether the files of a release are what its dataset makes of them: each is made again, and compared byte by byte.

Only the software that wrote a release makes the same bytes of it, so a release of another
version is compared in what every version tells alike. What could not be compared is told
in words: nobody is to believe more than was seen.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from graph.releases import Manifest, software_version
from graph.store import Dataset, merged_store
from server.config import Config
from server.description.parts import write_crate, write_descriptions
from server.releases.bag import tag_files
from server.releases.check import sources, vocabulary
from server.releases.check.changes import CHANGES, Undone, UnfitPatch, compare_with_previous, remake, undo
from server.releases.check.compressed import SUFFIX
from server.releases.check.essentials import compare_essentials
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.limits import of_other_software, of_sources
from server.releases.check.listing import Listing, open_regular
from server.releases.check.reader import Reader, Unreadable
from server.releases.check.self_description import compare_record, read_self_description
from server.releases.contents import write_contents
from server.releases.part import Content
from server.releases.record import Record
from server.releases.release import Release, ReleaseFile
from server.site import Site


def check_rebuilt(
    listing: Listing, record: Record, reader: Reader, told: Collection[str]
) -> Generator[Finding, None, tuple[str, ...]]:
    """Yield which files are not what is made of the dataset; return in words what could not be compared.

    Files of which something is told already are passed over; without the dataset's N-Quads, all are.
    """
    name = f"{record.stem}.nq"
    if name in told or name not in listing.sound or listing.sums[name] != record.digest:
        return ()
    try:
        findings, limits = reader.call(sum(listing.sound.values()), make_again, listing, record, frozenset(told))
    except Unreadable as error:
        yield Finding(name, str(error), "a dataset of which the other files can be made again", NOT_OURS)
        return ()
    yield from findings
    return limits


def make_again(listing: Listing, record: Record, told: frozenset[str]) -> tuple[list[Finding], tuple[str, ...]]:
    """Return what is wrong with the files, and what could not be compared; the dataset is that of the record."""
    name = f"{record.stem}.nq"
    try:
        again = _Again.of(listing, record, told, listing.path(name).read_bytes())
        found = list(again.compare())
    except (MemoryError, Unreadable):
        raise
    except Exception as error:  # noqa: BLE001  Data that somebody made up may break whatever writes it.
        seen = f"cannot be made into the other files ({type(error).__name__}: {error})"
        return [Finding(name, seen, "a dataset that battlegraph has built", NOT_OURS)], ()
    return [one for one in found if isinstance(one, Finding)], tuple(one for one in found if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class _Again:
    """A release that is made again."""

    listing: Listing
    record: Record
    told: frozenset[str]
    content: bytes
    """The N-Quads."""
    quads: list[ox.Quad]
    site: Site

    @classmethod
    def of(cls, listing: Listing, record: Record, told: frozenset[str], content: bytes) -> _Again:
        quads = list(ox.parse(content, format=ox.RdfFormat.N_QUADS))
        manifest = Manifest(
            record.software, record.version, record.modified, record.base, record.sources, record.digest
        )
        file = listing.path(f"{record.stem}.nq")
        site = Site(Config(file), Dataset(merged_store(quads), record.digest, manifest), None)
        return cls(listing, record, told, content, quads, site)

    def compare(self) -> Iterator[Finding | str]:
        """Yield what is wrong, and in words what could not be compared."""
        own = list(compare_record(self.record, read_self_description(self.quads), self._name))
        if own:
            yield from own
            return
        is_same = self.record.software == software_version()
        changes = yield from self._compare_changes()
        yield from vocabulary.compare_vocabularies(self.listing, self.quads, self.record.base, self.told)
        yield from sources.compare_sources(self.listing, self.quads, self.record.base, self.told)
        if is_same:
            yield from self._compare_files(changes)
        else:
            store, publication = self.site.dataset.store, self.site.publication
            yield from compare_essentials(self.listing, self.record, publication, store, self.told)
            yield of_other_software(self.listing, self.record)
        yield from of_sources(self.listing)

    def _compare_changes(self) -> Generator[Finding | str, None, Undone | None]:
        if self.record.previous is None or self.told.intersection(CHANGES) or CHANGES[0] not in self.listing.sound:
            return None
        try:
            undone = undo(self.listing, self.record, self.content)
        except UnfitPatch as error:
            yield error.finding
            return None
        yield from compare_with_previous(self.listing, undone)
        return undone

    def _compare_files(self, changes: Undone | None) -> Iterator[Finding]:
        made = {*self._copied(), self.record.bag}
        if self.record.previous is not None:
            made |= {*CHANGES}
        if changes is not None:
            for name, content in remake(changes, self.record, self.content, self.record.base):
                yield from self._compare_file(name, content)
        # What describes all files cannot be made again without all of them.
        is_whole = len(self.listing.sound) == len(self.listing.sums)
        # The folder of a release may be one that nobody can write to.
        scratch = Path(tempfile.gettempdir())
        contents = partial(write_contents, scratch=scratch)
        descriptions = partial(write_descriptions, scratch=scratch)
        for part in (contents, descriptions, write_crate) if is_whole else (contents,):
            for name, content in part(self.site, self._release(made)):
                if not name.startswith((*vocabulary.FOLDERS, sources.FOLDER)):
                    made.add(name)
                    yield from self._compare_file(name, content)
        if is_whole:
            for name in sorted(set(self.listing.sums) - made - self.told):
                yield Finding(name, "is there", f"none but the files that {self._software} makes", NOT_OURS)
            yield from self._compare_bag()

    def _compare_file(self, name: str, content: Content) -> Iterator[Finding]:
        expected = f"what {self._software} makes of {self._name}"
        if name in self.told:
            return
        if name not in self.listing.sums:
            yield Finding(name, "is not listed", expected)
        elif name in self.listing.sound and not name.endswith(SUFFIX):
            pieces = iter((content,)) if isinstance(content, bytes) else content
            line = _first_difference(self.listing.path(name), pieces)
            if line is not None:
                yield Finding(name, f"is something else from line {line:,} on", expected, NOT_OURS)

    def _compare_bag(self) -> Iterator[Finding]:
        release = self._release(set(self.listing.sums))
        name = self.record.bag
        if name in self.told or name not in self.listing.sound:
            return
        with open_regular(self.listing.path(name)) as file, zipfile.ZipFile(file) as archive:
            for tag, content in tag_files(self.site.publication, release).items():
                with archive.open(f"{release.stem}/{tag}") as member:
                    if member.read(len(content) + 1) != content:
                        expected = f"what {self._software} makes of {self._name}"
                        yield Finding(name, f"its {tag} says something else", expected, NOT_OURS)

    def _release(self, names: Collection[str]) -> Release:
        """Return the release as a part of it sees it, when there are the files of these names."""
        sound = self.listing.sound
        files = (ReleaseFile(name, sound[name], self.listing.sums[name]) for name in sorted(names) if name in sound)
        return Release(self.listing.folder, self.record, tuple(file for file in files if file.name != self.record.bag))

    def _copied(self) -> list[str]:
        return [*vocabulary.vocabulary_files(self.listing), *sources.source_files(self.listing)]

    @property
    def _name(self) -> str:
        return f"{self.record.stem}.nq"

    @property
    def _software(self) -> str:
        return f"battlegraph {self.record.software}"


def _first_difference(file: Path, pieces: Iterator[bytes]) -> int | None:
    """Return the line from which on a file is not what the pieces are together, None where it is that."""
    line = 1
    with open_regular(file) as opened:
        for piece in pieces:
            seen = opened.read(len(piece))
            if seen != piece:
                lines = zip(seen.split(b"\n"), piece.split(b"\n"), strict=False)
                return line + sum(1 for _ in takewhile(lambda both: both[0] == both[1], lines))
            line += piece.count(b"\n")
        return line if opened.read(1) else None
