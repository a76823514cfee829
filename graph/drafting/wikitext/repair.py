"""A box that is never closed: read as far as it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import mwparserfromhell
from mwparserfromhell.nodes import Template

from graph.anchors import Span
from graph.drafting.wikitext.balance import balance
from graph.drafting.wikitext.covers import Balanced
from graph.drafting.wikitext.infobox import is_box, names_a_field
from graph.drafting.wikitext.located import arguments

_NAME: Final = re.compile(r"\{\{([^{}|\n]{1,100})")
_PARAMETER: Final = re.compile(r"\s*\|[^|=\n]{1,60}=")
_BODY: Final = re.compile(r"\n[^\S\n]*(?:\n\s*(?![\s|*#:}])|==|\}(?!\})|$)")
"""Where the body of the article begins: a blank line and no parameter or list after it, a heading, a stray brace."""
_MOST_REPAIRS: Final = 8


@dataclass(frozen=True, slots=True)
class OpenBox:
    """A box without its end."""

    node: Template
    span: Span
    """From its opening to where the body of the article seems to begin."""


def open_box(balanced: Balanced) -> OpenBox | None:
    """Return the first box that is never closed, or None."""
    for start in sorted(balanced.unclosed):
        name = _NAME.match(balanced.source, start)
        if name and is_box(name.group(1)):
            end = _end(balanced.text, start)
            parsed = mwparserfromhell.parse("{{" + balanced.text[start + 2 : end] + "}}", skip_style_tags=True)
            node = parsed.nodes[0]
            if isinstance(node, Template):
                return OpenBox(node, Span(start, end))
    return None


def _end(text: str, start: int) -> int:
    at = start
    while match := _BODY.search(text, at):
        if _PARAMETER.search(text[start : match.start()]):
            return match.start()
        at = match.end()
    return len(text)


def repaired(source: str) -> Balanced:
    """Return the source with brackets looked at, so that a template that is not closed does not take the box's end.

    Within `{{Infobox …|strength1={{flag|X|casualties1=…}}` the inner template looks closed and the
    box open; but no flag has casualties, so it is the inner one that lacks its end.
    """
    stray: set[int] = set()
    for _ in range(_MOST_REPAIRS):
        balanced = balance(source, frozenset(stray))
        box = open_box(balanced)
        if box is None:
            break
        inner = _greedy(box)
        if inner is None:
            break
        stray.add(inner)
    return balanced


def _greedy(box: OpenBox) -> int | None:
    """Return where a template starts that holds parameters of the box around it, or None."""
    for argument in arguments(box.node, box.span.start):
        for node, span in argument.code.nodes():
            if isinstance(node, Template) and any(
                one.named and names_a_field(one.name) for one in arguments(node, span.start)
            ):
                return span.start
    return None
