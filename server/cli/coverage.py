"""`battlegraph coverage`: how much of each article's text the statements rest on."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.anchors import quoted
from server.cli.article_folders import articles_option, sources_of
from server.cli.outcome import DATA_AT_FAULT, stop

if TYPE_CHECKING:
    from graph.coverage import Coverage


@click.command()
@articles_option
def coverage(*, articles: tuple[Path, ...]) -> None:
    """Show which share of each article's text statements rest on, and why the rest is left out."""
    from graph.build import assemble
    from graph.coverage import measure
    from graph.ground import lay_ground

    sources = sources_of(articles)
    measured = [measure(part) for part in assemble(sources, lay_ground(sources))]
    for one in measured:
        click.echo(_table(one))
    if any(one.unexplained for one in measured):
        stop("unexplained words: state what they say, or give them a bg:Omission with the reason", DATA_AT_FAULT)


def _table(coverage: Coverage) -> str:
    unexplained = sum(len(leftover.words) for leftover in coverage.unexplained)
    shares = (
        ("stated", coverage.stated),
        ("left out", coverage.left_out),
        ("unread", coverage.unread),
        ("unexplained", unexplained),
    )
    lines = [f"{coverage.article}: {coverage.length:,} characters"]
    lines += [f"  {name:<12} {size:>7,} {size / max(coverage.length, 1):>7.1%}" for name, size in shares]
    lines += ["", "  not stated, by offsets in code points:"]
    for leftover in coverage.leftovers:
        place = f"{leftover.span.start}-{leftover.span.end}"
        lines.append(f"  {place:<12} {quoted(leftover.words):<32} {leftover.reason or 'UNEXPLAINED'}")
    return "\n".join(lines)
