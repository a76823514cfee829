"""The name of a term that is nearest to the words of the text: who was injured was not called wounded there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.namespaces import SKOS
from server.site import Site
from server.terms.facts import literals
from server.terms.labels import Shown, foreign_language

_OTHER_NAMES: Final = ox.NamedNode(SKOS + "altLabel")
_OTHERS: Final = re.compile(r"\bother\b")


def name_nearest(site: Site, shown: Shown | None, words: str) -> Shown | None:
    """Return a term under that one of its names which the words have; under its label where they have none."""
    if shown is None or shown.iri is None or shown.text in words:
        return shown
    names = literals(site.dataset.store, ox.NamedNode(shown.iri), _OTHER_NAMES)
    own = (x.value for x in names if foreign_language(x) == shown.lang and x.value in words)
    return replace(shown, text=next(own, shown.text))


def name_rest(shown: Shown | None, words: str) -> Shown | None:
    """Return a type as the rest of its kind, where the words speak of others than those named before."""
    # A name in another language than the page's cannot be joined with a word of the page's.
    if shown is None or shown.lang or not _OTHERS.search(words) or _OTHERS.search(shown.text):
        return shown
    return replace(shown, text=_("other %(kind)s", kind=shown.text))
