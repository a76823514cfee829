"""Changes as `changes.md`: short lines by kind, such as a changelog takes.

A claim is told with its claimant, its name and the words of the article, old and new,
because what changed is what somebody is said to say. What is quoted is the data's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from graph.releases import short_digest
from server.changes.comparison import Changes, OfKind
from server.changes.facts import Named
from server.changes.kinds import CONSEQUENT, KIND_LABELS, Kind
from server.changes.summary import Source, summarise
from server.changes.thing import Change, Property, Thing

TEXT_FILE: Final = "changes.md"
_MOST: Final = 20
"""Lines, or names in a line, for one kind of thing and one change."""
_LONGEST: Final = 120
_VERDICTS: Final = {True: "conforms to its shapes", False: "does not conform to its shapes"}
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|])")
_WORDS: Final = {
    Change.ADDED: "newly recorded",
    Change.REMOVED: "no longer recorded",
    Change.CHANGED: "recorded otherwise",
    Change.MOVED: "on the same words at another place",
    Change.RECOUNTED: "counted anew",
}


def write_text(changes: Changes) -> bytes:
    """Return the content of `changes.md`, in Markdown; equal changes give equal bytes."""
    return "\n".join((f"### Data {changes.new.version}", "", *lines(changes), "")).encode()


def lines(changes: Changes) -> Iterator[str]:
    """Yield the lines alone, which a section of the changelog may take as they are."""
    summary = summarise(changes)
    counted = ", ".join(_count_claims(change, count) for change, count in summary.claims.items())
    since = f"Since version {changes.old.version} of {changes.old.modified}"
    yield f"- {since}: {counted or 'no claim is recorded otherwise'} (`{short_digest(changes.new.digest)}`)."
    if summary.source:
        yield f"- {_source(summary.source, summary.texts)}"
    if summary.verdicts:
        old, new = (_VERDICTS[conforms] for conforms in summary.verdicts)
        yield f"- Validation: version {changes.old.version} {old}, version {changes.new.version} {new}."
    for one in changes.kinds:
        counts = ", ".join(f"{count:,} {_WORDS[change]}" for change, count in one.things.items())
        yield f"- {KIND_LABELS[one.kind]}: {counts}."
        if one.kind not in CONSEQUENT:
            yield from (f"  - {line}" for line in _of_kind(one))
    yield f"- Statements: {changes.statements.added:,} new, {changes.statements.removed:,} gone."


def _count_claims(change: Change, count: int) -> str:
    noun, verb = ("claim", "is") if count == 1 else ("claims", "are")
    if change is Change.MOVED:
        return f"{count:,} {noun} {'rests' if count == 1 else 'rest'} {_WORDS[change]}"
    return f"{count:,} {noun} {verb} {_WORDS[change]}"


def _source(source: Source, texts: int) -> str:
    if source is Source.SAME_TEXT:
        return "Every article's text is the same; what changed is how it was read."
    what = "newer" if source is Source.NEWER_TEXT else "new"
    if texts == 1:
        return f"The text of an article is a {what} one; what changed may come from it."
    return f"The texts of {texts:,} articles are {what} ones; what changed may come from them."


def _of_kind(one: OfKind) -> Iterator[str]:
    for change in (Change.ADDED, Change.REMOVED, Change.CHANGED):
        own = [thing for thing in one.listed if thing.change is change][:_MOST]
        left = one.things.get(change, 0) - len(own)
        more = [f"and {left:,} more"] if left else []
        if own and (one.kind is Kind.CLAIMS or change is Change.CHANGED):
            yield from (line for thing in own for line in _tell_all(thing))
            yield from (f"{words} {_WORDS[change]}." for words in more)
        elif own:
            yield f"{_WORDS[change].capitalize()}: {'; '.join([*map(_name, own), *more])}."


def _tell_all(thing: Thing) -> Iterator[str]:
    """Yield the sentence on a thing; of a claim handed over, under the old voice too."""
    for voice in thing.attribution.old if thing.attribution else ():
        if thing.viewpoint and voice.iri and voice.iri != thing.viewpoint.iri:
            yield tell(replace(thing, viewpoint=Named(voice.iri, voice.text)))
    yield tell(thing)


def tell(thing: Thing) -> str:
    """Return one sentence that says what changed of a thing: who is said to say it, what was, what is."""
    name = _name(thing)
    subject = f"According to {_plain(thing.viewpoint.label)}, “{name}”" if thing.viewpoint else name
    told = list(_differences(thing)) if thing.change is Change.CHANGED else [_WORDS[thing.change], *_words(thing)]
    return f"{subject}: {'; '.join(told) or 'in another graph'}."


def _words(thing: Thing) -> Iterator[str]:
    """Yield the words that a claim rests on, or rested on."""
    words = thing.new_words or thing.old_words
    if thing.viewpoint and words:
        yield f"in the words {_quoted(words)}"


def _differences(thing: Thing) -> Iterator[str]:
    if thing.attribution:
        old, new = (_several(value.text for value in side) for side in (thing.attribution.old, thing.attribution.new))
        yield f"attribution changed: from {old or 'nobody'} to {new or 'nobody'}"
    if thing.gone_words and thing.come_words:
        yield f"was {_quoted(thing.gone_words)}, is {_quoted(thing.come_words)}"
    elif thing.gone_words or thing.come_words:
        yield f"{'no longer' if thing.gone_words else 'now'} on {_quoted(thing.gone_words or thing.come_words)}"
    else:
        yield from _words(thing)
        if thing.was_called:
            yield f"was called “{_plain(thing.was_called)}”, is called “{_name(thing)}”"
    yield from (f"{_plain(one.named.label)} {_was_is(one)}" for one in thing.other_properties)


def _was_is(found: Property) -> str:
    old, new = (_several(value.text for value in values) for values in (found.old, found.new))
    if old and new:
        return f"was {old}, is {new}"
    return f"no longer {old}" if old else f"now {new}"


def _several(texts: Iterable[str]) -> str:
    return " and ".join(f"“{_plain(text)}”" for text in texts)


def _name(thing: Thing) -> str:
    return _plain(thing.named.label)


def _quoted(words: Iterable[str]) -> str:
    return " … ".join(f"“{_plain(part)}”" for part in words)


def _plain(text: str) -> str:
    """Return the text on one line, no longer than a line may be, its marks taken as they are."""
    line = " ".join(text.split())
    shortened = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    return _MARKS.sub(r"\\\1", shortened)
