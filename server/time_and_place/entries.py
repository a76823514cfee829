"""The lines of a chronology, made from what the data says of events and of claims.

One entry is what one viewpoint says of one event, or one claim about something else. What
is stated of an event and claimed by nobody is an entry too, and says whether a rule of the
build has derived it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import graph_iri
from graph.namespaces import BG, RDF, SEM
from server.site import Site
from server.terms.anchors import ANCHOR, read_anchor
from server.terms.claims import ACCORDING_TO, Claim, read_claim
from server.terms.facts import Facts
from server.terms.labels import Shown
from server.terms.taxonomy import TYPE
from server.time_and_place.datings import WHEN_LEXICAL, Dating, of_day, read_dating

_BEGIN: Final = SEM + "hasBeginTimeStamp"
_END: Final = SEM + "hasEndTimeStamp"
_TIME: Final = SEM + "hasTimeStamp"
_BOUNDS: Final = (_BEGIN, _END, _TIME)
_PHASE: Final = ox.NamedNode(BG + "Phase")
_DATE_CLAIM: Final = ox.NamedNode(BG + "DateClaim")
_BEFORE: Final = BG + "before"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology; without any dating it is undated."""

    shown: Shown
    """The event, or the claim where it is about no event."""
    kind: Shown | None
    viewpoint: Shown | None
    """Who says so; None where nobody is said to."""
    claims: tuple[Claim, ...] = ()
    at: Dating | None = None
    begin: Dating | None = None
    end: Dating | None = None
    is_phase: bool = False
    is_computed: bool = False
    """Whether a rule of the build derived the dates."""
    words: tuple[str, ...] = ()
    """The words that say when, where they give no day."""
    before: tuple[Shown, ...] = ()
    after: tuple[Shown, ...] = ()
    notes: tuple[str, ...] = ()
    """How whoever read the article understood the words."""
    start: int = -1
    """Where the text speaks of it, in code points."""

    @property
    def is_claim(self) -> bool:
        """Tell whether it is a claim about no event."""
        return len(self.claims) == 1 and self.shown.iri == self.claims[0].iri

    @property
    def datings(self) -> tuple[Dating, ...]:
        """Those that there are."""
        return tuple(dating for dating in (self.begin, self.at, self.end) if dating is not None)

    @property
    def first(self) -> int:
        """The earliest day in it."""
        return min(dating.earliest for dating in self.datings)

    @property
    def last(self) -> int:
        """The latest day in it."""
        return max(dating.latest for dating in self.datings)


def of_events(site: Site, events: Mapping[str, Facts], claims: Mapping[str, Facts]) -> Iterator[Entry]:
    """Yield what is said of when each event was; one undated entry where nothing is."""
    befores = {(iri, node.value) for iri, facts in events.items() for node in facts.get(_BEFORE, ())}
    saying: dict[tuple[str, str], list[str]] = {pair: [] for pair in befores}
    about: dict[str, dict[str, Facts]] = {}
    for iri, facts in claims.items():
        about.setdefault(_value(facts, RDF + "subject"), {})[iri] = facts
        if _value(facts, RDF + "predicate") == _BEFORE:
            saying.setdefault((_value(facts, RDF + "subject"), _value(facts, RDF + "object")), []).append(iri)
    for event, facts in events.items():
        kinds = site.taxonomy.kinds_of(ox.NamedNode(event))
        bare = Entry(
            shown=site.labels.show_iri(event),
            kind=site.labels.show(kinds[0]) if kinds else None,
            viewpoint=None,
            is_phase=_PHASE in kinds,
            start=_start(site, facts),
        )
        own = about.get(event, {})
        dated = [*_claimed(site, bare, own), *_stated(site, event, bare, facts, own)]
        yield from dated
        if not dated:
            order = sorted({pair for pair in saying if event in pair})
            iris = sorted({iri for pair in order for iri in saying[pair]})
            told = tuple(claim for iri in iris if (claim := read_claim(site, iri)))
            voices = {claim.viewpoint for claim in told}
            yield replace(
                bare,
                viewpoint=voices.pop() if len(voices) == 1 else None,
                before=tuple(site.labels.show_iri(late) for early, late in order if early == event),
                after=tuple(site.labels.show_iri(early) for early, late in order if late == event),
                claims=told,
            )


def _claimed(site: Site, bare: Entry, claims: Mapping[str, Facts]) -> Iterator[Entry]:
    """Yield what each viewpoint says of when the event of these claims was: beginning and end as one, rivals apart."""
    by_viewpoint: dict[str, dict[str, list[tuple[str, Dating]]]] = {}
    for iri, facts in claims.items():
        bound = _value(facts, RDF + "predicate")
        if bound in _BOUNDS and (dating := read_dating(facts)):
            said = by_viewpoint.setdefault(_speaker(facts), {})
            said.setdefault(bound, []).append((iri, dating))
    for viewpoint, said in by_viewpoint.items():
        voice = replace(bare, viewpoint=site.labels.show_iri(viewpoint))
        for iri, dating in said.get(_TIME, ()):
            yield replace(
                voice, at=dating, claims=_read(site, iri), notes=_notes(claims[iri]), start=_place_of(site, iri, bare)
            )
        begins, ends = said.get(_BEGIN, []), said.get(_END, [])
        for turn in range(max(len(begins), len(ends))):
            begin = begins[turn] if turn < len(begins) else None
            end = ends[turn] if turn < len(ends) else None
            iris = [bound[0] for bound in (begin, end) if bound]
            yield replace(
                voice,
                begin=begin[1] if begin else None,
                end=end[1] if end else None,
                claims=tuple(claim for iri in iris for claim in _read(site, iri)),
                notes=tuple(dict.fromkeys(note for iri in iris for note in _notes(claims[iri]))),
                start=_place_of(site, iris[0], bare),
            )


def _stated(site: Site, event: str, bare: Entry, facts: Facts, claims: Mapping[str, Facts]) -> Iterator[Entry]:
    """Yield the dates of an event that none of the claims about it gives."""
    claimed = {(_value(said, RDF + "predicate"), _value(said, RDF + "object")) for said in claims.values()}
    bounds = {
        bound: [term for term in facts.get(bound, ()) if (bound, term.value) not in claimed and of_day(term.value)]
        for bound in _BOUNDS
    }
    derived = ox.NamedNode(graph_iri("derived", site.dataset.base))
    is_computed = all(
        ox.Quad(ox.NamedNode(event), ox.NamedNode(bound), term, derived) in site.dataset.store
        for bound, terms in bounds.items()
        for term in terms
    )
    own = replace(bare, is_computed=is_computed)
    if is_computed:
        # The event's name stays beside it: two lines of one name would be told apart by their dates alone.
        own = replace(
            own, shown=replace(bare.shown, text=_("Span of the phases (computed)"), lang=None), kind=bare.shown
        )
    yield from (replace(own, at=of_day(term.value)) for term in bounds[_TIME])
    begin, end = (of_day(bounds[bound][0].value) if bounds[bound] else None for bound in (_BEGIN, _END))
    if begin or end:
        yield replace(own, begin=begin, end=end)


def of_claims(site: Site, events: Mapping[str, Facts], claims: Mapping[str, Facts]) -> Iterator[Entry]:
    """Yield the dated claims that date no event, and claims of which only words say when."""
    for iri, facts in claims.items():
        dating = read_dating(facts) if WHEN_LEXICAL in facts or _has_day(facts) else None
        of_event = _value(facts, RDF + "predicate") in _BOUNDS and _value(facts, RDF + "subject") in events
        is_date = _DATE_CLAIM in facts.get(TYPE.value, ())
        if (dating and of_event) or not (dating or WHEN_LEXICAL in facts or is_date):
            continue
        for claim in _read(site, iri):
            yield Entry(
                shown=claim.shown,
                kind=claim.kinds[0] if claim.kinds else None,
                viewpoint=claim.viewpoint,
                claims=(claim,),
                at=dating,
                words=tuple(sorted(term.value for term in facts.get(WHEN_LEXICAL, ()))),
                notes=_notes(facts),
                start=claim.anchors[0].start if claim.anchors else -1,
            )


def _has_day(facts: Facts) -> bool:
    return any(BG + name in facts for name in ("earliestDate", "latestDate", "possibleDate", "dateEdtf"))


def _speaker(facts: Facts) -> str:
    """Return the viewpoint of a claim; only an IRI is one."""
    return next(term.value for term in facts[ACCORDING_TO.value] if isinstance(term, ox.NamedNode))


def _value(facts: Facts, name: str) -> str:
    return next((term.value for term in facts.get(name, ())), "")


def _notes(facts: Facts) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in facts.get(BG + "readingNote", ())))


def _read(site: Site, iri: str) -> tuple[Claim, ...]:
    claim = read_claim(site, iri)
    return (claim,) if claim else ()


def _place_of(site: Site, iri: str, bare: Entry) -> int:
    return next((claim.anchors[0].start for claim in _read(site, iri) if claim.anchors), bare.start)


def _start(site: Site, facts: Facts) -> int:
    anchors = (read_anchor(site.dataset.store, node.value) for node in facts.get(ANCHOR.value, ()))
    return min((anchor.start for anchor in anchors if anchor is not None), default=-1)
