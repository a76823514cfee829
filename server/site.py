"""What one running app serves: its settings, its dataset, and what is derived from them once.

`create_app` makes one `Site` and hangs it on the app; blueprints ask `current_site`.
Everything derived is made when first asked for and kept, because a dataset never
changes while it is served.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeVar, TypeVarTuple, cast

import pyoxigraph as ox
from flask import current_app

from graph.paths import ONTOLOGY, QUESTIONS
from graph.queries import Question, on_base, questions
from graph.releases import software_version
from graph.store import Dataset
from server.config import Config
from server.description.catalogue import describe_all
from server.description.own_words import own_words
from server.description.publication import Publication
from server.description.reading import read_publication
from server.description.schema_org import describe_dataset
from server.documents.counts import Counts, count_results, read_counts
from server.documents.opening import Opening, read_opening
from server.documents.shelves import Shelves, sort_graphs
from server.http.languages import LANGUAGES, PAGE_LANGUAGE, Reading, present_reading
from server.memento.archive import Archive
from server.metadata.addresses import Addresses, collect
from server.query.pool import Queries
from server.releases.offered import Offered, read_offered
from server.releases.record import UnreadableRelease
from server.releases.release import Release
from server.releases.standing import Standing, read_standing
from server.search.finder import Finder
from server.search.index_file import find_index
from server.terms.labels import Labels
from server.terms.links import Links
from server.terms.taxonomy import Taxonomy
from server.vocabularies.usage import Usage, read_usage

EXTENSION: Final = "battlegraph"
_MOST_KEPT: Final = 24
"""Results that are kept, of some hundred kilobytes each."""
_T = TypeVar("_T")
_Key = TypeVarTuple("_Key")


# No slots: cached_property keeps its values in the instance's __dict__.
@dataclass(frozen=True)
class Site:
    """The one object the views share; safe to read from many threads."""

    config: Config
    dataset: Dataset
    queries: Queries | None
    """The query service, where there is one."""

    def asking(self, queries: Queries | None) -> Site:
        """Return the same site with another query service; what was derived stays."""
        other = copy.copy(self)
        object.__setattr__(other, "queries", queries)
        return other

    @property
    def links(self) -> Links:
        """Where the dataset's IRIs are found on this server, for the present reader."""
        return self._read_as[present_reading()][0]

    @property
    def labels(self) -> Labels:
        """The names of the dataset's terms, in the language of the present reader."""
        return self._read_as[present_reading()][1]

    @property
    def english(self) -> Labels:
        """The names of the dataset's terms, for answers that are the same for every reader."""
        return self._read_as[Reading(PAGE_LANGUAGE)][1]

    @cached_property
    def _read_as(self) -> Mapping[Reading, tuple[Links, Labels]]:
        made = {}
        for reading in (Reading(language, is_chosen) for language in LANGUAGES for is_chosen in (False, True)):
            links = Links(self.dataset.base, language=reading.language if reading.is_chosen else None)
            made[reading] = (links, Labels(self.dataset.store, links, reading.language))
        return made

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The dataset's class hierarchy."""
        return Taxonomy(self.dataset.store)

    def kept(self, make: Callable[[Site, *_Key], _T], *key: *_Key) -> _T:
        """Return what a function makes of this site and a key, made once as long as it is asked for now and then.

        For what takes long to read and is the same on many pages. What is made may depend on nothing else.
        """
        return cast(_T, self._kept(make, key))

    @cached_property
    def _kept(self) -> Callable[[Callable[..., object], tuple[object, ...]], object]:
        return lru_cache(maxsize=_MOST_KEPT)(lambda make, key: make(self, *key))

    @cached_property
    def finder(self) -> Finder:
        """The index of the things' names."""
        found = self.config.found
        file = Path(found.address) if found is not None and found.is_stored else self.config.dataset
        return Finder(lambda: find_index(self.dataset, file.parent))

    @cached_property
    def publication(self) -> Publication:
        """What the dataset says of itself."""
        return read_publication(self.dataset)

    @cached_property
    def own_words(self) -> Sequence[ox.Quad]:
        """What the dataset says of itself, but a few values only where there are very many."""
        iri = self.publication.iri
        return own_words(self.dataset.store, self.dataset.base, ox.NamedNode(iri)) if iri is not None else ()

    @cached_property
    def catalogue(self) -> tuple[ox.Triple, ...]:
        """What is known of the dataset's endpoint and releases, in RDF."""
        return tuple(describe_all(self))

    @cached_property
    def schema_org(self) -> Mapping[str, object] | None:
        """The dataset in schema.org's words, with the files of its release; None where it is not released."""
        release = self.standing.release
        return describe_dataset(self.publication, release) if release and self.publication.iri else None

    @cached_property
    def counts(self) -> Counts:
        """How much the dataset holds."""
        return read_counts(self.dataset)

    @cached_property
    def results(self) -> Mapping[tuple[str, str], int]:
        """How many results of validation there are, by severity and shape."""
        return count_results(self.dataset.store)

    @cached_property
    def opening(self) -> Opening:
        """What the home page opens with."""
        return read_opening(self.dataset.store)

    @cached_property
    def shelves(self) -> Shelves:
        """The named graphs by group."""
        return sort_graphs(self.counts.graphs, self.dataset.base)

    @cached_property
    def usage(self) -> Usage:
        """How much the dataset uses each term."""
        index = self.finder.within(1)
        # The index has counted them, which at twenty thousand articles takes seconds.
        return Usage.from_json(index.usage) if index is not None else read_usage(self.dataset)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The competency questions, which are the examples of the query page too."""
        return tuple(on_base(question, self.dataset.base) for question in questions())

    @cached_property
    def addresses(self) -> Addresses:
        """The addresses of the site's pages, for its sitemap."""
        names = (question.name for question in self.questions)
        graphs = self.counts.graphs
        return collect(self.finder.made(), self.dataset.base, graphs=graphs, questions=names, releases=self.releases)

    @cached_property
    def offered(self) -> Offered:
        """The releases there were when the server started, and what has the name of one."""
        return read_offered(self.config)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases that are offered, the newest first."""
        return self.offered.releases

    def find_release(self, version: str) -> Release | None:
        """Return the release of this version, None where there is none; raise `UnreadableRelease` for one not whole."""
        if version in self.offered.refused:
            raise UnreadableRelease(self.offered.refused[version])
        return next((release for release in self.releases if release.version == version), None)

    @cached_property
    def standing(self) -> Standing:
        """Which of the releases the data is."""
        return read_standing(self)

    @cached_property
    def archive(self) -> Archive:
        """What the releases say of a thing."""
        return Archive()

    @cached_property
    def software(self) -> str:
        """Version of the software that serves."""
        return software_version()

    @cached_property
    def edition(self) -> str:
        """A digest of all that an answer depends on besides the request: the data, the code, whom the pages name."""
        digest = hashlib.sha256(self.dataset.digest.encode())
        digest.update(version("pyoxigraph").encode())
        digest.update((self.config.contact or "").encode())
        for release in self.releases:
            digest.update("".join(file.sha256 + file.name for file in release.files).encode())
        folder = Path(__file__).parent
        files = (
            *folder.glob("**/*.py"),
            *folder.glob("templates/*"),
            *folder.glob("static/**/*.*"),
            *folder.glob("translations/**/*.mo"),
            *folder.glob("outlines/*.json"),
            *QUESTIONS.glob("*.*"),
            *ONTOLOGY.glob("*.shex"),
        )
        for file in sorted(files):
            digest.update(file.read_bytes())
        return digest.hexdigest()


def current_site() -> Site:
    """Return the site of the app that answers the present request."""
    return cast(Site, current_app.extensions[EXTENSION])
