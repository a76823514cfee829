"""Whether the words of a link and the page that they lead to name one thing, and under what slug articles share it.

Writers link words to whatever page helps the reader: a brigade's name to its division's page, a
people's to its country's. Such a page is not what the words name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from graph.drafting.actors.polities import roots
from graph.drafting.actors.polity_names import word_set
from graph.drafting.authoring.slugs import slug_of

FORCES: Final = word_set(
    "army armies navy force forces corps division divisions brigade brigades regiment regiments battalion battalions "
    "militia militias militiamen guard guards fleet squadron troops rebels insurgents partisans guerrillas legion "
    "group groups command police volunteers fighters mercenaries militants"
)
"""Last words of names that are a force's rather than a power's."""
_ABOUT: Final = re.compile(
    r"(?:battle|battles|siege|lists?|(?:military )?history|timeline|outline|order of battle|capture|fall) (?:of|in)\b"
    r"|.{0,200}\b(?:participation|involvement|intervention|role|order of battle)\b",
    re.IGNORECASE,
)
"""Titles of pages about an event or a subject, which are no actor's."""
_QUALIFIED: Final = re.compile(r"\s*[(,].*")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 300
_TITLES: Final = word_set(
    "the of and de da di du von van der den la le el al bin ibn zu king queen emperor empress tsar sultan khan shah "
    "duke count earl lord lady sir prince princess baron general marshal admiral colonel captain major field pasha bey "
    "lieutenant brigadier commander president i ii iii iv v vi vii viii st saint"
)
"""Words of a person's name that many persons have."""
_SMALL: Final = word_set("of the and in on at for to de la von van der")
_NUMERAL: Final = re.compile(r"[ivx]{2,6}")
_STATES: Final = tuple(
    state.replace("_", " ")
    for state in sorted(
        word_set(
            "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho "
            "Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota "
            "Mississippi Missouri Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina "
            "North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas "
            "Utah Vermont Virginia Washington West_Virginia Wisconsin Wyoming"
        ),
        key=lambda state: (-len(state), state),
    )
)
"""Wikipedia names towns of the United States with a comma before the state."""


def names_page(class_: str, name: str, page: str) -> bool:
    """Tell whether words and the title of the page that they lead to name one thing of a class.

    >>> names_page("Polity", "France", "Kingdom of France"), names_page("Polity", "Norland", "Norland Army")
    (True, False)
    """
    if len(name) > _LONGEST or (class_ != "War" and _ABOUT.match(page)):
        return False
    said, title = _words(name), _words(_QUALIFIED.sub("", page) or page)
    whole = _words(page)
    if not said or not title:
        return name == page
    if class_ == "Person":
        return said in (title, whole) or not (set(said) & set(whole)).issubset(_TITLES)
    if said not in (title, whole) and _is_of_other_kind(class_, said, title):
        return False
    if class_ == "LossType":
        said, title, whole = ([_singular(word) for word in one] for one in (said, title, whole))
    # “French” names France, “US” the United States.
    is_initials = name.replace(".", "").upper() == "".join(word[0] for word in title).upper() and len(title) > 1
    is_part = _within(said, whole) or _within(title, said)
    return is_part or is_initials or (class_ == "Polity" and bool(roots(name)) and roots(name) == roots(page))


def _is_of_other_kind(class_: str, said: Sequence[str], title: Sequence[str]) -> bool:
    """Tell whether one of words and title names a force and the other a power: "Army of Norland" is not Norland."""
    if class_ == "Polity":
        return title[-1] in FORCES and said[-1] not in FORCES
    return (
        class_ == "ForceGroup"
        and said[0 if "of" in said else -1] in FORCES
        and title[-1] not in FORCES
        and len(title) < len(said)
    )


def shared_slug(page: str, *, is_place: bool = False) -> str:
    """Return the slug of what a link leads to: pages of different titles never have the same one.

    Of all titles with one slug, the one in the usual spelling has it plain; others, with accents, signs
    or unusual capitals, have their digest after it.

    >>> shared_slug("Springfield, Illinois", is_place=True), shared_slug("Ionian Sea"), shared_slug("Şuşa")
    ('springfield-illinois', 'ionian-sea', 'susa-b6719dfb')
    """
    slug = slug_of(page)
    return slug if page == _usual_title(slug, is_place=is_place) else f"{slug}-{digest(page)}"


def digest(words: str) -> str:
    """Return a short name for words that no slug can tell apart."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _usual_title(slug: str, *, is_place: bool) -> str:
    """Return the one title to which a slug is left: a function of the slug alone, so that no two titles have it."""
    words = slug.split("-")
    title = " ".join(
        word if at and word in _SMALL else word.upper() if _NUMERAL.fullmatch(word) else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    )
    state = next((state for state in _STATES if is_place and title.endswith(f" {state}")), None)
    return f"{title.removesuffix(f' {state}')}, {state}" if state else title


def _words(text: str) -> list[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = _WORD.findall(plain.casefold().replace("'", "").replace("\u2019", ""))
    return words[1:] if words[:1] == ["the"] else words


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s") if len(word) > 3 else word  # noqa: PLR2004  no plural is so short
