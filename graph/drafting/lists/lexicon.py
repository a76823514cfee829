"""The words by which headings and claimants are told apart, in small tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def words_of(text: str) -> frozenset[str]:
    """Return the words of a table."""
    return frozenset(text.split())


CLAIM_NOUNS: Final = words_of(
    """
    account accounts archives claim claimed claims count data estimate estimated estimates estimation
    estimations figures information records report reports source sources statement statements studies study
    version
    """
)
"""What somebody gives who is named before it: "Azerbaijani claim", "US estimate", "German military medical data"."""

BARE_CLAIM_NOUNS: Final = frozenset({"claim", "claims", "claimed"})
"""Those that a name is better without."""

CLAIM_VERBS: Final = words_of(
    """
    admit admits admitted claim claims claimed estimate estimates estimated report reports reported say says
    said state states stated
    """
)
"""What somebody does who is named before it, with the figures behind: "rebels claim 4 dead"."""

GRADES: Final = words_of(
    """
    high higher highest low lower lowest maximum middle minimum varying various
    """
)
"""Adjectives of an estimate that name nobody: "Low estimate"."""

MEASURES: Final = words_of(
    """
    annum capita cent day hour man month person ship side soldier week year
    """
)
"""What stands behind a "per" that names nobody."""

EFFECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: effect
        for effect, words in {
            "killed": "killed dead died deaths death kia fatalities slain fallen",
            "wounded": "wounded injured wia injuries wounds",
            "captured": "captured pow pows prisoner prisoners taken surrendered hostages",
            "missing": "missing mia",
            "destroyed": "destroyed",
            "damaged": "damaged",
            "downed": "downed",
            "sunk": "sunk scuttled",
            "lost": "lost",
            "casualties": "casualties casualty losses loss",
            "displaced": "displaced refugees evacuated fled",
            "deserted": "deserted deserters",
            "drowned": "drowned",
            "executed": "executed",
            "sick": "sick",
            "interned": "interned",
        }.items()
        for word in words.split()
    }
)
"""Effects by the words that a heading uses for them."""

CIVIL: Final = words_of(
    """
    civilian civilians noncombatant noncombatants non-combatant non-combatants residents inhabitants
    """
)
CIVIL_PROPERTY: Final = words_of(
    """
    building buildings home homes house houses village villages
    """
)

TOTALS: Final = words_of(
    """
    total totals overall sum grand general combined altogether
    """
)

NEUTRAL: Final = words_of(
    """
    combat confirmed deaths equipment estimate estimated estimates losses loss casualties manpower material materials
    materiel matériel men military personnel principal total units human heavy official other
    """
)
"""Words of headings that only gather: "Personnel", "Material losses", "Units"."""

OBJECTS: Final = words_of(
    """
    aircraft airplanes aeroplanes afvs armour artillery boats bombers cannon cannons destroyers drones fighters
    guns helicopters horses officers planes ships submarines tanks trucks uavs vehicles vessels
    """
)
"""Things that a heading may name for the bare numbers under it."""

MONTHS: Final = words_of(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec
    """
)
PERIODS: Final = words_of(
    """
    after assault attack battle battles before campaign clash clashes counter-offensive counteroffensive day
    days during evacuation invasion landing landings offensive operation operations phase raid
    raids relief retreat siege since stage until wave week year years
    """
)
"""Words of headings that name a part of the battle or a time of it."""

WHOLE_CELL: Final = words_of(
    """
    heavy high huge light low medium minimal minor moderate negligible nil none severe significant slight small
    undisclosed unclear uncertain unknown unspecified ?
    """
)
"""Words that say all that a cell has to say, when a line has nothing else."""

DEMONYMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "afghan": "Afghanistan", "albanian": "Albania", "algerian": "Algeria", "american": "United States",
        "argentine": "Argentina", "argentinian": "Argentina", "armenian": "Armenia", "australian": "Australia",
        "austrian": "Austria", "azerbaijani": "Azerbaijan", "bangladeshi": "Bangladesh", "belgian": "Belgium",
        "bosnian": "Bosnia", "brazilian": "Brazil", "british": "United Kingdom", "bulgarian": "Bulgaria",
        "burmese": "Burma", "cambodian": "Cambodia", "canadian": "Canada", "chadian": "Chad", "chilean": "Chile",
        "chinese": "China", "colombian": "Colombia", "congolese": "Congo", "croatian": "Croatia", "cuban": "Cuba",
        "czech": "Czech Republic", "danish": "Denmark", "dutch": "Netherlands", "egyptian": "Egypt",
        "english": "England", "eritrean": "Eritrea", "estonian": "Estonia", "ethiopian": "Ethiopia",
        "finnish": "Finland", "french": "France", "georgian": "Georgia", "german": "Germany", "greek": "Greece",
        "hungarian": "Hungary", "indian": "India", "indonesian": "Indonesia", "iranian": "Iran", "iraqi": "Iraq",
        "irish": "Ireland", "israeli": "Israel", "italian": "Italy", "japanese": "Japan", "jordanian": "Jordan",
        "kenyan": "Kenya", "korean": "Korea", "kuwaiti": "Kuwait", "latvian": "Latvia", "lebanese": "Lebanon",
        "libyan": "Libya", "lithuanian": "Lithuania", "malian": "Mali", "mexican": "Mexico", "moroccan": "Morocco",
        "nigerian": "Nigeria", "north korean": "North Korea", "norwegian": "Norway", "pakistani": "Pakistan",
        "palestinian": "Palestine", "peruvian": "Peru", "polish": "Poland", "portuguese": "Portugal",
        "romanian": "Romania", "russian": "Russia", "saudi": "Saudi Arabia", "scottish": "Scotland",
        "serbian": "Serbia", "somali": "Somalia", "south korean": "South Korea", "south ossetian": "South Ossetia",
        "south sudanese": "South Sudan", "soviet": "Soviet Union", "spanish": "Spain", "sri lankan": "Sri Lanka",
        "sudanese": "Sudan", "swedish": "Sweden", "swiss": "Switzerland", "syrian": "Syria", "thai": "Thailand",
        "tunisian": "Tunisia", "turkish": "Turkey", "ugandan": "Uganda", "ukrainian": "Ukraine",
        "vietnamese": "Vietnam", "yemeni": "Yemen", "yugoslav": "Yugoslavia",
    }
)  # fmt: skip
"""Adjectives of countries whose "claim" is the country's."""
