"""The curated battle with twenty drafts: what they share is one thing, what each says stays its own.

The articles are beside the checkout and no part of it; without them these tests are skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import live
import pyoxigraph as ox
import pytest

from graph.build import build, write
from graph.drafting.draft import draft
from graph.drafting.registry import read_registry
from graph.namespaces import BG, CANONICAL_BASE, sparql_prologue
from graph.paths import ROOT
from graph.releases import QUADS_FILE
from graph.results import violations
from graph.sources import Sources

ARTICLES: Final = ROOT.parent / "shared" / "articles"
RENDERED: Final = (
    "azerbaijani_offensive_2023",
    "battle_of_aghdam_1993",
    "battle_of_antonov_airport",
    "battle_of_bakhmut_final",
    "battle_of_borodino",
    "battle_of_chosin_reservoir",
    "battle_of_kalbajar_table",
    "battle_of_shusha_1992",
    "battle_of_shusha_2020",
    "battle_of_tskhinvali",
    "four_day_war_2016",
)
WIKITEXT: Final = (
    "battle_of_abritus",
    "battle_of_actium",
    "battle_of_agincourt",
    "battle_of_blenheim",
    "battle_of_bosworth_field",
    "battle_of_bosworth_field_2019",
    "battle_of_gettysburg",
    "battle_of_okinawa",
    "battle_of_ramillies",
)
CURATED: Final = "battle-of-hadrut"
ID: Final = f"{CANONICAL_BASE}id/"
SLUGS: Final = tuple(name.replace("_", "-") for name in (*RENDERED, *WIKITEXT))

pytestmark = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the articles of other battles are not beside this checkout"
)

COUNTERS: Final = """
SELECT ?viewpoint (COUNT(DISTINCT ?battle) AS ?battles) (COUNT(?claim) AS ?claims) (SAMPLE(?status) AS ?review) WHERE {
  ?claim a bg:LossClaim ; bg:inEvent ?battle ; bg:accordingTo ?viewpoint ; bg:valueStatus bg:Known .
  ?viewpoint bg:viewpointOf ?polity .
  OPTIONAL { ?claim bg:reviewStatus ?status }
}
GROUP BY ?viewpoint
ORDER BY ?viewpoint
"""
"""Who is said to count losses, in how many battles, how often: asked of all battles at once."""


@dataclass(frozen=True, slots=True)
class Site:
    """The battles together, as data and served."""

    server: live.Server
    store: ox.Store

    def page(self, path: str) -> str:
        """Return the HTML of a page that is there."""
        response, body = self.server.request("GET", path, {"Accept": "text/html"})
        assert response.status == 200, path
        return body.decode()

    def rows(self, query: str) -> list[dict[str, str]]:
        """Return the answer to a query over HTTP."""
        response, body = self.server.ask(sparql_prologue() + query, {"Accept": "application/sparql-results+json"})
        assert response.status == 200, body
        bindings: Any = json.loads(body)["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in bindings]

    def articles_naming(self, name: str) -> set[str]:
        """Return the slugs of the articles in whose words a thing is named."""
        found = self.rows(f"SELECT DISTINCT ?article WHERE {{ <{ID}{name}> bg:anchor/bg:inArticle ?article }}")
        return {row["article"].removeprefix(f"{ID}article/") for row in found}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Draft, build and serve them; the drafts have no violations."""
    scratch = tmp_path_factory.mktemp("battles")
    registry = read_registry()
    for folder, suffix, names in (("text", "txt", RENDERED), ("wikitext", "wiki", WIKITEXT)):
        for name in names:
            about = json.loads((ARTICLES / folder / f"{name}.json").read_text(encoding="utf-8"))
            text = (ARTICLES / folder / f"{name}.{suffix}").read_text(encoding="utf-8")
            drafted = draft(text, name.replace("_", "-"), about["title"], about["url"], registry)
            (scratch / "drafts" / drafted.slug).mkdir(parents=True)
            for part, content in drafted.files.items():
                (scratch / "drafts" / drafted.slug / part).write_bytes(content)
    built = build(Sources(more_articles=(scratch / "drafts",)))
    assert not violations(built.results)
    file = write(built, scratch / "dataset") / QUADS_FILE
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    with live.running(scratch / "server", dataset=file) as server:
        yield Site(server, store)


def test_there_are_twenty_one(site: Site) -> None:
    """Twenty of them drafts, in both forms of text."""
    rows = site.rows("SELECT ?article ?status WHERE { ?article a bg:Article ; bg:reviewStatus ?status }")
    assert {row["article"].removeprefix(f"{ID}article/"): row["status"].removeprefix(BG) for row in rows} == {
        CURATED: "Reviewed",
        **dict.fromkeys(SLUGS, "Unreviewed"),
    }
    assert len(rows) == 21
    home = site.page("/")
    assert "21 articles on battles" in home
    assert "20 of the articles are unreviewed drafts" in home


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        (
            "polity/azerbaijan",
            {
                CURATED,
                "battle-of-aghdam-1993",
                "battle-of-kalbajar-table",
                "battle-of-shusha-1992",
                "four-day-war-2016",
            },
        ),
        ("viewpoint/azerbaijan", {CURATED, "battle-of-shusha-2020", "four-day-war-2016"}),
        ("event/second-nagorno-karabakh-war", {CURATED, "battle-of-shusha-2020"}),
        ("event/first-nagorno-karabakh-war", {"battle-of-aghdam-1993", "battle-of-shusha-1992"}),
        ("event/war-of-the-spanish-succession", {"battle-of-blenheim", "battle-of-ramillies"}),
        ("polity/kingdom-of-france", {"battle-of-agincourt", "battle-of-blenheim", "battle-of-ramillies"}),
        ("person/john-churchill-1st-duke-of-marlborough-6057227a", {"battle-of-blenheim", "battle-of-ramillies"}),
        ("place/ambion-hill", {"battle-of-bosworth-field", "battle-of-bosworth-field-2019"}),
    ],
)
def test_what_articles_share_is_one_thing(site: Site, name: str, slugs: set[str]) -> None:
    """By the registry or by a link: a power, a voice, a war, a person, a place; its page shows it, unmarked."""
    assert site.articles_naming(name) >= slugs
    assert "draft-note" not in site.page(f"/page/{name}")


def test_a_kind_of_losses_is_one_thing(site: Site) -> None:
    """Tanks are counted in several battles."""
    rows = site.rows(
        f"SELECT DISTINCT ?article WHERE {{ [] bg:lossType <{ID}equipment/tank> ; bg:inArticle ?article }}"
    )
    assert len(rows) >= 3


def test_what_is_only_named_alike_stays_apart(site: Site) -> None:
    """No place, person, people or unit of one article is another's."""
    rows = site.rows(
        "SELECT DISTINCT ?thing ?article WHERE { ?thing a ?class ; bg:anchor/bg:inArticle ?article "
        "VALUES ?class { bg:Place bg:Person bg:Population bg:ForceGroup bg:Polity bg:Viewpoint } }"
    )
    local = [row for row in rows if row["thing"].removeprefix(ID).count("/") > 1]
    assert local
    for row in local:
        assert row["thing"].split("/")[-2] == row["article"].rpartition("/")[2]


def test_claims_stay_apart(site: Site) -> None:
    """Each is in one article and about its battle, and is named by its article."""
    rows = site.rows("SELECT ?claim ?article WHERE { ?claim a bg:Claim ; bg:inArticle ?article }")
    assert len({row["claim"] for row in rows}) == len(rows)
    for row in rows:
        assert row["claim"].split("/")[-2] == row["article"].rpartition("/")[2]
    of_events = site.rows(
        "SELECT ?claim ?about ?own WHERE { ?claim bg:inEvent ?about ; bg:inArticle/schema:about ?own }"
    )
    drafted = [row for row in of_events if f"/{CURATED}/" not in row["claim"]]
    assert drafted
    assert [row for row in drafted if row["about"] != row["own"] and not row["about"].startswith(row["own"])] == []


def test_a_viewpoint_is_read_in_one_article_or_in_all(site: Site) -> None:
    """On its page with the way to each article's share, and in the data."""
    rows = site.rows(
        f"SELECT ?article (COUNT(?claim) AS ?claims) WHERE {{ ?claim bg:accordingTo <{ID}viewpoint/azerbaijan> ; "
        "bg:inArticle ?article } GROUP BY ?article"
    )
    counts = {row["article"].removeprefix(f"{ID}article/"): int(row["claims"]) for row in rows}
    assert len(counts) >= 3
    text = site.page("/page/viewpoint/azerbaijan").partition('id="shares"')[2].partition("</section>")[0]
    shares = re.findall(
        r'href="([^"]+in=[^"]*/article/([^"&]+))"[^>]*>[^<]*</a> <span class="count">(\d+)</span>', text
    )
    assert {slug: int(count) for _, slug, count in shares} == counts
    for address, slug, _ in shares:
        listed = site.page(address.replace("&amp;", "&")).partition("<main ")[2]
        assert set(re.findall(r'href="/page/claim/([^"/]+)/', listed)) == {slug}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_draft_is_marked_wherever_it_appears(site: Site, slug: str) -> None:
    """Over each view of it, in lists, in search and in RDF."""
    for path in (
        f"/article/{slug}",
        f"/viewpoints/{slug}",
        f"/timeline/{slug}",
        f"/map/{slug}",
        f"/page/article/{slug}",
    ):
        assert 'class="draft-note"' in site.page(path), path
    assert re.search(rf'href="/viewpoints/{slug}"[^>]*>[^<]*</a> <small class="draft">', site.page("/viewpoints/"))
    response, body = site.server.request("GET", f"/data/article/{slug}.ttl")
    assert response.status == 200
    assert b"bg:reviewStatus bg:Unreviewed" in body
    wanting = site.rows(
        f"SELECT ?claim WHERE {{ ?claim a bg:Claim ; bg:inArticle <{ID}article/{slug}> "
        "FILTER NOT EXISTS { ?claim bg:reviewStatus bg:Unreviewed } }"
    )
    assert wanting == []


def test_search_marks_drafts_for_programs(site: Site) -> None:
    """All of them, and not the curated battle."""
    _, body = site.server.request("GET", "/search?q=battle&limit=100", {"Accept": "application/json"})
    found = [x for x in json.loads(body)["results"] if x["iri"].startswith(f"{ID}article/")]
    assert found
    assert all(result["draft"] == (not result["iri"].endswith(CURATED)) for result in found)


def test_one_query_asks_all_battles(site: Site) -> None:
    """Whose account of losses there is, in how many battles: Azerbaijan's in the curated one and in drafts."""
    answer = {row["viewpoint"].removeprefix(f"{ID}viewpoint/"): row for row in site.rows(COUNTERS)}
    assert int(answer["azerbaijan"]["battles"]) >= 3
    assert int(answer["armenia"]["battles"]) >= 2
    assert all(int(row["claims"]) >= int(row["battles"]) for row in answer.values())


def test_figures_are_those_of_the_articles(site: Site) -> None:
    """What each says of one loss, per claimant, neither summed nor averaged over battles."""
    rows = site.rows(
        f"SELECT ?battle ?least ?most WHERE {{ ?claim bg:accordingTo <{ID}viewpoint/azerbaijan> ; bg:inEvent ?battle ; "
        "a bg:LossClaim ; bg:effect bg:Killed ; bg:minCount ?least ; bg:maxCount ?most }"
    )
    figures = {(row["battle"].removeprefix(f"{ID}event/"), row["least"], row["most"]) for row in rows}
    assert ("four-day-war-2016", "320", "320") in figures


def test_every_kind_of_thing_has_its_page(site: Site) -> None:
    """A sample of each article's things answers, and none with a fault of the server."""
    slugs = "|".join(SLUGS)
    seen: dict[tuple[str, str], list[str]] = {}
    for quad in site.store.quads_for_pattern(None, None, None, None):
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        found = re.fullmatch(rf"{ID}([a-z-]+)/({slugs})(/[^#]*)?", iri)
        if found and iri not in (names := seen.setdefault((found[1], found[2]), [])) and len(names) < 2:
            names.append(iri)
    assert len({kind for kind, _ in seen}) >= 12
    for iris in seen.values():
        for iri in iris:
            site.page(f"/page/{iri.removeprefix(ID)}")
