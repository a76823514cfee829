"""Authors whom an article cites: a heading that names nobody else names who gives the figures under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.actors.polities import roots
from graph.drafting.document import Document, Entry
from graph.drafting.lists.headings import Heading, Kind
from graph.drafting.lists.lexicon import DEMONYMS
from graph.drafting.losses.rows import Row

RULES: Final = {
    "heading-author": "A heading of nothing but surnames of authors whom the article cites names who gives the figures "
    "of the list under it.",
}
_AUTHOR: Final = re.compile(r"(?:last|author|surname|editor)(?:-last)?\d*")
_FIRST_WORDS: Final = re.compile(r"[^\d,:;(\"“\u2018']{2,60}")
_NAME: Final = re.compile(r"[^\W\d_][\w'\u2019-]+")


def surnames(document: Document) -> frozenset[str]:
    """Return the names of the authors of an article's references, in small letters."""
    return frozenset(name.lower() for entry in document.entries if not entry.is_note for name in _names(entry))


def _names(entry: Entry) -> list[str]:
    told = [one.value for one in entry.fields if _AUTHOR.fullmatch(one.name)]
    if not told and not entry.fields and entry.line and (first := _FIRST_WORDS.match(entry.line.text)):
        told = [first[0]]
    return [name for one in told for name in _NAME.findall(one) if name[0].isupper()]


def with_authors(rows: Sequence[Row], authors: frozenset[str], members: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows with the headings that are nothing but authors' names as those of claimants."""
    known = frozenset(root for member in members for root in roots(member))
    theirs = frozenset(name for name in authors if name not in DEMONYMS and not roots(name) & known)
    return tuple(_with_author(row, theirs) for row in rows)


def _with_author(row: Row, authors: frozenset[str]) -> Row:
    heading = row.heading
    if heading is None or not _is_author(heading, authors):
        return row
    return replace(row, heading=replace(heading, kind=Kind.CLAIMANT, rule="heading-author"))


def _is_author(heading: Heading, authors: frozenset[str]) -> bool:
    names = [word for word in _NAME.findall(heading.name) if word != "and"]
    return heading.kind is Kind.FORCE and bool(names) and all(name.lower() in authors for name in names)
