"""What is said of a run: lines for the terminal, and a folder with tables and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from server.bench.environment import environment
from server.bench.grid import Grid, shown
from server.bench.growth import Size, cost_figure, growth, query_figure
from server.bench.peers.peer import Missing, Peer
from server.bench.table import Table

_DIFFERENCES: Final = (
    "Answers that differ from ours (what DESCRIBE gives is left open by SPARQL 1.1 Query, section 16.4)"
)


def introduction(peers: Sequence[Peer], missing: Sequence[Missing]) -> Iterator[str]:
    """Yield who is measured and how it is run, and who is not."""
    for peer in peers:
        yield f"{peer.name}: {peer.setting}"
    for one in missing:
        yield f"{one.name}: not measured, because it is not installed ({one.remedy})"


def headline(size: Size) -> str:
    """Return what the tables of a size are about."""
    return f"{size.articles:,} made-up articles, {size.quads:,} quads"


def tables(size: Size, peers: Sequence[Peer]) -> Iterator[Grid]:
    """Yield the tables of one size, with who is ahead, and why, below those of queries."""
    measured = size.measured
    yield from (building.grid() for building in size.buildings)
    yield measured.endpoints.grid()
    for table in (measured.distinct, measured.repeated):
        grid = table.grid()
        yield Grid(grid.title, grid.heads, grid.rows, [*grid.notes, *_verdict(table, peers)])
    if measured.differences:
        yield Grid(_DIFFERENCES, ["question: endpoint: difference"], [[told] for told in measured.differences])
    if measured.pages is not None:
        yield measured.pages.grid()
    yield from (grid for grid in (measured.throughput, measured.uncached) if grid is not None)


def write_report(
    folder: Path, sizes: Sequence[Size], peers: Sequence[Peer], missing: Sequence[Missing], command: str
) -> Path:
    """Write report.md, costs.svg and queries.svg into a folder, made where it is not there; return the report."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "costs.svg").write_text(cost_figure(sizes).svg(), "utf-8")
    (folder / "queries.svg").write_text(query_figure(sizes).svg(), "utf-8")
    report = folder / "report.md"
    report.write_text("\n".join(_markdown(sizes, peers, missing, command)), "utf-8")
    return report


def _markdown(sizes: Sequence[Size], peers: Sequence[Peer], missing: Sequence[Missing], command: str) -> Iterator[str]:
    yield from ("# battlegraph beside its peers", "", f"    {command}", "")
    yield "All endpoints run at once on one machine and answer the same requests in turn. A ratio is the other's median"
    yield "by ours: above 1, ours is faster. Absolute times drift with what else the machine does; ratios count."
    yield ""
    yield from (f"- {line}" for line in introduction(peers, missing))
    yield ""
    yield from environment().markdown()
    yield from growth(sizes).markdown()
    yield from ("![Cost against number of articles](costs.svg)", "")
    yield from ("![Milliseconds of queries against number of articles](queries.svg)", "")
    for size in sizes:
        yield from (f"## {headline(size)}", "")
        for grid in tables(size, peers):
            yield from grid.markdown()


def _verdict(table: Table, peers: Sequence[Peer]) -> Iterator[str]:
    """Yield who is ahead: a ratio above 1 is an endpoint that takes longer than ours."""
    for peer in peers:
        ratios = [(name, ratio) for name, other, ratio in table.ratios() if other == peer.name]
        behind = [(name, ratio) for name, ratio in ratios if ratio < 1]
        if not ratios:
            continue
        told = f"{table.ours} is ahead of {peer.name} on {len(ratios) - len(behind)} of {len(ratios)} questions."
        if behind:
            listed = ", ".join(f"{name} ({shown(ratio)})" for name, ratio in behind)
            told += f" {peer.name} is ahead on {listed}. {peer.edge}"
        yield told
