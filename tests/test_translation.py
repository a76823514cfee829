"""The pages' own words can be translated, all of them: a made-up translation marks what it reaches.

The catalogue holds every message that the extraction for translators finds, put between
⟦ and ⟧. On a page made with it, whatever stands outside of such marks has to be the
data's, or on the list of what nobody translates.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import kinds
import pyoxigraph as ox
import pytest
import specimen
from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from flask.testing import FlaskClient

from graph.iris import ONTOLOGY_IRI
from graph.namespaces import PREFIXES
from graph.paths import ROOT
from graph.queries import questions
from server.config import Config
from server.http import languages
from server.http.formats import ATOM, HTML, JSON, PYTHON, QUERY, RDF_FORMATS, RESULT_FORMATS, TEXT
from server.query.limits import limits
from server.vocabularies.shape import name_in_words

MAPPING: Final = ROOT / ".setup" / "babel.cfg"
LANGUAGE: Final = "az"
FORMATS: Final = (ATOM, HTML, JSON, PYTHON, QUERY, TEXT, *RDF_FORMATS, *RESULT_FORMATS)

UNTRANSLATED: Final[dict[str, str]] = {
    "battlegraph": "the name of the site",
    **dict.fromkeys(languages.LANGUAGES.values(), "a language under its own name"),
    **{offer.label: "the name of a format" for offer in FORMATS},
    "GeoJSON": "the name of a format",
    **{media_type: "a media type" for offer in FORMATS for media_type in offer.media_types},
    **dict.fromkeys(PREFIXES, "a prefix"),
    **dict.fromkeys((*languages.LANGUAGES, "hy-latn", "ru"), "a language tag"),
    **dict.fromkeys(("Wikidata", "GeoNames", "DBpedia", "Wikipedia"), "the name of another site"),
    **dict.fromkeys(("curl", "pandas", "SPARQLWrapper"), "the name of a program"),
    **dict.fromkeys(("pip install pandas", "pip install SPARQLWrapper"), "a command"),
    "T-72 destroyed 14": "a loss in the words of the data, side by side",
    "This server was started without a query service": "a refusal by the query service, which knows no reader",
    **{
        sentence.rstrip("."): "the service description says it in the same words"
        for sentence in limits(Config(specimen.FILE))
    },
    "javascript": "the scheme of an address in the specimen",
}
"""Words that stand on a page in every language, each with the reason."""
CODE: Final = {"code", "pre", "kbd", "textarea", "script", "style"}
"""Elements whose content is no language that people speak."""
VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SIGNS: Final = tuple(map(re.compile, (" · ", ": ", ", ", r" \(|\) ?")))
_MONTHS: Final = "|".join(
    name for width in ("wide", "abbreviated") for name in get_month_names(width, locale=LANGUAGE).values()
)
_WORDLESS: Final = tuple(
    map(
        re.compile,
        (r"[\w-]+:[^\s.,]+", r"#?[\w.-]+/[\w./-]*", r"#[\w.-]+", r"P\d+[DWMY]", rf"\d+ (?:{_MONTHS})(?: \d+)?"),
    )
)
"""An IRI or its short form, a path, a fragment, a duration, a date as Babel writes it."""
SPOKEN: Final = ("aria-label", "aria-description", "alt", "placeholder", "title")
"""Attributes that a reader sees or hears."""


def messages() -> Catalog:
    """Return every message of the templates and modules, as a translator's tools find them."""
    methods, options = parse_mapping_cfg(io.StringIO(MAPPING.read_text("utf-8")))  # type: ignore[no-untyped-call]  # babel's own
    catalog = Catalog(locale=LANGUAGE)
    found = extract_from_dir(ROOT, method_map=methods, options_map=options)
    for file, line, message, comments, context in found:
        catalog.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Return the catalogue of the made-up translation."""
    made = messages()
    for message in made:
        if isinstance(message.id, str) and message.id:
            message.string = f"⟦{message.id}⟧"
        elif not isinstance(message.id, str):
            one, other = message.id
            message.string = (f"⟦{one}⟧", *(f"⟦{other}⟧" for _ in range(made.num_plurals - 1)))
    return made


@pytest.fixture(scope="module")
def client(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a client of an app that has the made-up translation."""
    folder = tmp_path_factory.mktemp("translations")
    file = folder / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalog)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "TRANSLATIONS", folder)
        app = specimen.make_app()
        app.extensions["babel"].translation_directories = [str(folder)]
        yield app.test_client()


class Words(HTMLParser):
    """The words of a page that a reader sees or hears and that no mark of the translation encloses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.depth = 0
        self.outside: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that are words."""
        self._end_text(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if value and (name in SPOKEN or (name.startswith("data-") and " " in value)):
                self.outside += outside(value)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and those in it that nobody closed."""
        self._end_text(tag)
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take the text in; a part of it that is marked as found belongs to the rest."""
        if CODE.isdisjoint(self.open):
            self.text += data

    def _end_text(self, tag: str) -> None:
        if tag not in {"mark", "wbr"}:
            # A message may go on over several elements, where it holds markup.
            self.outside += outside(self.text, self.depth)
            self.depth += self.text.count("⟦") - self.text.count("⟧")
            self.text = ""


def outside(text: str, depth: int = 0) -> list[str]:
    """Return the parts of a text that stand outside of the marks."""
    parts = [""]
    for character in text:
        if character == "⟦":
            depth += 1
        elif character == "⟧":
            depth -= 1
            parts.append("")
        elif depth == 0:
            parts[-1] += character
    return [" ".join(part.split()) for part in parts]


class Data:
    """What the dataset itself says, and what its names are shown as."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.texts: set[str] = set()
        self.long: list[str] = []
        for quad in quads:
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                self._add(term)
        for question in questions():
            self.texts |= {question.summary, question.description}

    def _add(self, term: object) -> None:
        if isinstance(term, ox.Literal):
            text = " ".join(term.value.split())
            self.texts.add(text)
            # Pages show these piece by piece: passages of a text, words in another script.
            if len(text) > 400 or re.search("[\u0531-\u058f]", text):
                self.long.append(text)
        elif isinstance(term, ox.NamedNode):
            iri = term.value
            fragment = iri.rpartition("#")[2]
            self.texts |= {iri, fragment, name_in_words(fragment), iri.rpartition("/")[2]}
            for head in (f"{specimen.BASE}id/", f"{specimen.BASE}graph/", f"{ONTOLOGY_IRI}#"):
                self.texts.add(iri.removeprefix(head))

    def says(self, text: str) -> bool:
        """Tell whether a text of a page is the data's, or is put together from such texts by signs alone."""
        text = text.removesuffix(" \u2013 battlegraph").strip(" ·,:")
        if self._knows(text):
            return True
        parts = next((parts for signs in _SIGNS if len(parts := signs.split(text)) > 1), ())
        return bool(parts) and all(self.says(part) for part in parts)

    def _knows(self, text: str) -> bool:
        bare = text.strip(" ·,;:()[]“”\"'?!…/#\u2013\u2014\u203a")
        return (
            not re.search(r"[^\W\d_]", text)
            or not self.texts.isdisjoint((text, bare, f"{bare}.", f"{bare}?"))
            or bare.rstrip(".") in UNTRANSLATED
            or any(pattern.fullmatch(bare) for pattern in _WORDLESS)
            or any(bare in long for long in self.long)
            or any(known.startswith(bare) for known in self.texts if len(bare) > 20)
        )


@pytest.fixture(scope="module")
def data() -> Data:
    """Return what the specimen says."""
    return Data(ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG))


def test_the_extraction_finds_templates_and_modules(catalog: Catalog) -> None:
    """Messages of both; none is empty, and some have a plural."""
    files = {file for message in catalog for file, _ in message.locations}
    assert {Path(file).suffix for file in files} == {".html", ".py"}
    assert len(catalog) > 50
    assert "Skip to the content" in catalog
    for message in catalog:
        if message.id:
            forms = (message.id,) if isinstance(message.id, str) else message.id
            assert all(form.strip() for form in forms), message.locations
    assert any(not isinstance(message.id, str) for message in catalog)


def test_the_page_is_in_the_language_of_its_words(client: FlaskClient) -> None:
    """Names in that language are unmarked then, and English ones say that they are English."""
    page = client.get(f"/page/{specimen.EVENT}?lang={LANGUAGE}", headers={"Accept": "text/html"}).text
    assert f'<html lang="{LANGUAGE}">' in page
    assert re.search(r"<h1(?![^>]*lang=)[^>]*>Hadrut döyüşü", page)
    assert re.search(r'<h1[^>]*lang="en"[^>]*>', client.get(f"/page/place/hadrut?lang={LANGUAGE}").text)
    english = client.get(f"/page/{specimen.EVENT}?lang=en", headers={"Accept": "text/html"}).text
    assert '<html lang="en">' in english
    assert "⟦" not in english


def test_every_word_of_ours_is_translated(client: FlaskClient, data: Data) -> None:
    """On every kind of page; plurals too."""
    left: dict[str, set[str]] = {}
    for path in (*kinds.pages(client.application), *kinds.REFUSALS):
        address = f"{path}{'&' if '?' in path else '?'}lang={LANGUAGE}"
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert "⟦" in page, path
        assert page.count("⟦") == page.count("⟧"), path
        for text in Words(page).outside:
            if text and not data.says(text) and (path not in kinds.REFUSALS or not told(client, address, text)):
                left.setdefault(text, set()).add(path)
    assert not left, "\n".join(f"{text!r} on {min(paths)} and {len(paths) - 1} more" for text, paths in left.items())


def told(client: FlaskClient, address: str, text: str) -> bool:
    """Tell whether a refusal says this to programs too, in the words that they log."""
    answer = client.get(address, headers={"Accept": "application/problem+json"})
    assert answer.mimetype == "application/problem+json"
    problem = json.loads(answer.data)
    offered = {item["title"] for item in problem.get("available", ())}
    return text.removesuffix(" \u2013 battlegraph") in {problem["title"], problem["detail"], *offered}
