"""Made-up articles: the same bytes everywhere, as valid as real ones, and of their shape."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.article import read_article
from graph.assemble import assemble_article
from graph.generator import generated_nquads, generated_quads, write_generated, write_sources
from graph.generator_fiction import invent
from graph.generator_names import MOST_NAMES, Draw, place_name, power_name
from graph.ground import Ground, lay_ground
from graph.namespaces import BG, OA, SCHEMA
from graph.paths import ROOT
from graph.results import violations
from graph.rules import derive
from graph.sources import Sources
from graph.validation import validate_quads

SEED = "test"


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Return what every article stands on."""
    return lay_ground(Sources())


def test_equal_seeds_give_equal_bytes(ground: Ground) -> None:
    """In this process and in one that hashes strings another way."""
    here = b"".join(generated_nquads(ground, 3, SEED))
    assert here == b"".join(generated_nquads(ground, 3, SEED))
    elsewhere = (
        "import sys\nfrom graph.generator import generated_nquads\nfrom graph.ground import lay_ground\n"
        "from graph.sources import Sources\n"
        f"sys.stdout.buffer.writelines(generated_nquads(lay_ground(Sources()), 3, {SEED!r}))"
    )
    environ = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", elsewhere], env=environ, capture_output=True, check=True)
    assert done.stdout == here


def test_another_seed_gives_other_articles(ground: Ground) -> None:
    """Of the same battles, whose names come from their numbers."""
    assert generated_quads(ground, 0, "one") != generated_quads(ground, 0, "two")


def test_a_dataset_is_the_beginning_of_a_larger_one(ground: Ground) -> None:
    """So that sizes can be compared; and it comes an article at a time, each line once."""
    parts = list(generated_nquads(ground, 3, SEED))
    assert list(generated_nquads(ground, 2, SEED)) == parts[:3]
    assert len(parts) == 4
    lines = b"".join(parts).splitlines()
    assert len(lines) == len(set(lines))


def test_made_up_articles_are_valid(ground: Ground) -> None:
    """They keep to the shapes and checks that the project's own article keeps to."""
    quads = frozenset().union(*(generated_quads(ground, number, SEED) for number in range(12)))
    found = violations(validate_quads(quads, ground.constraints, ground.quads))
    assert not found, "\n".join(map(str, found))


def test_every_quote_stands_at_its_offsets(ground: Ground) -> None:
    """In code points of the text that is published beside it."""
    store = ox.Store()
    store.extend(generated_quads(ground, 7, SEED))
    query = f"""
    SELECT ?words ?start ?end ?text WHERE {{
      GRAPH ?g {{
        ?anchor <{OA}hasSource>/<{SCHEMA}text> ?text ; <{OA}hasSelector> ?quote , ?position .
        ?quote <{OA}exact> ?words .
        ?position <{OA}start> ?start ; <{OA}end> ?end .
      }}
    }}"""
    anchors = store.query(query)
    assert isinstance(anchors, ox.QuerySolutions)
    rows = [tuple(row[name].value for name in ("words", "start", "end", "text")) for row in anchors]
    assert len(rows) > 8
    assert all(text[int(start) : int(end)] == words for words, start, end, text in rows)


def test_articles_go_the_way_of_authored_ones(ground: Ground, tmp_path: Path) -> None:
    """Written into folders and read from there they give the same quads."""
    write_sources(tmp_path, 2, SEED)
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 2
    stated = [assemble_article(read_article(folder), ground.vocabulary, ground.equipment).quads for folder in folders]
    expected = [generated_quads(ground, number, SEED) for number in range(2)]
    assert {quads | derive(quads, ground.rules) for quads in stated} == set(expected)


def test_articles_have_the_shape_of_the_real_one(ground: Ground, tmp_path: Path) -> None:
    """Some hundred quads in many graphs; some references are blank, some figures missing, some dates open."""
    file = tmp_path / "generated.nq"
    write_generated(file, ground, 40, SEED)
    quads = list(ox.parse(path=file))
    terms = sum(len(part.quads) for part in ground.parts if part.name in ("ontology", "equipment"))
    assert 300 < (len(quads) - terms - len(ground.constraints.quads())) / 40 < 500
    fictions = [invent(SEED, number) for number in range(300)]
    sources = [source for fiction in fictions for source in fiction.sources]
    assert 0.05 < sum(source.is_blank for source in sources) / len(sources) < 0.25
    assert 0.15 < sum(not fiction.lists[1].losses[0].kind for fiction in fictions) / 300 < 0.35
    assert 0.1 < sum(fiction.other is not None for fiction in fictions) / 300 < 0.4
    classes = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    assert {BG + name for name in ("Battle", "LossClaim", "DateClaim", "ControlClaim", "BlankReference")} <= classes
    graphs = {quad.graph_name for quad in quads}
    assert len(graphs) > 40


def test_no_two_places_and_no_place_and_power_share_a_name() -> None:
    """Labels tell things apart."""
    places = [place_name(number) for number in range(20_000)]
    powers = [power_name(number) for number in range(24)]
    assert len({*places, *powers}) == 20_024
    with pytest.raises(ValueError, match=f"{MOST_NAMES:,}"):
        place_name(MOST_NAMES)


def test_a_choice_is_made_once() -> None:
    """The same question about the same thing has the same answer, within its bounds."""
    draw = Draw(SEED, 1)
    numbers = [draw.number("which", least, least + 3) for least in (0, 10) for _ in range(2)]
    assert numbers[0] == numbers[1]
    assert all(10 <= number <= 13 for number in numbers[2:])
    assert len(set(draw.some("which", range(9), 5))) == 5
    many = [Draw(SEED, thing).low("which", 1, 6) for thing in range(400)]
    assert set(many) == {1, 2, 3, 4, 5, 6}
    assert sum(many) / 400 < 2.7
    assert len(list(islice(filter(None, (Draw(SEED, thing).is_one_in("it", 8) for thing in range(400))), 100))) < 80
