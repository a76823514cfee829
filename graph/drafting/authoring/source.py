"""The article itself: its title, where its text is from as far as that is known, and its digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, term
from graph.drafting.authoring.scene import Scene
from graph.namespaces import ISO639_1

_WIKIPEDIA: Final = re.compile(
    r"https://en\.wikipedia\.org/(?:wiki/[^ ?#]+(?:\?oldid=\d+)?|w/index\.php\?(?=[^ #]*\btitle=)[^ #]+)"
)
_REVISION: Final = re.compile(r"[?&]oldid=(\d{1,20})(?![^&#])")
_CC_BY_SA: Final = "https://creativecommons.org/licenses/by-sa/4.0/"
_KNOWN: Final = "Drafted by a program from a copy of the page named as the source; the revision is unknown."
_UNKNOWN: Final = "Drafted by a program from a text whose source nobody has named."


def article_node(scene: Scene) -> Node:
    """Return the article; its licence and its authors are stated only of a page of Wikipedia, which has them."""
    return Node(scene.article.value, "bg:Article", tuple(_says(scene)))


def _says(scene: Scene) -> Iterator[Says]:
    yield "rdfs:label", english(f"{scene.title} (article)")
    yield "dcterms:title", english(scene.title)
    wikipedia = _WIKIPEDIA.fullmatch(scene.page or "")
    if scene.page:
        yield "dcterms:source", Iri(scene.page)
    yield "dcterms:language", Iri(ISO639_1 + "en")
    if wikipedia:
        yield "dcterms:license", Iri(_CC_BY_SA)
        yield "dcterms:creator", Text("English Wikipedia contributors")
    yield "dcterms:provenance", english(_provenance(scene.page))
    yield "schema:about", scene.battle
    yield "bg:textDigest", Text(hashlib.sha256(scene.document.source.encode()).hexdigest())
    yield "bg:reviewStatus", term("bg:Unreviewed")


def _provenance(page: str | None) -> str:
    if page is None:
        return _UNKNOWN
    revision = _REVISION.search(page)
    return (
        f"Drafted by a program from a copy of revision {revision[1]} of the page named as the source."
        if revision
        else _KNOWN
    )
