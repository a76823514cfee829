"""The part of a release that holds all the others in one file: a BagIt 1.0 bag (RFC 8493), serialised as ZIP.

With SHA-512, which the specification recommends for new bags (section 2.4), and with the SHA-256 that the release has.
Written by hand, because the library for it writes an older version and today's date.
Deterministic: members in their order, with the date and permissions that every release
has, what is compressed already stored as it is.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from server.description.publication import Publication
from server.releases.part import Content
from server.releases.release import Release, ReleaseFile
from server.releases.sink import Sink
from server.site import Site

PAYLOAD: Final = "data/"
DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_PIECE: Final = 1 << 20
_LEVEL: Final = 9
_MODE: Final = 0o100644
_UNIX: Final = 3
_FIRST_YEAR: Final = 1980
"""No member of a ZIP file is older."""


def write_bag(site: Site, release: Release) -> Iterator[tuple[str, Content]]:
    """Yield the bag of all files so far."""
    yield release.record.bag, _zipped(release, tag_files(site.publication, release))


def tag_files(publication: Publication, release: Release) -> dict[str, bytes]:
    """Return what the bag says of itself and its payload, which is all files of the release."""
    files = {
        "bagit.txt": DECLARATION.encode(),
        "bag-info.txt": _bag_info(publication, release).encode(),
        "manifest-sha256.txt": _manifest((file.sha256, f"{PAYLOAD}{file.name}") for file in release.files),
        "manifest-sha512.txt": _manifest((_sha512(release, file), f"{PAYLOAD}{file.name}") for file in release.files),
    }
    tags = {
        f"tagmanifest-{algorithm}.txt": _manifest(
            (hashlib.new(algorithm, content).hexdigest(), name) for name, content in sorted(files.items())
        )
        for algorithm in ("sha256", "sha512")
    }
    return {**files, **tags}


def _manifest(sums: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{value}  {name}\n" for value, name in sums).encode()


def _sha512(release: Release, file: ReleaseFile) -> str:
    with (release.folder / file.name).open("rb") as content:
        return hashlib.file_digest(content, "sha512").hexdigest()


def _bag_info(publication: Publication, release: Release) -> str:
    """Return the bag's metadata (RFC 8493 section 2.2.2); a value is one line, so that no reader has to unfold it."""
    size = sum(file.size for file in release.files)
    values = (
        ("Source-Organization", publication.publisher.name if publication.publisher else None),
        ("External-Description", publication.description),
        ("Bagging-Date", release.record.modified),
        ("External-Identifier", release.iri),
        ("Payload-Oxum", f"{size}.{len(release.files)}"),
        ("Bag-Group-Identifier", publication.iri),
        ("Internal-Sender-Identifier", release.stem),
        ("Internal-Sender-Description", publication.title),
        ("Bag-Software-Agent", f"battlegraph {release.record.software}"),
        ("License", publication.license),
        ("Rights", publication.attribution),
        ("RDFC-1.0-SHA256", release.record.digest),
    )
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in values if value)


def _zipped(release: Release, tags: dict[str, bytes]) -> Iterator[bytes]:
    day = date.fromisoformat(release.record.modified)
    if day.year < _FIRST_YEAR:
        day = date(_FIRST_YEAR, 1, 1)
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in tags.items():
            with archive.open(_member(f"{release.stem}/{name}", len(content), day), "w") as out:
                out.write(content)
        for file in release.files:
            member = _member(f"{release.stem}/{PAYLOAD}{file.name}", file.size, day)
            with archive.open(member, "w") as out, (release.folder / file.name).open("rb") as source:
                while piece := source.read(_PIECE):
                    out.write(piece)
                    yield sink.take()
            yield sink.take()
    yield sink.take()


def _member(name: str, size: int, day: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  before Python 3.13 it has no public name
    info.create_system = _UNIX
    info.external_attr = _MODE << 16
    info.file_size = size
    return info
