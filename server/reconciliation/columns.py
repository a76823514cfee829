"""The properties of the service that are made for tables: names by language, dates, figures, identities.

Beside them every property of the ontology is one (`server.reconciliation.properties`).
What comes from outside the articles says so in its column's name; what somebody is said to
assert carries their name in each value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from graph.namespaces import BG, SEM
from server.reconciliation import readers
from server.reconciliation.facts import Fact, Facts

WIKIDATA_SERVICE: Final = "https://wikidata.reconci.link/en/api"
"""The reconciliation service in whose identifier space QIDs are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A property made for tables."""

    id: str
    name: str
    description: str
    read: Callable[[Facts, str], Iterator[Fact]]
    """Yields the values of a thing."""
    of: frozenset[str] = frozenset()
    """Local names of the classes whose things have it; empty: of all."""
    item: str = ""
    """The property of Wikidata that says the same."""
    service: str = ""
    """The service in whose identifier space its values are, where that is not ours."""
    terms: tuple[str, ...] = ()
    """The properties of the ontology whose values it shows as they are."""

    @property
    def iri(self) -> str:
        """Nothing: it is no term of an ontology."""
        return ""


_EVENTS: Final = frozenset(("Event", "Battle", "War", "Phase", "SubEvent"))
_PLACES: Final = frozenset(("Place",))
_CLAIMS: Final = frozenset(("Claim",))
_AT: Final = (SEM + "hasPlace", BG + "place", BG + "locatedIn")
_WITHIN: Final = (BG + "inEvent", SEM + "subEventOf")
_OUTSIDE: Final = "from outside the article"

_COLUMNS: Final = (
    Column("name-en", "name in English", "Each name in English.", partial(readers.names, "en")),
    Column("name-az", "name in Azerbaijani", "Each name in Azerbaijani.", partial(readers.names, "az")),
    Column("name-hy", "name in Armenian", "Each name in Armenian.", partial(readers.names, "hy")),
    Column("kind", "kind", "What sort of thing it is.", readers.kinds, item="P31"),
    Column(
        "begins",
        "begins (day)",
        "First day, stated in the article's own voice; one that is computed from the phases says so.",
        partial(readers.days, (SEM + "hasBeginTimeStamp",)),
        _EVENTS,
    ),
    Column(
        "ends",
        "ends (day)",
        "Last day, stated in the article's own voice; one that is computed from the phases says so.",
        partial(readers.days, (SEM + "hasEndTimeStamp",)),
        _EVENTS,
    ),
    Column(
        "dates",
        "dates as claimed",
        "Each date that somebody is said to state, in the words of the article.",
        readers.dates,
        _EVENTS | _CLAIMS,
    ),
    Column(
        "coordinates",
        f"coordinates ({_OUTSIDE})",
        "Latitude and longitude, WGS 84.",
        readers.coordinates,
        _PLACES,
        item="P625",
    ),
    Column("latitude", f"latitude ({_OUTSIDE})", "Degrees north, WGS 84.", partial(readers.degrees, 0), _PLACES),
    Column("longitude", f"longitude ({_OUTSIDE})", "Degrees east, WGS 84.", partial(readers.degrees, 1), _PLACES),
    Column(
        "wikidata",
        f"Wikidata item ({_OUTSIDE})",
        "The item of the same thing; contradicted and near matches are left out.",
        partial(readers.identities, "Wikidata"),
        service=WIKIDATA_SERVICE,
    ),
    Column(
        "geonames",
        f"GeoNames id ({_OUTSIDE})",
        "The id of the same place; contradicted and near matches are left out.",
        partial(readers.identities, "GeoNames"),
        _PLACES | {"Polity"},
        item="P1566",
    ),
    Column(
        "wikipedia",
        f"Wikipedia page ({_OUTSIDE})",
        "The address of the page about it.",
        partial(readers.identities, "Wikipedia"),
    ),
    Column(
        "article",
        "article",
        "Each article it belongs to or is mentioned in.",
        readers.articles,
        terms=(BG + "inArticle",),
    ),
    Column(
        "place",
        "place",
        "Where it was; of a claim, which place it is about.",
        partial(readers.direct, _AT),
        _EVENTS | _CLAIMS | _PLACES,
        terms=_AT,
    ),
    Column(
        "event",
        "event",
        "The event that it is part of; of a claim, which one it is about.",
        partial(readers.direct, _WITHIN),
        _EVENTS | _CLAIMS,
        terms=_WITHIN,
    ),
    Column("figure", "figure", "A loss claim's figure, and whose it is.", readers.figures, frozenset(("LossClaim",))),
    Column(
        "losses",
        "losses as claimed",
        "Each loss that somebody is said to claim, in the words of the article. They may overlap: do not add them up.",
        readers.losses,
        _EVENTS | {"Side", "Population", "LossType"},
    ),
    Column(
        "claims",
        "claims",
        "Everything that somebody is said to assert about it.",
        readers.claims,
        _EVENTS | _PLACES | {"Actor"},
    ),
)
COLUMNS: Final = {column.id: column for column in _COLUMNS}
"""All of them by id."""
