"""What a file says at its top, where its format has comments: what it is, of which version, under which terms.

A file is passed on without the headers it was sent with and without the files it lay
beside, so it says these things itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from server.description.publication import Publication

if TYPE_CHECKING:
    from server.releases.release import Release

_MERGED: Final = "Graphs are merged here. What rules derived stands among the rest; the .nq and .trig tell it apart."
_OUTSIDE: Final = "Coordinates, names and links from outside the articles have terms of their own: see LICENSE.txt."


def document_heading(publication: Publication, document: str, *, license_iri: str | None = None) -> tuple[str, ...]:
    """Return the lines of a document of data: title, version and date, its own IRI, licence, attribution.

    A document under a licence of its own is no copy of the data, whose attribution it
    then leaves out. What the dataset does not say of itself is left out too.
    """
    version = f"Version {publication.version} of the data" if publication.version else None
    dated = ", ".join(filter(None, (version, publication.modified)))
    return _lines(publication.title, dated, f"Document: {document}", *_terms(publication, license_iri))


def release_heading(
    publication: Publication,
    release: Release,
    *,
    graph: str | None = None,
    license_iri: str | None = None,
    is_merged: bool = False,
) -> tuple[str, ...]:
    """Return the lines of a file of a release: title, version, date, licence, attribution, where to find more.

    `graph` is the one named graph that it holds, `license_iri` its licence where it is not the data's.
    A file `is_merged` that holds every graph and tells none apart.
    """
    has_links = graph is None or graph.endswith("/graph/crosslinks")
    return _lines(
        publication.title,
        f"Version {release.version}, {release.record.modified}",
        f"The named graph <{graph}> alone" if graph else None,
        *_terms(publication, license_iri),
        _OUTSIDE if has_links and publication.registers else None,
        _MERGED if is_merged else None,
        f"More: {release.iri}",
    )


def _terms(publication: Publication, license_iri: str | None) -> tuple[str | None, ...]:
    terms = license_iri or publication.license
    return (f"Licence: {terms}" if terms else None, publication.rights if terms == publication.license else None)


def _lines(*lines: str | None) -> tuple[str, ...]:
    # A line break in an authored text must not end the comment.
    return tuple(" ".join(line.split()) for line in lines if line and line.strip())
