"""Finding things by their names: a full-text index in memory, the best names first.

SQLite's FTS5 holds the folded words (see `server.search.folding`) and nothing else; what it finds
comes in the order of its rows, which are laid in the order of merit, so the best of very
many cost no sorting. Reading is safe from many threads.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from server.search.folding import fold, spellings

MOST_NAMES: Final = 10_000
"""So many names are looked at for one query; with more, what is counted is the least there is."""

# Words of the names end with it, so that a phrase can be told to be all of one. No folded word holds it.
_END: Final = "¶"
_SHORTEST_INSIDE: Final = 3
_MOST_WORDS_INSIDE: Final = 200
_MOST_WORDS: Final = 8
"""Words of a query that are looked for one by one."""
_SCHEMA: Final = """
    CREATE TABLE name (id INTEGER PRIMARY KEY, iri TEXT, text TEXT, lang TEXT, kind INTEGER);
    CREATE TABLE kind (kind INTEGER PRIMARY KEY, merit INTEGER, kinds TEXT);
    CREATE TABLE unsorted (iri TEXT, text TEXT, lang TEXT, kind INTEGER, words TEXT, spellings TEXT);
    CREATE VIRTUAL TABLE found USING fts5(words, spellings, kinds,
        content='', columnsize=0, prefix='1 2 3', tokenize='ascii');
    CREATE VIRTUAL TABLE word USING fts5vocab(found, col);
"""
_SORT: Final = """
    CREATE TABLE sorted AS
        SELECT u.rowid AS place, kinds FROM unsorted u JOIN kind USING (kind)
        ORDER BY merit, length(words), words, iri, lang, text;
    INSERT INTO name
        SELECT s.rowid, iri, text, lang, kind FROM sorted s JOIN unsorted u ON u.rowid = place;
    INSERT INTO found (rowid, words, spellings, kinds)
        SELECT s.rowid, words, spellings, kinds FROM sorted s JOIN unsorted u ON u.rowid = place;
    DROP TABLE sorted;
    DROP TABLE unsorted;
    INSERT INTO found (found) VALUES ('optimize');
"""
# The names of what is named in most languages, which is chosen for nothing else.
_EXAMPLES: Final = """
    SELECT min(id) FROM name WHERE iri IN (
        SELECT iri FROM name JOIN kind USING (kind) WHERE merit = 0
        GROUP BY iri ORDER BY count(DISTINCT lang) DESC, min(id) LIMIT 1)
    GROUP BY iri, lang ORDER BY 1
"""


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
    """Of the name, for `SearchIndex.names`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a query: each thing once, the best first."""

    hits: Sequence[Hit] = ()
    kinds: Mapping[Kind, int] | None = None
    """How many things of each kind there are, whatever kind was asked for."""
    is_all: bool = True
    """False where there were too many names to look at all of them."""


class SearchIndex:
    """The names of one dataset's things."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._kinds: dict[Kind, int] = {}
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO unsorted VALUES (?, ?, ?, ?, ?, ?)", self._rows(names))
        kinds = ((number, kind.merit, " ".join(kind.filters)) for kind, number in self._kinds.items())
        self._database.executemany("INSERT INTO kind VALUES (?, ?, ?)", kinds)
        self._database.execute("COMMIT")
        self._database.executescript(_SORT)
        self._numbered = tuple(self._kinds)
        words = self._database.execute("SELECT term FROM word WHERE col = 'words'")
        # As one text, in which a part of a word is found a thousand times as fast as word by word.
        self._words = "\n" + "\n".join(word for (word,) in words) + "\n"

        numbers = self._database.execute(_EXAMPLES).fetchall()
        self.examples: Final[Sequence[Name]] = [self.name(number) for (number,) in numbers]
        """A few names to begin with."""

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

    def words(self) -> Iterator[tuple[str, int]]:
        """Yield each folded word of the names and their spellings, and how many names hold it."""
        with self._lock:
            rows = self._database.execute(
                "SELECT term, sum(doc) FROM word WHERE col <> 'kinds' GROUP BY term"
            ).fetchall()
        return ((word, count) for word, count in rows if word != _END)

    def named(self, form: str, most: int, kinds: Collection[str] = ()) -> list[Name]:
        """Return names that are this folded form, then those with it in another spelling, in merit's order.

        Only those of things that have one of these filters, where some are given; at most so many.
        """
        if not (form := fold(form)):
            return []
        return [*self._names(f'words:^"{form} {_END}"', kinds, most), *self._names(f'spellings:"{form}"', kinds, most)]

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
        with self._lock:
            row = self._database.execute("SELECT iri, text, lang, kind FROM name WHERE id = ?", (number,)).fetchone()
        return Name(row[0], row[1], row[2], self._numbered[row[3]])

    def _rows(self, names: Iterable[Name]) -> Iterator[tuple[str, str, str, int, str, str]]:
        for name in names:
            if words := fold(name.text):
                number = self._kinds.setdefault(name.kind, len(self._kinds))
                others = " ".join(spellings(name.text))
                yield name.iri, name.text, name.lang, number, f"{words} {_END}", others

    def _names(self, asked: str, kinds: Collection[str], most: int) -> list[Name]:
        filtered = " AND kinds:(" + " OR ".join(f'"{fold(kind)}"' for kind in sorted(kinds)) + ")" if kinds else ""
        with self._lock:
            rows = self._database.execute(
                "SELECT iri, text, lang, kind FROM found JOIN name ON id = found.rowid WHERE found MATCH ? LIMIT ?",
                (f"({asked}){filtered}", most),
            ).fetchall()
        return [Name(iri, text, lang, self._numbered[kind]) for iri, text, lang, kind in rows]

    def _gather(self, query: str, kind: str) -> tuple[list[Hit], bool]:
        hits: dict[str, Hit] = {}
        is_full = False
        for how, asked in self._ways(query):
            rows = self._rows_of(asked, kind)
            for number, iri, kind_number in rows:
                if iri not in hits:
                    hits[iri] = Hit(iri, self._numbered[kind_number], how, number)
            if is_full := len(rows) == MOST_NAMES:
                break
        return sorted(hits.values(), key=lambda hit: hit.kind.is_part), not is_full

    def _rows_of(self, asked: str, kind: str) -> list[tuple[int, str, int]]:
        filtered = f' AND kinds:"{fold(kind)}"' if kind else ""
        with self._lock:
            return self._database.execute(
                "SELECT id, iri, kind FROM found JOIN name ON id = found.rowid WHERE found MATCH ? LIMIT ?",
                (f"({asked}){filtered}", MOST_NAMES),
            ).fetchall()

    def _ways(self, query: str) -> Iterator[tuple[How, str]]:
        """Yield what to ask FTS5 for, the best way first; each finds what the ones before it found, too."""
        folded = fold(query)
        words = folded.split()
        if not words:
            return
        yield How.EXACT, f'words:^"{folded} {_END}"'
        yield How.BEGINNING, f'words:^"{folded}"*'
        yield How.WORDS, f"words:({_all(words)})"
        most = _MOST_WORDS_INSIDE // len(words)
        inside = [[word, *self._containing(word, most)] for word in words]
        if any(len(each) > 1 for each in inside):
            yield How.INSIDE, " AND ".join(f"words:({' OR '.join(map(_prefix, each))})" for each in inside)
        forms = (folded, *spellings(query))
        yield How.SPELLING, "{words spellings}:(" + " OR ".join(f"({_all(form.split())})" for form in forms) + ")"

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
