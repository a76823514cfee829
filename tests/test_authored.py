"""Authored Turtle: what is refused, and the words it is refused with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import authored
from graph.article import read_article
from graph.issues import InvalidSources, Issue
from graph.paths import ONTOLOGY
from graph.turtle import TurtleFile, read_turtle
from graph.vocabulary import Vocabulary, read_vocabulary

PREFIXES = """@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix claim: <https://w3id.org/battlegraph/id/claim/x/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
"""Five lines, so that what a test adds starts on line 6."""

Reader = Callable[[str], TurtleFile]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Return a function that reads Turtle with the usual prefixes from a file."""

    def read_text(text: str) -> TurtleFile:
        path = tmp_path / "claims.ttl"
        path.write_text(PREFIXES + text, "utf-8")
        return read_turtle(path)

    return read_text


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Return the project's own vocabulary."""
    return read_vocabulary(read_turtle(path) for path in sorted(ONTOLOGY.glob("*.ttl")))


def only(issues: list[Issue]) -> Issue:
    """Return the one issue there is."""
    (issue,) = issues
    return issue


def test_turtle_that_does_not_parse_names_file_and_line(tmp_path: Path) -> None:
    """The parser's own words follow, and what to look for."""
    path = tmp_path / "losses.ttl"
    path.write_text("@prefix bg: <https://w3id.org/battlegraph/ontology#> .\nbg:a bg:b .\n", "utf-8")
    with pytest.raises(InvalidSources) as invalid:
        read_turtle(path)
    assert str(invalid.value).startswith(f"{path}, line 2: no valid Turtle: ")
    assert "Mend the Turtle there" in str(invalid.value)


def test_turtle_that_is_not_utf_8_names_file_and_line(tmp_path: Path) -> None:
    """The byte is named too."""
    path = tmp_path / "losses.ttl"
    path.write_bytes(b"# one\n# \xff\n")
    with pytest.raises(InvalidSources, match=r"losses\.ttl, line 2: byte 8 is not UTF-8\n +Save the file as UTF-8"):
        read_turtle(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """As any file that cannot be opened."""
    with pytest.raises(InvalidSources, match=r"losses\.ttl: No such file or directory\n"):
        read_turtle(tmp_path / "losses.ttl")


@pytest.mark.parametrize(
    ("spelling", "line"),
    [
        ("claim:a bg:lossOf claim:b .", 6),
        ("<https://w3id.org/battlegraph/id/claim/x/a> bg:lossOf claim:b .", 6),
        ("# claim:a comes below\nclaim:b bg:x claim:c ;\n    bg:y claim:a .", 8),
        ("claim:b bg:x claim:a .\nclaim:a bg:x claim:b .", 7),
        ("claim:ab bg:x claim:b .\nclaim:a bg:x claim:b .", 7),
        ("@base <https://w3id.org/battlegraph/> .\n<id/claim/x/a> bg:x claim:b .", 7),
        ("@prefix id: <https://w3id.org/battlegraph/id/> .\nid:claim\\/x\\/a bg:x claim:b .", 7),
    ],
)
def test_a_subject_is_found_on_its_line(spelling: str, line: int, read: Reader) -> None:
    """However it is spelled, the line on which it is a subject comes before others."""
    assert read(spelling).line_of("https://w3id.org/battlegraph/id/claim/x/a") == line


def test_an_unknown_term_is_told_with_the_nearest_one(read: Reader, vocabulary: Vocabulary) -> None:
    """A slip in a property's name is the commonest error."""
    file = read("claim:a a bg:LossClaim ;\n    bg:losOf claim:b .")
    issue = only(list(authored.unknown_terms(file, vocabulary)))
    assert issue.line == 7
    assert issue.seen == "bg:losOf is no term of the ontology"
    assert issue.remedy.startswith("Write bg:lossOf if that is meant")


def test_an_unknown_term_like_no_other_is_to_be_declared(read: Reader, vocabulary: Vocabulary) -> None:
    """Nothing far-fetched is suggested."""
    issue = only(list(authored.unknown_terms(read("claim:a bg:xyzzy 1 ."), vocabulary)))
    assert issue.remedy == "Declare the term in ontology/battlegraph.ttl."


def test_foreign_terms_are_none_of_ours(read: Reader, vocabulary: Vocabulary) -> None:
    """Shapes look after those."""
    assert not list(authored.unknown_terms(read("claim:a oa:nothing oa:Such ."), vocabulary))


def test_an_ill_formed_literal_names_subject_and_literal(read: Reader) -> None:
    """And gives a well-formed one."""
    issue = only(list(authored.faulty_literals(read('claim:a bg:minCount "many"^^xsd:integer .'))))
    assert issue.line == 6
    assert issue.seen == (
        'bg:minCount of <https://w3id.org/battlegraph/id/claim/x/a> is "many", which is no xsd:integer'
    )
    assert '"14"' in issue.remedy


def test_a_literal_that_the_store_would_rewrite_is_refused(read: Reader) -> None:
    """With the form to write instead."""
    issue = only(list(authored.faulty_literals(read("claim:a bg:minCount 014 ."))))
    assert "is not the canonical form" in issue.seen
    assert 'Write "14"^^<http://www.w3.org/2001/XMLSchema#integer>' in issue.remedy


def test_a_language_tag_is_read_in_lower_case(read: Reader) -> None:
    """The parser and the store agree on that, so authors may write it as they like."""
    file = read('claim:a bg:hedge "likely"@en-GB .')
    assert not list(authored.faulty_literals(file))
    assert str(file.triples[0].object) == '"likely"@en-gb'


def test_an_anonymous_node_is_refused(read: Reader) -> None:
    """Nothing that is published may be without a name."""
    issue = only(list(authored.stray_blank_nodes(read("claim:a bg:lossOf [ ] ."))))
    assert issue.line == 6
    assert "bg:lossOf of <https://w3id.org/battlegraph/id/claim/x/a> has an anonymous value" in issue.seen


def test_an_anonymous_subject_is_refused(read: Reader) -> None:
    """It has no subject to be named by, so its property is."""
    issue = only(list(authored.stray_blank_nodes(read("[] bg:lossOf claim:a ."))))
    assert issue.seen == "an anonymous node has bg:lossOf"


def test_a_quote_in_context_may_be_anonymous(read: Reader) -> None:
    """The build replaces it."""
    assert not list(authored.stray_blank_nodes(read('claim:a bg:quoteInContext [ oa:exact "a" ; oa:suffix "b" ] .')))


def test_a_quote_in_context_says_nothing_else(read: Reader) -> None:
    """What it said else would be lost without a word."""
    issue = only(list(authored.stray_blank_nodes(read('claim:a bg:quoteInContext [ oa:exact "a" ; bg:hedge "b" ] .'))))
    assert issue.seen == "a value of bg:quoteInContext has bg:hedge"


def test_a_shared_quote_in_context_is_refused(read: Reader) -> None:
    """Two nodes that rest on the same words each say so."""
    file = read('claim:a bg:quoteInContext _:q . claim:b bg:quoteInContext _:q . _:q oa:exact "a" .')
    assert only(list(authored.stray_blank_nodes(file)))


@pytest.mark.parametrize("name", ["Loss", "loss_1", "loss--1", "a%20b", "հադրութ"])
def test_an_entity_has_a_slug(name: str, read: Reader) -> None:
    """Lower-case ASCII letters, digits and single hyphens."""
    iri = f"https://w3id.org/battlegraph/id/claim/x/{name}"
    issue = only(list(authored.misnamed_entities(read(f"<{iri}> bg:hedge 'a' ."))))
    assert iri in issue.seen


def article(folder: Path, text: bytes | None, source: str | None) -> Path:
    """Return the folder of an article with this text and this source.ttl."""
    folder.mkdir()
    if text is not None:
        (folder / "article.txt").write_bytes(text)
    if source is not None:
        (folder / "source.ttl").write_text(
            "@prefix bg: <https://w3id.org/battlegraph/ontology#> .\n"
            f"<https://w3id.org/battlegraph/id/article/{folder.name}> {source} .\n",
            "utf-8",
        )
    return folder


DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
"""SHA-256 of "hello"."""


def test_an_article_is_read_byte_for_byte(tmp_path: Path) -> None:
    """Line ends are part of what offsets count."""
    text = b"one\r\ntwo\n\n"
    folder = article(tmp_path / "x", text, f'bg:textDigest "{hashlib.sha256(text).hexdigest()}"')
    assert read_article(folder).text == "one\r\ntwo\n\n"


def test_an_altered_article_names_both_digests(tmp_path: Path) -> None:
    """And what to do, whichever of the two was meant."""
    folder = article(tmp_path / "x", b"hello!", f'bg:textDigest "{DIGEST}"')
    with pytest.raises(InvalidSources) as invalid:
        read_article(folder)
    message = str(invalid.value)
    assert message.startswith(f"{folder / 'article.txt'}: its SHA-256 is ce06092fb948d9ffac7d1a376e404b26")
    assert f"but source.ttl says {DIGEST}: the text was altered" in message
    assert "Bring back the text" in message
    assert "put its digest into source.ttl" in message


@pytest.mark.parametrize(
    ("text", "source", "message"),
    [
        (b"\xff\xfe", f'bg:textDigest "{DIGEST}"', r"article\.txt, line 1: byte 0 is not UTF-8"),
        (None, f'bg:textDigest "{DIGEST}"', r"article\.txt: No such file"),
        (b"hello", None, r"source\.ttl: there is none"),
        (b"hello", "a bg:Article", rf"source\.ttl, line 2: .* has 0 values of bg:textDigest\n.*{DIGEST}"),
        (b"hello", f'bg:textDigest "{DIGEST}", "0"', "has 2 values of bg:textDigest"),
    ],
)
def test_an_unreadable_article(text: bytes | None, source: str | None, message: str, tmp_path: Path) -> None:
    """Each way in which an article can be unreadable has its own message."""
    with pytest.raises(InvalidSources, match=message):
        read_article(article(tmp_path / "x", text, source))


def test_an_articles_folder_is_a_slug(tmp_path: Path) -> None:
    """Its name becomes part of IRIs."""
    with pytest.raises(InvalidSources, match="'Battle of X' is not a slug"):
        read_article(article(tmp_path / "Battle of X", b"hello", f'bg:textDigest "{DIGEST}"'))
