"""Answers to reconciliation queries: candidates from the index of names, weighed by type and property."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from server.reconciliation.candidates import Agreement, Candidate, decide
from server.reconciliation.descriptions import describe
from server.reconciliation.facts import MOST_READ, Fact, Facts
from server.reconciliation.identifiers import find_thing, identifier_of
from server.reconciliation.kinds import SPOKEN_OF, UNTYPED, EntityType, EntityTypes, is_offered
from server.reconciliation.properties import Properties, Property
from server.reconciliation.query import LONGEST_NAME, Query, Strictness, Value
from server.reconciliation.retrieval import Retrieval
from server.reconciliation.similarity import Likeness, Rung, compare, forms_of
from server.search.folding import fold
from server.search.names import make_kind
from server.search.search_index import Kind, Name, SearchIndex
from server.site import Site
from server.terms.labels import LABEL_PROPERTIES

_MOST_WEIGHED: Final = 60
"""Candidates whose properties are looked at."""
_MOST_HOLDERS: Final = 200
_REMEMBERED: Final = 10_000

_Wanted = list[tuple[Property, tuple[Value, ...]]]


class Reconciler:
    """The service for one dataset; safe to use from many threads."""

    def __init__(self, site: Site, index: SearchIndex) -> None:
        self.site = site
        self.index = index
        self.types = EntityTypes(site, index)
        self.properties = Properties(site)
        self._retrieval = Retrieval(index)
        self._facts = Facts(site, are_attributed=False)
        self._describe = lru_cache(maxsize=_REMEMBERED)(self._describe_anew)
        self._is_label = lru_cache(maxsize=_REMEMBERED)(self._find_label)

    def answer(self, query: Query) -> dict[str, Any]:
        """Return the result of one query as JSON has it (API 0.2, section 4.2); `notes` tells what was left out."""
        notes = list(query.notes)
        types = [self.types.find(identifier) for identifier in query.types]
        notes += [f"There is no type `{x[:80]}`." for x, found in zip(query.types, types, strict=True) if found is None]
        known = [each for each in types if each is not None]
        wanted: _Wanted = []
        for each in query.wanted:
            found = self.properties.find(each.pid)
            if found is None:
                notes.append(f"There is no property `{each.pid[:80]}`: it was ignored.")
            elif each.values:
                wanted.append((found, each.values))
        result: list[dict[str, Any]] = []
        # Nothing is of a type that there is not; with SHOULD it is only preferred.
        is_possible = query.strictness is Strictness.SHOULD or (
            all(types) if query.strictness is Strictness.ALL else bool(known) or not types
        )
        if is_possible and len(query.name) <= LONGEST_NAME:
            found_ones = decide(self._weighed(query, known, wanted))
            result = [self.tell(candidate) for candidate in found_ones[: query.limit]]
        return {"result": result} | ({"notes": notes} if notes else {})

    def tell(self, candidate: Candidate) -> dict[str, Any]:
        """Return a candidate as JSON has it."""
        told = {
            "id": identifier_of(self.site, candidate.iri),
            "name": self.site.english.label(candidate.iri).text,
            "type": self.types.told(candidate.kind),
            "score": candidate.score,
            "match": candidate.matches,
            "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
        }
        description = self.describe(candidate.iri, candidate.kind)
        return told | ({"description": description} if description else {})

    def describe(self, iri: str, kind: Kind) -> str:
        """Return what tells a thing from its namesakes, in a few words."""
        return self._describe(iri, kind)

    def kind_of(self, iri: str) -> Kind:
        """Return the kind of a thing."""
        return make_kind(self.site.taxonomy, frozenset(self.site.taxonomy.kinds_of(ox.NamedNode(iri))))

    def _weighed(self, query: Query, types: Sequence[EntityType], wanted: _Wanted) -> list[Candidate]:
        filters = [each.filter for each in types]
        is_short = forms_of(query.name).is_short
        hard = filters if query.strictness is not Strictness.SHOULD else []
        # What nobody asked for does not take the place of what may be meant.
        sought = hard or UNTYPED.union(filters)
        named = self._named(query, sought) if query.name else self._holding(wanted)
        candidates = []
        for candidate in named:
            kind = candidate.kind
            is_of = not filters or (all if query.strictness is Strictness.ALL else any)(
                x in kind.filters for x in filters
            )
            if is_offered(kind) and (is_of or query.strictness is Strictness.SHOULD):
                candidates.append(
                    replace(
                        candidate,
                        is_of_type=is_of,
                        is_usual=bool(filters or kind.filters & SPOKEN_OF),
                        is_typed=bool(filters),
                        is_short=is_short,
                    )
                )
        candidates.sort(key=lambda each: (-each.score, each.iri))
        if not wanted:
            return candidates
        return [replace(x, agreement=self._agreement(x.iri, wanted)) for x in candidates[:_MOST_WEIGHED]]

    def _named(self, query: Query, filters: Collection[str]) -> Iterable[Candidate]:
        asked = forms_of(query.name)
        best: dict[str, Candidate] = {}
        thing = find_thing(self.site, query.name)
        if thing is not None:
            best[thing] = Candidate(thing, self.kind_of(thing), query.name, Rung.EXACT, 100.0)
        for name in self._retrieval.names(asked, filters):
            if identifier_of(self.site, name.iri) is None or not is_offered(name.kind):
                continue
            likeness = self._likeness(query.name, name)
            known = best.get(name.iri)
            if known is None or likeness.score > known.likeness:
                best[name.iri] = Candidate(name.iri, name.kind, name.text, likeness.rung, likeness.score)
        return best.values()

    def _likeness(self, asked: str, name: Name) -> Likeness:
        likeness = compare(forms_of(asked), forms_of(name.text), is_label=True)
        if likeness.rung < Rung.FOLDED or self._is_label(name.iri, name.text, name.lang):
            return likeness
        return compare(forms_of(asked), forms_of(name.text), is_label=False)

    def _describe_anew(self, iri: str, kind: Kind) -> str:
        return describe(Facts(self.site), iri, kind)

    def _find_label(self, iri: str, text: str, lang: str) -> bool:
        literal = ox.Literal(text, language=lang or None)
        node, store = ox.NamedNode(iri), self.site.dataset.store
        found = (
            next(store.quads_for_pattern(node, each, literal, ox.DefaultGraph()), None) for each in LABEL_PROPERTIES
        )
        return any(quad is not None for quad in found)

    def _holding(self, wanted: _Wanted) -> Iterator[Candidate]:
        """Yield the things that have a value of the first property by which some are found."""
        for each, values in wanted:
            found = dict.fromkeys(iri for value in values for iri in self._holders(each.terms, value))
            if found:
                yield from (Candidate(iri, self.kind_of(iri), "") for iri in islice(found, _MOST_HOLDERS))
                return

    def _holders(self, terms: tuple[str, ...], value: Value) -> Iterator[str]:
        thing = find_thing(self.site, value.text)
        things = [thing] if thing else [] if value.is_id else [x.iri for x in self.index.named(value.text, 20)]
        for iri in dict.fromkeys(things):
            yield from self._facts.subjects(iri, *terms)

    def _agreement(self, iri: str, wanted: _Wanted) -> Agreement:
        counts = [0, 0, 0]
        for each, values in wanted:
            own = list(islice(each.read(self._facts, iri), MOST_READ))
            meant = list(self._meant(values))
            if any(_agrees(fact, value) for fact in own for value in meant):
                counts[0] += 1
            else:
                # What was not read to its end does not say otherwise, nor does what nobody stated.
                stated = any(not fact.is_computed for fact in own)
                counts[1 if stated and len(own) < MOST_READ else 2] += 1
        return Agreement(*counts)

    def _meant(self, values: Iterable[Value]) -> Iterator[Value]:
        for value in values:
            thing = find_thing(self.site, value.text)
            yield value if thing is None else Value(identifier_of(self.site, thing) or value.text, is_id=True)


def _agrees(fact: Fact, value: Value) -> bool:
    if value.is_id:
        return fact.id == value.text
    asked, own = forms_of(value.text), forms_of(fact.text)
    # A year or a month agrees with a day within it.
    if fact.is_day and fact.text.startswith(value.text):
        return True
    return bool(value.text) and (fold(value.text) == fold(fact.text) or not {*asked.all}.isdisjoint(own.all))
