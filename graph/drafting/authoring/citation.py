"""The fields of a citation, as the properties that a reference has for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.days import bounds, day_text, partial_text
from graph.drafting.authoring.entry_dates import entry_date
from graph.drafting.authoring.nodes import Iri, Says, Term, Text
from graph.drafting.document import CitedField, Entry
from graph.drafting.languages import is_latin, tag_of
from graph.namespaces import ISO639_1, XSD

_PLAIN: Final = MappingProxyType(
    {
        "trans-title": "bg:translatedTitle",
        "author": "bg:authorName",
        "handle": "bg:authorHandle",
        "website": "bg:website",
        "work": "bg:workTitle",
        "newspaper": "bg:workTitle",
        "journal": "bg:workTitle",
        "magazine": "bg:workTitle",
        "periodical": "bg:workTitle",
        "encyclopedia": "bg:workTitle",
        "encyclopaedia": "bg:workTitle",
        "publisher": "bg:publisherName",
        "via": "bg:platform",
        "page": "bg:pages",
        "pages": "bg:pages",
        "quote": "bg:quotation",
    }
)
"""Fields whose value is kept as it is printed."""
_TAGGED: Final = frozenset(("bg:translatedTitle",))
_ONCE: Final = frozenset(("bg:translatedTitle", "bg:website", "bg:workTitle", "bg:platform"))
_ADDRESSES: Final = MappingProxyType({"url": "bg:url", "archive-url": "bg:archiveUrl"})
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_IDENTIFIERS: Final = MappingProxyType(
    {
        "isbn": "ISBN ",
        "issn": "ISSN ",
        "oclc": "OCLC ",
        "doi": "doi:",
        "jstor": "JSTOR ",
        "pmid": "PMID ",
        "bibcode": "bibcode:",
    }
)
_DAYS: Final = MappingProxyType({"access-date": "bg:accessDate", "archive-date": "bg:archiveDate"})
_ISSUED: Final = ("date", "year", "publication-date")
_HANDLE: Final = re.compile(r"@\S+")
_WORD: Final = re.compile(r"[^\W_]")
_NO_LANGUAGE: Final = "und"
"""The tag of a title that is in another script than English, of an entry that does not say in which language."""
_TAG: Final = re.compile(r"[a-z]{2}")
_FAMILY: Final = re.compile(r"(?:last|surname|author(?=\d))(?P<number>\d{0,2})")


def fields_said(entry: Entry) -> tuple[list[Says], list[CitedField]]:
    """Return what the fields of an entry say, and those for which there is no property."""
    fields: dict[str, list[CitedField]] = defaultdict(list)
    for field in entry.fields:
        if _WORD.search(field.value):
            fields[field.name].append(field)
    return _fields(fields)


def date_of(entry: Entry) -> str | None:
    """Return the date of publication that an entry prints, as a day, month or year."""
    return next((date for field in entry.fields if field.name in _ISSUED and (date := entry_date(field.value))), None)


def _fields(fields: Mapping[str, list[CitedField]]) -> tuple[list[Says], list[CitedField]]:
    """Return what the fields say, and those for which there is no property."""
    said: dict[str, list[Term]] = defaultdict(list)
    rest: list[CitedField] = []
    language, names = _language(fields), _authors(fields)
    for name, values in fields.items():
        for field in values:
            value = single_spaced(field.value)
            told = _as_printed(name, value, language, said) or _valued(name, value, said)
            if told is not None:
                said[told[0]].append(told[1])
            elif not (field in names or (name == "language" and language)):
                rest.append(field)
    said["bg:authorName"] += [author for author in dict.fromkeys(names.values()) if author not in said["bg:authorName"]]
    if language:
        said["dcterms:language"].append(Iri(ISO639_1 + language))
    return [(property_, tuple(values)) for property_, values in said.items() if values], rest


def _as_printed(name: str, value: str, language: str, said: Mapping[str, list[Term]]) -> tuple[str, Term] | None:
    """Return a field whose value is the words that are printed; None of other fields, and of a second value of one."""
    if name == "title":
        tag = language or ("en" if is_latin(value) else _NO_LANGUAGE)
        return None if said.get("dcterms:title") else ("dcterms:title", Text(value, language=tag))
    property_ = _PLAIN.get(name)
    if property_ is None or (property_ in _ONCE and said.get(property_)):
        return None
    if name == "handle" and not _HANDLE.fullmatch(value):
        return None
    return property_, Text(value, language="en" if property_ in _TAGGED else "")


def _valued(name: str, value: str, said: Mapping[str, list[Term]]) -> tuple[str, Term] | None:
    """Return a field whose value is more than words: an address, an identifier, a date."""
    if name in _ADDRESSES and _ADDRESS.fullmatch(value):
        return _ADDRESSES[name], Text(value, datatype=XSD + "anyURI")
    if name in _IDENTIFIERS:
        return "dcterms:identifier", Text(_IDENTIFIERS[name] + value)
    date = entry_date(value) if name in _DAYS or name in _ISSUED else None
    found = bounds(date) if date else None
    if found is None or date is None:
        return None
    if name in _ISSUED and not said.get("dcterms:issued"):
        return "dcterms:issued", partial_text(date)
    if name in _DAYS and found.earliest == found.latest and not said.get(_DAYS[name]):
        return _DAYS[name], day_text(date)
    return None


def _language(fields: Mapping[str, list[CitedField]]) -> str:
    """Return the two letters of the one language that an entry names, where ISO 639-1 has some for it."""
    values = [single_spaced(field.value) for field in fields.get("language", ())]
    tag = (values[0].lower() if _TAG.fullmatch(values[0]) else tag_of(values[0])) if len(values) == 1 else None
    return tag if tag and _TAG.fullmatch(tag) else ""


def _authors(fields: Mapping[str, list[CitedField]]) -> dict[CitedField, Text]:
    """Return, for each family and given name, the author whose it is, family name first."""
    found: dict[CitedField, Text] = {}
    for name, values in fields.items():
        family = _FAMILY.fullmatch(name)
        if family is None:
            continue
        number_ = family["number"]
        given = next(
            (field for first in (f"first{number_}", f"given{number_}") for field in fields.get(first, ())), None
        )
        author = Text(single_spaced(f"{values[0].value}, {given.value}" if given else values[0].value))
        found |= {field: author for field in (values[0], given) if field}
    return found
