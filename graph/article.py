"""One article: its text, checked against its digest, and the Turtle authored beside it.

The text is in one of two forms: as a reader of the page sees it (article.txt), or the
wikitext that the page is made of (article.wiki).
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.article_files import ArticleFiles, missing_source, read_article_files
from graph.iris import entity_iri, is_slug
from graph.issues import InvalidSources, Issue, Issues
from graph.namespaces import BG
from graph.turtle import TurtleFile, decoded, parse_turtle, shown_iri

TEXT_FILE: Final = "article.txt"
WIKITEXT_FILE: Final = "article.wiki"
SOURCE_FILE: Final = "source.ttl"

_TEXT_DIGEST: Final = ox.NamedNode(BG + "textDigest")


@dataclass(frozen=True, slots=True)
class Article:
    """An article whose text is the one that its source.ttl describes."""

    slug: str
    text: str
    digest: str
    """SHA-256 of the text as UTF-8."""
    files: tuple[TurtleFile, ...]
    is_wikitext: bool = False
    """Whether the text is the page's wikitext rather than what its readers see."""

    @property
    def iri(self) -> str:
        """The article's own IRI."""
        return entity_iri("article", self.slug)


def read_article(folder: Path) -> Article:
    """Return the article of a folder; raise `InvalidSources` as `article_of` does, or where a file cannot be read."""
    return article_of(read_article_files(folder))


def article_of(files: ArticleFiles) -> Article:
    """Return the article that these files hold.

    Raises `InvalidSources` where one is missing, unreadable or no Turtle, where there is
    not exactly one text, or where it is not the one whose SHA-256 source.ttl gives.
    """
    folder = files.folder
    if not is_slug(files.slug):
        seen = f"{files.slug!r} is not a slug"
        raise InvalidSources(
            [Issue(folder, None, seen, "Name the folder in lower-case ASCII letters, digits, hyphens.")]
        )
    issues = Issues()
    authored: list[TurtleFile] = []
    for name, content in files.contents.items():
        if name.endswith(".ttl"):
            with issues.gathering():
                authored.append(parse_turtle(folder / name, decoded(folder / name, content)))
    name = TEXT_FILE
    with issues.gathering():
        name = _text_file(files)
    with issues.gathering():
        if name not in files.contents:
            raise InvalidSources([missing_source(folder / name, os.strerror(errno.ENOENT))])
        text = decoded(folder / name, files.contents[name])
    issues.raise_any()
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(files.slug, text, digest, tuple(authored), name == WIKITEXT_FILE)
    _check_digest(article, folder / name)
    return article


def _text_file(files: ArticleFiles) -> str:
    """Return the file of the text; where there is none, the one that is wanted first."""
    found = [name for name in (TEXT_FILE, WIKITEXT_FILE) if name in files.contents]
    if len(found) > 1:
        seen = f"{TEXT_FILE} and {WIKITEXT_FILE} are both there, so nothing says in which text the quotes stand"
        raise InvalidSources([Issue(files.folder, None, seen, "Keep the one that the statements quote.")])
    return found[0] if found else TEXT_FILE


def _check_digest(article: Article, text: Path) -> None:
    folder = text.parent
    source = next((file for file in article.files if file.path.name == SOURCE_FILE), None)
    if source is None:
        seen = f"there is none, so nothing says which text {text.name} must be"
        remedy = f"Describe <{article.iri}> there, with its bg:textDigest."
        raise InvalidSources([Issue(folder / SOURCE_FILE, None, seen, remedy)])
    subject = ox.NamedNode(article.iri)
    digests = [t.object for t in source.triples if t.subject == subject and t.predicate == _TEXT_DIGEST]
    if len(digests) != 1 or not isinstance(digests[0], ox.Literal):
        seen = f"{shown_iri(article.iri)} has {len(digests)} values of bg:textDigest"
        remedy = f'Give it exactly one: bg:textDigest "{article.digest}", if {text.name} is the text meant.'
        raise InvalidSources([source.issue(seen, remedy, about=article.iri)])
    if digests[0].value != article.digest:
        seen = f"its SHA-256 is {article.digest}, but {SOURCE_FILE} says {digests[0].value}: the text was altered"
        remedy = (
            "Bring back the text that the statements quote; if a new revision is meant, put its digest into "
            f"{SOURCE_FILE} and mend the quotes that the build then refuses."
        )
        raise InvalidSources([Issue(text, None, seen, remedy)])
