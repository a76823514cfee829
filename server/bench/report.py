"""A run in words: the tables, and below them where another endpoint is ahead of ours, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.bench.peers import Missing, Peer
from server.bench.run import Measured
from server.bench.table import Table, shown_ratio


def report(measured: Measured, pages: Table | None, peers: Sequence[Peer], missing: Sequence[Missing]) -> Iterator[str]:
    """Yield the lines that are printed of a run; `pages` is the table of pages and data, where it was made."""
    for peer in peers:
        yield f"{peer.name}: {peer.setting}"
    for one in missing:
        yield f"{one.name}: not measured, because it is not installed ({one.remedy})"
    for table in (measured.distinct, measured.repeated):
        yield ""
        yield from table.lines()
        yield from _verdict(table, peers)
    if pages is not None:
        yield ""
        yield from pages.lines()
    if measured.differences:
        yield ""
        yield "Answers that differ from ours (what DESCRIBE gives is left open by SPARQL 1.1 Query, section 16.4):"
        yield from (f"  {told}" for told in measured.differences)


def _verdict(table: Table, peers: Sequence[Peer]) -> Iterator[str]:
    """Yield who is ahead: a ratio above 1 is an endpoint that takes longer than ours."""
    for peer in peers:
        ratios = [(name, ratio) for name, other, ratio in table.ratios() if other == peer.name]
        behind = [(name, ratio) for name, ratio in ratios if ratio < 1]
        yield f"{table.ours} is ahead of {peer.name} on {len(ratios) - len(behind)} of {len(ratios)} questions."
        if behind:
            listed = ", ".join(f"{name} ({shown_ratio(ratio)})" for name, ratio in behind)
            yield f"  {peer.name} is ahead on {listed}. {peer.edge}"
