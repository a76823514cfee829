"""How a command ends: 0 done, 1 the data is at fault, 2 the call is at fault.

What is known to go wrong ends as one message on stderr, in one place; what is not known
keeps its traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final, NoReturn

import click

from graph.issues import Fault
from graph.releases import UnreadableDataset, UnwritableDataset
from graph.results import Result
from graph.workforce.force import UnusableScheduler
from server.config import InvalidSetting
from server.query.failures import QueryError
from server.query.supervisor import QueryServiceFailed
from server.releases.record import UnreadableRelease
from server.releases.staging import UnwritableRelease
from server.releases.succession import UnfitVersion
from server.releases.writing import DifferentRelease
from server.remote.failures import StoreAway, UnfitForStore, UnusableStore
from server.terms.serialise import UnwritableQuads

DATA_AT_FAULT: Final = 1
CALL_AT_FAULT: Final = 2


class Commands(click.Group):
    """The one place where what is known to go wrong becomes a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except (
            Fault,
            UnreadableDataset,
            UnwritableDataset,
            UnreadableRelease,
            UnfitVersion,
            DifferentRelease,
            UnwritableQuads,
            QueryServiceFailed,
            UnfitForStore,
        ) as error:
            stop(explained(error), DATA_AT_FAULT)
        except (InvalidSetting, QueryError, UnwritableRelease, UnusableScheduler, UnusableStore, StoreAway) as error:
            stop(str(error), CALL_AT_FAULT)


def stop(message: str, code: int) -> NoReturn:
    """End the process with a message on stderr."""
    click.echo(f"battlegraph: {message}", err=True)
    sys.exit(code)


def explained(error: Exception) -> str:
    """Return the error's text with the notes that were added to it."""
    return "\n".join((str(error), *getattr(error, "__notes__", ())))


def tell(results: Iterable[Result]) -> None:
    """Write what validation found to stderr."""
    for result in results:
        click.echo(str(result), err=True)
