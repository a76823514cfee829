"""The whole of an article's wikitext: its box, its footnotes, its prose, and what stands apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import mwparserfromhell
from mwparserfromhell.nodes import Node, Template

from graph.anchors import Span
from graph.drafting.document import Apart, Document, Form, Trouble, UnreadableArticle
from graph.drafting.wikitext.covers import RESERVED, Balanced
from graph.drafting.wikitext.entries import entries_of, with_marks
from graph.drafting.wikitext.flow import Newlines
from graph.drafting.wikitext.footnotes import Footnotes, number_unnamed
from graph.drafting.wikitext.infobox import is_box, read_box
from graph.drafting.wikitext.located import Code
from graph.drafting.wikitext.prose import Prose, without
from graph.drafting.wikitext.repair import open_box, repaired
from graph.drafting.wikitext.templates import canonical
from graph.drafting.wikitext.works import works

LARGEST: Final = 2_097_152
"""Code points of the largest source that is read; MediaWiki stores no page of more bytes ($wgMaxArticleSize)."""
MOST_MARKUP: Final = 100_000
"""Brackets, bars, tags and list items of a source that is read; the longest articles have some ten thousand."""
_MARKUP: Final = re.compile(r"\{\{|\[|\||<[A-Za-z/]|&|\n[*#:;=]|[*#:;](?=[*#:;])|://")
_REDIRECT: Final = re.compile(r"\s{0,99}#redirect\s{0,9}:?\s{0,9}\[\[([^\[\]|\n]{1,255})", re.IGNORECASE)
_ANY_BOX: Final = re.compile(r"\{\{\s{0,9}((?:infobox|taxobox|geobox)[^{}|\n<]{0,60})", re.IGNORECASE)


def read_wikitext(source: str, title: str) -> Document:
    """Return the article of this wikitext, taken apart; everything that it shows is in one of the parts.

    Raises `UnreadableArticle` where there is no box of a battle, or too much text.
    """
    _refuse(source)
    balanced = repaired(source)
    nodes = _nodes(balanced)
    box, nodes = _box(balanced, nodes)
    footnotes = Footnotes(number_unnamed(balanced.text))
    prose = Prose(balanced, Newlines.SPACE, footnotes=footnotes, troubles=balanced.troubles)
    fields = read_box(*box, prose, prose.apart)
    lines = prose.read(nodes)
    if not any(one.key == "coordinates" and one.lines for one in fields):
        fields += tuple(prose.positions[:1])
        prose.positions = prose.positions[1:]
    prose.apart += [Apart(one.span, "The coordinates again, for the top of the page.") for one in prose.positions]
    cited = entries_of(prose)
    entries = tuple(sorted((*cited.entries, *works(prose.works)), key=lambda one: one.span))
    shown = [*(one.span for one in fields), *(one.span for one in entries), *(line.span() for line in lines)]
    prose.apart += _comments(balanced, shown)
    return Document(
        source,
        Form.WIKITEXT,
        title,
        None,
        tuple(replace(one, lines=tuple(with_marks(line, cited.further) for line in one.lines)) for one in fields),
        entries,
        tuple(with_marks(line, cited.further) for line in lines),
        without(prose.apart, [one.span for one in entries]),
        tuple(sorted(set(balanced.troubles), key=lambda one: one.span)),
    )


def _refuse(source: str) -> None:
    """Raise `UnreadableArticle` for what is not looked at."""
    if len(source) > LARGEST:
        raise UnreadableArticle(
            f"the article has {len(source):,} code points, and more than {LARGEST:,} are not read: give one article"
        )
    markup = sum(1 for _ in _MARKUP.finditer(source))
    if markup > MOST_MARKUP:
        raise UnreadableArticle(
            f"the article has {markup:,} pieces of markup, and more than {MOST_MARKUP:,} are not read: give one article"
        )
    for one in RESERVED:
        if one in source:
            raise UnreadableArticle(
                f"at {source.index(one)} stands U+{ord(one):04X}, which is no character: look at the file's encoding"
            )
    if redirect := _REDIRECT.match(source):
        raise UnreadableArticle(f"this is a redirect to {redirect.group(1)!r}: give the wikitext of that page")


def _nodes(balanced: Balanced) -> list[tuple[Node, Span]]:
    """Return the nodes of the source; if the parser loses its place, all of it is text and trouble."""
    code = Code(mwparserfromhell.parse(balanced.text, skip_style_tags=True), 0)
    if str(code.wikicode) != balanced.text:
        balanced.troubles.append(
            Trouble(Span(0, len(balanced.source)), "the parser does not give this text back as it is")
        )
        return []
    return list(code.nodes())


def _box(balanced: Balanced, nodes: list[tuple[Node, Span]]) -> tuple[tuple[Template, Span], list[tuple[Node, Span]]]:
    """Return the box of the battle, and the nodes outside it."""
    for place, (node, span) in enumerate(nodes):
        if isinstance(node, Template) and is_box(str(node.name)):
            return (node, span), nodes[:place] + nodes[place + 1 :]
    if found := open_box(balanced):
        rest = mwparserfromhell.parse(balanced.text[found.span.end :], skip_style_tags=True)
        before = mwparserfromhell.parse(balanced.text[: found.span.start], skip_style_tags=True)
        return (found.node, found.span), [*Code(before, 0).nodes(), *Code(rest, found.span.end).nodes()]
    raise UnreadableArticle(_no_box(balanced.source))


def _no_box(source: str) -> str:
    remedy = "only articles with {{Infobox military conflict}} can be drafted"
    if found := _ANY_BOX.search(source):
        name = canonical(found.group(1))
        return f"at {found.start()} stands {{{{{name}}}}}, which is no box of a battle: {remedy}"
    return f"there is no box in these {len(source):,} code points: {remedy}"


def _comments(balanced: Balanced, inside: list[Span]) -> list[Apart]:
    """Return the comments that stand in no other part."""
    parts = sorted(inside)
    found: list[Apart] = []
    at = 0
    reached = 0
    for comment in balanced.comments:
        while at < len(parts) and parts[at].start <= comment.start:
            reached = max(reached, parts[at].end)
            at += 1
        if comment.start >= reached:
            found.append(Apart(comment, "A comment of editors, which the page does not show."))
    return found
