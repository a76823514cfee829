"""Nodes of JSON-LD, as schema.org and RO-Crate want them: nothing unknown, and one value for one value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

Node: TypeAlias = dict[str, object]


def known(node: Mapping[str, object]) -> Node:
    """Return a node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def compact(node: Mapping[str, object]) -> Node:
    """Return a node without what is not known, and no list of a single value."""
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in known(node).items()
    }


def write_graph(context: str, nodes: Iterable[Node]) -> Iterator[bytes]:
    """Yield a document of nodes, of which there is one at least, as `write_json` would write it; any number of them."""
    before = f'{{\n "@context": {_dump(context)},\n "@graph": [\n'
    for node in nodes:
        indented = _dump(node).replace("\n", "\n  ")
        yield f"{before}  {indented}".encode()
        before = ",\n"
    yield b"\n ]\n}\n"


def write_json(document: Node) -> bytes:
    """Return a document as a file that people can read, too."""
    return f"{_dump(document)}\n".encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
