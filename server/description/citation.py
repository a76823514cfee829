"""How to cite the dataset: CITATION.cff, by the Citation File Format 1.2.0."""

from __future__ import annotations

import json
import re
from typing import Final

from server.description.licences import find_licence
from server.description.publication import Publication

_HEAD: Final = "# Written by `battlegraph release` from graph/shared/dataset.ttl.\n"
_MESSAGE: Final = "If you use the data or the software, please cite it as below."
# What JSON lets stand and YAML 1.2 does not take for printable (section 5.1), or YAML 1.1 takes for a line break.
_NOT_YAML: Final = re.compile("[\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029]")


def cite(publication: Publication, address: str) -> bytes:
    """Return CITATION.cff; `address` is that of the release.

    What the format demands and the dataset does not say stands as unknown.
    """
    licence = find_licence(publication.license) if publication.license else None
    makers = publication.creators or ((publication.publisher,) if publication.publisher else ())
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(_MESSAGE)}",
        f"title: {_quoted(publication.title or 'Untitled')}",
        "type: dataset",
        "authors:",
        *(f"  - name: {_quoted(maker.name)}" for maker in makers),
        *(["  - name: anonymous"] if not makers else []),
        *_line("version", publication.version),
        *_line("date-released", publication.modified),
    ]
    if licence is not None:
        lines += [f"license: {licence.spdx}"] if licence.spdx else [f"license-url: {_quoted(licence.iri)}"]
    lines += [
        *_line("url", publication.landing_page),
        "identifiers:",
        "  - type: url",
        f"    value: {_quoted(address)}",
        '    description: "The files of this version, which do not change."',
        *_line("abstract", publication.description),
    ]
    if publication.keywords:
        lines += ["keywords:", *(f"  - {_quoted(keyword)}" for keyword in publication.keywords)]
    return f"{_HEAD}{chr(10).join(lines)}\n".encode()


def _line(key: str, value: str | None) -> list[str]:
    return [f"{key}: {_quoted(value)}"] if value is not None else []


def _quoted(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML, which JSON's strings are but for a few characters."""
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
