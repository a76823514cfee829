"""Assembly: what goes to which graph, and what the build adds to what was authored."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.assemble import Part
from graph.build import assemble
from graph.ground import lay_ground
from graph.issues import InvalidSources
from graph.namespaces import BG, CANONICAL_BASE, OA, PROV, RDF, RDFS, SEM
from graph.partition import named_graph
from graph.sources import Sources

ID = CANONICAL_BASE + "id/"
TYPE = ox.NamedNode(RDF + "type")


def parts(sources: Sources) -> dict[str, Part]:
    """Return the parts of a project by name."""
    ground = lay_ground(sources)
    return {part.name: part for part in (*ground.parts, *assemble(sources, ground))}


def append(file: Path, text: str) -> None:
    """Write more into a file."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def graphs(part: Part, name: str) -> set[str]:
    """Return the names of the graphs in which a thing is described."""
    subject = ox.NamedNode(ID + name)
    found = (q.graph_name for q in part.quads if q.subject == subject)
    return {graph.value.removeprefix(CANONICAL_BASE + "graph/") for graph in found if isinstance(graph, ox.NamedNode)}


@pytest.mark.parametrize(
    ("thing", "graph"),
    [
        ("claim/skirmish/lost", "viewpoint/north"),
        ("claim/skirmish/result", "viewpoint/skirmish/article"),
        ("event/skirmish", "entities"),
        ("article/skirmish", "entities"),
        ("viewpoint/skirmish/article", "entities"),
        ("place/ford", "entities"),
        ("reference/skirmish/1", "references"),
        ("organisation/ford-gazette", "references"),
        ("omission/skirmish/labels", "gaps"),
    ],
)
def test_a_thing_is_described_in_one_graph(thing: str, graph: str, miniature: Sources) -> None:
    """Its class, its kind or where it is first spoken of decides; a claim goes to its viewpoint's graph."""
    assert graphs(parts(miniature)["skirmish"], thing) == {graph}


@pytest.mark.parametrize(
    ("part", "graph"),
    [("ontology", "ontology"), ("equipment", "equipment")],
)
def test_terms_and_equipment_have_a_graph_each(part: str, graph: str, miniature: Sources) -> None:
    """Equipment is a vocabulary of things, and stands apart from the terms."""
    assert {quad.graph_name for quad in parts(miniature)[part].quads} == {named_graph(graph)}


def test_an_article_speaks_of_equipment_in_its_graph(miniature: Sources) -> None:
    """What is said of a kind of thing stands with it, wherever it is said."""
    append(
        miniature.articles / "skirmish" / "claims.ttl",
        '\n<https://w3id.org/battlegraph/id/equipment/cart> bg:quote "2 carts burnt" .\n',
    )
    assert graphs(parts(miniature)["skirmish"], "equipment/cart") == {"equipment"}


def test_crosslinks_go_by_their_file(miniature: Sources) -> None:
    """Outside knowledge is about things that have a graph already."""
    append(miniature.shared / "crosslinks.ttl", "\nplace:ford skos:altLabel 'Furt'@de .\n")
    shared = parts(miniature)["shared"]
    assert graphs(shared, "place/ford") == {"entities", "crosslinks"}
    assert graphs(shared, "link/ford-wikidata") == {"crosslinks"}


def test_the_description_of_the_dataset_goes_by_its_file(miniature: Sources) -> None:
    """All of shared/dataset.ttl is the named graph dataset."""
    dataset = ox.NamedNode(CANONICAL_BASE + "dataset")
    assert {q.graph_name for q in parts(miniature)["shared"].quads if q.subject == dataset} == {named_graph("dataset")}


def test_a_quote_becomes_an_anchor(miniature: Sources) -> None:
    """Words, offsets and up to 32 code points of context on each side, under fixed IRIs; the quote itself is gone."""
    part = parts(miniature)["skirmish"]
    assert part.article is not None
    start = part.article.text.index("5 carts lost")
    anchor = f"{ID}anchor/skirmish/{part.article.digest[:8]}/{start}-{start + 12}"
    found = {str(q.triple) for q in part.quads if str(q.subject).startswith(f"<{anchor}")}
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert found == {
        f"<{anchor}> <{RDF}type> <{OA}SpecificResource>",
        f'<{anchor}> <{RDFS}label> "“5 carts lost”"@en',
        f"<{anchor}> <{BG}inArticle> <{ID}article/skirmish>",
        f"<{anchor}> <{OA}hasSource> <{ID}text/skirmish/{part.article.digest[:8]}>",
        f"<{anchor}> <{OA}hasSelector> <{anchor}#quote>",
        f"<{anchor}> <{OA}hasSelector> <{anchor}#position>",
        f"<{anchor}#quote> <{RDF}type> <{OA}TextQuoteSelector>",
        f'<{anchor}#quote> <{OA}exact> "5 carts lost"',
        f'<{anchor}#quote> <{OA}prefix> "ern victory\\n\\nPer North:[1]\\n\\n  • "',
        f'<{anchor}#quote> <{OA}suffix> "\\n  • 2 carts burnt\\n\\nThe Skirmish"',
        f"<{anchor}#position> <{RDF}type> <{OA}TextPositionSelector>",
        f'<{anchor}#position> <{OA}start> "{start}"{integer}',
        f'<{anchor}#position> <{OA}end> "{start + 12}"{integer}',
    }
    claim = ox.NamedNode(ID + "claim/skirmish/lost")
    anchors = {q.object for q in part.quads if q.subject == claim and q.predicate.value == BG + "anchor"}
    assert ox.NamedNode(anchor) in anchors
    assert len(anchors) == 2
    assert not [q for q in part.quads if q.predicate.value in (BG + "quote", BG + "quoteInContext")]


def test_a_claim_keeps_its_words(miniature: Sources) -> None:
    """One lexical form for each anchor, in the claim's own graph; other things have none."""
    part = parts(miniature)["skirmish"]
    lexical = {(str(q.subject), str(q.object)) for q in part.quads if q.predicate.value == BG + "lexical"}
    assert (f"<{ID}claim/skirmish/lost>", '"5 carts lost"') in lexical
    assert (f"<{ID}claim/skirmish/lost>", '"Per North:[1]"') in lexical
    assert all("/id/claim/" in subject for subject, _ in lexical)


def test_the_text_is_published_with_its_digest(miniature: Sources) -> None:
    """So that every anchor can be checked from the dataset alone."""
    part = parts(miniature)["skirmish"]
    assert part.article is not None
    node = ox.NamedNode(f"{ID}text/skirmish/{part.article.digest[:8]}")
    said = {q.predicate.value: q.object for q in part.quads if q.subject == node and q.predicate != TYPE}
    assert said["http://schema.org/text"] == ox.Literal(part.article.text)
    assert said[BG + "textDigest"] == ox.Literal(part.article.digest)
    assert said["http://purl.org/dc/terms/isVersionOf"] == ox.NamedNode(f"{ID}article/skirmish")


def test_a_node_has_the_superclasses_of_its_types(miniature: Sources) -> None:
    """Foreign ones too, in the graph of the node, so that a viewpoint's graph needs no other."""
    part = parts(miniature)["skirmish"]
    types = {(q.object, q.graph_name) for q in part.quads if str(q.subject).endswith("lost>") and q.predicate == TYPE}
    graph = named_graph("viewpoint/north")
    classes = (BG + "LossClaim", BG + "Claim", PROV + "Entity")
    assert types == {(ox.NamedNode(class_), graph) for class_ in classes}
    battle = ox.Quad(ox.NamedNode(ID + "event/skirmish"), TYPE, ox.NamedNode(SEM + "Event"), named_graph("entities"))
    assert battle in part.quads


CLAIMS = "articles/skirmish/claims.ttl"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'bg:quote "2 carts burnt"',
            'bg:quote "3 carts burnt"',
            r"claims\.ttl, line \d+: <.*/claim/skirmish/burnt>: the quote “3 carts burnt” is not in the article",
        ),
        (
            'bg:quote "2 carts burnt"',
            'bg:quote "carts"',
            r"claims\.ttl, line \d+: <.*/burnt>: the quote “carts” occurs 2 times:(.|\n)*bg:quoteInContext",
        ),
        (
            "3\u00a0May 1400",
            "3 May 1400",
            r"claims\.ttl, line \d+: <.*/event/skirmish/first>: the quote “3 May 1400” differs from the text only in",
        ),
        ('bg:quote "2 carts burnt"', 'bg:quote "2 carts burnt"@en', "which is no plain text"),
        ('[ oa:prefix "near " ; oa:exact "the ford" ]', '[ oa:prefix "near " ]', "has 0 values of oa:exact"),
        ('[ oa:prefix "near " ; oa:exact "the ford" ]', '"the ford"', "bg:quoteInContext of <.*place/ford> is"),
        (
            "bg:accordingTo voice:article ;",
            "",
            r"the claim <.*/result> has 0 values of bg:accordingTo \(none\)\n +Give it exactly one viewpoint",
        ),
        (
            "bg:accordingTo voice:article ;",
            "bg:accordingTo voice:article , viewpoint:north ;",
            r"the claim <.*/result> has 2 values of bg:accordingTo \(<.*north>, <.*article>\)",
        ),
        ("bg:accordingTo voice:article ;", "bg:accordingTo place:ford ;", "must contain /id/viewpoint/"),
        ("claim:result a bg:Claim ;", "claim:result a bg:Place ;", "none of its types is bg:Claim or a subclass"),
        ('bg:quote "2 carts burnt"', 'bg:lexical "2 carts burnt"', "has bg:lexical, which only the build writes"),
        ('bg:quote "2 carts burnt"', "bg:anchor claim:x", "has bg:anchor, which only the build writes"),
    ],
)
def test_what_cannot_be_assembled(old: str, new: str, message: str, miniature: Sources) -> None:
    """Each message names the file, the node and what to do."""
    file = miniature.articles / "skirmish" / "claims.ttl"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(InvalidSources, match=message):
        parts(miniature)


def test_the_line_is_that_of_the_quote(miniature: Sources) -> None:
    """Of several quotes of one node, the author sees which."""
    file = miniature.articles / "skirmish" / "claims.ttl"
    text = file.read_text("utf-8").replace('"5 carts lost" , "Per North:[1]"', '"5 carts lost" ,\n  "Per South"')
    file.write_text(text, "utf-8")
    line = text[: text.index('"Per South"')].count("\n") + 1
    with pytest.raises(InvalidSources, match=rf"claims\.ttl, line {line}: "):
        parts(miniature)


def test_a_shared_file_quotes_nothing(miniature: Sources) -> None:
    """It belongs to no article."""
    append(miniature.shared / "things.ttl", '\nplace:ford bg:quote "the ford" .\n')
    with pytest.raises(
        InvalidSources, match=r"things\.ttl, line \d+: .* has bg:quote, but a shared file has no article"
    ):
        parts(miniature)


def test_outside_knowledge_quotes_nothing(miniature: Sources) -> None:
    """It has evidence instead."""
    (miniature.articles / "skirmish" / "crosslinks.ttl").write_text(
        "@prefix bg: <https://w3id.org/battlegraph/ontology#> .\n"
        '<https://w3id.org/battlegraph/id/link/x> a bg:CrossLink ; bg:quote "the ford" .\n',
        "utf-8",
    )
    with pytest.raises(InvalidSources, match=r"crosslinks\.ttl, line 2: (.|\n)*bg:evidence"):
        parts(miniature)


def test_all_issues_are_told_at_once(miniature: Sources) -> None:
    """A curator mends a file in one go."""
    folder = miniature.articles / "skirmish"
    append(folder / "claims.ttl", '\nclaim:lost bg:quote "no such words" ; bg:nosuchterm 1 .\n')
    append(folder / "references.ttl", '\nreference:1 bg:minCount "x"^^<http://www.w3.org/2001/XMLSchema#integer> .\n')
    with pytest.raises(InvalidSources) as invalid:
        parts(miniature)
    assert len(invalid.value.issues) == 3
