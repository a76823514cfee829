"""What one running app serves: its settings, its dataset, and what is derived from them once.

`create_app` makes one `Site` and hangs it on the app; blueprints ask `current_site`.
Everything derived is made when first asked for and kept, because a dataset never
changes while it is served.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from flask import current_app

from graph.paths import QUESTIONS
from graph.queries import Question, on_base, questions
from graph.releases import software_version
from graph.store import Dataset
from server.config import Config
from server.counts import Counts, count
from server.labels import Labels
from server.links import Links
from server.pool import QueryPool
from server.publication import Publication, read_publication
from server.taxonomy import Taxonomy

EXTENSION: Final = "battlegraph"


# No slots: cached_property keeps its values in the instance's __dict__.
@dataclass(frozen=True)
class Site:
    """The one object the views share; safe to read from many threads."""

    config: Config
    dataset: Dataset
    queries: QueryPool | None
    """The query service, where there is one."""

    @cached_property
    def links(self) -> Links:
        """Where the dataset's IRIs are found on this server."""
        return Links(self.dataset.base)

    @cached_property
    def labels(self) -> Labels:
        """The names of the dataset's terms."""
        return Labels(self.dataset.store, self.links)

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The dataset's class hierarchy."""
        return Taxonomy(self.dataset.store)

    @cached_property
    def publication(self) -> Publication:
        """What the dataset says of itself."""
        return read_publication(self.dataset)

    @cached_property
    def counts(self) -> Counts:
        """How much the dataset holds."""
        return count(self.dataset.store)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The competency questions, which are the examples of the query page too."""
        return tuple(on_base(question, self.dataset.base) for question in questions())

    @cached_property
    def software(self) -> str:
        """Version of the software that serves."""
        return software_version()

    @cached_property
    def edition(self) -> str:
        """A digest of all that an answer depends on besides the request: the data and the code."""
        digest = hashlib.sha256(self.dataset.digest.encode())
        digest.update(version("pyoxigraph").encode())
        folder = Path(__file__).parent
        files = (
            *folder.glob("*.py"),
            *folder.glob("templates/*"),
            *folder.glob("static/**/*.*"),
            *QUESTIONS.glob("*.*"),
        )
        for file in sorted(files):
            digest.update(file.read_bytes())
        return digest.hexdigest()


def current_site() -> Site:
    """Return the site of the app that answers the present request."""
    return cast(Site, current_app.extensions[EXTENSION])
