"""A build in a process of its own, for the bench: what it took, and the version that it wrote."""

# ruff: noqa: PLC0415  the pipeline is imported by the process that builds.

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from graph.releases import QUADS_FILE
from graph.sources import Sources
from server.bench.building import Building
from server.bench.footprint import memory

_LOOK: Final = 0.2
"""Seconds between two looks at the memory."""


class BuildFailed(RuntimeError):
    """The build ended without a dataset; it has said why."""


def build_measured(articles: Path, root: Path, number: int, *, with_shapes: bool) -> tuple[Path, Building]:
    """Return the N-Quads file of a build of so many articles, written into a folder of datasets, and what it took.

    Raises `BuildFailed` where there is none.
    """
    # Spawned: what the bench keeps in memory is no part of what the build takes.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(articles, root, theirs), kwargs={"with_shapes": with_shapes})
    process.start()
    theirs.close()
    most = 0
    try:
        while process.pid is not None and not ours.poll(_LOOK):
            most = max(most, memory(process.pid))
        folder, wall, work = ours.recv()
    except EOFError as error:
        raise BuildFailed(f"the build of {number:,} articles ended without a dataset") from error
    except BaseException:
        # Whoever stops the bench does not wait for the build.
        process.terminate()
        raise
    finally:
        process.join()
        ours.close()
    return folder / QUADS_FILE, Building(number, with_shapes, wall, work, most)


def _build(
    articles: Path,
    root: Path,
    answer: Connection[tuple[Path, Mapping[str, float], Mapping[str, float]], None],
    *,
    with_shapes: bool,
) -> None:
    from graph.build import build, write
    from graph.phases import Phases
    from graph.workforce.opening import open_workforce
    from server.cli.finishing import Finishing

    phases = Phases()
    with open_workforce(None, None) as workforce:
        built = build(
            Sources(articles=articles), workforce=workforce, root=root, phases=phases, with_shapes=with_shapes
        )
    folder = write(built, root, finish=Finishing(phases))
    answer.send((folder, dict(phases.wall), dict(phases.work)))
