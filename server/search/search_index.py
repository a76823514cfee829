"""Finding things by their names: a full-text index in SQLite, the best names first; and the list of all things.

SQLite's FTS5 holds the folded words (see `server.search.folding`) and nothing else; what it finds
comes in the order of its rows, which are laid in the order of merit (`server.search.index_file`), so
the best of very many cost no sorting. Reading is safe from many threads.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, cast

from server.search.folding import fold, spellings

MOST_NAMES: Final = 2_000
"""So many names are looked at for one query; with more, what is counted is the least there is."""
END: Final = "¶"
"""Words of the names end with it, so that a phrase can be told to be all of one. No folded word holds it."""

_SHORTEST_INSIDE: Final = 3
_MOST_WORDS_INSIDE: Final = 200
_MOST_WORDS: Final = 8
"""Words of a query that are looked for one by one."""


class How(IntEnum):
    """How a name answers a query, the best way first."""

    EXACT = 0
    BEGINNING = 1
    WORDS = 2
    """Each word of the query begins one of the name's."""
    INSIDE = 3
    """Each word of the query is part of one of the name's."""
    SPELLING = 4
    """In another script or spelling."""
    SOME = 5
    """Not all words of the query are there."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of thing a name belongs to."""

    classes: tuple[str, ...]
    """IRIs of its most exact classes."""
    filters: frozenset[str] = frozenset()
    """Names under which it can be asked for, folded: those of its classes and of all above them."""
    merit: int = 0
    """0 for what most people look for, and so on upwards."""
    is_part: bool = False
    """Whether its names are words taken out of something else, which come after all names proper."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing."""

    iri: str
    text: str
    lang: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that answers a query, by one of its names."""

    iri: str
    kind: Kind
    how: How
    number: int
    """Of the name, for `SearchIndex.name`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a query: each thing once, the best first."""

    hits: Sequence[Hit] = ()
    kinds: Mapping[Kind, int] | None = None
    """How many things of each kind there are, whatever kind was asked for."""
    is_all: bool = True
    """False where there were too many names to look at all of them."""


class SearchIndex:
    """The names of one dataset's things, in a database that nobody writes to any more."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read from a database that `server.search.index_file` has filled; `sqlite3.Error` where it is none."""
        self._lock = threading.Lock()
        self._database = database
        kinds = self._ask("SELECT classes, filters, merit, is_part FROM kind ORDER BY kind")
        self._numbered = tuple(
            Kind(tuple(json.loads(classes)), frozenset(filters.split()), merit, bool(is_part))
            for classes, filters, merit, is_part in kinds
        )
        # As one text, in which a part of a word is found a thousand times as fast as word by word.
        [(self._words,)] = self._ask("SELECT words FROM every_word")
        numbers = self._ask("SELECT id FROM example ORDER BY id")
        self.examples: Final[Sequence[Name]] = [self.name(number) for (number,) in numbers]
        """A few names to begin with."""
        [(self.entity_count,)] = self._ask("SELECT count(*) FROM entity")
        [(self.article_count,)] = self._ask("SELECT count(*) FROM article")

    @property
    def kinds(self) -> Sequence[Kind]:
        """Every kind of thing that has a name."""
        return self._numbered

    def find(self, query: str, kind: str = "") -> Found:
        """Return the things with a name that answers the query, of the kinds that have this filter."""
        found, is_all = self._gather(query, "")
        counted = Counter(hit.kind for hit in found)
        if kind:
            found = [hit for hit in found if kind in hit.kind.filters] if is_all else self._gather(query, kind)[0]
        return Found(found, counted, is_all)

    def find_some(self, query: str, kind: str = "") -> Found:
        """Return the things with a name that holds one word of the query at least, most of them first."""
        hits: dict[str, Hit] = {}
        held: Counter[str] = Counter()
        is_all = True
        for word in dict.fromkeys(fold(query).split()[:_MOST_WORDS]):
            # The beginning of a number is another number.
            rows = self._rows_of(f"words:{_prefix(word) if word.isalpha() else _whole(word)}", "")
            is_all = is_all and len(rows) < MOST_NAMES
            held.update({iri for _, iri, _ in rows})
            for number, iri, kind_number in rows:
                if iri not in hits or number < hits[iri].number:
                    hits[iri] = Hit(iri, self._numbered[kind_number], How.SOME, number)
        found = sorted(hits.values(), key=lambda hit: (-held[hit.iri], hit.kind.is_part, hit.number))
        counted = Counter(hit.kind for hit in found)
        return Found([hit for hit in found if not kind or kind in hit.kind.filters], counted, is_all)

    def resting_on(self, hits: Iterable[Hit]) -> Mapping[str, frozenset[str]]:
        """Return, for each thing found that is words taken out of something else, the named things that rest on it."""
        numbers = ", ".join(str(hit.number) for hit in hits if hit.kind.is_part)
        rows = self._ask(f"""
            SELECT part.iri, thing.iri FROM name JOIN rest ON part = name.thing
            JOIN thing AS part ON part.thing = part JOIN thing ON thing.thing = rest.thing
            WHERE id IN ({numbers})""")  # noqa: S608  # numbers of ours
        found: dict[str, set[str]] = {}
        for part, thing in rows:
            found.setdefault(part, set()).add(thing)
        return {part: frozenset(things) for part, things in found.items()}

    def entities(self, start: int, number: int) -> list[str]:
        """Return the names of so many things, in their order from a place on: what their IRIs have after `/id/`."""
        return self._slice("entity", start, number)

    def articles(self, start: int, number: int) -> list[str]:
        """Return the names of so many articles whose text is at hand, in their order from a place on."""
        return self._slice("article", start, number)

    @property
    def usage(self) -> str:
        """How much the data uses each term, as `Usage.from_json` reads it."""
        [(told,)] = self._ask("SELECT usage FROM dataset")
        return cast(str, told)

    def words(self) -> Iterator[tuple[str, int]]:
        """Yield each folded word of the names and their spellings, and how many names hold it."""
        return ((word, count) for word, count in self._ask("SELECT word, names FROM word"))

    def named(self, form: str, most: int, kinds: Collection[str] = ()) -> list[Name]:
        """Return names that are this folded form, then those with it in another spelling, in merit's order.

        Only those of things that have one of these filters, where some are given; at most so many.
        """
        if not (form := fold(form)):
            return []
        return [*self._names(f'words:^"{form} {END}"', kinds, most), *self._names(f'spellings:"{form}"', kinds, most)]

    def holding(self, words: Sequence[Collection[str]], most: int, kinds: Collection[str] = ()) -> list[Name]:
        """Return names that hold one word of each of these groups, whole and in any order, in merit's order.

        Only those of things that have one of these filters, where some are given; at most so many.
        """
        groups = [" OR ".join(f'"{word}"' for word in map(fold, group) if word) for group in words]
        if not all(groups) or not groups:
            return []
        return self._names("{words spellings}:(" + " AND ".join(f"({group})" for group in groups) + ")", kinds, most)

    def name(self, number: int) -> Name:
        """Return the name that a hit was found by."""
        [found] = self._named("WHERE id = ?", number)
        return found

    def every_name(self) -> list[Name]:
        """Return all names, each once, the best first."""
        return self._named("ORDER BY id")

    def _ask(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def _slice(self, table: str, start: int, number: int) -> list[str]:
        rows = self._ask(f"SELECT name FROM {table} WHERE id > ? ORDER BY id LIMIT ?", start, number)  # noqa: S608  # a table of ours
        return [name for (name,) in rows]

    def _named(self, clause: str, *values: object) -> list[Name]:
        rows = self._ask(f"SELECT iri, text, lang, kind FROM name JOIN thing USING (thing) {clause}", *values)  # noqa: S608  # a clause of ours
        return [Name(iri, text, lang, self._numbered[kind]) for iri, text, lang, kind in rows]

    def _names(self, asked: str, kinds: Collection[str], most: int) -> list[Name]:
        filtered = " AND kinds:(" + " OR ".join(f'"{fold(kind)}"' for kind in sorted(kinds)) + ")" if kinds else ""
        return self._named("JOIN found ON found.rowid = id WHERE found MATCH ? LIMIT ?", f"({asked}){filtered}", most)

    def _gather(self, query: str, kind: str) -> tuple[list[Hit], bool]:
        hits: dict[str, Hit] = {}
        is_full = False
        for how, rows in self._ways(query, kind):
            for number, iri, kind_number in rows:
                if iri not in hits:
                    hits[iri] = Hit(iri, self._numbered[kind_number], how, number)
            if is_full := len(rows) == MOST_NAMES:
                break
        return sorted(hits.values(), key=lambda hit: hit.kind.is_part), not is_full

    def _rows_of(self, asked: str, kind: str) -> list[tuple[int, str, int]]:
        filtered = f' AND kinds:"{fold(kind)}"' if kind else ""
        return self._ask(
            "SELECT id, iri, kind FROM found JOIN name ON id = found.rowid JOIN thing USING (thing) "
            "WHERE found MATCH ? LIMIT ?",
            f"({asked}){filtered}",
            MOST_NAMES,
        )

    def _ways(self, query: str, kind: str) -> Iterator[tuple[How, list[tuple[int, str, int]]]]:
        """Yield what is found in each way, the best first; each finds what the ones before it found, too."""
        folded = fold(query)
        words = folded.split()
        if not words:
            return
        # Of hundreds of thousands of names FTS5 looks at each that has all words of a phrase, common ones above all.
        if having_all := self._rows_of(f"words:({_all(words)})", kind):
            yield How.EXACT, self._rows_of(f'words:^"{folded} {END}"', kind)
            yield How.BEGINNING, self._rows_of(f'words:^"{folded}"*', kind)
        yield How.WORDS, having_all
        most = _MOST_WORDS_INSIDE // len(words)
        inside = [[word, *self._containing(word, most)] for word in words]
        if any(len(each) > 1 for each in inside):
            asked = " AND ".join(f"words:({' OR '.join(map(_prefix, each))})" for each in inside)
            yield How.INSIDE, self._rows_of(asked, kind)
        asked = " OR ".join(f"({_all(form.split())})" for form in (folded, *spellings(query)))
        yield How.SPELLING, self._rows_of(f"{{words spellings}}:({asked})", kind)

    def _containing(self, part: str, most: int) -> Iterator[str]:
        """Yield words that have a part after their beginning, not more than a query can be made of."""
        if len(part) < _SHORTEST_INSIDE:
            return
        place, left = 0, most
        while left and (place := self._words.find(part, place)) >= 0:
            begin, end = self._words.rindex("\n", 0, place) + 1, self._words.index("\n", place)
            if begin < place:
                yield self._words[begin:end]
                left -= 1
            place = end


def _all(words: Sequence[str]) -> str:
    return " AND ".join(map(_prefix, words))


def _prefix(word: str) -> str:
    return f"{_whole(word)}*"


def _whole(word: str) -> str:
    # A folded word holds no quotation mark.
    return f'"{word}"'
