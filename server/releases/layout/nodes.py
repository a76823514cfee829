"""JSON-LD and RDF/XML of a dataset: the merge of its graphs, as `server.terms.serialise` has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.workforce.turns import in_turn
from server.releases.layout.families import gathered
from server.releases.layout.rows import BATCH, Rows
from server.releases.layout.spool import spool
from server.releases.layout.survey import Use
from server.releases.layout.writers import JsonLdFrame, write_jsonld, write_xml
from server.terms.compact_jsonld import BETWEEN, CLOSING, OPENING, JsonLdWriter, head_of_jsonld
from server.terms.serialise import END_OF_XML, head_of_xml
from server.terms.short_names import in_usual_order


def jsonld(rows: Rows) -> Iterator[bytes]:
    """Yield the merge of the graphs as JSON-LD; raise `UnwritableQuads` where it has no way to write it."""
    forms = {property_: frozenset(found) for property_, found in rows.facts.forms.items()}
    frame = JsonLdFrame(forms, frozenset(rows.facts.schemes))
    used: set[str] = set()
    with spool(rows.folder) as body:
        before = OPENING
        for passage in in_turn(rows.workforce, write_jsonld, _batches(rows), frame):
            body.write(before.encode() + passage.text)
            used |= passage.prefixes
            before = BETWEEN
        context = JsonLdWriter(frame.forms, frame.schemes).context(used)
        yield head_of_jsonld(context).encode()
        yield from body.pieces()
    yield f"{CLOSING}\n}}\n".encode()


def xml(rows: Rows, comments: Sequence[str]) -> Iterator[bytes]:
    """Yield the merge of the graphs as RDF/XML; raise `UnwritableQuads` where it has no way to write it."""
    prefixes = in_usual_order(rows.facts.prefixes)
    yield head_of_xml(comments, prefixes)
    yield from in_turn(rows.workforce, write_xml, _batches(rows), prefixes)
    yield END_OF_XML


def _batches(rows: Rows) -> Iterator[tuple[bytes, ...]]:
    return gathered((lines for _, lines in rows.merged(Use.TOGETHER)), BATCH)
