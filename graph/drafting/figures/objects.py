"""What is counted: people or things, civilians or soldiers, one or several; told by the last word, by table."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.lexicon import words

PEOPLE: Final = words(
    "men man soldier troop serviceman servicemen personnel people person fighter militant insurgent rebel civilian"
    " officer general sailor marine airman airmen aircrew crew crewman crewmen crewmember pilot paratrooper guardsman"
    " guardsmen policeman policemen police guard militiaman militiamen militia knight archer infantry infantryman"
    " infantrymen cavalry cavalryman cavalrymen horseman horsemen mercenary mercenaries volunteer partisan guerrilla"
    " guerilla terrorist commando commander child children woman women resident villager inhabitant refugee family"
    " families hostage journalist contractor laborer labourer worker prisoner captive pow noble nobleman noblemen lord"
    " life count viscount duke prince king bishop men-at-arms man-at-arms warrior legionary legionaries auxiliary"
    " auxiliaries conscript recruit reservist gunner bowman bowmen longbowman longbowmen crossbowman crossbowmen"
    " infiltrator agent operative peacekeeper bodyguard supporter member leader chief jihadist islamist mujahideen"
    " combatant non-combatant noncombatant casualty casualties passenger attacker peasant settler colonist slave"
    " native warlord samurai janissary janissaries cossack seaman seamen midshipman midshipmen lieutenant captain"
    " colonel major sergeant corporal private admiral brigadier nco cadet student doctor nurse medic priest monk"
    " politician official adviser advisor tribesman tribesmen clansman clansmen irregular regular garrison protester"
    " demonstrator victim survivor trooper deserter defector force citizen townspeople townsfolk bystander"
)
THINGS: Final = words(
    "tank aircraft plane airplane aeroplane helicopter drone uav ship vessel boat warship frigate destroyer cruiser"
    " battleship carrier submarine corvette sloop brig galleon galley gunboat transport minesweeper minelayer tanker"
    " merchant merchantman merchantmen barge tug cutter schooner trawler ferry ferries steamer junk convoy craft"
    " lighter skiff flotilla fleet u-boat chaser gun cannon artillery howitzer mortar piece rocket missile launcher"
    " mlrs mrl vehicle truck car jeep bulldozer afv apc ifv aev spg bomber fighter-bomber interceptor jet glider"
    " airship balloon locomotive train wagon railcar carriage limber rifle musket weapon arm ammunition ammo round"
    " bomb shell mine magazine depot dump cache flag colour color standard eagle banner horse mule camel elephant"
    " animal cattle house home building village town bridge base outpost post station radar system battery bunker fort"
    " fortress supply supplies equipment materiel material armour armor humvee technical pickup bus truckload ton"
    " tonne position site factory hospital school church mosque"
)
_CIVILIANS: Final = words(
    "civilian noncombatant non-combatant child children woman women resident villager inhabitant refugee family"
    " families journalist townspeople townsfolk bystander passenger protester demonstrator peasant citizen"
)
_MILITARY: Final = words(
    "soldier troop serviceman servicemen fighter militant insurgent rebel policeman policemen police officer force"
)
_SEVERAL: Final = words(
    "men women children people personnel police servicemen militia infantry cavalry aircraft garrison crew force fleet"
    " equipment materiel material supplies ammunition ammo armour armor artillery cattle"
)
"""Words that name several, or an amount, without an s."""
_SINGULAR_S: Final = ("ss", "us", "is")
_DEMONYM_ENDS: Final = ("ans", "ians", "ish", "ese", "ch", "is", "an", "ian", "iers")
_MARKS: Final = "\"'“”‘’.,"  # noqa: RUF001 - the quotation marks of articles
_SHORTEST_WITH_S: Final = 4
_SHORTEST_PARTICIPLE: Final = 5
_MEASURES: Final = words("ton tonne grt grts")


def head(said: str) -> str:
    """Return the word that says what is counted, in the singular where that is plain: the last before "of", "with"."""
    first = said.lower()
    for joint in (" of ", " with ", " from ", " for "):
        first = first.partition(joint)[0]
    return _singular(first.split()[-1].strip(_MARKS)) if first.split() else ""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if word.startswith("men-at-"):
        return f"man{word[3:]}"
    is_plural = len(word) >= _SHORTEST_WITH_S and word.endswith("s") and not word.endswith(_SINGULAR_S)
    return word[:-1] if is_plural else word


def _is_listed(said: str, table: frozenset[str]) -> bool:
    last = head(said)
    return last in table or last.rpartition("-")[2] in table


def is_people(said: str) -> bool:
    """Tell whether words name people."""
    if _is_listed(said, PEOPLE):
        return True
    if _is_listed(said, THINGS) or any(sign.isdigit() for sign in said):
        return False
    last = said.rpartition(" ")[2]
    return last[:1].isupper() and last.lower().endswith(_DEMONYM_ENDS)


def is_thing(said: str) -> bool:
    """Tell whether words name things rather than people."""
    return bool(said) and not is_people(said)


def is_known(said: str) -> bool:
    """Tell whether the last word is in the tables."""
    return _is_listed(said, PEOPLE) or _is_listed(said, THINGS)


def is_civilian(said: str) -> bool:
    """Tell whether words name civilians."""
    return any(_singular(word.strip(_MARKS)) in _CIVILIANS for word in said.lower().split())


def is_measure(said: str) -> bool:
    """Tell whether words measure rather than count: of "8 destroyers (9,000 tons)" the tons are no destroyers."""
    return head(said) in _MEASURES


def is_military(said: str) -> bool:
    """Tell whether words name people who are no civilians."""
    return head(said) in _MILITARY


def is_plural(said: str) -> bool:
    """Tell whether words without a number name several."""
    last = said.rpartition(" ")[2].lower().strip(_MARKS)
    return last in _SEVERAL or " and " in said or (last.endswith("s") and not last.endswith(_SINGULAR_S))


def is_participle(said: str) -> bool:
    """Tell whether words end in a verb, one that tells no known effect: "hostages rescued", "freed"."""
    last = said.rpartition(" ")[2]
    return last.endswith("ed") and last.islower() and len(last) >= _SHORTEST_PARTICIPLE and not is_known(said)
