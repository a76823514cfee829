"""Which form a rendered text has, and the document that its reader makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.drafting.document import Document, Form, UnreadableArticle
from graph.drafting.rendered.body import read_body
from graph.drafting.rendered.box import read_box
from graph.drafting.rendered.inline import read_inline
from graph.drafting.rendered.keyed import read_keyed
from graph.drafting.rendered.parts import Parts
from graph.drafting.rendered.rows import Row, rows_of
from graph.drafting.rendered.stars import stars_in
from graph.drafting.rendered.table import read_table

LARGEST: Final = 4_000_000
"""Code points of a text that is read: more than any article has."""
MOST_ROWS: Final = 200_000
_ANOTHER: Final = re.compile(
    r"(?:Attack type|Perpetrators?|Deaths|Injured|Weapons?|Victims|Assailants?|Motive|Born|Died|Allegiance|Population|"
    r"Parties to the civil conflict|Lead figures)(?=$|[\s:\dA-Z])"
)
"""Fields of infoboxes of attacks, persons, places and protests, which military conflicts do not have."""
_FORMS: Final = (read_keyed, read_table, read_inline, read_box)
"""From the form that is told most surely to the one that is told least."""


def read_rendered(source: str, title: str) -> Document:
    """Take a rendered text apart: fields, references, prose, what stands around them.

    Everything of it that shows something is in exactly one part of the document. Raises
    `UnreadableArticle` where no infobox of a battle is found in it, or where it is too large.
    """
    if len(source) > LARGEST:
        raise UnreadableArticle(
            f"the text has {len(source):,} characters, and no article more than {LARGEST:,}: "
            "give the text of one article"
        )
    if source.count("\n") > MOST_ROWS:
        raise UnreadableArticle(
            f"the text has more than {MOST_ROWS:,} rows, and no article has: give the text of one article"
        )
    rows = list(rows_of(source))
    stars = stars_in(source)
    for read in _FORMS:
        parts = Parts(stars=stars)
        after = read(source, rows, title, parts)
        if after is not None:
            break
    else:
        raise UnreadableArticle(_no_box(rows))
    read_body(source, rows[after:], parts)
    span = parts.title_span
    return Document(
        source,
        Form.RENDERED,
        title or (source[span.start : span.end] if span else ""),
        span,
        tuple(parts.fields),
        tuple(parts.entries),
        tuple(parts.prose),
        tuple(parts.apart),
        tuple(parts.troubles),
    )


def _no_box(rows: Sequence[Row]) -> str:
    found = next((row for row in rows if _ANOTHER.match(row.text)), None)
    if found is not None:
        return (
            f"the infobox is of another kind: its field {found.text[:40]!r} at {found.start} is none of a battle's; "
            "only articles with `Infobox military conflict` are read"
        )
    return (
        f"no infobox of a battle is in the text ({len(rows)} rows with words): no two names of its fields, such as "
        "Date, Belligerents, Casualties and losses, stand at the beginning of a row; give a text that has the infobox"
    )
