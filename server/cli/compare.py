"""`battlegraph compare`: a draft beside the curated form of the same text."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graph.drafting.comparison import Comparison, Statement

_Folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("draft", type=_Folder)
@click.argument("curated", type=_Folder)
def compare(*, draft: Path, curated: Path) -> None:
    """Show what the DRAFT of an article lacks, has more or says otherwise than the CURATED form of its text.

    Statements are told by their words and values, not by the names that their authors gave them.
    """
    from graph.drafting.comparison import compare_folders

    comparison = compare_folders(draft, curated)
    for line in (*_table(comparison), *_details(comparison)):
        click.echo(line)


def _table(comparison: Comparison) -> Iterator[str]:
    yield f"{'':<16}{'same':>10}{'different':>10}{'missing':>10}{'unread':>10}{'extra':>10}"
    pairs = (comparison.same, comparison.different)
    lists = (comparison.missing, comparison.unread, comparison.extra)
    for kind in comparison.kinds:
        numbers = [sum(pair.curated.kind == kind for pair in found) for found in pairs]
        numbers += [sum(one.kind == kind for one in found) for found in lists]
        yield f"{kind:<16}" + "".join(f"{number:>10}" for number in numbers)


def _details(comparison: Comparison) -> Iterator[str]:
    for pair in comparison.different:
        yield f"\ndifferent  {pair.curated.kind}: {pair.curated.label}"
        for name, drafted, curated in pair.differences:
            yield f"    {name}: drafted {_values(drafted)}, curated {_values(curated)}"
    for name, found in (("missing", comparison.missing), ("unread", comparison.unread), ("extra", comparison.extra)):
        if found:
            yield ""
        yield from (f"{name:<10} {_line(one)}" for one in found)


def _line(statement: Statement) -> str:
    places = ", ".join(f"{span.start}-{span.end}" for span in statement.spans)
    return f"{statement.kind}: {statement.label} ({places})"


def _values(values: Collection[str]) -> str:
    return " and ".join(f"“{value}”" for value in sorted(values)) or "nothing"
