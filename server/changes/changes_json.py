"""Changes as `changes.json`, and read back from it.

    {"from": {"version", "modified", "digest"}, "to": {…},
     "statements": {"added", "removed"},
     "kinds": [{"kind", "label", "statements": {…}, "things": {"added": 1, …}, "listed": [thing, …]}, …],
     "viewpoints": [{"viewpoint": {"iri", "label"}, "statements": {…}, "claims": {"changed": 1, …}}, …]}

A thing is `{"iri", "label", "change", "statements": {…}}` and, where it has them, `class`
and `viewpoint` (each `{"iri", "label"}`), `wasCalled`, `words` (`{"old": […], "new": […]}`,
the words of the article that it rests on) and `properties`, a list of `{"iri", "label",
"old": [value, …], "new": [value, …]}` with the values that differ. A value is `{"text"}`
with `iri`, or with the `lang` or `datatype` of a literal. `change` is one of `Change`,
`kind` one of `Kind`. All numbers are whole; at most `MOST_LISTED` things of a kind and
change are listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from server.changes.comparison import Changes, Edition, OfKind, OfViewpoint, Tally
from server.changes.facts import Named
from server.changes.kinds import KIND_LABELS, Kind
from server.changes.thing import Change, Property, Thing, Value

JSON_FILE: Final = "changes.json"


class UnreadableChanges(ValueError):
    """A file that is not of the form that this module writes."""


def write_json(changes: Changes) -> bytes:
    """Return the content of `changes.json`; equal changes give equal bytes."""
    content = {
        "from": _edition(changes.old),
        "to": _edition(changes.new),
        "statements": _tally(changes.statements),
        "kinds": [
            {
                "kind": one.kind.value,
                "label": KIND_LABELS[one.kind],
                "statements": _tally(one.statements),
                "things": {change.value: count for change, count in one.things.items()},
                "listed": [_thing(thing) for thing in one.listed],
            }
            for one in changes.kinds
        ],
        "viewpoints": [
            {
                "viewpoint": _named(one.viewpoint),
                "statements": _tally(one.statements),
                "claims": {change.value: count for change, count in one.claims.items()},
            }
            for one in changes.viewpoints
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read_json(content: bytes) -> Changes:
    """Return the changes that were written so; raise `UnreadableChanges` for anything else."""
    try:
        found = json.loads(content)
        return Changes(
            old=Edition(**found["from"]),
            new=Edition(**found["to"]),
            statements=Tally(**found["statements"]),
            kinds=tuple(_read_kind(one) for one in found["kinds"]),
            viewpoints=tuple(
                OfViewpoint(Named(**one["viewpoint"]), Tally(**one["statements"]), _read_counts(one["claims"]))
                for one in found["viewpoints"]
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableChanges(f"not changes as this version of battlegraph writes them: {error!r}") from error


def _read_kind(found: Mapping[str, Any]) -> OfKind:
    kind = Kind(found["kind"])
    listed = tuple(_read_thing(kind, thing) for thing in found["listed"])
    return OfKind(kind, Tally(**found["statements"]), _read_counts(found["things"]), listed)


def _read_counts(found: Mapping[str, int]) -> Mapping[Change, int]:
    return {Change(change): count for change, count in found.items()}


def _read_thing(kind: Kind, found: Mapping[str, Any]) -> Thing:
    words = found.get("words", {"old": (), "new": ()})
    return Thing(
        named=Named(found["iri"], found["label"]),
        kind=kind,
        change=Change(found["change"]),
        removed=found["statements"]["removed"],
        added=found["statements"]["added"],
        class_=Named(**found["class"]) if "class" in found else None,
        was_called=found.get("wasCalled"),
        viewpoint=Named(**found["viewpoint"]) if "viewpoint" in found else None,
        old_words=tuple(words["old"]),
        new_words=tuple(words["new"]),
        properties=tuple(
            Property(
                Named(one["iri"], one["label"]),
                tuple(Value(**value) for value in one["old"]),
                tuple(Value(**value) for value in one["new"]),
            )
            for one in found.get("properties", ())
        ),
    )


def _edition(edition: Edition) -> dict[str, str]:
    return {"version": edition.version, "modified": edition.modified, "digest": edition.digest}


def _tally(tally: Tally) -> dict[str, int]:
    return {"added": tally.added, "removed": tally.removed}


def _named(named: Named) -> dict[str, str]:
    return {"iri": named.iri, "label": named.label}


def _thing(thing: Thing) -> dict[str, object]:
    has_words = thing.old_words or thing.new_words
    return {
        **_named(thing.named),
        "change": thing.change.value,
        "statements": {"added": thing.added, "removed": thing.removed},
        **({"class": _named(thing.class_)} if thing.class_ else {}),
        **({"viewpoint": _named(thing.viewpoint)} if thing.viewpoint else {}),
        **({"wasCalled": thing.was_called} if thing.was_called else {}),
        **({"words": {"old": list(thing.old_words), "new": list(thing.new_words)}} if has_words else {}),
        **({"properties": [_property(one) for one in thing.properties]} if thing.properties else {}),
    }


def _property(found: Property) -> dict[str, object]:
    return {**_named(found.named), "old": _values(found.old), "new": _values(found.new)}


def _values(values: Iterable[Value]) -> list[dict[str, str]]:
    return [
        {
            "text": value.text,
            **({"iri": value.iri} if value.iri else {}),
            **({"lang": value.lang} if value.lang else {}),
            **({"datatype": value.datatype} if value.datatype else {}),
        }
        for value in values
    ]
