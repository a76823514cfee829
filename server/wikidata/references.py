"""References of statements: what the article cites, and where the statement was taken from.

Nobody here has opened the cited works, and the addresses of the first article's are lost;
so what the article says of them is one reference each, and the article itself, as
`imported from`, a further one that says so plainly. The second stands alone where the
article gives no source, or a blank one.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.namespaces import BG, BIRO, DCTERMS, SCHEMA
from server.wikidata import values
from server.wikidata.items import Items
from server.wikidata.mapping import LANGUAGE_ITEMS, PROJECTS
from server.wikidata.records import Record, read_record
from server.wikidata.statements import Reference
from server.wikidata.values import Snak

_RETRIEVED = "P813"


def references_of(items: Items, claim: Record) -> tuple[Reference, ...]:
    """Return the references of a claim's statement: those cited, then the article."""
    cited = (_cited(items, read_record(items.store, iri)) for iri in claim.iris(BG + "citesReference"))
    return (*filter(None, cited), *filter(None, (imported_from(items, claim.first(BG + "inArticle")),)))


def cites_something(items: Items, claim: Record) -> bool:
    """Tell whether a claim cites a work of which enough is known to find it."""
    return any(_cited(items, read_record(items.store, iri)) for iri in claim.iris(BG + "citesReference"))


def imported_from(items: Items, article: str | None) -> Reference:
    """Return the reference to an article; empty where the data does not say where it is."""
    source = read_record(items.store, article).first(DCTERMS + "source") if article else None
    address = values.url(source)
    if source is None or address is None:
        return ()
    for head, (project, _) in PROJECTS.items():
        if source.startswith(head):
            return (("P143", project), ("P4656", address))
    return (("P854", address),)


def _cited(items: Items, entry: Record) -> Reference:
    works = [entry, *(read_record(items.store, work) for work in entry.iris(BIRO + "references"))]
    snaks = tuple(dict.fromkeys(snak for work in works for snak in _snaks(items, work)))
    names = {name for name, _ in snaks}
    # A day of retrieval is that of an address; without one it says nothing that can be checked.
    if names.isdisjoint(("P854", "P1065")):
        snaks = tuple(snak for snak in snaks if snak[0] != _RETRIEVED)
    # A date alone is no source.
    return () if names.isdisjoint(("P854", "P1476")) else snaks


def _snaks(items: Items, work: Record) -> Iterator[Snak]:
    found = (
        *(("P854", values.url(address)) for address in _addresses(work, SCHEMA + "url")),
        *(("P1065", values.url(address)) for address in _addresses(work, SCHEMA + "archivedAt")),
        *(("P1476", values.monolingual(title.value, title.language)) for title in work.literals(DCTERMS + "title")),
        *(("P2093", values.text(name)) for name in work.texts(BG + "authorName")),
        *(("P123", items.find(publisher)) for publisher in work.iris(DCTERMS + "publisher")),
        *(("P407", LANGUAGE_ITEMS.get(language)) for language in work.iris(DCTERMS + "language")),
        *(("P577", values.day(issued)) for issued in work.texts(DCTERMS + "issued")),
        *((_RETRIEVED, values.day(retrieved)) for retrieved in work.texts(BG + "accessDate")),
    )
    for name, value in found:
        if value is not None:
            yield name, value


def _addresses(work: Record, property_: str) -> tuple[str, ...]:
    return (*work.iris(property_), *work.texts(property_))
