"""Which items the command file creates where Wikidata is not known to have one.

None by default. `guarded` makes those that cannot become duplicates. The rows of a new item begin with the
link to its Wikipedia article. Both versions of QuickStatements, as they are set when one
pastes a file, make CREATE and the rows after it one edit (version 2's import compresses,
version 3 combines); Wikibase allows an article one item only, so it refuses that edit as a
whole where there is an item already, and names it. Version 3 then offers to run it again
uncombined, which would fill a second item; so the contributor has to want it, and to know.
Nothing else is made: what has no class or no article would be deleted, or be there already.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import unquote

from graph.namespaces import FOAF
from server.wikidata import values
from server.wikidata.items import Items
from server.wikidata.mapping import CLASS_ITEMS, PROJECTS
from server.wikidata.records import is_in, objects


class Creation(StrEnum):
    """What to do with things that have no item."""

    NONE = "none"
    """Hold everything about them back."""
    GUARDED = "guarded"
    """Create the battles that have an article in Wikipedia, which keeps duplicates out."""


def may_create(items: Items, thing: str, creation: Creation) -> bool:
    """Tell whether an item may be created for a thing. Only for what gets a class and has an article."""
    is_wanted = creation is Creation.GUARDED and is_in(items.store, thing, *CLASS_ITEMS)
    return is_wanted and sitelink(items, thing) is not None


def sitelink(items: Items, thing: str) -> tuple[str, str] | None:
    """Return the site and the title, as it is written, of a thing's Wikipedia article; None where none is published."""
    for address in objects(items.store, thing, FOAF + "isPrimaryTopicOf"):
        for head, (_, site) in PROJECTS.items():
            title = values.text(unquote(address.removeprefix(head)).replace("_", " "))
            if address.startswith(head) and title is not None:
                return site, title
    return None
