"""The names the project mints, and the base they stand on.

Entities are `{base}id/{kind}/{slug}`, named graphs `{base}graph/{name}`. Slugs are
lower-case ASCII and never hold a number that depends on an order. The vocabulary and
the shapes have a namespace of their own, which no base changes (see `namespaces`).
"""

from __future__ import annotations

import re
from typing import Final

from graph.namespaces import BG, BGSH, CANONICAL_BASE

ONTOLOGY_IRI: Final = BG.removesuffix("#")
SHAPES_IRI: Final = BGSH.removesuffix("#")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Tell whether the text may stand between two slashes of an entity's IRI."""
    return _SLUG.fullmatch(text) is not None


def entity_iri(kind: str, *slugs: str, base: str = CANONICAL_BASE) -> str:
    """Return the IRI of an entity; raise ValueError where a part is not a slug.

    >>> entity_iri("claim", "battle-of-hadrut", "result")
    'https://w3id.org/battlegraph/id/claim/battle-of-hadrut/result'
    """
    for part in (kind, *slugs):
        if not is_slug(part):
            raise ValueError(f"{part!r} is not a slug: use lower-case ASCII letters, digits and single hyphens")
    return f"{base}id/{'/'.join((kind, *slugs))}"


def graph_iri(name: str, base: str = CANONICAL_BASE) -> str:
    """Return the IRI of a named graph, as `entities` or `viewpoint/azerbaijan`."""
    return f"{base}graph/{name}"


def viewpoint_graph_iri(viewpoint: str) -> str:
    """Return the graph that holds what this viewpoint is said to assert.

    >>> viewpoint_graph_iri("https://w3id.org/battlegraph/id/viewpoint/azerbaijan")
    'https://w3id.org/battlegraph/graph/viewpoint/azerbaijan'
    """
    head, separator, name = viewpoint.rpartition("/id/viewpoint/")
    if not separator:
        raise ValueError(f"<{viewpoint}> is not a viewpoint: its IRI must contain /id/viewpoint/")
    return f"{head}/graph/viewpoint/{name}"


def anchor_iri(article: str, text_digest: str, start: int, end: int, base: str = CANONICAL_BASE) -> str:
    """Return the IRI of the stretch [start, end) of an article's text, in code points.

    The first eight digits of the text's SHA-256 are part of the name, so that a new
    revision never changes an old anchor's words.
    """
    return f"{base}id/anchor/{article}/{text_digest[:8]}/{start}-{end}"


def text_iri(article: str, text_digest: str, base: str = CANONICAL_BASE) -> str:
    """Return the IRI of one text of an article, named by its SHA-256."""
    return entity_iri("text", article, text_digest[:8], base=base)


def rebase(iri: str, base: str) -> str:
    """Return the IRI on another base; the vocabulary, the shapes and foreign IRIs stay."""
    if not iri.startswith(CANONICAL_BASE) or iri.startswith((ONTOLOGY_IRI, SHAPES_IRI)):
        return iri
    return base + iri.removeprefix(CANONICAL_BASE)


def canonical_iri(iri: str, base: str) -> str:
    """Return an IRI of data on another base as it is on the canonical one."""
    return CANONICAL_BASE + iri.removeprefix(base) if iri.startswith(base) else iri
