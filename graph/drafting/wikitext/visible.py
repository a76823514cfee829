"""What a page shows of a stretch of wikitext, as lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from mwparserfromhell.nodes import Argument as Parameter
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Node, Tag, Template, Text, Wikilink

from graph.anchors import Span
from graph.drafting.document import Line, Trouble
from graph.drafting.wikitext import templates
from graph.drafting.wikitext.covers import COVER
from graph.drafting.wikitext.display import show_template, written
from graph.drafting.wikitext.flow import BULLETS, Flow, Newlines
from graph.drafting.wikitext.footnotes import Footnotes
from graph.drafting.wikitext.links import flag_of_file, is_file, leads_out, page_title
from graph.drafting.wikitext.located import Argument, Code, arguments
from graph.drafting.wikitext.notices import is_navigation

_BULLETS: Final = frozenset("*#:;")


@dataclass(slots=True)
class Visible(Flow):
    """Shows stretches of one article as the lines of a cell."""

    footnotes: Footnotes = field(kw_only=True)
    troubles: list[Trouble] = field(kw_only=True)
    _after_link: bool = False

    def cell(self) -> Visible:
        """Return what shows a cell of this article."""
        return Visible(self.balanced, footnotes=self.footnotes, troubles=self.troubles)

    def lines(self, code: Code) -> tuple[Line, ...]:
        """Return the lines that this code shows."""
        self.fresh(code)
        self.end_line()
        return tuple(self.builder.lines)

    def plain(self, code: Code) -> str:
        """Return what this code shows as one line of text."""
        simple = code.simple()
        if simple is not None:
            return simple
        inner = Visible(self.balanced, Newlines.SPACE, footnotes=self.footnotes, troubles=self.troubles)
        return " ".join(line.text for line in inner.lines(code))

    def fresh(self, code: Code) -> None:
        """Show code that begins a line, so that a bullet at its start is one (MediaWiki, T14974)."""
        for number, (node, span) in enumerate(code.nodes()):
            bullets = BULLETS.match(str(node)) if number == 0 and isinstance(node, Text) else None
            if bullets:
                self.bullets(bullets.group(1))
                self.text(str(node)[bullets.end() :], span.start + bullets.end())
            else:
                self.node(node, span)

    def code(self, code: Code) -> None:
        """Show code within a line."""
        for node, span in code.nodes():
            self.node(node, span)

    def node(self, node: Node, span: Span) -> None:
        """Show one node."""
        is_bullet = isinstance(node, Tag) and node.wiki_markup in _BULLETS
        after_link, self._after_link = self._after_link, False
        if isinstance(node, Text):
            self.text(str(node), span.start, after_link=after_link)
        elif isinstance(node, Template):
            self._template(node, span)
        elif isinstance(node, Wikilink):
            self._wikilink(node, span)
        elif isinstance(node, Tag):
            self._tag(node, span)
        elif isinstance(node, ExternalLink):
            self.external_link(node, span)
        elif isinstance(node, HTMLEntity):
            self.show(node.normalize(), span)
        elif isinstance(node, Heading):
            self.end_line()
            self.code(Code(node.title, span.start + node.level))
            self.end_line(heading=True)
        elif isinstance(node, Parameter):
            self.trouble(span, "a parameter stands here outside a template")
        self.after_bullet = is_bullet
        self._after_link = isinstance(node, Wikilink) and self.builder.ends_in_link

    # What forms of showing do in their own way

    def aside(self, span: Span, reason: str) -> None:
        """Leave out a stretch that says nothing of the battle; in a cell it is simply not shown."""

    def trouble(self, span: Span, seen: str) -> None:
        """Note a stretch that could not be taken apart."""
        self.troubles.append(Trouble(span, seen))

    def unknown(self, name: str, _given: list[Argument], span: Span) -> None:
        """Note a template of which nobody knows what it shows."""
        if is_navigation(name):
            self.aside(span, "Navigation, or a notice of editors.")
        else:
            self.trouble(span, f"what the template {{{{{name}}}}} shows is not known")

    def silently(self, code: Code) -> None:
        """Take the footnotes of code, and show nothing."""
        self.quiet().code(code)

    def quiet(self) -> Visible:
        """Return what takes footnotes, and whose lines and troubles nobody asks for."""
        return Visible(self.balanced, Newlines.SPACE, footnotes=self.footnotes, troubles=[])

    def cite(self, name: str, given: list[Argument], span: Span) -> None:
        """Show a citation."""
        self.show(self.footnotes.citation(name, given, span, self).shown, span)

    def position(self, text: str, span: Span) -> None:
        """Show coordinates, on a line of their own."""
        self.end_line()
        self.show(text, span)
        self.end_line()

    # Nodes

    def _tag(self, node: Tag, span: Span) -> None:
        name = str(node.tag).strip().lower()
        if node.wiki_markup in _BULLETS:
            self.bullets(str(node.wiki_markup))
        elif node.wiki_markup:
            self.end_line()
        elif name == "ref":
            self.mark(self.footnotes.reference(node, span), span)
        elif name == "references":
            self.footnotes.listed(node, span)
            self.aside(span, "The place of the list of footnotes.")
        elif name == "nowiki":
            if not node.self_closing:
                self.settle(str(node.contents))
                self.builder.text(str(node.contents), span.start + str(node).index(">") + 1)
        else:
            self.aside(span, f"What is shown by <{name}>, which is no text of the article.")

    def mark(self, names: tuple[str, ...], span: Span) -> None:
        """Put the marks of footnotes here."""
        for name in names:
            self.builder.mark(name, span)

    def _wikilink(self, node: Wikilink, span: Span) -> None:
        title = str(node.title)
        if is_file(title):
            self.picture(node, span)
            return
        target = page_title(title)
        if leads_out(title):
            self.aside(span, "A category, or the same article in another language.")
            return
        name = Code(node.title, span.start + 2)
        shown = name if node.text is None else Code(node.text, span.start + 3 + len(title))
        self.settle(str(shown.wikicode).strip("' ") or title)
        place = self.builder.place
        bare = name.is_text()
        if bare and node.text is None and title.startswith(":"):
            # The colon only keeps the link in its place.
            self.builder.text(title[1:], span.start + 3)
        elif bare and not str(shown.wikicode).strip():
            # [[Hull (city)|]]: the name without what tells it from others.
            self.builder.text(title.partition("(")[0].rstrip(), span.start + 2)
        else:
            self.code(shown if str(shown.wikicode).strip() else name)
        if target:
            self.builder.link(place, target)

    def picture(self, node: Wikilink, span: Span) -> None:
        """Show a picture: in a cell it may be a flag. Its caption may have footnotes."""
        if node.text is not None:
            self.silently(Code(node.text, span.start + 3 + len(str(node.title))))
        if whose := flag_of_file(str(node.title)):
            self.settle("X")
            self.builder.flag(whose)

    def external_link(self, node: ExternalLink, span: Span) -> None:
        """Show an external link: its title, or a bare address itself."""
        if node.title is not None:
            self.code(Code(node.title, span.end - 1 - len(str(node.title))))
        elif not node.brackets:
            self.settle("x")
            self.builder.text(self.balanced.source[span.start : span.end], span.start)

    def _template(self, node: Template, span: Span) -> None:
        name = templates.canonical(str(node.name).replace(COVER, ""))
        given = list(arguments(node, span.start))
        if name.startswith("#tag:ref"):
            name = "#tag:ref"
        if name in templates.PAGES:
            self.builder.extend_mark(span.end)
        elif name in templates.FOOTNOTED or name in templates.NOTES or name in templates.REUSES:
            self.mark(self.footnotes.template(name, given, span, self), span)
        elif name in templates.FOOTNOTE_LISTS:
            for one in given:
                if one.name in {"refs", "notes", "1"} and "<" in written(one) + ("<" if "{{" in written(one) else ""):
                    self.footnotes.defined_in(one.code, self)
            self.aside(span, "The place of the list of footnotes.")
        elif name in templates.SHORT_CITATIONS or templates.is_citation(name):
            self.cite(name, given, span)
        elif not show_template(self, name, given, span):
            self.unknown(name, given, span)
