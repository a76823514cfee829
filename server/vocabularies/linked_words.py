"""Words that speak of terms by their short names, with the way to each term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.namespaces import PREFIXES
from server.site import Site
from server.terms.labels import Label
from server.vocabularies.borrowed import show_term

_SHORT_NAME: Final = re.compile(r"(?<![\w:/.-])([a-z]+:[A-Za-z]\w*)")


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """A text in parts: words, and short names with the address of what is said of the term."""

    parts: tuple[tuple[str, str | None], ...]
    lang: str | None = None


def link_words(site: Site, label: Label) -> LinkedWords:
    """Return a text in which each short name of a term that the data names leads to it."""
    parts = _SHORT_NAME.split(label.text)
    return LinkedWords(
        tuple((part, _href(site, part) if place % 2 else None) for place, part in enumerate(parts)), label.lang
    )


def _href(site: Site, short: str) -> str | None:
    prefix, _colon, name = short.partition(":")
    iri = PREFIXES.get(prefix, "") + name
    return show_term(site, iri).href if prefix in PREFIXES and site.labels.has_label(iri) else None
