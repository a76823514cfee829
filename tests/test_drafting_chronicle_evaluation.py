"""Title, part-of, dates, place, coordinates, result and territory, measured on annotated articles.

The articles are not part of the project: they lie in `../shared/articles`, and the tests are skipped without them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from drafting_lines import unaccounted

from graph.drafting.chronicle.alternative_names import alternative_names
from graph.drafting.chronicle.dates import read_date
from graph.drafting.chronicle.outcomes import read_conflict, read_outcome, read_part_of
from graph.drafting.chronicle.places import read_coordinates, read_place
from graph.drafting.document import Document, UnreadableArticle
from graph.drafting.ignored_fields import read_other
from graph.drafting.reading import Dating, Disposal, FieldReading
from graph.drafting.rendered import read_rendered
from graph.drafting.wikitext import read_wikitext

_ARTICLES: Final = Path(__file__).resolve().parents[2] / "shared" / "articles"
_READERS: Final = MappingProxyType(
    {
        "campaign": read_part_of,
        "conflict": read_conflict,
        "coordinates": read_coordinates,
        "date": read_date,
        "partof": read_part_of,
        "place": read_place,
        "result": read_outcome,
        "status": read_outcome,
        "territory": read_outcome,
    }
)
_ACTORS: Final = frozenset({"combatant", "commander", "units", "strength", "casualties"})
_DOUBTED: Final = frozenset({("wikitext_battle_of_gettysburg", "partOf")})
"""Annotations that the article does not bear out: its box says "the American Civil War"."""

pytestmark = pytest.mark.skipif(not _ARTICLES.is_dir(), reason="the annotated articles are not in ../shared/articles")


@dataclass(frozen=True)
class _Chronicle:
    """What the fields of one article were read to say."""

    document: Document
    readings: tuple[tuple[str, FieldReading], ...]

    def of(self, *keys: str) -> Iterator[FieldReading]:
        """Yield the readings of fields of these keys."""
        return (reading for key, reading in self.readings if key in keys)

    def stated(self, key: str) -> list[str]:
        """Return the words of the statements of a field, or those that it ignored as a pointer elsewhere."""
        words = [one.words.text for reading in self.of(key) for one in reading.stated]
        return words or [
            portion.words.text
            for reading in self.of(key)
            for portion in reading.portions
            if portion.disposal is Disposal.IGNORED
        ]

    def datings(self) -> list[Dating]:
        """Return the dates."""
        return [dating for reading in self.of("date") for dating in reading.datings if dating.rule != "date-converted"]


def _read(path: Path, title: str) -> _Chronicle:
    source = path.read_text("utf-8")
    document = read_wikitext(source, title) if path.suffix == ".wiki" else read_rendered(source, title)
    fields = [field for field in document.fields if field.key not in _ACTORS]
    return _Chronicle(
        document, tuple((field.key, _READERS.get(field.key, read_other)(field, document)) for field in fields)
    )


def _title(chronicle: _Chronicle, annotated: Any) -> Any:
    """Return the name in the box; the annotated one where the title that stands over the article is that."""
    document, span = chronicle.document, chronicle.document.title_span
    if span and document.source[span.start : span.end] == annotated:
        return annotated
    name = next((name for reading in chronicle.of("conflict") for name in reading.names), None)
    return None if name is None else f"{name.name} ({name.note})" if name.note else name.name


def _dates(chronicle: _Chronicle, annotated: Any) -> Any:
    datings = chronicle.datings()
    read: dict[str, Any] = {
        "start": min((dating.first for dating in datings if dating.first), default=None),
        "end": max((dating.last for dating in datings if dating.last), default=None),
    }
    if "phases" in annotated:
        read["phases"] = [
            {"label": dating.phase.text if dating.phase else None, "start": dating.first, "end": dating.last}
            for dating in datings
        ]
    return read


def _coordinates(chronicle: _Chronicle, _: Any) -> Any:
    positions = [one for reading in chronicle.of("place", "coordinates") for one in reading.positions]
    return [float(positions[0].latitude), float(positions[0].longitude)] if positions else None


def _first(key: str) -> Callable[[_Chronicle, Any], Any]:
    return lambda chronicle, _: next(iter(chronicle.stated(key)), None)


_FIELDS: Final = MappingProxyType(
    {
        "title": _title,
        "partOf": _first("partof"),
        "dates": _dates,
        "place": _first("place"),
        "coordinates": _coordinates,
        "result": _first("result"),
        "status": _first("status"),
        "territory": _first("territory"),
    }
)


def _without_raw(annotated: Any) -> Any:
    return (
        {key: value for key, value in annotated.items() if key != "raw"} if isinstance(annotated, dict) else annotated
    )


def test_the_fields_say_what_the_annotations_say(capsys: pytest.CaptureFixture[str]) -> None:
    """Where an annotation gives a value, the first statement of the field is that value."""
    right, wrong = dict.fromkeys(_FIELDS, 0), dict[tuple[str, str], str]()
    for path in sorted((_ARTICLES / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        chronicle = _read(_ARTICLES / gold["text"], gold.get("page_title", gold["title"]))
        for name, read in _FIELDS.items():
            if (wanted := _without_raw(gold.get(name))) is None:
                continue
            if (found := read(chronicle, wanted)) == wanted:
                right[name] += 1
            else:
                wrong[path.stem, name] = f"{found!r} instead of {wanted!r}"
    with capsys.disabled():
        print("\nfield         right  of")  # noqa: T201 - the table is what the test is run for
        for name, count in right.items():
            total = count + sum(field == name for _, field in wrong)
            print(f"{name:<12}{count:>7}{total:>4}")  # noqa: T201 - the table is what the test is run for
    assert set(wrong) <= _DOUBTED, wrong


def _articles() -> list[Path]:
    return sorted([*_ARTICLES.glob("text/*.txt"), *_ARTICLES.glob("wikitext/*.wiki")])


@pytest.mark.parametrize("path", _articles(), ids=lambda path: path.stem)
def test_every_letter_and_digit_of_every_article_is_accounted_for(path: Path) -> None:
    """Read, ignored with a reason or left to a person; no article ends in another error than a clear refusal."""
    title = json.loads(path.with_suffix(".json").read_text("utf-8"))["title"]
    try:
        chronicle = _read(path, title)
    except UnreadableArticle:
        return
    fields = [field for field in chronicle.document.fields if field.key not in _ACTORS]
    for field, (_, reading) in zip(fields, chronicle.readings, strict=True):
        assert not unaccounted(field, reading), field.key
        for dating in reading.datings:
            span = dating.words.span
            assert 0 <= span.start < span.end <= len(chronicle.document.source)
    alternative_names(chronicle.document)
