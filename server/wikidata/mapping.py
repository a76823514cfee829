"""The table our term → Wikidata property → what is lost on the way. What is not in it is not exported.

Properties are those whose meaning was verified in their own descriptions; items for
languages, projects and the like those that independent sources label so. The rules of the
export look up here, and the page shows the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from graph.namespaces import BG, DCTERMS, ISO639_1, RDFS, SCHEMA, SEM


class Role(StrEnum):
    """The part of a statement that a property stands in."""

    STATEMENT = "statement"
    QUALIFIER = "qualifier"
    REFERENCE = "reference"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mapped:
    """One row: a term of ours, where it goes, and what does not go along."""

    term: str
    """IRI."""
    property: str
    """P-id; of a name the prefix of its column."""
    label: str
    """What Wikidata calls the property; a translation gives Wikidata's own label in its language."""
    role: Role
    lost: str = ""


TABLE: Final = (
    Mapped(BG + "Killed", "P1120", _("number of deaths"), Role.STATEMENT,
           _("Nothing, where it is exported: the number of some people only goes along with their item (P518).")),
    Mapped(BG + "Wounded", "P1339", _("number of injured"), Role.STATEMENT, _("The same as for deaths.")),
    Mapped(BG + "Casualties", "P1590", _("number of casualties"), Role.STATEMENT,
           _("Only where the article does not divide them.")),
    Mapped(BG + "Destroyed", "P3082", _("destroyed"), Role.STATEMENT,
           _("Whose they were, unless the side has an item. Downed, sunk, damaged and captured are something else.")),
    Mapped(SEM + "hasBeginTimeStamp", "P580", _("start time"), Role.STATEMENT, _("“Early”: the words stay in P1932.")),
    Mapped(SEM + "hasEndTimeStamp", "P582", _("end time"), Role.STATEMENT, _("“Early”: the words stay in P1932.")),
    Mapped(SEM + "hasTimeStamp", "P585", _("point in time"), Role.STATEMENT, _("“Early”: the words stay in P1932.")),
    Mapped(SEM + "hasPlace", "P276", _("location"), Role.STATEMENT, _("Places that are only described.")),
    Mapped(SEM + "hasActor", "P710", _("participant"), Role.STATEMENT, _("What the actor did.")),
    Mapped(BG + "seatOf", "P1376", _("capital of"), Role.STATEMENT, _("“Now”, in an undated text.")),
    Mapped(SEM + "subEventOf", "P361", _("part of"), Role.STATEMENT, _("Only said of items that the file creates.")),
    Mapped(BG + "minCount", "P1114", _("quantity"), Role.QUALIFIER,
           _("Open bounds and ranges, for which no way is agreed: such claims need review.")),
    Mapped(BG + "unionMember", "P1012", _("including"), Role.QUALIFIER,
           _("That each of them may be none of the count.")),
    Mapped(BG + "lossOf", "P518", _("applies to part"), Role.QUALIFIER,
           _("The difference between a side and its one member. Kinds of people (bg:lossType) go here too.")),
    Mapped(BG + "accordingTo", "P3680", _("statement supported by"), Role.QUALIFIER,
           _("Which organ spoke. “Third-party sources” become an unknown value.")),
    Mapped(BG + "certainty", "P1480", _("sourcing circumstances"), Role.QUALIFIER,
           _("Only “circa” has an agreed item; other certainties need review.")),
    Mapped(BG + "lexical", "P1932", _("stated as"), Role.QUALIFIER,
           _("The sentence around the words, and their place in the text.")),
    Mapped(BG + "earliestDate", "P1319", _("earliest date"), Role.QUALIFIER,
           _("That only some of the days between are meant.")),
    Mapped(BG + "latestDate", "P1326", _("latest date"), Role.QUALIFIER,
           _("That only some of the days between are meant.")),
    Mapped(SCHEMA + "url", "P854", _("reference URL"), Role.REFERENCE,
           _("Addresses are missing from the copy of the first article.")),
    Mapped(SCHEMA + "archivedAt", "P1065", _("archive URL"), Role.REFERENCE,
           _("The archive date, for which no property was verified.")),
    Mapped(DCTERMS + "title", "P1476", _("title"), Role.REFERENCE, _("The translation that the article prints.")),
    Mapped(BG + "authorName", "P2093", _("author name string"), Role.REFERENCE, _("The account's handle.")),
    Mapped(DCTERMS + "publisher", "P123", _("publisher"), Role.REFERENCE, _("Publishers without an item.")),
    Mapped(BG + "website", "P1433", _("published in"), Role.REFERENCE,
           _("All websites: the property wants an item, and only their names are known.")),
    Mapped(DCTERMS + "language", "P407", _("language of work or name"), Role.REFERENCE,
           _("Languages other than en, az and hy.")),
    Mapped(DCTERMS + "issued", "P577", _("publication date"), Role.REFERENCE),
    Mapped(BG + "accessDate", "P813", _("retrieved"), Role.REFERENCE, _("Where no address is known.")),
    Mapped(BG + "inArticle", "P143", _("imported from Wikimedia project"), Role.REFERENCE,
           _("The revision, which is not known. P4656 gives the page.")),
    Mapped(RDFS + "label", "L/A", _("label, alias"), Role.NAME,
           _("Romanisations. An item that is there keeps its labels, and gets aliases where one asks.")),
)  # fmt: skip

BY_TERM: Final = MappingProxyType({row.term: row for row in TABLE})

NOT_EXPORTED: Final = MappingProxyType(
    {
        BG + "result": _("P1346 (winner) is not for battles, by its own description."),
        BG + "before": _("P156 (followed by) is for the next of a series; here one event only came before another."),
        BG + "contestedPlace": _("P276 (location) is where it was; here it is what was fought over."),
        BG + "formerlyLocatedIn": _("P131 without the dates, which the text does not give, would seem to hold now."),
        BG + "statusDescription": _("P31 (instance of) wants a class; these are words, and not all of them name one."),
    }
)  # fmt: skip
"""Terms of ours that a property comes near, and why it is not used."""

LANGUAGES: Final = ("en", "az", "hy")
"""Languages of the names that are exported."""
LANGUAGE_ITEMS: Final = MappingProxyType(
    {f"{ISO639_1}{code}": item for code, item in
     (("en", "Q1860"), ("az", "Q9292"), ("hy", "Q8785"))}
)  # fmt: skip
PROJECTS: Final = MappingProxyType({"https://en.wikipedia.org/wiki/": ("Q328", "enwiki")})
"""Item and site name of each Wikipedia, by the beginning of its addresses."""
CIRCA: Final = "Q5727902"
BATTLE: Final = "Q178561"
SOLDIERS: Final = "category/serviceman"
"""The kind of people that a side's number is understood to be of."""
CLASS_ITEMS: Final = MappingProxyType({BG + "Battle": BATTLE, BG + "War": "Q198"})


def property_of(term: str, role: Role = Role.STATEMENT) -> str | None:
    """Return the property that a term of ours becomes in this role, None where there is none.

    >>> property_of("https://w3id.org/battlegraph/ontology#Killed")
    'P1120'
    """
    row = BY_TERM.get(term)
    return row.property if row and row.role is role else None
