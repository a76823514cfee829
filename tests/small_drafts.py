"""Small made-up articles, drafted: two name a town alike, two link to towns of one name, and all share a power."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.drafting.draft import draft
from graph.drafting.registry import read_registry

_RENDERED: Final = """Battle of {name}

Battle of {name}
Part of the {war}
Date{day} May 2019
LocationSpringfield
Result Norlandic victory
Belligerents
Azerbaijan Norland
Commanders and leaders
Ada Holm Bo Lind
Strength
1,200 soldiers 800
Casualties and losses

Per Azerbaijan:
  • {killed} soldiers killed
Per Norland:
  • At least 40 soldiers killed
  • 3 tanks destroyed

The Battle of {name} was fought at Springfield. Nobody has read this sentence.
"""
_WIKITEXT: Final = """{{{{Infobox military conflict
| conflict = Battle of {name}
| partof = the [[Reed War]]
| date = {day} May 2019
| place = [[Springfield, {state}|Springfield]]
| coordinates = {{{{Coord|39.8|-89.6|display=title}}}}
| result = Norlandic victory
| combatant1 = [[Azerbaijan]]
| combatant2 = [[Norland]]
| strength1 = 1,200 soldiers
| strength2 = 800
| casualties1 = '''Per Azerbaijan:'''<br />{killed} soldiers killed
| casualties2 = '''Per Norland:'''<br />3 tanks destroyed
}}}}
The '''Battle of {name}''' was fought near [[Springfield, {state}|Springfield]] & <b>not</b> far.
"""
_SLUGS: Final = ("battle-of-aster", "battle-of-birch", "battle-of-clover", "battle-of-daisy")
ASTER, BIRCH, CLOVER, DAISY = _SLUGS
_TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ASTER: _RENDERED.format(name="Aster", war="Second Nagorno-Karabakh War", day=3, killed=11),
        BIRCH: _RENDERED.format(name="Birch", war="Second Nagorno-Karabakh War", day=5, killed=22),
        CLOVER: _WIKITEXT.format(name="Clover", day=7, killed=33, state="Illinois"),
        DAISY: _WIKITEXT.format(name="Daisy", day=9, killed=44, state="Massachusetts"),
    }
)


def write_drafts(parent: Path) -> None:
    """Write a folder for each of these articles."""
    registry = read_registry()
    for slug, text in _TEXTS.items():
        title = slug.replace("-", " ").title().replace(" Of ", " of ")
        folder = parent / slug
        folder.mkdir(parents=True)
        page = f"https://en.wikipedia.org/wiki/{title.replace(' ', '_')}"
        for name, content in draft(text, slug, title, page, registry).files.items():
            (folder / name).write_bytes(content)
