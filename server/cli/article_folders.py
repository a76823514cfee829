"""The option that says which articles a command reads."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from graph.article import SOURCE_FILE, TEXT_FILE, WIKITEXT_FILE
from graph.sources import Sources

_OF_AN_ARTICLE: Final = (SOURCE_FILE, TEXT_FILE, WIKITEXT_FILE)


def _folders(_context: click.Context, _parameter: click.Parameter, given: tuple[Path, ...]) -> tuple[Path, ...]:
    for folder in given:
        found = next((name for name in _OF_AN_ARTICLE if (folder / name).exists()), None)
        if found is not None:
            raise click.BadParameter(f"{folder} is one article, with {found} in it; name the folder that it stands in")
    return given


articles_option: Final = click.option(
    "--articles",
    metavar="DIR",
    multiple=True,
    callback=_folders,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with a folder for each article, instead of the project's own (graph/articles); "
    "may be given several times, and graph/articles is one of them where it is wanted too.",
)
"""`--articles DIR`, any number of times."""


def sources_of(articles: tuple[Path, ...]) -> Sources:
    """Return the project's sources with the articles of these folders, or its own where there are none."""
    if not articles:
        return Sources()
    first, *more = articles
    return Sources(articles=first, more_articles=tuple(more))
