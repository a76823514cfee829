"""The database of a search index: how it is filled, where it lies, how it is opened.

A build of many articles writes it as a file beside the dataset, which every process opens
read-only. Where there is none, a process makes one for itself, which SQLite keeps in memory
up to a few megabytes and in a nameless temporary file beyond. Filling it streams: sorting and joining
are SQLite's, in temporary tables, so that memory does not grow with the number of names.
"""

from __future__ import annotations

import errno
import json
import logging
import sqlite3
from collections.abc import Hashable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from graph.releases import sync
from graph.store import Dataset
from server.search.folding import fold, spellings
from server.search.names import Labelled, read_labelled
from server.search.search_index import END, Kind, SearchIndex

INDEX_FILE: Final = "names.sqlite"
"""Name of the file beside a dataset's quads."""

_FORMAT: Final = 1
_MAPPED: Final = 1 << 32
_CACHE_KIB: Final = 8 << 10
_SCHEMA: Final = """
    CREATE TABLE dataset (digest TEXT, usage TEXT);
    CREATE TABLE kind (kind INTEGER PRIMARY KEY, classes TEXT, filters TEXT, merit INTEGER, is_part INTEGER);
    CREATE TABLE thing (thing INTEGER PRIMARY KEY, iri TEXT, kind INTEGER);
    CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, lang TEXT, text TEXT);
    CREATE TABLE rest (part INTEGER, thing INTEGER, PRIMARY KEY (part, thing)) WITHOUT ROWID;
    CREATE TABLE example (id INTEGER PRIMARY KEY);
    CREATE TABLE word (word TEXT, names INTEGER);
    CREATE TABLE every_word (words TEXT);
    CREATE TABLE entity (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE article (id INTEGER PRIMARY KEY, name TEXT);
    CREATE VIRTUAL TABLE found USING fts5(words, spellings, kinds,
        content='', columnsize=0, prefix='1 2 3', tokenize='ascii');

    CREATE TEMP TABLE typed (iri TEXT, class INTEGER);
    CREATE TEMP TABLE resting (part TEXT, thing TEXT);
    CREATE TEMP TABLE label (iri TEXT, text TEXT, lang TEXT, words TEXT, spellings TEXT);
    CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, found, col);
"""
_THINGS: Final = """
    INSERT INTO thing (iri, kind)
        SELECT iri, kind_of(json_group_array(class)) FROM (SELECT DISTINCT iri FROM label)
        LEFT JOIN typed USING (iri) GROUP BY iri
"""
_NAMES: Final = (
    """
    CREATE TEMP TABLE sorted AS
        SELECT min(label.rowid) AS place, thing, filters FROM label JOIN thing USING (iri) JOIN kind USING (kind)
        GROUP BY merit, length(words), words, iri, lang, text ORDER BY merit, length(words), words, iri, lang, text
    """,
    "INSERT INTO name SELECT s.rowid, s.thing, lang, text FROM sorted AS s JOIN label ON label.rowid = place",
    """
    INSERT INTO found (rowid, words, spellings, kinds)
        SELECT s.rowid, words, spellings, filters FROM sorted AS s JOIN label ON label.rowid = place
    """,
    "INSERT INTO found (found) VALUES ('optimize')",
    """
    INSERT OR IGNORE INTO rest
        SELECT part.thing, thing.thing FROM resting JOIN thing AS part ON part.iri = part JOIN kind USING (kind)
        JOIN thing ON thing.iri = resting.thing WHERE is_part
    """,
)
# The names of what is named in most languages, which is chosen for nothing else.
_EXAMPLES: Final = """
    INSERT INTO example
        SELECT min(id) FROM name WHERE thing IN (
            SELECT thing FROM name JOIN thing USING (thing) JOIN kind USING (kind) WHERE merit = 0
            GROUP BY thing ORDER BY count(DISTINCT lang) DESC, min(id) LIMIT 1)
        GROUP BY thing, lang
"""
_WORDS: Final = "INSERT INTO word SELECT term, sum(doc) FROM held WHERE col <> 'kinds' AND term <> '¶' GROUP BY term"
# What has a fragment is told of on the page of what it is a part of.
_ENTITIES: Final = """
    INSERT INTO entity (name)
        SELECT DISTINCT substr(iri, 1 + length(:head)) FROM typed
        WHERE substr(iri, 1, length(:head)) = :head AND instr(iri, '#') = 0 ORDER BY iri
"""
_STAGES: Final = ("held", "sorted", "label", "resting", "typed")
_LOG: Final = logging.getLogger(__name__)


class UnreadableIndex(ValueError):
    """A file that is no whole index of the dataset; the message says what it is."""


def write_index(dataset: Dataset, file: Path) -> None:
    """Write the index of a dataset's names to a new file.

    Raises OSError where it cannot be written; then there is no such file.
    """
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            fill(database, read_labelled(dataset), dataset.digest)
        sync(file)
    except sqlite3.Error as error:
        file.unlink(missing_ok=True)
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error), str(file)) from error


def open_index(file: Path, digest: str) -> SearchIndex:
    """Return the index of a file; raise `UnreadableIndex` where it is not that of the dataset with this digest."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        if database.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            raise UnreadableIndex(f"{file}: not an index of names that this version wrote")
        # What is damaged is noticed here, and not when somebody's search comes to it.
        [(size,)] = database.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        if size != file.stat().st_size or database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise UnreadableIndex(f"{file}: damaged")
        if database.execute("SELECT digest FROM dataset").fetchone() != (digest,):
            raise UnreadableIndex(f"{file}: an index of the names of another dataset")
        # All processes read the same pages.
        database.execute(f"PRAGMA mmap_size = {_MAPPED}")
        return SearchIndex(database)
    except (OSError, sqlite3.Error) as error:
        raise UnreadableIndex(f"{file}: {error}") from error


def make_index(labelled: Labelled) -> SearchIndex:
    """Return an index for this process alone; raise `sqlite3.Error` where the disk has no room for it."""
    # A database without a name is SQLite's own temporary one.
    database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    fill(database, labelled, "")
    return SearchIndex(database)


def find_index(dataset: Dataset, folder: Path) -> SearchIndex:
    """Return the index that lies in the dataset's folder, one made anew where there is none of this dataset."""
    file = folder / INDEX_FILE
    if file.exists():
        try:
            return open_index(file, dataset.digest)
        except UnreadableIndex as error:
            _LOG.warning("%s; the index is made anew", error)
    return make_index(read_labelled(dataset))


def fill(database: sqlite3.Connection, labelled: Labelled, digest: str) -> None:
    """Fill an empty database, in one transaction."""
    kinds: dict[Kind, int] = {}
    classes: dict[Hashable, int] = {}

    @cache
    def number_kind(numbers: str) -> int:
        own = {*json.loads(numbers)}
        kind = labelled.kind_of(frozenset(key for key, number in classes.items() if number in own))
        return kinds.setdefault(kind, len(kinds))

    # Nobody reads it before it is whole, and where it is not, it is thrown away.
    database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIB};")
    database.executescript(_SCHEMA)
    database.create_function("kind_of", 1, number_kind, deterministic=True)
    database.execute("BEGIN")
    database.execute("INSERT INTO dataset VALUES (?, ?)", (digest, labelled.usage()))
    database.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?)", _folded(labelled.labels))
    typed = ((iri, classes.setdefault(key, len(classes))) for iri, key in labelled.classes)
    database.executemany("INSERT INTO typed VALUES (?, ?)", typed)
    database.executemany("INSERT INTO resting VALUES (?, ?)", labelled.rests)
    database.execute(_THINGS)
    told = (
        (number, json.dumps(kind.classes), " ".join(sorted(kind.filters)), kind.merit, kind.is_part)
        for kind, number in kinds.items()
    )
    database.executemany("INSERT INTO kind VALUES (?, ?, ?, ?, ?)", told)
    for statement in (*_NAMES, _EXAMPLES, _WORDS):
        database.execute(statement)
    database.execute(_ENTITIES, {"head": labelled.head})
    database.executemany("INSERT INTO article (name) VALUES (?)", ((slug,) for slug in labelled.articles))
    words = database.execute("SELECT DISTINCT term FROM held WHERE col = 'words'")
    database.execute("INSERT INTO every_word VALUES (?)", ("\n" + "".join(f"{word}\n" for (word,) in words),))
    database.execute(f"PRAGMA user_version = {_FORMAT}")
    database.execute("COMMIT")
    database.executescript("".join(f"DROP TABLE temp.{table};" for table in _STAGES))


def _folded(labels: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str, str]]:
    for iri, text, lang in labels:
        if words := fold(text):
            yield iri, text, lang, f"{words} {END}", " ".join(spellings(text))
