"""What a template shows, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from graph.anchors import Span
from graph.drafting.wikitext import templates
from graph.drafting.wikitext.computed import COMPUTED
from graph.drafting.wikitext.countries import COUNTRIES
from graph.drafting.wikitext.covers import COVER
from graph.drafting.wikitext.languages import NAMES
from graph.drafting.wikitext.links import flag_of_file, page_title
from graph.drafting.wikitext.located import Argument
from graph.drafting.wikitext.notices import HIDDEN
from graph.drafting.wikitext.ships import PREFIXES, ship, ship_class

if TYPE_CHECKING:
    from graph.drafting.wikitext.visible import Visible

_COORDINATES: Final = frozenset(("coord", "coords"))
_FATES: Final = frozenset(name for name, shown in templates.FIXED.items() if shown.startswith("("))
_IMAGES: Final = ("file:", "image:")


def argument(given: Sequence[Argument], *names: str) -> Argument | None:
    """Return the last argument of the first of these names that is not blank: the last one is what counts."""
    for name in names:
        found = [one for one in given if one.name == name]
        if found and written(found[-1]):
            return found[-1]
    return None


def written(one: Argument) -> str:
    """Return an argument as it is written, without comments."""
    return str(one.code.wikicode).replace(COVER, "").strip()


def show_template(visible: Visible, name: str, given: Sequence[Argument], span: Span) -> bool:
    """Show a template if its name is known; tell whether it is."""
    show = _KINDS.get(name) or (_wrapper if name.startswith("lang-") else None)
    if show is None:
        return False
    show(visible, name, given, span)
    return True


def _wrapper(visible: Visible, name: str, given: Sequence[Argument], span: Span) -> None:
    shown = argument(given, templates.WRAPPERS.get(name, "1"), "1", "text")
    if shown is None:
        return
    language = written(given[0]) if name == "langx" else name.removeprefix("lang-")
    if (name == "langx" or name.startswith("lang-")) and language in NAMES:
        visible.show(f"{NAMES[language]}: ", Span(span.start, shown.code.start))
    place = visible.builder.place
    visible.code(shown.code)
    if name in templates.LINKING and (target := page_title(written(shown))):
        visible.builder.link(place, target)


def _fixed(visible: Visible, name: str, _given: Sequence[Argument], span: Span) -> None:
    text = templates.FIXED[name]
    if name in _FATES and not visible.builder.is_empty and not visible.builder.last.isspace():
        # These templates bring their own space.
        text = f"\N{NO-BREAK SPACE}{text}"
    visible.show(text, span, joins=True)


def _spaced(visible: Visible, name: str, _given: Sequence[Argument], span: Span) -> None:
    visible.show(templates.SPACED[name], span, joins=True)


def _flagged(visible: Visible, name: str, given: Sequence[Argument], _span: Span) -> None:
    whose = argument(given, "1")
    shown = argument(given, "name") or whose
    if whose is None or shown is None:
        return
    country = written(whose)
    visible.settle("X")
    visible.builder.flag(COUNTRIES.get(country, country))
    place = visible.builder.place
    if shown is whose and country in COUNTRIES:
        visible.show(COUNTRIES[country], shown.code.span)
    else:
        visible.code(shown.code)
    target = page_title(COUNTRIES.get(country, country))
    if target and name not in templates.FORCES:
        visible.builder.link(place, target)


def _flag(visible: Visible, name: str, given: Sequence[Argument], _span: Span) -> None:
    whose = argument(given, "1")
    if whose is None:
        return
    of = written(whose)
    if "image" in name or of.lower().startswith(_IMAGES):
        of = flag_of_file("File:" + of.rpartition(":")[2]) or ""
    if of:
        visible.settle("X")
        visible.builder.flag(COUNTRIES.get(of, of))


def _list(visible: Visible, _name: str, given: Sequence[Argument], _span: Span) -> None:
    visible.end_line()
    depth = visible.builder.depth
    if title := argument(given, "title", "header"):
        visible.code(title.code)
        visible.end_line(heading=True)
    for one in given:
        if not one.named or one.name.isdigit():
            visible.builder.depth = depth + 1
            visible.fresh(one.code)
            visible.end_item()
    visible.builder.depth = depth


def _break(visible: Visible, _name: str, _given: Sequence[Argument], _span: Span) -> None:
    visible.end_line()


def _quotation(visible: Visible, _name: str, given: Sequence[Argument], _span: Span) -> None:
    visible.end_line()
    for names in (("title",), ("text", "quote", "1"), ("author", "sign", "2"), ("source", "3")):
        if shown := argument(given, *names):
            visible.fresh(shown.code)
            visible.end_line()


def _hidden(visible: Visible, _name: str, _given: Sequence[Argument], span: Span) -> None:
    visible.aside(span, "A tag for editors or a help to readers, which says nothing of the battle.")


def _computed(visible: Visible, name: str, given: Sequence[Argument], span: Span) -> None:
    positional = [visible.plain(one.code) for one in given if not one.named or one.name.isdigit()]
    named = {one.name.lower(): visible.plain(one.code) for one in given if one.named and not one.name.isdigit()}
    text = COMPUTED[name](positional, named)
    if text is None:
        visible.trouble(span, f"what the template {{{{{name}}}}} shows for these arguments is not known")
    elif name in _COORDINATES:
        visible.position(text, span)
    else:
        visible.show(text, span)


def _nihongo(visible: Visible, _name: str, given: Sequence[Argument], span: Span) -> None:
    """Show a name with its Japanese form and its transcription in brackets."""
    words = [one for one in (argument(given, number) for number in "123") if one is not None]
    before = span.start
    for place, one in enumerate(words):
        if place:
            visible.show(" (" if place == 1 else ", ", Span(before, one.code.start))
        visible.code(one.code)
        before = one.code.end
    if len(words) > 1:
        visible.show(")", Span(before, span.end), joins=True)


def _ship(visible: Visible, name: str, given: Sequence[Argument], span: Span) -> None:
    values = [visible.plain(one.code) for one in given if not one.named or one.name.isdigit()]
    found = ship_class(values) if name in _SHIP_CLASSES else ship(name, values)
    if found is None:
        visible.trouble(span, f"the template {{{{{name}}}}} names no ship")
        return
    visible.settle(found.shown)
    place = visible.builder.place
    visible.show(found.shown, span)
    if target := page_title(found.page):
        visible.builder.link(place, target)


_SHIP_CLASSES: Final = frozenset(("sclass", "sclass2", "sclass-"))
_SHIPS: Final = PREFIXES | _SHIP_CLASSES | {"ship", "warship"}
_NIHONGO: Final = frozenset(("nihongo", "nihongo2", "nihongo3"))

_Show = Callable[["Visible", str, Sequence[Argument], Span], None]


def _kinds() -> MappingProxyType[str, _Show]:
    kinds: dict[str, _Show] = {}
    for names, show in (
        (HIDDEN, _hidden),
        (COMPUTED, _computed),
        (templates.SPACED, _spaced),
        (templates.FIXED, _fixed),
        (templates.WRAPPERS, _wrapper),
        (templates.BREAKS, _break),
        (templates.LISTS, _list),
        (templates.QUOTATIONS, _quotation),
        (templates.FLAGGED, _flagged),
        (templates.FLAGS, _flag),
        (_SHIPS, _ship),
        (_NIHONGO, _nihongo),
    ):
        kinds.update(dict.fromkeys(names, show))
    return MappingProxyType(kinds)


_KINDS: Final = _kinds()
