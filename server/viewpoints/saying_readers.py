"""How each kind of claim is read into what it speaks of and what it says of it.

Kinds that nobody thought of are shown under their label, so that no claim is left out.
A type or an effect goes by the name that is nearest to the text's words: "injured" is not
"wounded" there, and "other vehicles" are not vehicles at large.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.namespaces import BG, RDF, SEM
from server.site import Site
from server.terms.anchors import things_in
from server.terms.claims import Claim, read_claims
from server.terms.facts import Facts, iris, texts
from server.terms.labels import Shown
from server.terms.links import encode_path
from server.viewpoints.losses import read_figure
from server.viewpoints.nearest_names import name_nearest, name_rest
from server.viewpoints.sayings import Saying, Section
from server.viewpoints.stated_dates import StatedDate

_SECTIONS: Final = {
    BG + "LossClaim": Section.LOSSES,
    BG + "ControlClaim": Section.CONTROL,
    BG + "DateClaim": Section.DATES,
    BG + "OutcomeClaim": Section.OUTCOMES,
    BG + "StatusClaim": Section.OUTCOMES,
    BG + "EventClaim": Section.EVENTS,
    BG + "TitleClaim": Section.TITLES,
}


class _Terms:
    """What the data says of one claim, by the names of our own properties."""

    def __init__(self, site: Site, facts: Facts) -> None:
        self.site = site
        self._found = {name.removeprefix(BG): terms for name, terms in facts.items()}

    def texts(self, name: str) -> tuple[str, ...]:
        return texts(self._found, name)

    def text(self, name: str) -> str | None:
        return next(iter(self.texts(name)), None)

    def iris(self, name: str) -> tuple[str, ...]:
        return iris(self._found, name)

    def shown(self, name: str) -> Shown | None:
        terms = self._found.get(name)
        return self.site.labels.show(terms[0]) if terms else None

    def key(self, *names: str) -> tuple[Hashable, ...]:
        return tuple(self._found.get(name, ()) for name in names)

    def when(self) -> StatedDate:
        days = self.text("earliestDate"), self.text("latestDate")
        return StatedDate(*days, possible=self.texts("possibleDate"), lexical=self.texts("whenLexical"))


def read_sayings(site: Site, article: str, slug: str) -> list[Saying]:
    """Return what everybody says in an article, in the order of its text."""
    claims = read_claims(site, (thing.value for thing in things_in(site.dataset.store, ox.NamedNode(article))))
    return [read_saying(site, claim, slug) for claim in claims]


def row_fragment(site: Site, claim: str, slug: str) -> str:
    """Return the fragment of a claim's row on the page that compares the viewpoints of the article with this slug."""
    name = site.links.entity_name(claim) or claim
    return f"claim-{encode_path(name.removeprefix(f'claim/{slug}/'))}"


def read_saying(site: Site, claim: Claim, slug: str) -> Saying:
    """Return what a claim of the article with this slug says."""
    terms = _Terms(site, claim.facts)
    section = next((_SECTIONS[kind.iri] for kind in claim.kinds if kind.iri in _SECTIONS), Section.OTHER)
    saying = Saying(
        claim=claim,
        section=section,
        rivals=terms.iris("incompatibleWith"),
        overlaps=terms.iris("mayOverlapWith"),
        lists=terms.iris("listedIn"),
        contained_in=terms.iris("includedIn"),
        notes=terms.texts("readingNote"),
        fragment=row_fragment(site, claim.iri, slug),
    )
    return _READERS[section](terms, saying)


def _read_loss(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    words = " ".join(quote.text for quote in claim.quotes)
    kind = name_rest(name_nearest(terms.site, terms.shown("lossType"), words), words)
    effect = name_nearest(terms.site, terms.shown("effect"), words)
    scope = (*map(Shown, terms.texts("scope")), *map(terms.site.labels.show_iri, terms.iris("phase")))
    figure = read_figure(terms.texts("minCount"), terms.texts("maxCount"), terms.texts("countStated"))
    figure = figure if claim.is_valued else None
    whole = (Shown(_("losses as a whole")),)
    return replace(
        saying,
        group=terms.shown("lossOf"),
        subject=(tuple(filter(None, (kind, effect))) or whole) + scope,
        key=terms.key("lossOf", "lossType", "effect", "scope", "phase"),
        value=(figure.least, figure.most) if figure else None,
        lead=figure.words if figure else _("no figure") if claim.is_valued else None,
        parts=(effect,) if effect and claim.is_valued else (),
        figure=figure,
        is_whole=kind is None and effect is None,
        is_single=True,
    )


def _read_control(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    place, kind, holder = terms.shown("place"), terms.shown("controlKind"), terms.shown("holder")
    nowhere = _("an area of the map") if claim.value_status and not claim.is_valued else _("place not stated")
    return replace(
        saying,
        subject=(place or Shown(nowhere),),
        key=(*terms.key("place"), "" if place else nowhere),
        value=terms.key("controlKind", "holder") if claim.is_valued and (kind or holder) else None,
        parts=tuple(filter(None, (kind, holder))) or (claim.shown,),
        when=terms.when(),
    )


def _read_date(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    when, predicate = terms.when(), terms.shown(RDF + "predicate")
    # What is over is told in the past, where the properties are called "begins" and "ends".
    bounds = {"hasBeginTimeStamp": _("began"), "hasEndTimeStamp": _("ended"), "hasTimeStamp": _("took place")}
    bound = bounds.get((predicate.iri or "").removeprefix(SEM)) if predicate else None
    subject = Shown(bound) if bound else predicate or Shown(_("date"))
    words = when.words if claim.is_valued else ""
    return replace(
        saying,
        group=terms.shown(RDF + "subject"),
        subject=(subject,),
        key=terms.key(RDF + "subject", RDF + "predicate"),
        value=when.value if claim.is_valued else None,
        lead=words or None,
        parts=() if words else (claim.shown,),
        when=when,
        is_single=True,
    )


def _read_triple(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    predicate, value = terms.shown(RDF + "predicate"), terms.shown(RDF + "object")
    return replace(
        saying,
        group=terms.shown(RDF + "subject"),
        subject=(predicate or claim.shown,),
        key=terms.key(RDF + "subject", RDF + "predicate") if predicate else (claim.iri,),
        value=terms.key(RDF + "object") if claim.is_valued and value else None,
        parts=(value or claim.shown,),
        when=terms.when(),
        # One battle has one result; it has several places, actors and descriptions.
        is_single=any(kind.iri == BG + "OutcomeClaim" for kind in claim.kinds),
    )


def _read_title(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    return replace(
        saying,
        subject=(claim.viewpoint,),
        key=(claim.viewpoint.iri or "",),
        value=(claim.iri,) if claim.is_valued else None,
        parts=(claim.shown,),
        reported=terms.shown("reportedClaimant"),
    )


def _read_other(terms: _Terms, saying: Saying) -> Saying:
    claim = saying.claim
    value = (claim.iri,) if claim.is_valued else None
    return replace(saying, subject=claim.kinds, key=(claim.iri,), value=value, parts=(claim.shown,), when=terms.when())


_READERS: Final[Mapping[Section, Callable[[_Terms, Saying], Saying]]] = {
    Section.LOSSES: _read_loss,
    Section.CONTROL: _read_control,
    Section.DATES: _read_date,
    Section.OUTCOMES: _read_triple,
    Section.EVENTS: _read_triple,
    Section.TITLES: _read_title,
    Section.OTHER: _read_other,
}
