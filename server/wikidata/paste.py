"""The commands of a thing or article as pages show them: counted, to be copied, and as a link to QuickStatements."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import Final
from urllib.parse import quote, urlencode

from graph.namespaces import BG, RDF, SCHEMA
from server.site import Site
from server.wikidata import exports
from server.wikidata.creation import Creation
from server.wikidata.items import Items
from server.wikidata.records import objects, subjects
from server.wikidata.selection import KINDS, claims_about, claims_of

MOST_ADDRESS: Final = 8_000
"""Characters of an address that servers and browsers take without fail."""
MOST_COUNTED: Final = 400
"""Claims up to which a page counts how they divide."""
_VERSION_2: Final = "https://quickstatements.toolforge.org/#/v1="


@dataclass(frozen=True, slots=True)
class Paste:
    """The commands of an article, with what was given for them."""

    name: str
    """What the article is about, in the reader's language."""
    rows: str
    exported: int
    held: int
    commands: str
    """Address of the file."""
    review: str
    version_2: str | None
    """Address that opens QuickStatements 2 with these rows; None where it would be too long."""
    makes_item: bool


@dataclass(frozen=True, slots=True)
class Files:
    """The files about one thing."""

    commands: str
    review: str
    exported: int | None
    """None where there are too many claims to count on a page."""
    held: int | None


def meant(site: Site, thing: str) -> str:
    """Return what an item without a name is the item of: of an article the event it is about."""
    return next(iter(objects(site.dataset.store, thing, SCHEMA + "about")), thing)


def paste_article(site: Site, article: str, items: Items, creation: Creation, with_names: bool) -> Paste:  # noqa: FBT001
    """Return the commands of an article, with these items."""
    rows = "".join(exports.quickstatements(site, items, creation, article, with_names=with_names))
    found = [one for _, one in exports.translations(site, items, creation, article)]
    name = site.links.entity_name(article) or ""
    given = [("item", f"{site.links.entity_name(thing)}={item}") for thing, item in sorted(items.given.items())]
    options = [*given, *([("new", creation.value)] if creation is not Creation.NONE else [])]
    names = [("names", "1")] if with_names else []
    address = _VERSION_2 + quote(rows.rstrip("\n"), safe="")
    return Paste(
        name=site.labels.label(meant(site, article)).text,
        rows=rows,
        exported=sum(len(one.statements) for one in found),
        held=sum(len(one.held) for one in found),
        commands=_address(site, "quickstatements", name, [*options, *names]),
        review=_address(site, "needs-review", name, options),
        version_2=address if rows and len(address) < MOST_ADDRESS else None,
        makes_item=rows.startswith("CREATE"),
    )


def files_of(site: Site, thing: str, name: str) -> Files | None:
    """Return the files about a thing with this `kind/slug…`; None where no claim is about it."""
    if name.partition("/")[0] not in KINDS:
        return None
    store = site.dataset.store
    terms = (BG + "inArticle", RDF + "subject", BG + "inEvent")
    pointers = chain.from_iterable(subjects(store, term, thing) for term in terms)
    is_small = len(list(islice(pointers, MOST_COUNTED + 1))) <= MOST_COUNTED
    exported = held = None
    if is_small:
        if not claims_of(store, thing) and not claims_about(store, thing):
            return None
        found = [one for _, one in exports.translations(site, Items(store), Creation.NONE, thing)]
        exported, held = sum(len(one.statements) for one in found), sum(len(one.held) for one in found)
    return Files(_address(site, "quickstatements", name), _address(site, "needs-review", name), exported, held)


def _address(site: Site, file: str, name: str, options: list[tuple[str, str]] | None = None) -> str:
    query = f"?{urlencode(options)}" if options else ""
    return f"{site.links.root}/exports/{file}/{quote(name)}.tsv{query}"
