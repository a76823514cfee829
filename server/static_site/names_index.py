"""The index that a page searches by script: names in blocks, words in shards, both small enough to fetch while typing.

Names are numbered in the order of their merit, as `server.search.search_index` has them. A
shard is a JSON object of folded words (see `server.search.folding`, whose tables go along), each with the numbers of
the names that hold it, and of whole names, `=name`. A shard that would be too long is split
by one letter more. What a word of a very large dataset is in, is told up to a bound, the best first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from server.search.folding import fold, spellings, tables
from server.search.search_index import MOST_NAMES, Name
from server.site import Site
from server.static_site.crawl import Written

FOLDER: Final = "search/index"
_BLOCK: Final = 100
"""Names in one file."""
_SHARD: Final = 32 << 10
"""Characters of a shard's numbers and words; one of a single word may be longer."""
_LONGEST_PREFIX: Final = 8


def names_in_order(site: Site) -> list[Name]:
    """Return all names that something can be found by, each once, the best first."""
    return site.finder.made().every_name()


def write_index(site: Site, names: Sequence[Name]) -> Iterator[Written]:
    """Yield the files of the index."""
    kinds: dict[str, int] = {}
    for start in range(0, len(names), _BLOCK):
        block = [_entry(site, name, kinds) for name in names[start : start + _BLOCK]]
        yield _json(f"block-{start // _BLOCK}", block)
    prefixes = []
    for prefix, words in _shards(_words(names)):
        prefixes.append(prefix)
        yield _json(f"words-{prefix.encode().hex()}", words)
    yield _json("folding", tables())
    shown = [{language: site.labels.label(iri).text for language in ("en",)} for iri in kinds]
    yield _json("index", {"names": len(names), "block": _BLOCK, "shards": sorted(prefixes), "kinds": shown})


def _entry(site: Site, name: Name, kinds: dict[str, int]) -> list[object]:
    label, classes = site.labels.label(name.iri).text, name.kind.classes
    kind = kinds.setdefault(classes[0], len(kinds)) if classes else -1
    entry: list[object] = [site.links.href(name.iri), name.text, name.lang, kind, int(name.kind.is_part)]
    return [*entry, label] if label != name.text else entry


def _words(names: Sequence[Name]) -> Mapping[str, list[int]]:
    words: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        folded = fold(name.text)
        found = {f"={folded}", *folded.split(), *(word for form in spellings(name.text) for word in form.split())}
        for word in found:
            if len(words[word]) < MOST_NAMES:
                words[word].append(number)
    return words


def _shards(words: Mapping[str, list[int]]) -> Iterator[tuple[str, Mapping[str, list[int]]]]:
    waiting: list[tuple[str, list[str]]] = [("", sorted(words, key=lambda word: (word.lstrip("="), word)))]
    while waiting:
        prefix, members = waiting.pop()
        size = sum(len(word) + 5 + len(words[word]) * 6 for word in members)
        own = [word for word in members if word.lstrip("=") == prefix]
        if size <= _SHARD or len(prefix) == _LONGEST_PREFIX or len(own) == len(members):
            if members:
                yield prefix, {word: words[word] for word in members}
            continue
        longer: defaultdict[str, list[str]] = defaultdict(list)
        for word in members:
            longer[word.lstrip("=")[: len(prefix) + 1]].append(word)
        if own:
            del longer[prefix]
            yield prefix, {word: words[word] for word in own}
        waiting += sorted(longer.items(), reverse=True)


def _json(name: str, content: object) -> Written:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Written(f"{FOLDER}/{name}.json", f"{text}\n".encode())
