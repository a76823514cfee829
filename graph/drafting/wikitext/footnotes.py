"""Footnotes of an article: each with its name, what defines it, and the marks that lead to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mwparserfromhell.nodes import Tag, Template

from graph.anchors import Span
from graph.drafting.wikitext import templates
from graph.drafting.wikitext.citations import Citation, cited, shortened
from graph.drafting.wikitext.covers import COVER
from graph.drafting.wikitext.display import argument, written
from graph.drafting.wikitext.located import Argument, Code, arguments

if TYPE_CHECKING:
    from graph.drafting.wikitext.visible import Visible

_UNNAMED: Final = re.compile(
    r"<ref(?=[\s>])(?![^<>]{0,600}name)[^<>]{0,600}(?<!/)>|\{\{\s{0,9}(?:efn|refn|notetag|note tag|#tag:ref)\b",
    re.IGNORECASE,
)
_BETWEEN_WORDS: Final = re.compile(r"\W+")
_NO_PART_OF_A_NAME: Final = frozenset(("ps", "ref", "postscript", "mode"))


@dataclass(slots=True)
class Footnote:
    """A footnote that the article has, or that its marks ask for."""

    name: str
    group: str
    span: Span | None = None
    """The whole of what defines it; None where nothing does."""
    code: Code | None = None
    """Its text; None for a short citation, which is all template."""
    template: str = ""
    """`ref`, or the template that made it."""
    citations: tuple[Citation, ...] = ()
    """Of a short citation, what it cites."""
    uses: set[Span] = field(default_factory=set)


@dataclass(slots=True)
class Footnotes:
    """Those met so far, by group and name."""

    ordinals: dict[int, int]
    """Of what makes a footnote without name, by where it starts."""
    met: dict[tuple[str, str], Footnote] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def citation(self, name: str, given: Sequence[Argument], span: Span, visible: Visible) -> Citation:
        """Return what a citation template says."""
        if name in templates.SHORT_CITATIONS:
            several = shortened(name, given, span, visible)
            return several[0] if several else Citation(name, (), "", span)
        return cited(name, given, span, visible)

    def reference(self, tag: Tag, span: Span, *, is_use: bool = True) -> tuple[str, ...]:
        """Take a <ref>, and return the names of the entries that its mark leads to."""
        given = {}
        for attribute in tag.attributes:
            value = "" if attribute.value is None else str(attribute.value).replace(COVER, "")
            given[str(attribute.name).strip().lower()] = " ".join(value.split()).strip("\"'")
        code = None if tag.self_closing else _contents(tag, span)
        if code is not None and not str(code.wikicode).replace(COVER, "").strip() and given.get("name"):
            code = None
        return self._take(given.get("name", ""), given.get("group", ""), span, code, "ref", is_use=is_use)

    def listed(self, tag: Tag, span: Span) -> None:
        """Take the footnotes that stand in <references>."""
        if not tag.self_closing:
            self._defined_in(_contents(tag, span), None)

    def defined_in(self, code: Code, visible: Visible) -> None:
        """Take the footnotes that a list of footnotes has as an argument: nothing marks them there."""
        self._defined_in(code, visible)

    def _defined_in(self, code: Code, visible: Visible | None) -> None:
        for node, span in code.nodes():
            if isinstance(node, Tag) and str(node.tag).strip().lower() == "ref":
                self.reference(node, span, is_use=False)
            elif isinstance(node, Template) and visible is not None:
                name = templates.canonical(str(node.name).replace(COVER, ""))
                if name in templates.NOTES or name.startswith("#tag:ref"):
                    self.template(name, list(arguments(node, span.start)), span, visible, is_use=False)

    def template(
        self, name: str, given: Sequence[Argument], span: Span, visible: Visible, *, is_use: bool = True
    ) -> tuple[str, ...]:
        """Take a template that makes a footnote or marks one, and return the names of its entries."""
        group = argument(given, "group", "g")
        in_group = visible.plain(group.code) if group else ""
        if name in templates.REUSES:
            marked = [visible.plain(one.code) for one in given if not one.named and written(one)]
            if name != "r":
                marked, in_group = marked[:1], "label"
            return tuple(label for one in marked for label in self._take(one, in_group, span, None, "ref", is_use=True))
        if name in templates.FOOTNOTED:
            parts = [visible.plain(one.code) for one in given if one.name not in _NO_PART_OF_A_NAME]
            label = "-".join(("sfn", *(_BETWEEN_WORDS.sub("-", part.lower()).strip("-") for part in parts if part)))
            known = ("sfn", label) in self.met
            names = self._take(label, "sfn", span, None, name, is_use=is_use)
            if not known:
                note = self.met["sfn", label]
                note.span, note.template, note.citations = span, name, shortened(name, given, span, visible)
            return names
        label_of = argument(given, "name", "n")
        label = visible.plain(label_of.code).strip("\"'") if label_of else ""
        text = argument(given, "1", "text", "content")
        in_group = in_group or ("" if name in {"refn", "#tag:ref"} else name)
        return self._take(label, in_group, span, text.code if text else None, name, is_use=is_use)

    def _take(
        self, label: str, group: str, span: Span, code: Code | None, template: str, *, is_use: bool
    ) -> tuple[str, ...]:
        key = (group, label or f"\n{span.start}")
        note = self.met.get(key)
        if note is None:
            note = self.met[key] = Footnote(
                self._free(label or f"ref-{self.ordinals.get(span.start, span.start)}", group), group
            )
        if note.span is None and code is not None:
            note.span, note.code, note.template = span, code, template
        if is_use:
            note.uses.add(span)
        return (note.name,)

    def _free(self, name: str, group: str) -> str:
        """Return a name that no other footnote has: two groups may use the same."""
        for other in (name, f"{group}:{name}", *(f"{name}-{number}" for number in range(2, len(self.names) + 3))):
            if other not in self.names:
                break
        self.names.add(other)
        return other


def _contents(tag: Tag, span: Span) -> Code:
    return Code(tag.contents, span.end - len(f"</{tag.closing_tag}>") - len(str(tag.contents)))


def number_unnamed(text: str) -> dict[int, int]:
    """Return the ordinal of each thing that may make a footnote without name, by where it starts."""
    return {match.start(): number for number, match in enumerate(_UNNAMED.finditer(text), 1)}
