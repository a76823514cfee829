"""The command line, on top of everything: the only part that sees both pipeline and server.

A module owns one command, or one group of them, and is named after it. `outcome` turns what
is known to go wrong into one message and an exit code: 0 done, 1 the data is at fault, 2
the call is at fault.
"""

from __future__ import annotations

import click

from server.cli import (
    bench,
    build,
    compare,
    coverage,
    draft,
    export,
    export_site,
    links,
    load,
    query,
    release,
    serve,
    validate,
)
from server.cli.outcome import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="battlegraph")
def main() -> None:
    """Battle articles as linked data: who asserts what, on what source, in which words."""


for _command in (
    bench.bench,
    build.build,
    compare.compare,
    coverage.coverage,
    draft.draft,
    export.export,
    export_site.export_site,
    links.links,
    load.load,
    query.query,
    release.release,
    serve.serve,
    validate.validate,
):
    main.add_command(_command)
