"""The article's footnotes: references with every field that their entries give, and explanatory notes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.citation import date_of, fields_said
from graph.drafting.authoring.days import partial_text
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, number, term, truth
from graph.drafting.authoring.scene import Footnote, Scene
from graph.drafting.authoring.slugs import slug_of, told_apart
from graph.drafting.document import Document, Entry, Form
from graph.iris import entity_iri

_UNNAMED: Final = re.compile(r"ref-\d+(?:\+\d+)?")
"""What wikitext without a name is called until it is written; a ref may be named so too."""
_NAME: Final = re.compile(r"\bname\s{0,9}=", re.IGNORECASE)
_OPENING: Final = 600
"""Code points in which an opening tag or the parameters of a note may name it."""
_BESIDE: Final = 80
"""Code points before footnotes of the same words that tell them apart."""
_DIGITS: Final = 8
_SOURCED: Final = re.compile(
    r"\d{3,4}|https?:|www\.|\b(?:pp?|vol|ch|ed|eds|isbn|ibid|op|cit|retrieved|archived|press)\b", re.IGNORECASE
)
"""Signs of a source in free text: a year, a page, an address, the words of citations."""
_SENTENCE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|includ(?:es|ed|ing)|exclud(?:es|ed|ing)|counts?|counting)\b",
    re.IGNORECASE,
)
"""What makes a sentence of words: a title has seldom any."""
_RULE_FIELDS: Final = "reference-fields"
_RULE_WORDS: Final = "reference-words"
_RULE_NOTE: Final = "footnote-words"

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        _RULE_FIELDS: "The fields of a citation are those that its template or its printed form tells.",
        _RULE_WORDS: "A reference whose words tell no title is kept as the words of its entry.",
        _RULE_NOTE: "A footnote that names no source explains or adds to the words that it is attached to.",
    }
)


def with_lost_entries(document: Document) -> Document:
    """Return a document that has an entry, blank, for each numbered or named mark whose entry the copy has lost.

    Entries that only explain are notes in it.

    A lettered mark is a note's, of which nothing can be said without its words.
    """
    known = {entry.name for entry in document.entries}
    lost: dict[str, list[Span]] = defaultdict(list)
    lines = (*(line for field in document.fields for line in field.lines), *document.prose)
    for mark in (mark for line in lines for mark in line.marks):
        if mark.name not in known and (mark.name.isdecimal() or document.form is Form.WIKITEXT):
            lost[mark.name].append(mark.span)
    blank = tuple(
        Entry(name, spans[0], None, int(name) if name.isdecimal() else None, uses=tuple(spans))
        for name, spans in lost.items()
    )
    told = (replace(one, is_note=True) if _only_explains(one) else one for one in document.entries)
    return replace(document, entries=(*told, *blank))


def _only_explains(entry: Entry) -> bool:
    """Tell whether the words of a footnote make a sentence and have nothing that a source has."""
    if entry.is_note or entry.line is None or entry.template or entry.fields or entry.line.links:
        return False
    words = entry.line.text
    return _SOURCED.search(words) is None and _SENTENCE.search(words) is not None


def footnotes(document: Document, slug: str) -> dict[str, Footnote]:
    """Return where each footnote mark leads, by the entry's name."""
    names = told_apart([_slugs(entry, document) for entry in document.entries])
    return {
        entry.name: Footnote(
            Iri(entity_iri("note" if entry.is_note else "reference", slug, name)),
            is_note=entry.is_note,
            is_blank=entry.line is None,
        )
        for entry, name in zip(document.entries, names, strict=True)
    }


def reference_nodes(scene: Scene) -> Iterator[Node]:
    """Yield a node for each entry: reference, blank reference or note, in the order of the list."""
    for entry in scene.document.entries:
        iri = scene.footnotes[entry.name].iri
        quotes = (entry.span, *(use for use in entry.uses if not entry.span.start <= use.start < entry.span.end))
        if entry.is_note:
            yield _note(entry, iri, quotes, scene)
        elif entry.line is None:
            yield _blank(entry, iri, quotes, scene)
        else:
            tweet = _tweet(entry, iri, scene)
            yield _reference(entry, iri, quotes, scene, tweet)
            if tweet:
                yield tweet


def blank_gap(scene: Scene, entry: Entry) -> Iri:
    """Return the gap that stands for a blank entry."""
    return scene.own("gap", f"reference-{scene.footnotes[entry.name].iri.value.rpartition('/')[2]}")


def lost_addresses(entry: Entry, scene: Scene) -> tuple[tuple[Iri, str, Span], ...]:
    """Return the addresses that a printed entry has lost: the gap, the field, and the words that tell.

    A citation with a date of retrieval has an address, one with a date of archiving that of the copy too.
    """
    if scene.document.form is not Form.RENDERED:
        return ()
    name = scene.footnotes[entry.name].iri.value.rpartition("/")[2]
    fields = {field.name: field for field in entry.fields}
    return tuple(
        (scene.own("gap", f"reference-{name}-{slug_of(printed)}"), printed, span)
        for dated, field, printed, span in (
            ("access-date", "url", "URL", entry.span),
            (
                "archive-date",
                "archive-url",
                "Archive URL",
                fields["archive-date"].span if "archive-date" in fields else entry.span,
            ),
        )
        if dated in fields and field not in fields
    )


def reference_name(entry: Entry, scene: Scene) -> str:
    """Return what an entry is called in labels."""
    if entry.number is not None:
        return f"{entry.number}"
    if scene.document.form is Form.WIKITEXT and _UNNAMED.fullmatch(entry.name):
        return f"“{scene.footnotes[entry.name].iri.value.rpartition('/')[2]}”"
    return f"“{entry.name}”"


def _written_name(entry: Entry, document: Document) -> str | None:
    """Return the name that wikitext gives a footnote; short citations and many others have none."""
    opening = document.source[entry.span.start : min(entry.span.end, entry.span.start + _OPENING)]
    is_tag = opening.startswith("<")
    if not is_tag and entry.name.startswith("sfn-"):
        return None
    if _UNNAMED.fullmatch(entry.name) and not _NAME.search(opening.partition(">")[0] if is_tag else opening):
        return None
    return entry.name


def _slugs(entry: Entry, document: Document) -> tuple[str, ...]:
    """Return what names an entry: its number or name, else the digest of its words, that of those before it too."""
    span, source = entry.span, document.source
    if document.form is Form.RENDERED or entry.number is not None:
        return entry.name, str(span.start)
    if _written_name(entry, document) is None and not entry.name.startswith("sfn-"):
        beside = source[max(0, span.start - _BESIDE) : span.end]
        return f"ref {_digest(source[span.start : span.end])}", _digest(beside), str(span.start)
    # A name of figures alone would be taken for the number that a list prints.
    return f"{'named ' if entry.name.isdecimal() else ''}{entry.name}", str(span.start)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]


def _reference(entry: Entry, iri: Iri, quotes: tuple[Span, ...], scene: Scene, work: Node | None) -> Node:
    said, rest = fields_said(entry)
    has_title = any(property_ == "dcterms:title" for property_, _ in said)
    words = single_spaced(entry.line.text) if entry.line else ""
    lost = lost_addresses(entry, scene)
    if not has_title:
        said.insert(0, ("bg:citationText", Text(words)))
    others = [Text(f"{one.name}: {single_spaced(one.value)}") for one in rest if not (work and one.name == "type")]
    says = (
        *_head(entry, scene, f"Reference {reference_name(entry, scene)}"),
        *said,
        *((("bg:otherField", tuple(others)),) if others else ()),
        *((("biro:references", Iri(work.iri)),) if work else ()),
        ("bg:anchoredInText", truth(value=bool(entry.uses))),
        ("bg:valueStatus", term("bg:Known")),
        ("bg:sourceStatus", term("bg:ReferenceGiven")),
        *((("bg:lostField", tuple(gap for gap, _, _ in lost)),) if lost else ()),
        ("bg:readingRule", Text(_RULE_FIELDS if has_title else _RULE_WORDS)),
    )
    return Node(iri.value, "bg:Reference", says, quotes)


def _tweet(entry: Entry, iri: Iri, scene: Scene) -> Node | None:
    """Return the tweet that an entry points to, where it says that it is one."""
    said = next((field for field in entry.fields if field.name == "type" and field.value.casefold() == "tweet"), None)
    if said is None and entry.template != "cite tweet":
        return None
    date = date_of(entry)
    says: tuple[Says, ...] = (
        ("rdfs:label", Text(f"Tweet cited as reference {reference_name(entry, scene)}", language="en")),
        *((("dcterms:issued", partial_text(date)),) if date else ()),
        ("bg:readingRule", Text(_RULE_FIELDS)),
    )
    name = f"tweet-of-reference-{iri.value.rpartition('/')[2]}"
    return Node(scene.own("work", name).value, "fabio:Tweet", says, (said.span if said else entry.span,))


def _blank(entry: Entry, iri: Iri, quotes: tuple[Span, ...], scene: Scene) -> Node:
    says = (
        *_head(entry, scene, f"Reference {reference_name(entry, scene)} (blank)"),
        ("bg:anchoredInText", truth(value=bool(entry.uses))),
        ("bg:valueStatus", term("bg:LostInSource")),
        ("bg:sourceStatus", term("bg:ReferenceBlank")),
        ("bg:lostField", blank_gap(scene, entry)),
    )
    return Node(iri.value, "bg:BlankReference", says, quotes)


def _note(entry: Entry, iri: Iri, quotes: tuple[Span, ...], scene: Scene) -> Node:
    words = single_spaced(entry.line.text) if entry.line else ""
    says: tuple[Says, ...] = (
        ("rdfs:label", Text(f"Note {reference_name(entry, scene)}", language="en")),
        ("bg:inArticle", scene.article),
        ("bg:noteText", Text(words)),
        ("bg:readingRule", Text(_RULE_NOTE)),
    )
    return Node(iri.value, "bg:Note", says, quotes)


def _head(entry: Entry, scene: Scene, label: str) -> Iterator[Says]:
    yield "rdfs:label", Text(label, language="en")
    yield "bg:inArticle", scene.article
    if entry.number is not None:
        yield "bg:refNumber", number(entry.number)
    elif scene.document.form is Form.WIKITEXT and (name := _written_name(entry, scene.document)):
        yield "bg:refName", Text(name)
