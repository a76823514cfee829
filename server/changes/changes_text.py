"""Changes as `changes.md`: short lines by kind, such as a changelog takes.

A claim is told with its claimant and the words of the article, old and new, because
what changed is what somebody is said to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from server.changes.comparison import Changes, OfKind
from server.changes.kinds import CONSEQUENT, KIND_LABELS, Kind
from server.changes.thing import Change, Property, Thing

TEXT_FILE: Final = "changes.md"
_DIGITS: Final = 12
"""Hexadecimal digits by which a line of the changelog names a digest."""
_MOST: Final = 20
"""Lines, or names in a line, for one kind of thing and one change."""
_LONGEST: Final = 120
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|])")
_WORDS: Final = {
    Change.ADDED: "new",
    Change.REMOVED: "no longer there",
    Change.CHANGED: "changed",
    Change.MOVED: "on the same words at another place",
    Change.RECOUNTED: "counted anew",
}


def write_text(changes: Changes) -> bytes:
    """Return the content of `changes.md`, in Markdown; equal changes give equal bytes."""
    return "\n".join((f"### Data {changes.new.version}", "", *lines(changes), "")).encode()


def lines(changes: Changes) -> Iterator[str]:
    """Yield the lines alone, which a section of the changelog may take as they are."""
    counts = f"statements added: {changes.statements.added:,}, removed: {changes.statements.removed:,}"
    yield f"- Since version {changes.old.version}: {counts} (`{changes.new.digest[:_DIGITS]}`)."
    for one in changes.kinds:
        counts = ", ".join(f"{count:,} {_WORDS[change]}" for change, count in one.things.items())
        yield f"- {KIND_LABELS[one.kind]}: {counts}."
        if one.kind not in CONSEQUENT:
            yield from (f"  - {line}" for line in _of_kind(one))


def _of_kind(one: OfKind) -> Iterator[str]:
    for change in (Change.ADDED, Change.REMOVED, Change.CHANGED):
        own = [thing for thing in one.listed if thing.change is change][:_MOST]
        left = one.things.get(change, 0) - len(own)
        more = [f"and {left:,} more"] if left else []
        if own and (one.kind is Kind.CLAIMS or change is Change.CHANGED):
            yield from map(tell, own)
            yield from (f"{words} {_WORDS[change]}." for words in more)
        elif own:
            yield f"{_WORDS[change].capitalize()}: {'; '.join([*map(_name, own), *more])}."


def tell(thing: Thing) -> str:
    """Return one sentence that says what changed of a thing: who is said to say it, what was, what is."""
    who = f"Per {_plain(thing.viewpoint.label)}, " if thing.viewpoint else ""
    words = thing.new_words or thing.old_words
    name = _quoted(words) if thing.viewpoint and words else _name(thing)
    if thing.change is not Change.CHANGED:
        return f"{who}{_WORDS[thing.change]}: {name}."
    told = []
    if thing.gone_words and thing.come_words:
        name = "" if thing.viewpoint else name
        told.append(f"was {_quoted(thing.gone_words)}, is {_quoted(thing.come_words)}")
    elif thing.gone_words or thing.come_words:
        told.append(f"{'no longer' if thing.gone_words else 'now'} on {_quoted(thing.gone_words or thing.come_words)}")
    elif thing.was_called:
        told.append(f"was called {_plain(thing.was_called)}")
    told += [f"{_plain(one.named.label)} {_was_is(one)}" for one in thing.other_properties]
    return f"{who}{name}{': ' if name else ''}{'; '.join(told) or 'in another graph'}."


def _was_is(found: Property) -> str:
    old, new = (_several(value.text for value in values) for values in (found.old, found.new))
    if old and new:
        return f"was {old}, is {new}"
    return f"no longer {old}" if old else f"now {new}"


def _several(texts: Iterable[str]) -> str:
    return " and ".join(map(_plain, texts))


def _name(thing: Thing) -> str:
    return _plain(thing.named.label)


def _quoted(words: Iterable[str]) -> str:
    return " … ".join(f"“{_plain(part)}”" for part in words)


def _plain(text: str) -> str:
    """Return the text on one line, no longer than a line may be, its marks taken as they are."""
    line = " ".join(text.split())
    shortened = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    return _MARKS.sub(r"\\\1", shortened)
