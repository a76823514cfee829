"""Articles in either form, and in any number of folders: what is read, what counts for the digest, what is refused."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.article import read_article
from graph.build import assemble, build, write
from graph.coverage import Coverage, measure
from graph.ground import lay_ground
from graph.issues import InvalidSources
from graph.sources import Sources, is_current
from server.cli import main

SLUG = "skirmish"
WIKITEXT = """{{Infobox military conflict
| conflict = Skirmish of Ford
| casualties1 = [[Cart (vehicle)|5 carts]] lost<ref name="x" />
}}
'''It''' ended on 4&nbsp;May.<!-- [[nobody|sees]] this -->
"""


def as_wikitext(folder: Path, text: str) -> None:
    """Make an article of the folder one of wikitext: the text, and nothing but the article and an unread stretch."""
    for file in folder.iterdir():
        if file.name != "source.ttl":
            file.unlink()
    (folder / "article.wiki").write_bytes(text.encode())
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = (folder / "source.ttl").read_text("utf-8")
    old = source.partition('bg:textDigest "')[2].partition('"')[0]
    (folder / "source.ttl").write_text(source.replace(old, digest), "utf-8")


def another(sources: Sources, folder: Path, slug: str) -> Sources:
    """Return the sources with a copy of their article under another name, in another folder."""
    shutil.copytree(sources.articles / SLUG, folder / slug)
    for file in (folder / slug).glob("*.ttl"):
        file.write_text(
            file.read_text("utf-8").replace(f"/{SLUG}", f"/{slug}").replace(f":{SLUG}", f":{slug}"), "utf-8"
        )
    return replace(sources, more_articles=(folder,))


def test_a_text_may_be_wikitext(miniature: Sources) -> None:
    """It is the text that is quoted and published, to the byte."""
    folder = miniature.articles / SLUG
    as_wikitext(folder, WIKITEXT)
    article = read_article(folder)
    assert article.is_wikitext
    assert article.text == WIKITEXT


def test_a_page_as_its_readers_see_it_is_no_wikitext(miniature: Sources) -> None:
    """Whatever its characters are, the file's name tells."""
    assert not read_article(miniature.articles / SLUG).is_wikitext


def test_of_two_texts_nothing_says_which_is_quoted(miniature: Sources) -> None:
    """So there is one."""
    folder = miniature.articles / SLUG
    (folder / "article.wiki").write_text("{{Infobox}}", "utf-8")
    with pytest.raises(InvalidSources, match=r"article\.txt and article\.wiki are both there"):
        read_article(folder)


def test_an_article_has_a_text(miniature: Sources) -> None:
    """Where there is none, the message names the file that is wanted."""
    (miniature.articles / SLUG / "article.txt").unlink()
    with pytest.raises(InvalidSources, match=r"article\.txt: No such file"):
        read_article(miniature.articles / SLUG)


def test_wikitext_is_told_by_its_own_name(miniature: Sources) -> None:
    """When it is not the text that source.ttl describes."""
    folder = miniature.articles / SLUG
    as_wikitext(folder, WIKITEXT)
    (folder / "article.wiki").write_text("altered", "utf-8")
    with pytest.raises(InvalidSources, match=r"article\.wiki: its SHA-256 is"):
        read_article(folder)


def test_wikitext_counts_for_the_digest_of_the_sources(miniature: Sources) -> None:
    """A changed text makes the dataset stale."""
    as_wikitext(miniature.articles / SLUG, WIKITEXT)
    before = miniature.digest()
    (miniature.articles / SLUG / "article.wiki").write_text("altered", "utf-8")
    assert miniature.digest() != before


def coverage(miniature: Sources, more: str = "") -> Coverage:
    """Return the coverage of an article of wikitext, of which a file says what is given."""
    folder = miniature.articles / SLUG
    as_wikitext(folder, WIKITEXT)
    prefixes = (
        "@prefix bg: <https://w3id.org/battlegraph/ontology#> .\n@prefix x: <https://w3id.org/battlegraph/id/x/> .\n"
    )
    (folder / "more.ttl").write_text(prefixes + more, "utf-8")
    return measure(assemble(miniature, lay_ground(miniature))[0])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{{Infobox military conflict", "name of a template"),
        ("| casualties1 =", "name of a parameter"),
        ("[[Cart (vehicle)|", "target of a link"),
        ('<ref name="x" />', "tag"),
        ("&nbsp;", "character reference"),
        ("<!-- [[nobody|sees]] this -->", "comment that readers do not see"),
    ],
)
def test_markup_says_nothing_by_itself(words: str, reason: str, miniature: Sources) -> None:
    """Of wikitext alone; what it marks up has to be stated or left out."""
    assert (words, reason) in {(one.words, one.reason) for one in coverage(miniature).leftovers}


def test_words_between_markup_are_unexplained(miniature: Sources) -> None:
    """As those of a page are."""
    found = " ".join(one.words for one in coverage(miniature).unexplained)
    assert found == "Skirmish of Ford 5 carts lost It ended on 4 May"


def test_what_waits_for_a_reader_is_a_share_of_its_own(miniature: Sources) -> None:
    """It is neither stated nor left out."""
    more = 'x:a a bg:UnreadText ; bg:omissionReason "Nobody read it."@en ; bg:quote "Skirmish of Ford" .'
    ontology = miniature.ontology / "battlegraph.ttl"
    ontology.write_text(
        ontology.read_text("utf-8") + "\nbg:UnreadText a owl:Class ;\n    rdfs:subClassOf bg:Omission .\n"
    )
    before, found = coverage(miniature), coverage(miniature, more)
    assert (before.unread, found.unread) == (0, len("Skirmish of Ford"))
    # The spaces between the words were left out before.
    assert found.left_out == before.left_out - 2
    assert found.stated + found.left_out + found.unread + sum(len(x.words) for x in found.unexplained) == found.length


def test_a_comment_that_nothing_closes_goes_to_the_end(miniature: Sources) -> None:
    """As in MediaWiki, and however many there are."""
    folder = miniature.articles / SLUG
    as_wikitext(folder, "It ended.\n" + "<!-- " * 50_000)
    assert [one.words for one in measure(assemble(miniature, lay_ground(miniature))[0]).unexplained] == ["It", "ended"]


def test_articles_may_stand_in_several_folders(miniature: Sources, tmp_path: Path) -> None:
    """What is built is what all of them say."""
    both = another(miniature, tmp_path / "more", "ambush")
    assert [folder.name for folder in both.article_folders()] == ["ambush", "skirmish"]
    subjects = {str(quad.subject) for quad in ox.parse(build(both).quads, format=ox.RdfFormat.N_QUADS)}
    assert {f"<https://w3id.org/battlegraph/id/article/{slug}>" for slug in ("ambush", "skirmish")} <= subjects


def test_where_an_article_stands_changes_nothing(miniature: Sources, tmp_path: Path) -> None:
    """In one folder or in two, the dataset and the digest of its sources are the same."""
    apart = another(miniature, tmp_path / "more", "ambush")
    together = replace(miniature, articles=tmp_path / "all")
    for folder in apart.article_folders():
        shutil.copytree(folder, tmp_path / "all" / folder.name)
    assert together.digest() == apart.digest()
    assert build(together).digest == build(apart).digest


def test_two_articles_of_one_name_are_refused(miniature: Sources, tmp_path: Path) -> None:
    """The message names both folders."""
    both = another(miniature, tmp_path / "more", SLUG)
    with pytest.raises(InvalidSources, match=r"more/skirmish: .*articles/skirmish is an article of the same name"):
        both.digest()


def test_a_dataset_of_other_articles_is_not_current(miniature: Sources, tmp_path: Path) -> None:
    """Each set of folders has its own."""
    root = tmp_path / "dataset"
    write(build(miniature), root)
    assert is_current(root, miniature)
    assert not is_current(root, another(miniature, tmp_path / "more", "ambush"))


@pytest.mark.parametrize("command", ["build", "validate", "coverage", "serve"])
def test_the_folder_of_an_article_is_no_folder_of_articles(command: str, miniature: Sources) -> None:
    """Whoever names one is told to name the folder above it."""
    result = CliRunner().invoke(main, [command, "--articles", str(miniature.articles / SLUG)])
    assert result.exit_code == 2
    assert "is one article" in result.output
    assert "name the folder that it stands in" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("command", "given", "message"),
    [
        ("build", ["--check"], "--check is about the project's own articles"),
        ("validate", [], "not both"),
        ("serve", ["--dataset"], "leave out --articles"),
    ],
)
def test_what_does_not_go_with_other_articles(command: str, given: list[str], message: str, tmp_path: Path) -> None:
    """It is said before anything is read."""
    file = tmp_path / "x.ttl"
    file.write_text("")
    files = [] if command == "build" else [str(file)]
    result = CliRunner().invoke(main, [command, *given, *files, "--articles", str(tmp_path)])
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
