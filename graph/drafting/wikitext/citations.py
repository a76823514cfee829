"""Citations: what a template of Citation Style 1, or a short citation, says and shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.anchors import Span
from graph.drafting.document import CitedField
from graph.drafting.wikitext.display import written
from graph.drafting.wikitext.located import Argument
from graph.drafting.wikitext.parameters import canonical

if TYPE_CHECKING:
    from graph.drafting.wikitext.visible import Visible

_SAID_NOWHERE: Final = frozenset(("ref", "mode", "postscript", "separator", "harv", "nb", "ps", "sep", "df"))
"""Parameters for templates and bots, which no page shows."""
_YEAR: Final = re.compile(
    r"(?:c\.\s?)?\d{3,4}[a-z]?(?:[-/\u2013]\d{2,4})?|n\.d\.[a-z]?|undated|forthcoming|in press", re.IGNORECASE
)
_OF_ONE: Final = re.compile(r"(\d{1,2})(a|y|p|pp|loc|at|ps)(\d{0,2})")
_PLURAL: Final = re.compile(r"[-\u2013,;&]|\band\b")
_NAMED: Final = 2
"""Authors before the last one that a short citation names; of more it says "et al."."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as its template has it."""

    template: str
    fields: tuple[CitedField, ...]
    shown: str
    """What the page shows of it, near enough to be recognised."""
    span: Span


def cited(template: str, given: Sequence[Argument], span: Span, visible: Visible) -> Citation:
    """Return the citation that a template of Citation Style 1 gives."""
    fields = tuple(
        _field(canonical(one.name, template), one, visible)
        for one in given
        if written(one) and one.name.lower() not in _SAID_NOWHERE
    )
    fields = tuple(one for one in fields if one.value)
    return Citation(template, fields, rendered({one.name: one.value for one in fields}) or template, span)


def _field(name: str, one: Argument, visible: Visible) -> CitedField:
    text = visible.balanced.source[one.code.start : one.code.end]
    start = one.code.start + len(text) - len(text.lstrip())
    return CitedField(name, visible.plain(one.code), Span(start, start + len(text.strip())))


def shortened(template: str, given: Sequence[Argument], span: Span, visible: Visible) -> tuple[Citation, ...]:
    """Return the short citations that a template gives: one, or with `sfnm` several."""
    groups: dict[str, list[CitedField]] = {}
    people = 0
    positional = [one for one in given if not one.named or one.name.isdigit()]
    for one in given:
        if not written(one) or one.name.lower() in _SAID_NOWHERE:
            continue
        if found := _OF_ONE.fullmatch(one.name.lower()):
            number, part, of = found.groups()
            name = (
                f"last{'' if of in {'', '1'} else of}" if part == "a" else {"y": "year"}.get(part, canonical(part, ""))
            )
            groups.setdefault(number, []).append(_field(name, one, visible))
        elif one in positional:
            is_year = one is positional[-1] and (people > 0 or len(positional) > 1) and bool(_YEAR.match(written(one)))
            people += not is_year
            name = "year" if is_year else "last" + ("" if people == 1 else str(people))
            groups.setdefault("", []).append(_field(name, one, visible))
        else:
            groups.setdefault("", []).append(_field(canonical(one.name, ""), one, visible))
    return tuple(
        Citation(template, tuple(fields), _short({one.name: one.value for one in fields}), span)
        for fields in groups.values()
    )


def _short(fields: Mapping[str, str]) -> str:
    """Return a short citation as the page shows it: "Potter & Smith 2004, p. 245"."""
    match [fields[name] for name in ("last", "last2", "last3", "last4") if name in fields]:
        case []:
            names = ""
        case [name]:
            names = name
        case [*others, name] if len(others) <= _NAMED:
            names = f"{', '.join(others)} & {name}"
        case [name, *_]:
            names = f"{name} et al."
    return ", ".join(part for part in (f"{names} {fields.get('year', '')}".strip(), *_places(fields)) if part)


def _places(fields: Mapping[str, str]) -> Iterator[str]:
    if "page" in fields:
        yield f"p. {fields['page']}"
    if pages := fields.get("pages"):
        yield f"{'pp.' if _PLURAL.search(pages) else 'p.'} {pages}"
    if "at" in fields:
        yield fields["at"]


def rendered(fields: Mapping[str, str]) -> str:
    """Return a citation much as Citation Style 1 prints it."""
    date = fields.get("date") or " ".join(fields[one] for one in ("month", "year") if one in fields)
    people = "; ".join(_people(fields))
    sentences = [f"{people} ({date})" if people and date else people]
    if "chapter" in fields:
        sentences.append(f'"{fields["chapter"]}"')
    work = fields.get("work") or fields.get("encyclopedia")
    if "title" in fields:
        title = f'"{fields["title"]}"' if work else fields["title"]
        sentences.append(title + (f" [{fields['trans-title']}]" if "trans-title" in fields else ""))
    if work:
        sentences.append(work)
    if "language" in fields:
        sentences.append(f"(in {fields['language']})")
    volume = " ".join(part for part in (fields.get("volume"), "issue" in fields and f"({fields['issue']})") if part)
    publisher = ": ".join(fields[one] for one in ("location", "publisher") if one in fields)
    sentences += [fields.get("edition", "") and f"{fields['edition']} ed.", volume, publisher]
    sentences += [date if not people else "", *_places(fields)]
    sentences += [f"{one.upper()} {fields[one]}" for one in ("isbn", "issn", "oclc", "doi") if one in fields]
    if "archive-date" in fields:
        sentences.append(f"Archived from the original on {fields['archive-date']}")
    if "access-date" in fields:
        sentences.append(f"Retrieved {fields['access-date']}")
    if "quote" in fields:
        sentences.append(f'"{fields["quote"]}"')
    return " ".join(f"{one}." if one[-1] not in '.")' else one for one in sentences if one)


def _people(fields: Mapping[str, str]) -> Iterator[str]:
    for number in ("", *map(str, range(2, 10))):
        if last := fields.get(f"last{number}"):
            first = fields.get(f"first{number}")
            yield f"{last}, {first}" if first else last
        elif author := fields.get(f"author{number}"):
            yield author
