"""What became of those who were lost: the words for it, and how several are joined into one.

The names are those of `Loss.effect`. A merged effect keeps the order of the text: "missing, killed
or captured" is `missing_killed_or_captured`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from graph.drafting.figures.lexicon import Forms, words
from graph.drafting.figures.tokens import Token

# `kille`, `wounde`, … are left where a line break fell into a word: "46 kille23 captured".
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "killed": "killed in action|killed in battle|killed outright|killed|dead|died of wounds|died|deaths|death"
        "|fatalities|fatality|deceased|slain|perished|murdered|massacred|assassinated|martyred|suicide|suicides"
        "|froze to death|frozen to death|starved to death|starved|kia|k.i.a.|dow|kille|dea",
        "wounded": "wounded in action|wounded|injured|injuries|hurt|wia|w.i.a.|wounde|injure",
        "captured": "taken prisoners|taken prisoner|taken captive|taken hostage|prisoners taken|prisoners of war"
        "|prisoner of war|prisoners|prisoner|pows|pow|p.o.w.|captives|captured|imprisoned|detained|arrested|abducted"
        "|kidnapped|surrendered|capitulated|seized|taken|capture",
        "missing": "missing in action|missing|unaccounted for|unaccounted|disappeared|mia|m.i.a.|missin",
        "destroyed": "destroyed on the ground|destroyed|demolished|razed|burned down|burnt down|burned|burnt|blown up"
        "|wrecked|destroye",
        "damaged": "rendered uninhabitable or unsafe|rendered uninhabitable|damaged|crippled|disabled|immobilized"
        "|immobilised",
        "downed": "shot down|brought down|downed",
        "sunk": "sunk|sank|scuttled",
        "grounded": "run aground|run ashore|driven ashore|beached|grounded",
        "lost": "left behind|put out of action|out of action|knocked out|written off|lost|abandoned|crashed",
        "casualties": "casualties|casualty|losses|loss",
        "displaced": "internally displaced|displaced|displacement|refugees|refugee|fled|fleeing|evacuated|expelled"
        "|made homeless|left homeless|homeless",
        "deported": "deported|deportees|deportations|exiled",
        "defected": "defected|defections|defectors|switched sides",
        "executed": "executed|executions|hanged|beheaded",
        "non_battle": "non-battle casualties|non-battle losses|non-combat casualties|non-combat losses"
        "|non-battle injuries|non-battle",
        "drowned": "drowned",
        "sick": "evacuated sick|evacuated ill|sick|ill|diseased",
        "frostbitten": "frostbitten|frostbite",
        "deserted": "deserted|desertions|deserters",
        "interned": "interned",
    }
)
"""The forms of each effect, parted by `|`."""

UNSPLIT: Final = "casualties"
OF_THINGS: Final = words("destroyed damaged downed sunk grounded lost")
"""The effects that things suffer rather than people."""
OF_EITHER: Final = words("captured lost missing")
NOUNS: Final = words(
    "casualties casualty losses loss deaths death fatalities fatality injuries desertions executions refugees"
)
"""Words of an effect that head a list where no number stands: "Civilian deaths"."""
NOUNS_OF_PEOPLE: Final = words("prisoners prisoner captives refugees deserters defectors pows pow")
"""Words of an effect that name those who suffered it as well: "noble prisoners", "200 prisoners executed"."""
ATTRIBUTES: Final = words("refugee prisoner suicide casualty capture loss death")
"""Words of an effect that are none before another noun: "1 refugee ship sunk"."""

_ADVERBS: Final = words(
    "seriously severely lightly slightly heavily badly mortally fatally completely permanently partially"
    " superficially confirmed reportedly presumed critically either irrecoverably totally later subsequently allegedly"
    " being were was"
)
_JOINTS: Final = words("and or & / , nor")
_LONGEST_JOINT: Final = 3  # "and / or"
_FORMS: Final = Forms(FORMS)
_SINGLE: Final = frozenset(form for forms in FORMS.values() for form in forms.split("|") if " " not in form) | words(
    "down action"
)


def is_effect_word(word: str) -> bool:
    """Tell whether one word alone names an effect, or ends the words of one."""
    return word.lower() in _SINGLE


def is_damaged_word(word: str) -> bool:
    """Tell whether a word begins with an effect and goes on with the next item of a list: "killedwith"."""
    return word.lower().startswith(_BEGINNINGS)


_BEGINNINGS: Final = ("killed", "wounded", "captured", "surrendere", "destroyed")


def effect_at(tokens: tuple[Token, ...], at: int) -> tuple[str, int] | None:
    """Return the effect whose words begin at a token, merged ones as one, and where they end."""
    first = _one(tokens, at)
    if first is None:
        return None
    names, end = [first[1]], first[0]
    while True:
        joint = end
        while joint < min(len(tokens), end + _LONGEST_JOINT) and tokens[joint].low in _JOINTS:
            joint += 1
        following = _one(tokens, joint) if joint > end else None
        if following is None or (tokens[end].low == "," and _heads(tokens, following[0])):
            return merged(names), end
        names.append(following[1])
        end = following[0]


def _heads(tokens: tuple[Token, ...], end: int) -> bool:
    """Tell whether an effect stands before a colon and heads what follows: "Killed: 4, wounded: 5"."""
    return end < len(tokens) and tokens[end].low == ":"


def _one(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    for place in range(at, at + 3):
        if (found := _FORMS.named_at(tokens, place)) is not None:
            return found
        if place >= len(tokens) or tokens[place].low not in _ADVERBS:
            return None
    return None


def merged(names: Iterable[str]) -> str:
    """Return the name of several effects in one, each once, in their order."""
    once = list(dict.fromkeys(names))
    return once[0] if len(once) == 1 else "_".join(once[:-1]) + "_or_" + once[-1]


def of_things(effect: str) -> bool:
    """Tell whether an effect, merged or not, is one that things suffer rather than people."""
    return not OF_THINGS.isdisjoint(members(effect))


def members(effect: str) -> frozenset[str]:
    """Return the effects of which a merged one is made."""
    rest, _, last = effect.rpartition("_or_")
    # non_battle has a lower line of its own.
    known = [name for name in FORMS if f"_{name}_" in f"_{rest}_"]
    return frozenset([*known, last])
