"""Drafts of small made-up articles, in both forms, from the text to the validated dataset."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.article import read_article as read_folder
from graph.assemble import assemble_article
from graph.build import Built, build
from graph.coverage import measure
from graph.drafting.document import Form, UnreadableArticle
from graph.drafting.draft import Draft, draft, slug_of
from graph.drafting.reading import Disposal
from graph.drafting.rules import RULES
from graph.ground import lay_ground
from graph.namespaces import BG, CANONICAL_BASE
from graph.paths import ARTICLES
from graph.results import violations
from graph.sources import Sources

_PAGE = "https://en.wikipedia.org/wiki/Battle_of_Osterby"

RENDERED = """Battle of Osterby

Battle of Osterby
Part of the Reed War
Date3 May 1999 - 5 May 1999
LocationOsterby, Norland
Result Norlandic victory
Belligerents
Norland Sudland
Commanders and leaders
Ada Holm Bo Lind †
Strength
1,200 soldiers 800
Casualties and losses

Per Norland:
  • 12 killed
  • 30 wounded[1]
Per Sudland:
  • Unknown
Per Norland:
  • Unspecified
Per Sudland:[2]
  • At least 40 soldiers killed
  • 3 tanks destroyed
  • Ka-9 downed

7 civilians killed (per Norland)[1]

The Battle of Osterby was a battle. It was fought in May. A "quoted" word and a back\\slash stand here.[3]

  1. ^ "The reeds are quiet". norland.example. 6 May 1999. Retrieved 7 May 1999.
  2. ^
  3. ^ Holm, A. (2001). "Reeds". Marsh Press. p. 12.
"""

WIKITEXT = """{{Infobox military conflict
| conflict = Battle of Osterby
| partof = the [[Reed War]]
| date = 3-5 May 1999
| place = [[Osterby]], [[Norland]]
| result = Norlandic victory
| combatant1 = {{flag|Norland}}
| combatant2 = [[Kingdom of Sudland|Sudland]]
| commander1 = [[Ada Holm]]
| commander2 = Bo Lind{{KIA}}
| strength1 = 1,200 soldiers
| strength2 = {{circa|800}}
| casualties1 = '''Per Norland:'''<br />12 killed<br />30 wounded<ref name="reeds" />
| casualties2 = '''Per Sudland:'''<br />At least 40 [[soldier]]s killed<br />3 tanks destroyed{{efn|Two by fire.}}
| casualties3 = 7 civilians killed<ref>{{cite web |title=The reeds &amp; the quiet |url=https://norland.example/reeds
 |access-date=7 May 1999 |website=Norland Example |first=Bo |last=Quill}}</ref>
}}
The '''Battle of Osterby''' was a battle.<ref name="reeds">Holm, ''Reeds'', p. 12.</ref> It was fought in May.

== Aftermath ==
The reeds grew. <!-- a remark --> The war went on.{{citation needed|date=May 2001}}

== References ==
{{reflist}}
"""

TEXTS = {"rendered": RENDERED, "wikitext": WIKITEXT}


@pytest.fixture(scope="module", params=TEXTS)
def drafted(request: pytest.FixtureRequest) -> Draft:
    return draft(TEXTS[request.param], "battle-of-osterby", "Battle of Osterby", _PAGE)


def _build(folder: Path, *drafts: Draft) -> Built:
    for one in drafts:
        own = folder / one.slug
        own.mkdir(parents=True)
        for name, content in one.files.items():
            (own / name).write_bytes(content)
    return build(Sources(articles=folder))


@pytest.fixture(scope="module")
def built(drafted: Draft, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _build(tmp_path_factory.mktemp("articles"), drafted)


def _store(built: Built) -> ox.Store:
    store = ox.Store()
    store.load(built.quads, format=ox.RdfFormat.N_QUADS)
    return store


def _ask(built: Built, pattern: str) -> list[tuple[str, ...]]:
    prologue = (
        f"PREFIX bg: <{BG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        f"PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX id: <{CANONICAL_BASE}id/> "
    )
    found = _store(built).query(prologue + pattern, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple("" if value is None else value.value for value in row) for row in found]


def test_a_draft_builds_without_a_violation(built: Built) -> None:
    assert [str(result) for result in violations(built.results)] == []


def test_a_draft_of_clean_text_gives_no_warnings(built: Built) -> None:
    assert [str(result) for result in built.results] == []


def test_the_text_is_kept_to_the_byte(drafted: Draft) -> None:
    form = drafted.reading.document.form
    name = "article.wiki" if form is Form.WIKITEXT else "article.txt"
    assert drafted.files[name] == (WIKITEXT if form is Form.WIKITEXT else RENDERED).encode()
    digest = hashlib.sha256(drafted.files[name]).hexdigest()
    assert f'bg:textDigest "{digest}"' in drafted.files["source.ttl"].decode()


def test_a_draft_is_marked_as_unreviewed(drafted: Draft) -> None:
    assert "bg:reviewStatus bg:Unreviewed ." in drafted.files["source.ttl"].decode()


def test_equal_text_gives_equal_bytes(drafted: Draft) -> None:
    again = draft(drafted.reading.document.source, "battle-of-osterby", "Battle of Osterby", _PAGE)
    assert again.files == drafted.files


def test_each_loss_has_its_side_its_claimant_and_its_count(built: Built) -> None:
    rows = _ask(
        built,
        """SELECT ?side ?voice ?effect ?min ?max WHERE {
          ?loss a bg:LossClaim ; bg:accordingTo/rdfs:label ?voice ; bg:effect/rdfs:label ?effect ; bg:minCount ?min .
          OPTIONAL { ?loss bg:lossOf/bg:sideNumber ?side }
          OPTIONAL { ?loss bg:maxCount ?max }
        }""",
    )
    assert {
        ("1", "Norland (Battle of Osterby)", "killed", "12", "12"),
        ("1", "Norland (Battle of Osterby)", "wounded", "30", "30"),
        ("2", "Sudland (Battle of Osterby)", "killed", "40", ""),
        ("2", "Sudland (Battle of Osterby)", "destroyed", "3", "3"),
    } <= set(rows)
    assert [row[0] for row in rows if row[3] == "7"] == [""]


def test_every_statement_names_a_rule_that_can_be_looked_up(built: Built) -> None:
    rules = {rule for (rule,) in _ask(built, "SELECT DISTINCT ?rule WHERE { ?thing bg:readingRule ?rule }")}
    assert rules
    assert rules <= set(RULES)
    (without,) = _ask(
        built,
        "SELECT (COUNT(?claim) AS ?n) WHERE { ?claim a bg:Claim . FILTER NOT EXISTS { ?claim bg:readingRule ?rule } }",
    )
    assert without == ("0",)


def test_narrative_waits_for_a_person(drafted: Draft) -> None:
    unread = drafted.files["unread.ttl"].decode()
    assert "a bg:UnreadText" in unread
    assert "It was fought in May." in unread


def test_every_letter_and_digit_of_a_field_is_read_ignored_or_unread(drafted: Draft) -> None:
    accounted(drafted)


def accounted(drafted: Draft) -> None:
    """Assert that the portions of each line do not overlap and leave out no letter and no digit."""
    for field, reading in drafted.reading.fields:
        for line in field.lines:
            own = sorted(
                (portion.words.start, portion.words.end) for portion in reading.portions if portion.words.line is line
            )
            assert all(end <= start for (_, end), (start, _) in pairwise(own)), line.text
            covered = {place for start, end in own for place in range(start, end)}
            missing = "".join(
                character for place, character in enumerate(line.text) if character.isalnum() and place not in covered
            )
            assert missing == "", (field.key, line.text)


def test_links_lead_to_things_that_articles_share() -> None:
    """Two articles of one war and of two Springfields: the war is one thing, the towns are two."""
    one = WIKITEXT.replace("[[Osterby]], [[Norland]]", "[[Springfield, Norland|Springfield]]")
    other = WIKITEXT.replace("Battle of Osterby", "Battle of Vesterby").replace(
        "[[Osterby]], [[Norland]]", "[[Springfield, Sudland|Springfield]]"
    )
    pages = [
        b"".join(draft(text, slug).files.values()).decode()
        for text, slug in ((one, "battle-of-osterby"), (other, "battle-of-vesterby"))
    ]
    assert all("sem:subEventOf event:war-reed-war" in page for page in pages)
    assert "place:springfield-norland-" in pages[0]
    assert "place:springfield-sudland-" in pages[1]


def test_what_is_not_linked_belongs_to_the_article() -> None:
    text = draft(WIKITEXT, "battle-of-osterby").files["actors.ttl"].decode()
    assert "<https://w3id.org/battlegraph/id/person/battle-of-osterby/>" in text
    assert "polity:kingdom-of-sudland a bg:Polity" in text


def test_the_licence_of_a_text_is_stated_only_of_a_page_that_has_it() -> None:
    without = draft(RENDERED, "battle-of-osterby").files["source.ttl"].decode()
    assert "dcterms:license" not in without
    assert "dcterms:source" not in without
    elsewhere = (
        draft(RENDERED, "battle-of-osterby", source_url="https://osterby.example/battle").files["source.ttl"].decode()
    )
    assert "dcterms:license" not in elsewhere
    assert "<https://osterby.example/battle>" in elsewhere


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("Dear Bo,\n\nthe reeds are high.\n", "infobox"),
        ("9" * 5_000_000, "something else"),
    ],
)
def test_what_is_no_battle_article_is_refused_with_what_was_seen(source: str, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=message):
        draft(source, "no-article")


def test_a_draft_takes_little_time(drafted: Draft) -> None:
    begun = time.perf_counter()
    draft(drafted.reading.document.source, "battle-of-osterby")
    assert time.perf_counter() - begun < 0.5


def test_drafting_many_articles_takes_as_much_longer_as_they_are() -> None:
    """Lines of losses ten times over may take twenty times as long, not a hundred times."""

    def seconds(lines: int) -> float:
        losses = "<br />".join(f"{number} men of company {number} killed" for number in range(1, lines))
        begun = time.perf_counter()
        draft(WIKITEXT.replace("12 killed", losses), "battle-of-osterby")
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(2000) < 20 * max(seconds(200), 0.02)


# The curated article, whose text is there in full


@pytest.fixture(scope="module")
def curated() -> Draft:
    text = (ARTICLES / "battle-of-hadrut" / "article.txt").read_bytes().decode()
    return draft(text, "battle-of-hadrut", source_url="https://en.wikipedia.org/wiki/Battle_of_Hadrut")


def test_the_curated_text_drafts_builds_and_is_accounted_for(curated: Draft, tmp_path: Path) -> None:
    built = _build(tmp_path, curated)
    assert [str(result) for result in violations(built.results)] == []
    accounted(curated)


def test_the_draft_of_the_curated_text_explains_every_character(curated: Draft, tmp_path: Path) -> None:
    own = tmp_path / curated.slug
    own.mkdir()
    for name, content in curated.files.items():
        (own / name).write_bytes(content)
    ground = lay_ground(Sources())
    part = assemble_article(read_folder(own), ground.vocabulary, ground.equipment)
    assert [leftover.words for leftover in measure(part).unexplained] == []


def test_the_draft_of_the_curated_text_is_in_the_house_layout(curated: Draft, tmp_path: Path) -> None:
    formatter = Path(sys.executable).with_name("turtlefmt")
    for name, content in curated.files.items():
        if name.endswith(".ttl"):
            (tmp_path / name).write_bytes(content)
    assert subprocess.run([formatter, "--check", tmp_path], check=False).returncode == 0


# The articles that are kept for measuring, where they are there

_MATERIAL = Path(__file__).parents[2] / "shared" / "articles"


@pytest.mark.skipif(not _MATERIAL.is_dir(), reason="the articles for measuring are not in this checkout")
def test_every_article_for_measuring_is_drafted_and_accounted_for_or_refused_for_a_reason() -> None:
    refused = []
    files = sorted([*_MATERIAL.glob("text/*.txt"), *_MATERIAL.glob("wikitext/*.wiki")])
    for file in files:
        try:
            drafted = draft(file.read_bytes().decode(), slug_of(file.stem))
        except UnreadableArticle:
            refused.append(file.stem)
            continue
        accounted(drafted)
        unknown = {
            portion.why
            for _, reading in drafted.reading.fields
            for portion in reading.portions
            if portion.disposal is Disposal.READ and portion.why not in RULES
        }
        assert unknown == set(), file.stem
    # One is the body of an article without its box, the other has the box of a civilian attack.
    assert refused == ["madagiz_offensive_body", "donnelly_s_bar_and_kay_s_tavern_attacks"]
