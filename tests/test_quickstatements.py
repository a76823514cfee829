"""The command file: every row means the same to both versions of QuickStatements, and says no more than its claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from quickstatements_grammar import Command, Dialect, Refused, apply, parse

from graph.generator import generated_quads
from graph.ground import Ground, lay_ground
from graph.namespaces import BG, CANONICAL_BASE, DCTERMS, PREFIXES, RDF, SCHEMA, SKOS
from graph.sources import Sources
from graph.store import Dataset, merged_store
from server.config import Config
from server.site import Site
from server.wikidata import exports, values
from server.wikidata.creation import Creation
from server.wikidata.items import InvalidItem, Items, read_given
from server.wikidata.mapping import CLASS_ITEMS, TABLE
from server.wikidata.reasons import EXPLANATIONS, Reason
from server.wikidata.statements import Held

CLAIM = f"{CANONICAL_BASE}id/claim/battle-of-hadrut/"
BATTLE = "battle-of-hadrut=Q1001"
FOUND = (
    BATTLE,
    "event/battle-of-hadrut/taking-of-hadrut=Q1002",
    "event/battle-of-hadrut/urban-warfare=Q1003",
    "equipment/t-72=Q1004",
    "place/khojavend-district=Q1005",
    "category/civilian=Q1006",
    "category/medical-worker=Q1007",
)
"""Items that a contributor may have found; none of them is real."""


def site_of(dataset: Dataset) -> Site:
    """Return the site of a dataset, without a server."""
    return Site(Config(Path("unused.nq")), dataset, None)


@pytest.fixture(scope="module")
def site(dataset: Dataset) -> Site:
    """Return the site of the project's own dataset."""
    return site_of(dataset)


@pytest.fixture(scope="module")
def generated() -> Site:
    """Return the site of some made-up articles."""
    ground: Ground = lay_ground(Sources())
    quads = frozenset().union(ground.quads, *(generated_quads(ground, number) for number in range(12)))
    return site_of(Dataset(merged_store(quads), "0"))


def items_of(site: Site, given: Iterable[str] = ()) -> Items:
    """Return the items with some that a contributor gives."""
    return Items(site.dataset.store, read_given(site.dataset.store, site.dataset.base, given))


def written(site: Site, *given: str, creation: Creation = Creation.NONE, with_names: bool = False) -> str:
    """Return the command file."""
    return "".join(exports.quickstatements(site, items_of(site, given), creation, with_names=with_names))


def read(text: str) -> list[Command]:
    """Return what both versions read, which has to be the same."""
    found = parse(text, Dialect.V2)
    assert parse(text, Dialect.V3) == found
    return found


def powers_of(site: Site) -> list[str]:
    """Return an item, made up, for each power and battle of made-up articles, and each weapon that they count."""
    store, type_ = site.dataset.store, ox.NamedNode(RDF + "type")
    named = (
        quad.subject
        for name in ("Battle", "Polity")
        for quad in store.quads_for_pattern(None, type_, ox.NamedNode(BG + name), ox.DefaultGraph())
    )
    counted = (
        quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(BG + "lossType"), None, ox.DefaultGraph())
    )
    things = sorted({str(thing.value) for thing in (*named, *counted) if isinstance(thing, ox.NamedNode)})
    return [f"{thing.rpartition('/id/')[2]}=Q{number}" for number, thing in enumerate(things, 5000)]


@pytest.mark.parametrize("creation", Creation)
@pytest.mark.parametrize("given", [(), (BATTLE,), FOUND], ids=["nothing given", "the battle", "several items"])
def test_both_versions_read_every_row_alike(site: Site, given: tuple[str, ...], creation: Creation) -> None:
    """Whatever is created, held back or given."""
    for command in read(written(site, *given, creation=creation)):
        assert command.what == "create" or command.value.text


@pytest.mark.parametrize("creation", Creation)
@pytest.mark.parametrize("given", [(), (BATTLE,), FOUND], ids=["nothing given", "the battle", "several items"])
def test_every_claim_is_exported_or_needs_review_and_never_both(
    site: Site, given: tuple[str, ...], creation: Creation
) -> None:
    """By what the two files themselves say."""
    items = items_of(site, given)
    require_each_once(site, items, creation)


@pytest.mark.parametrize("is_given", [False, True], ids=["without items", "with items"])
def test_every_claim_of_made_up_articles_is_accounted_for(generated: Site, *, is_given: bool) -> None:
    """With no item known for anything, and with one for every power, weapon and battle."""
    items = items_of(generated, powers_of(generated) if is_given else ())
    exported = require_each_once(generated, items, Creation.GUARDED)
    assert bool(exported) == is_given
    read("".join(exports.quickstatements(generated, items, Creation.GUARDED)))


def require_each_once(site: Site, items: Items, creation: Creation) -> set[str]:
    """Fail unless the files have each claim of the data exactly once together; return those exported."""
    text = "".join(exports.quickstatements(site, items, creation))
    review = "".join(exports.needs_review(site, items, creation)).splitlines()
    assert review[0].startswith("claim\tlabel\t")
    reviewed = Counter(row.split("\t")[0] for row in review[1:])
    summed_up = {command.summary for command in read(text) if command.what == "statement"}
    exported = {summary for summary in summed_up if "/id/claim/" in summary}
    claims = site.dataset.store.quads_for_pattern(None, ox.NamedNode(BG + "accordingTo"), None, ox.DefaultGraph())
    every = {str(quad.subject.value) for quad in claims if isinstance(quad.subject, ox.NamedNode)}
    assert exported | set(reviewed) == every
    assert not exported & set(reviewed)
    assert set(reviewed.values()) <= {1}
    assert {row.split("\t")[4] for row in review[1:]} <= {reason.value for reason in Reason}
    # What a claim comes to is one statement, however many rows its references need.
    statements = {(c.item, c.name, c.value, c.summary) for c in read(text) if c.summary in exported}
    assert len(statements) == len(exported)
    return exported


def test_the_guarded_file_makes_the_battle_and_cannot_make_it_twice(site: Site) -> None:
    """The link to its article is the first thing said of the new item, and Wikidata refuses a second such link."""
    commands = read(written(site, creation=Creation.GUARDED))
    assert [command.what for command in commands[:2]] == ["create", "sitelink"]
    assert (commands[1].name, commands[1].value.text) == ("enwiki", "Battle of Hadrut")
    assert commands[0].summary == f"{CANONICAL_BASE}id/event/battle-of-hadrut"
    described = [command.value.text for command in commands if command.what == "description"]
    assert described == ["battle of the Second Nagorno-Karabakh War"]
    terms = {(command.what, command.name): command.value.text for command in commands if command.what == "label"}
    assert terms == {
        ("label", "en"): "Battle of Hadrut",
        ("label", "az"): "Hadrut döyüşü",
        ("label", "hy"): "Հադրութի ճակատամարտ",
    }
    assert [command.what for command in commands].count("create") == 1


def test_what_has_no_item_is_held_back_by_default(site: Site) -> None:
    """Then nothing is about the battle, and the review says why."""
    assert written(site) == ""
    held = held_of(site)
    assert held[f"{CLAIM}battle-begin"].reason is Reason.SUBJECT_WITHOUT_ITEM
    assert held[f"{CLAIM}battle-begin"].things == (f"{CANONICAL_BASE}id/event/battle-of-hadrut",)


def test_nothing_but_the_battle_is_ever_created(site: Site) -> None:
    """A phase has no class of its own, nor a label that stands alone; with the war's item the battle is part of it."""
    war = "event/second-nagorno-karabakh-war=Q1008"
    commands = read(written(site, war, creation=Creation.GUARDED))
    assert [command.what for command in commands].count("create") == 1
    said = {command.name: command.value.text for command in commands if command.name in ("P31", "P361")}
    assert said == {"P31": "Q178561", "P361": "Q1008"}
    assert "create" not in {command.what for command in read(written(site, BATTLE, creation=Creation.GUARDED))}


def test_an_item_that_is_there_keeps_its_labels(site: Site) -> None:
    """Its names in other languages become aliases, where one asks for them."""
    assert {command.what for command in read(written(site, BATTLE))} == {"statement"}
    commands = [command for command in read(written(site, BATTLE, with_names=True)) if command.what != "statement"]
    assert {(c.item, c.what, c.name) for c in commands} == {("Q1001", "alias", "az"), ("Q1001", "alias", "hy")}


@pytest.mark.parametrize(
    ("name", "property_", "value", "qualifiers"),
    [
        (
            "armenian-civilians-killed-per-artsakh",
            "P1120",
            "11",
            {"P518": "Q1006", "P3680": "Q244165", "P1932": "11 Armenian civilians killed (per Artsakh)"},
        ),
        (
            "azerbaijani-medical-worker-injured-per-azerbaijan",
            "P1339",
            "1",
            {"P518": "Q1007", "P3680": "Q227", "P1932": "1 Azerbaijani medical worker injured (per Azerbaijan)"},
        ),
        (
            "opposing-loss-t-72-per-azerbaijan",
            "P3082",
            "Q1004",
            {"P1114": "14", "P3680": "Q227", "P1932": "14 T-72s destroyed"},
        ),
        ("battle-begin", "P580", "+2020-10-00T00:00:00Z", {"P1932": "early October 2020"}),
        ("urban-warfare-end", "P582", "+2020-10-15T00:00:00Z", {}),
        (
            "hadrut-taken-date-per-third-party",
            "P585",
            "+2020-10-00T00:00:00Z",
            {
                "P1319": "+2020-10-14T00:00:00Z",
                "P1326": "+2020-10-15T00:00:00Z",
                "P3680": "somevalue",
                "P1932": "on 14 or 15 October",
            },
        ),
        ("hadrut-seat-of-khojavend-district", "P1376", "Q1005", {}),
        ("battle-place-hadrut", "P276", "Q157919", {}),
    ],
)
def test_what_a_claim_becomes(site: Site, name: str, property_: str, value: str, qualifiers: dict[str, str]) -> None:
    """Once the items it needs are given; who says it and in which words go along."""
    found = [command for command in read(written(site, *FOUND)) if command.summary == CLAIM + name]
    assert {(command.name, command.value.text) for command in found} == {(property_, value)}
    assert {key: qualifier.text for key, qualifier in found[0].qualifiers} == qualifiers
    assert not any(command.qualifiers for command in found[1:])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("azerbaijan-loss-per-azerbaijan", Reason.VALUE_LOST),
        ("azerbaijan-loss-per-artsakh", Reason.VALUE_UNSPECIFIED),
        ("opposing-loss-servicemen-per-azerbaijan", Reason.OPEN_COUNT),
        ("opposing-loss-artillery-pieces-per-azerbaijan", Reason.OVERLAP),
        ("opposing-loss-d-1-d-20-d-30-per-azerbaijan", Reason.OVERLAP),
        ("opposing-loss-su-25-per-azerbaijan", Reason.NOT_PLAIN),
        ("opposing-loss-uavs-per-azerbaijan", Reason.EFFECT),
        ("opposing-loss-other-vehicles-per-azerbaijan", Reason.EFFECT_NOT_STATED),
        ("opposing-loss-t-72-per-azerbaijan", Reason.VALUE_WITHOUT_ITEM),
        ("armenian-civilians-killed-per-artsakh", Reason.PART_OF_PEOPLE),
        ("azerbaijani-medical-worker-injured-per-azerbaijan", Reason.PART_OF_PEOPLE),
        ("opposing-loss-bmp-2-per-azerbaijan", Reason.VALUE_WITHOUT_ITEM),
        ("hadrut-seat-of-khojavend-district", Reason.LINK_CONTRADICTED),
        ("hadrut-taken-per-third-party", Reason.PRESENCE_OR_CONTROL),
        ("reference-3-soldiers-killed", Reason.TITLE_CLAIM),
        ("result", Reason.NOT_MAPPED),
        ("advance-direction", Reason.NO_PROPERTY),
        ("urban-warfare-begin", Reason.SUBJECT_WITHOUT_ITEM),
        ("battle-place-surroundings", Reason.DESCRIBED),
    ],
)
def test_what_cannot_be_said_needs_review(site: Site, name: str, reason: Reason) -> None:
    """For one reason each, of a closed list."""
    assert held_of(site)[CLAIM + name].reason is reason


def held_of(site: Site, *given: str, creation: Creation = Creation.NONE) -> dict[str, Held]:
    """Return the claims that need review, by IRI."""
    found = exports.translations(site, items_of(site, given), creation)
    return {one.claim: one for _, translation in found for one in translation.held}


def test_cited_works_are_references_and_the_article_is_one_of_its_own(site: Site) -> None:
    """With title, dates and what else the entry has; a blank or missing entry leaves the article alone."""
    items = apply(read(written(site, *FOUND)))
    claims = {(claim.property, claim.value.text): claim for claim in items["Q1001"].claims}
    deaths = claims["P1120", "11"].references
    assert [dict(reference).keys() for reference in deaths] == [
        {"P1476", "P577"},
        {"P1476", "P577"},
        {"P143", "P4656"},
    ]
    assert {key: value.text for key, value in deaths[-1]} == {
        "P143": "Q328",
        "P4656": "https://en.wikipedia.org/wiki/Battle_of_Hadrut",
    }
    assert dict(deaths[0])["P577"].text == "+2020-10-08T00:00:00Z"
    assert [dict(reference).keys() for reference in claims["P3082", "Q1004"].references] == [{"P143", "P4656"}]


def test_a_created_item_ends_up_like_one_that_is_there(site: Site) -> None:
    """The rows differ, because the versions treat new items otherwise; the statements do not."""
    new, old = (
        apply(read(written(site, creation=Creation.GUARDED)))["NEW1"],
        apply(read(written(site, BATTLE)))["Q1001"],
    )
    said = {claim.property: claim for claim in new.claims if claim.property != "P31"}
    assert said == {claim.property: claim for claim in old.claims}


def extended(site: Site, *more: tuple[str, str, ox.NamedNode | ox.Literal]) -> Site:
    """Return the site of the dataset with some triples on top."""
    quads = site.dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    triples = [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in more]
    return site_of(Dataset(merged_store([*quads, *triples]), "1"))


def a_loss(name: str, **terms: str | int) -> list[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """Return the triples of a plain loss claim; terms replace or add to those of one."""
    own: dict[str, str | int] = {
        "accordingTo": "viewpoint/azerbaijan",
        "inArticle": "article/battle-of-hadrut",
        "inEvent": "event/battle-of-hadrut",
        "lossOf": "side/battle-of-hadrut/azerbaijan",
        "lossType": "category/serviceman",
        "effect": BG + "Killed",
        "minCount": 500,
        "maxCount": 500,
        "valueStatus": BG + "Known",
        "certainty": BG + "Attributed",
        "lexical": '"500 killed',
    }
    says: dict[str, str | int] = {**own, **terms}
    found: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
        (CLAIM + name, RDF + "type", ox.NamedNode(BG + "LossClaim"))
    ]
    for key, value in says.items():
        if isinstance(value, int) or value.startswith('"'):
            found.append((CLAIM + name, BG + key, ox.Literal(value if isinstance(value, int) else value[1:])))
        elif value:
            iri = value if value.startswith("http") else f"{CANONICAL_BASE}id/{value}"
            found.append((CLAIM + name, BG + key, ox.NamedNode(iri)))
    return found


@pytest.mark.parametrize(
    ("terms", "outcome"),
    [
        ({}, "P1120 500 P518 Q227 P3680 Q227 P1932"),
        ({"effect": BG + "Casualties"}, "P1590 500 P518 Q227 P3680 Q227 P1932"),
        ({"certainty": BG + "Approximate"}, "P1120 500 P518 Q227 P1480 Q5727902 P3680 Q227 P1932"),
        ({"lossOf": BG + "SideNotStated", "lossType": ""}, "P1120 500 P3680 Q227 P1932"),
        ({"lossOf": BG + "SideNotStated"}, Reason.PART_OF_PEOPLE),
        ({"lossType": "category/civilian"}, Reason.PART_OF_PEOPLE),
        ({"lossType": ""}, "P1120 500 P518 Q227 P3680 Q227 P1932"),
        ({"lossOf": "side/battle-of-hadrut/opposing"}, Reason.SIDE_WITHOUT_ITEM),
        ({"maxCount": 600}, Reason.RANGE),
        ({"scope": '"the whole operation'}, Reason.PART_OF_COUNT),
        ({"effect": BG + "Captured"}, Reason.EFFECT),
        ({"certainty": BG + "Contested"}, Reason.CONTESTED),
        ({"doubt": '"The sums differ.'}, Reason.CONTESTED),
        ({"lexical": '"' + "many words " * 20}, Reason.WORDS),
        ({"lexical": '"500|killed'}, Reason.WORDS),
        ({"accordingTo": "viewpoint/battle-of-hadrut/third-party"}, Reason.UNKNOWN_CLAIMANT),
        ({"accordingTo": "viewpoint/azerbaijani-mfa"}, Reason.CLAIMANT_WITHOUT_ITEM),
        ({"accordingTo": "viewpoint/battle-of-hadrut/article"}, Reason.UNATTRIBUTED),
        (
            {"accordingTo": "viewpoint/battle-of-hadrut/article", "citesReference": "reference/battle-of-hadrut/3"},
            "P1120 500 P518 Q227 P1932",
        ),
    ],
)
def test_a_loss_by_its_terms(site: Site, terms: dict[str, str | int], outcome: str | Reason) -> None:
    """What the first article happens not to have."""
    changed = extended(site, *a_loss("made-up", **terms))
    if isinstance(outcome, Reason):
        assert held_of(changed, creation=Creation.GUARDED)[f"{CLAIM}made-up"].reason is outcome
        return
    found = next(command for command in read(written(changed, BATTLE)) if command.summary == f"{CLAIM}made-up")
    flat = [found.name, found.value.text]
    flat += [part for key, value in found.qualifiers for part in ((key,) if key == "P1932" else (key, value.text))]
    assert " ".join(flat) == outcome


def test_a_people_s_number_applies_to_them(site: Site) -> None:
    """The item of the population does as well as that of the kind; a side's civilians get both."""
    claim = "armenian-civilians-killed-per-artsakh"
    population = next(
        str(quad.object.value)
        for quad in site.dataset.store.quads_for_pattern(
            ox.NamedNode(CLAIM + claim), ox.NamedNode(BG + "lossOf"), None, ox.DefaultGraph()
        )
        if isinstance(quad.object, ox.NamedNode)
    ).rpartition("/id/")[2]
    found = next(c for c in read(written(site, BATTLE, f"{population}=Q2001")) if c.summary == CLAIM + claim)
    assert [value.text for key, value in found.qualifiers if key == "P518"] == ["Q2001"]
    changed = extended(site, *a_loss("made-up", lossType="category/civilian"))
    found = next(c for c in read(written(changed, *FOUND)) if c.summary == f"{CLAIM}made-up")
    assert [value.text for key, value in found.qualifiers if key == "P518"] == ["Q227", "Q1006"]
    for command in read(written(changed, *FOUND)):
        if command.name in ("P1120", "P1339") and command.qualifiers:
            assert "P518" in dict(command.qualifiers)


def test_only_a_link_to_the_thing_itself_speaks_against_it(site: Site) -> None:
    """An unconfirmed equal one does; a wider one is shown as a candidate, and is none."""
    uavs = f"{CANONICAL_BASE}id/equipment/uav"
    items = items_of(site)
    assert items.why_not(uavs) is Reason.LINK_UNCONFIRMED
    tank = f"{CANONICAL_BASE}id/equipment/t-72"
    assert items.why_not(tank) is None
    assert [one.words for one in items.candidates(tank)] == ["Q920182 (broad match, unconfirmed)"]
    assert items.candidates(f"{CANONICAL_BASE}id/place/hadrut") == ()


def reviewed(site: Site, *given: str, creation: Creation = Creation.NONE) -> dict[str, dict[str, str]]:
    """Return the rows of the review, by the claim's name."""
    head, *rows = "".join(exports.needs_review(site, items_of(site, given), creation)).splitlines()
    read_rows = [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]
    return {row["claim"].removeprefix(CLAIM): row for row in read_rows}


def test_the_review_says_what_the_reason_speaks_of(site: Site) -> None:
    """The other claim, the certainty, the property that comes near, each item that is missing, and what is recorded."""
    rows = reviewed(site)
    assert f"<{CLAIM}opposing-loss-" in rows["opposing-loss-artillery-pieces-per-azerbaijan"]["detail"]
    assert rows["hadrut-town"]["detail"] == "implied"
    assert "P1346" in rows["result"]["detail"]
    seat = rows["opposing-loss-t-72-per-azerbaijan"]
    assert seat["needs_item_of"] == "event/battle-of-hadrut | equipment/t-72"
    assert seat["recorded_candidate"] == "Q920182 (broad match, unconfirmed)"
    civilians = rows["armenian-civilians-killed-per-artsakh"]
    assert civilians["needs_item_of"] == "event/battle-of-hadrut | category/civilian"
    assert "category/civilian=Q" in civilians["remedy"]
    surroundings = rows["battle-place-surroundings"]
    assert (surroundings["remedy"], surroundings["needs_item_of"]) == ("", "")
    assert rows["hadrut-seat-of-khojavend-district"]["recorded_candidate"] == "Q330813 (close match, contradicted)"


def test_every_remedy_works(site: Site) -> None:
    """With all items that the review asks for, a claim is exported, or held back for another reason than an item."""
    wanted = {name for row in reviewed(site).values() for name in row["needs_item_of"].split(" | ") if name}
    given = [f"{name}=Q{number}" for number, name in enumerate(sorted(wanted), 3000)]
    assert given
    assert not [row for row in reviewed(site, *given).values() if row["needs_item_of"]]


def test_types_counted_together_are_included_in_the_wider_one(site: Site) -> None:
    """“15 D-1, D-20, and D-30 howitzers”, were there no other line that may count the same."""
    loss = a_loss("made-up", lossType="equipment/d-1-d-20-or-d-30", effect=BG + "Destroyed")
    changed = extended(site, *loss)
    members = [f"equipment/{name}=Q{number}" for number, name in enumerate(("howitzer", "d-1", "d-20", "d-30"), 2001)]
    found = next(c for c in read(written(changed, BATTLE, *members)) if c.summary == f"{CLAIM}made-up")
    assert (found.name, found.value.text) == ("P3082", "Q2001")
    assert [value.text for key, value in found.qualifiers if key == "P1012"] == ["Q2002", "Q2003", "Q2004"]
    assert held_of(changed, *members[:3])[f"{CLAIM}made-up"].reason is Reason.VALUE_WITHOUT_ITEM


def test_equal_values_of_different_claimants_are_never_merged(site: Site) -> None:
    """QuickStatements would make one statement of them; neither goes first, so both need review."""
    one = a_loss("one", minCount=700, maxCount=700)
    other = a_loss("other", minCount=700, maxCount=700, accordingTo="viewpoint/artsakh")
    held = held_of(extended(site, *one, *other), BATTLE)
    assert {held[CLAIM + name].reason for name in ("one", "other")} == {Reason.SAME_VALUE}


def test_an_address_of_a_source_goes_along(site: Site) -> None:
    """With its archived copy; a title that one version would change does not."""
    reference = f"{CANONICAL_BASE}id/reference/battle-of-hadrut/7"
    changed = extended(
        site,
        (reference, SCHEMA + "url", ox.NamedNode("https://example.org/a?x=1&y=2")),
        (reference, SCHEMA + "archivedAt", ox.NamedNode("https://example.org/kept")),
        (reference, DCTERMS + "title", ox.Literal("One | Two", language="en")),
    )
    found = next(c for c in read(written(changed, *FOUND)) if c.name == "P1339")
    source = [(key, value.text) for key, value in found.references[0]]
    assert source[:2] == [("P854", "https://example.org/a?x=1&y=2"), ("P1065", "https://example.org/kept")]
    assert "One | Two" not in [text for _, text in source]
    # A day of retrieval goes along with an address, and with nothing else.
    assert "P813" in dict(source)


def test_a_name_that_cannot_be_written_is_left_out(site: Site) -> None:
    """Rather than changed."""
    thing = f"{CANONICAL_BASE}id/event/battle-of-hadrut"
    changed = extended(site, (thing, SKOS + "altLabel", ox.Literal("a|b", language="az")))
    assert "a|b" not in written(changed, BATTLE)


def test_two_exact_matches_are_none(site: Site) -> None:
    """They contradict each other."""
    polity = f"{CANONICAL_BASE}id/polity/azerbaijan"
    changed = extended(site, (polity, SKOS + "exactMatch", ox.NamedNode("http://www.wikidata.org/entity/Q1")))
    assert held_of(changed)[f"{CLAIM}azerbaijani-medical-worker-injured-per-azerbaijan"].reason


def test_equal_data_gives_equal_bytes(site: Site, dataset: Dataset) -> None:
    """In another store, filled in another order."""
    quads = list(dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    other = site_of(Dataset(merged_store(reversed(quads)), "0"))
    assert written(other, *FOUND) == written(site, *FOUND)
    for part in (exports.mixnmatch, exports.claims):
        assert list(part(other)) == list(part(site))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["Q42"], "names no thing"),
        (["battle-of-nowhere=Q42"], "names no thing"),
        (["place/../hadrut=Q42"], "names no thing"),
        (["battle-of-hadrut=42"], "gives no item"),
        (["battle-of-hadrut=Q0"], "gives no item"),
        (["battle-of-hadrut="], "gives no item"),
        ([""], "gives no item"),
        (["battle-of-hadrut=https://example.org/wiki/Q42"], "gives no item"),
        (["battle-of-hadrut=Q227"], "used here for another thing"),
        (["battle-of-hadrut=Q178561"], "used here for a class"),
        (["battle-of-hadrut=Q1860"], "used here for a language"),
        (["battle-of-hadrut=Q328"], "used here for a Wikipedia"),
        (["battle-of-hadrut=Q920182"], "used here for another thing"),
        (["equipment/t-72=Q920182"], "broad match, which is not the thing itself"),
        (["place/hadrut=Q77"], "recorded is Q157919"),
        ([BATTLE, "battle-of-hadrut=Q1002"], "is given two items"),
        ([BATTLE, "place/jabrayil=Q1001"], "one item cannot be both"),
        ([BATTLE] * 201, "at most"),
    ],
)
def test_an_item_that_cannot_be_used_is_refused(site: Site, given: list[str], words: str) -> None:
    """With the option and what is wrong with it."""
    with pytest.raises(InvalidItem, match=words):
        items_of(site, given)


def test_an_item_without_a_name_is_that_of_the_thing_asked_for(site: Site) -> None:
    """And may be written as one has it: in lower case, or as the address of its page."""
    thing = f"{CANONICAL_BASE}id/event/battle-of-hadrut"
    heads = ("Q", "q", " Q", "https://www.wikidata.org/wiki/Q", "http://www.wikidata.org/entity/Q")
    for given in (f"{head}77" for head in heads):
        assert read_given(site.dataset.store, site.dataset.base, [given], of=thing) == {thing: "Q77"}
    # What is published may be given again; a contradicted candidate may be given or replaced.
    for option in ("polity/azerbaijan=Q227", "place/khojavend-district=Q330813", "place/khojavend-district=Q77"):
        assert items_of(site, [option]).given


@pytest.mark.parametrize(
    ("earliest", "latest", "value", "bounds"),
    [
        ("2020-10-07", "2020-10-07", "+2020-10-07T00:00:00Z/11", 0),
        ("2020-10-01", "2020-10-31", "+2020-10-00T00:00:00Z/10", 0),
        ("2020-10-14", "2020-10-15", "+2020-10-00T00:00:00Z/10", 2),
        ("2020-09-27", "2020-11-10", "+2020-00-00T00:00:00Z/9", 2),
        ("2020-01-01", "2020-12-31", "+2020-00-00T00:00:00Z/9", 0),
        ("2020-02-01", "2020-02-29", "+2020-02-00T00:00:00Z/10", 0),
    ],
)
def test_a_date_is_as_precise_as_its_bounds(earliest: str, latest: str, value: str, bounds: int) -> None:
    """Day, month or year, with the bounds themselves where they say more."""
    span = values.span(earliest, latest)
    assert span is not None
    assert (span.value, len(span.bounds)) == (value, bounds)


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [("2020-12-31", "2021-01-01"), (None, "2020-10-07"), ("2020-10-07", None), ("2020-10-08", "2020-10-07"),
     ("1415-10-25", "1415-10-25"), ("-0490-09-12", "-0490-09-12"), ("October", "October")],
)  # fmt: skip
def test_a_date_that_no_precision_covers_is_not_written(earliest: str | None, latest: str | None) -> None:
    """Nor one whose calendar would have to be known."""
    assert values.span(earliest, latest) is None


@pytest.mark.parametrize("words", ["a\tb", "a\nb", "a|b", "“a”", "a /* b", "a */", '""a""', " ", "x" * 1501])
def test_a_string_that_one_version_would_change_is_not_written(words: str) -> None:
    """Columns and rows have no escape."""
    assert values.text(words) is None
    assert values.monolingual(words, "en") is None


def test_inner_quotation_marks_survive() -> None:
    """As both parsers take the widest string."""
    row = values.join(("Q1", "P1932", values.text('17 BM-21 "Grad" MLRS destroyed') or ""))
    assert {parse(row, dialect)[0].value.text for dialect in Dialect} == {'17 BM-21 "Grad" MLRS destroyed'}


def test_every_reason_is_explained_and_every_property_is_in_the_table(site: Site) -> None:
    """The lists are closed: nothing is exported by a property that the page does not show."""
    assert EXPLANATIONS.keys() == set(Reason)
    shown = {row.property for row in TABLE} | {"P31", "P4656"}
    commands = [c for c in read(written(site, *FOUND, with_names=True)) if c.what == "statement"]
    used = {c.name for c in commands} | {key for c in commands for key, _ in c.qualifiers}
    used |= {key for c in commands for reference in c.references for key, _ in reference}
    assert used <= shown
    assert not used & {"P1346", "P1013", "P3461", "P2960", "P3967", "P1683"}


PORTABLE = (
    "CREATE",
    'LAST\tLhy\t"Հադրութի ճակատամարտ"',
    'LAST\tSazwiki\t"Title"',
    'Q1\tP1120\t38\tP585\t+2020-10-00T00:00:00Z/10\tS854\t"https://example.org/a?x=1&y=2" /* why */',
    "Q1\tP1120\t38~2",
    "Q1\tP625\t@39.52/47.03",
    "Q1\tP3680\tsomevalue",
    'LAST\tP1120\t38\tS854\t"https://example.org/a"\t!S854\t"https://example.org/b"',
)
REFUSED = {
    "Q1\tP1120\t38[38,45]": "2",
    "Q1\tP1120\t38\tR+": "2",
    "Q1\t!P1120\t38": "3",
    "+Q1\tP1120\t38": "2",
    "/* only a comment */": "23",
    'Q1\tLen\t"x"\t/* comment behind a TAB */': "2",
    "Q1\tP1120\t1,200": "23",
    "Q1\tP1120\tabout 38": "23",
    "Q1\tP1120\t38\tP585": "23",
    "Q1\tP1120\t38\tX585\tQ2": "23",
    "Q1\tP1120": "23",
    "CREATE\tQ1": "23",
    "Berlin\tP1120\t38": "23",
    'Q1\tLen\t""': "23",
    'Q1\tP1\tQ2\tS854\t"https://example.org/a"\t!S854\t"https://example.org/b"': "2",
    "LAST\tP1\tQ2\tP3680\tsomevalue": "2",
    'Q1\tP1932\t"a|b"': "3",
}


@pytest.mark.parametrize("row", PORTABLE)
def test_the_grammar_takes_what_both_versions_take(row: str) -> None:
    """And reads it alike."""
    assert parse(row, Dialect.V2) == parse(row, Dialect.V3)


@pytest.mark.parametrize(("row", "by"), REFUSED.items())
def test_the_grammar_refuses_what_a_version_refuses_drops_or_changes(row: str, by: str) -> None:
    """By the versions that do."""
    for dialect in Dialect:
        if dialect.value in by:
            with pytest.raises(Refused):
                parse(row, dialect)
        else:
            assert len(parse(row, dialect)) == 1


def test_the_interpreter_merges_equal_values_of_one_item() -> None:
    """As both versions do; that is why the export keeps them apart."""
    text = "Q1\tP1120\t38\tP3680\tQ2\nQ1\tP1120\t38\tP3680\tQ3\n"
    (claim,) = apply(parse(text, Dialect.V2))["Q1"].claims
    assert [value.text for _, value in claim.qualifiers] == ["Q2", "Q3"]
    with pytest.raises(Refused, match="CREATE"):
        apply(parse("LAST\tP1120\t38", Dialect.V2))


def test_the_table_calls_properties_as_the_evidence_does(site: Site) -> None:
    """And the items of our classes are those of the alignments: nothing is from memory."""
    store, label = site.dataset.store, ox.NamedNode(BG + "entryLabel")
    checked = 0
    for row in TABLE:
        entry = ox.NamedNode(PREFIXES["wdt"] + row.property.replace("/", ""))
        for quad in store.quads_for_pattern(entry, label, None, ox.DefaultGraph()):
            assert isinstance(quad.object, ox.Literal)
            assert str(row.label) == quad.object.value
            checked += 1
    assert checked > 15
    for class_, item in CLASS_ITEMS.items():
        exact = ox.Quad(ox.NamedNode(class_), ox.NamedNode(SKOS + "exactMatch"), ox.NamedNode(PREFIXES["wd"] + item))
        assert exact in store
