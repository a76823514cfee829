"""What is known of names of states, realms and peoples before any article is read, in small tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale


def word_set(words: str) -> frozenset[str]:
    """Return the words of a lexicon written out with spaces between."""
    return frozenset(words.split())


# Names that say a form of state, a quality or a direction of time, and so tell no polity from another.
GENERIC: Final = word_set(
    "the of and de facto state states kingdom republic republics empire imperial duchy grand county principality "
    "electorate sultanate emirate khanate caliphate union commonwealth confederation confederacy federation "
    "federal landgraviate margraviate archduchy house crown lands order dynasty colony colonies colonial province "
    "provinces people's peoples' democratic socialist soviet islamic arab independent free royal united national "
    "nationalist nazi fascist bourbon habsburg revolutionary provisional transitional government regime first "
    "second third militants militias militia forces force army armed military navy rebels insurgents fighters "
    "troops volunteers nations organization organisation allies allied supporters republican royalists "
    "self-proclaimed city league"
)
DIRECTIONS: Final = word_set(
    "north south east west northern southern eastern western new great upper lower saudi sri el san costa"
)
# "Kingdom of X": the word before "of". A name of this form may have capitalised words before its head.
HEADS: Final = word_set(
    "kingdom republic empire duchy county principality electorate sultanate emirate khanate state states union "
    "commonwealth confederation landgraviate margraviate archduchy crown lands province provinces dominion "
    "regency beylik eyalet voivodeship despotate imamate viceroyalty government house"
)
# "X Empire": the last word.
TAILS: Final = word_set(
    "empire republic kingdom union confederacy commonwealth hetmanate khanate caliphate sultanate federation "
    "confederation colonies states dynasty raj emirate horde shogunate"
)
_FORMER: Final = """
    Soviet Union; USSR; Soviet Russia; Nazi Germany; West Germany; East Germany; German Reich; Weimar Republic;
    Yugoslavia; Czechoslovakia; Austria-Hungary; Prussia; Saxony; Bavaria; Hanover; Hesse-Kassel; Hesse; Brunswick;
    Baden; Piedmont-Sardinia; Sardinia; Savoy; Naples; Two Sicilies; Sicily; Venice; Genoa; Papal States; England;
    Scotland; Wales; Great Britain; Britain; UK; USA; CSA; United States of America; United Arab Republic; United
    Provinces; Confederate States of America; Texas; Gran Colombia; Burgundy; Brittany; Flanders; Bohemia;
    Transylvania; Moldavia; Wallachia; Ruthenia; Muscovy; Castile; Aragon; Navarre; Sparta; Athens; Macedon;
    Carthage; Rome; Persia; Parthia; Byzantium; Mysore; Siam; Burma; Manchukuo; Manchuria; Tibet; North Vietnam;
    South Vietnam; Viet Cong; Zaire; Rhodesia; Biafra; Katanga; Transvaal; Orange Free State; Zululand; Abyssinia;
    Vichy France; Free France; Ottoman Empire; Turkey; Palestine; Kurdistan; Chechnya; Ichkeria; Dagestan; Abkhazia;
    South Ossetia; North Ossetia; Transnistria; Artsakh; Nagorno-Karabakh; Northern Cyprus; Somaliland; Puntland;
    Crimea; Novorossiya; Czech Republic; Bosnia and Herzegovina; Serbia and Montenegro; Republika Srpska; Ivory
    Coast; Myanmar; Congo; DR Congo; Hezbollah; Hamas; ISIL; Taliban; Al-Qaeda; NATO; European Union
"""
# Adjectives whose stem is another than that of the country.
DEMONYMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "french": "france",
        "british": "britain",
        "english": "england",
        "scottish": "scotland",
        "scots": "scotland",
        "welsh": "wales",
        "irish": "ireland",
        "dutch": "netherlands",
        "german": "germany",
        "germans": "germany",
        "spanish": "spain",
        "danish": "denmark",
        "swedish": "sweden",
        "finnish": "finland",
        "norwegian": "norway",
        "polish": "poland",
        "turkish": "turkey",
        "greek": "greece",
        "swiss": "switzerland",
        "saxon": "saxony",
        "czech": "czechia",
        "slovak": "slovakia",
        "serb": "serbia",
        "serbs": "serbia",
        "croat": "croatia",
        "chechen": "chechnya",
        "thai": "thailand",
        "afghan": "afghanistan",
        "uzbek": "uzbekistan",
        "kazakh": "kazakhstan",
        "kurdish": "kurdistan",
        "lebanese": "lebanon",
        "burmese": "burma",
        "filipino": "philippines",
        "peruvian": "peru",
        "argentine": "argentina",
        "congolese": "congo",
        "american": "united states",
        "u.s.": "united states",
        "us": "united states",
        "usa": "united states",
        "uk": "united kingdom",
        "ussr": "soviet union",
        "soviet": "soviet union",
        "soviets": "soviet union",
        "un": "united nations",
        "csa": "confederate",
        "sino": "china",
        "russo": "russia",
        "anglo": "england",
        "franco": "france",
        "italo": "italy",
        "greco": "greece",
        "turco": "turkey",
        "austro": "austria",
        "serbo": "serbia",
        "indo": "india",
        "hispano": "spain",
        "peloponnesian": "peloponnese",
    }
)
DISAMBIGUATIONS: Final = frozenset({"(country)", "(state)", "(kingdom)", "(region)"})
# Names of persons too: alone before one other word they are rather a given name.
GIVEN_NAMES: Final = frozenset({"israel", "jordan", "georgia", "chad", "kenya", "ireland", "holland", "india"})
ENDINGS: Final = ("ians", "ian", "ans", "ese", "ish", "an", "ia", "is", "i", "a", "e", "n", "o", "y", "s")


@cache
def known_names() -> frozenset[str]:
    """Return the names of states of today and of former ones, folded."""
    today = (name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha())  # noqa: PLR2004 - ISO 3166-1 alpha-2
    spelled = (name.replace(" & ", " and ") for name in today if not name.startswith(("Pseudo", "Unknown")))
    former = (" ".join(name.split()) for name in _FORMER.split(";"))
    return frozenset(name.casefold() for name in (*spelled, *former))
