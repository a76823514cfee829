"""What a data document says at its top, where its format has comments: what it is from and under which terms.

A file is passed on without the headers it was sent with, so it says these things itself.
"""

from __future__ import annotations

from server.description.publication import Publication


def heading(publication: Publication, document: str, *, license_iri: str | None = None) -> tuple[str, ...]:
    """Return the lines: title, version and date, the document's own IRI, licence, attribution.

    A document under a licence of its own is no copy of the data, whose attribution it
    then leaves out. What the dataset does not say of itself is left out too.
    """
    version = f"Version {publication.version} of the data" if publication.version else None
    terms = license_iri or publication.license
    lines = (
        publication.title,
        ", ".join(filter(None, (version, publication.modified))),
        f"Document: {document}",
        f"Licence: {terms}" if terms else None,
        publication.rights if terms == publication.license else None,
    )
    return tuple(line for line in lines if line)
