"""A user's column of names, made of names in the data by seeded rules, and names that are nowhere in it."""

# Letters of three scripts are what this is about.
# ruff: noqa: RUF001

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.generator_names import place_name
from graph.namespaces import BG, RDF, RDFS, SEM
from graph.store import Dataset

SEED: Final = 20201007
ARTICLES: Final = 300
"""Made-up articles beside the real one, so that there is something to mistake a name for."""
_COUNT: Final = 200
_REAL: Final = 90
_PLACES: Final = 70
_SHORTEST: Final = 5
_TYPE: Final = ox.NamedNode(RDF + "type")
_LABEL: Final = ox.NamedNode(RDFS + "label")
# Types as a user picks them, each with the class that tells what it applies to.
_TYPES: Final = (
    ("Place", BG + "Place"),
    ("sem:Event", SEM + "Event"),
    ("sem:Actor", SEM + "Actor"),
    ("LossType", BG + "LossType"),
)

ABSENT: Final = (
    # Elsewhere in the world.
    "Austerlitz", "Battle of Waterloo", "Siege of Vienna", "Stepanakert", "Battle of Shusha", "Verdun", "Lake Sevan",
    "Gettysburg", "Napoleon Bonaparte", "Republic of Venice", "Battle of Agincourt", "M1 Abrams", "Panther tank",
    "Second Punic War", "Ստեփանակերտ", "Степанакерт", "Ağdam", "Kəlbəcər",
    # Next to something that is there, and something else.
    "Kadrut", "Battle of Kadrut", "T-73", "T-90", "Su-27", "BMP-1", "D-44", "First Nagorno-Karabakh War",
    "Third Nagorno-Karabakh War", "Hadrut Airport", "Jabrayil Bridge", "Armenian", "Azerbaijani", "Abkhazia",
    # Named as the made-up places are, and none of them.
    *(place_name(number) for number in range(50_000, 50_005)),
    *(f"Battle of {place_name(number)}" for number in range(60_000, 60_003)),
)  # fmt: skip
"""Names of things that the data does not have."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the column and what it stands for."""

    text: str
    thing: str
    """Id of the thing; empty where there is none."""
    rule: str
    """How the name was changed."""
    type: str = ""


def column(real: Dataset, whole: Dataset) -> list[Cell]:
    """Return cells of all names of the real articles' things and of made-up ones, changed by rule, and the absent ones.

    Each rule is used in turn, where it can be.
    """
    draw = random.Random(SEED)  # noqa: S311  # a table for a test
    named = _named(real)
    others = [cell for cell in _named(whole) if cell not in named]
    places = [cell for cell in others if cell.thing.startswith("place/")]
    events = [cell for cell in others if re.fullmatch("event/[^/]+", cell.thing)]
    # Places are one word, which is what other scripts are tried on.
    chosen = draw.sample(named, min(len(named), _REAL)) + draw.sample(places, _PLACES)
    chosen += draw.sample(events, _COUNT - len(chosen))
    draw.shuffle(chosen)
    cells = []
    used: Counter[str] = Counter()
    for number, cell in enumerate(chosen):
        # The rule that is furthest behind its share.
        for rule in sorted(_RULES, key=lambda rule: used[rule.__name__] / _RULES[rule]):
            if text := rule(cell.text, draw):
                used[rule.__name__] += 1
                cells.append(Cell(text, cell.thing, rule.__name__, cell.type if number % 2 else ""))
                break
    return cells + [Cell(text, "", "absent") for text in ABSENT]


def _named(dataset: Dataset) -> list[Cell]:
    """Return the names that one thing alone has, in order."""
    head, store, default = dataset.base + "id/", dataset.store, ox.DefaultGraph()
    found: dict[tuple[str, str], Cell] = {}
    for kind, iri in _TYPES:
        for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(iri), default):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(head):
                for label in store.quads_for_pattern(quad.subject, _LABEL, None, default):
                    if isinstance(label.object, ox.Literal):
                        thing = quad.subject.value.removeprefix(head)
                        found.setdefault((label.object.value, thing), Cell(label.object.value, thing, "exact", kind))
    texts = Counter(text for text, _thing in found)
    return [found[key] for key in sorted(found) if texts[key[0]] == 1]


def exact(text: str, _draw: random.Random) -> str:
    """Change nothing."""
    return text


def shouted(text: str, _draw: random.Random) -> str:
    """Write in capitals, with a space too many."""
    return f" {text.upper()}  "


def bare(text: str, _draw: random.Random) -> str:
    """Leave the marks out; nothing where there are none."""
    plain = "".join(
        c
        for c in unicodedata.normalize("NFD", text.replace("ı", "i").replace("ə", "e"))
        if not unicodedata.combining(c)
    )
    return plain if plain != text else ""


def misspelt(text: str, draw: random.Random) -> str:
    """Get one letter within one long word wrong, in one of four ways; nothing where no word is long."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) > _SHORTEST and word.isalpha() and word[0].isupper()]
    if not long:
        return ""
    place = draw.choice(long)
    word = words[place]
    at = draw.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    ways = (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + "o" + word[at + 1 :], swapped)
    words[place] = draw.choice([way for way in ways if way != word])
    return " ".join(words)


def turned(text: str, _draw: random.Random) -> str:
    """Put the name before what it is of, as an index does; nothing where it has no such form."""
    head, of, tail = text.partition(" of ")
    return f"{tail}, {head}{of.rstrip()}" if of and "(" not in text else ""


def cyrillic(text: str, _draw: random.Random) -> str:
    """Write in Cyrillic letters; nothing where a letter has no single counterpart."""
    return _written(text, _CYRILLIC)


def armenian(text: str, _draw: random.Random) -> str:
    """Write in Armenian letters; nothing where a letter has no single counterpart."""
    return _written(text, _ARMENIAN)


def garbled(text: str, draw: random.Random) -> str:
    """Get two letters wrong; nothing where no word is long."""
    return misspelt(misspelt(text, draw), draw)


def accented(text: str, _draw: random.Random) -> str:
    """Write with marks that the name does not have; nothing where it has a letter of another script."""
    marked = text.translate(str.maketrans("aeou", "áéöü"))
    return marked if text.isascii() and marked != text else ""


def decorated(text: str, _draw: random.Random) -> str:
    """Add what tables add."""
    return f"the {text} (1)"


def _written(text: str, letters: dict[str, str]) -> str:
    return "".join(letters[c] for c in text.lower()).capitalize() if set(text.lower()) <= letters.keys() else ""


# How many of the cells are to be changed by each, as far as it can be.
_RULES: Final[Mapping[Callable[[str, random.Random], str], int]] = {
    exact: 35, misspelt: 50, shouted: 20, bare: 5, accented: 20, cyrillic: 20, armenian: 20, turned: 10, garbled: 20,
    decorated: 5,
}  # fmt: skip
_CYRILLIC: Final = dict(zip("abdfgiklmnoprstuvz", "абдфгиклмнопрстувз", strict=True)) | {"e": "е", "h": "г", "y": "й"}
_ARMENIAN: Final = dict(zip("abdfgiklmnprstvz", "աբդֆգիկլմնպրստվզ", strict=True)) | {
    "e": "է", "h": "հ", "o": "օ", "u": "ու", "y": "յ",
}  # fmt: skip
