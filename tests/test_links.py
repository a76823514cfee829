"""Links to Wikidata: checked against a Wikibase that answers like the real one, and proposed for what has none."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import wikibase
from hypothesis import given
from hypothesis import strategies as st
from wikibase import LAGGED, Canned, Json, Service, entity, error, statement

from graph.build import build
from graph.issues import Fault, InvalidSources
from graph.links.amendment import Change, amend
from graph.links.check import check, register_of, rows
from graph.links.client import USER_AGENT, Client, InvalidEndpoint, NoAnswer, Patience
from graph.links.entity import Entity, Missing, Position
from graph.links.holdings import CLOSE, EXACT, ITEM, Holdings, read_holdings
from graph.links.reconciliation import Query, Reconciliation
from graph.links.record import CONFIDENCE, EVIDENCE, RELATION, records
from graph.links.sighting import Sighting, same_but_for_the_day, types_last_seen
from graph.links.suggestion import suggest, wanting
from graph.links.update import plan
from graph.links.verdict import Verdict, distance
from graph.links.whole_files import write_whole
from graph.links.wikibase import Unanswered, Wikibase
from graph.namespaces import BG
from graph.paths import ROOT, SHARED
from graph.sources import Sources
from graph.turtle import parse_turtle

COMMAND = [sys.executable, "-c", "import sys; from server.cli import main; sys.argv[0] = 'battlegraph'; main()"]
DAY = date(2026, 12, 1)
HASTY = Patience(attempts=3, connect=2, silence=0.5, whole=0.6, size=1 << 20)
HADRUT = "https://w3id.org/battlegraph/id/link/hadrut-wikidata"


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a service of its own for a test."""
    with wikibase.running() as running:
        yield running


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Return the project's sources, the shared files being a copy that may be written to."""
    shutil.copytree(SHARED, tmp_path / "shared")
    return Sources(shared=tmp_path / "shared")


@pytest.fixture
def waits() -> list[float]:
    """Return the seconds that a client has waited between its attempts, without waiting."""
    return []


@pytest.fixture
def client(service: Service, waits: list[float]) -> Client:
    """Return a client of the service that loses patience soon."""
    return Client(service.address, HASTY, waits.append)


def as_recorded(holdings: Holdings) -> dict[str, Json]:
    """Return Wikibase's entities as our records have them."""
    found: dict[str, Json] = {}
    for record in records(holdings):
        claims: dict[str, Any] = {
            "P31": list(record.types),
            "P1566": sorted(record.geonames),
            "P625": [(place.position.latitude, place.position.longitude) for place in record.places],
        }
        names = {name.language or "": name.value for name in reversed(record.names)}
        found[record.entity] = entity(record.entity, names, **{p: v for p, v in claims.items() if v})
    return found


def verdict_of(verdicts: tuple[Verdict, ...], id_: str) -> Verdict:
    """Return the verdict on an entity that is linked once."""
    (found,) = (verdict for verdict in verdicts if verdict.record.entity == id_)
    return found


def statuses(verdict: Verdict) -> list[str]:
    """Return what was found, in words."""
    return [str(finding.status) for finding in verdict.findings]


# What is recorded


def test_every_link_and_alignment_is_checked(sources: Sources) -> None:
    """Each Wikidata identifier in the authored files is in a record, and its names are known."""
    holdings = read_holdings(sources)
    recorded = list(records(holdings))
    written = {
        triple.object.value.rpartition("/")[2]
        for file in holdings.files
        for triple in file.triples
        if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith("http://www.wikidata.org/")
    }
    assert {record.entity for record in recorded} == written
    assert [record.entity for record in recorded if not record.names] == []
    hadrut = next(record for record in recorded if record.entity == "Q157919")
    assert {name.value for name in hadrut.names} >= {"Hadrut", "Հադրութ"}
    assert hadrut.geonames == {"148105"}
    assert [place.position for place in hadrut.places] == [Position(39.52002, 47.0318)]


# Checking


def test_what_is_as_recorded_holds(sources: Sources, service: Service, client: Client) -> None:
    """Labels, types, identifiers and places agree; one request asks for up to fifty, and says who asks."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    verdicts = check(holdings, Wikibase(client))
    assert {status for verdict in verdicts for status in statuses(verdict)} == {"holds"}
    (asked,) = service.asked
    assert asked.headers["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("battlegraph/")
    assert asked.fields["maxlag"] == "5"


def test_a_renamed_a_redirected_and_a_deleted_item_are_found(
    sources: Sources, service: Service, client: Client
) -> None:
    """Each is told as what it is, with the new identifier or name."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q399"]["labels"]["en"]["value"] = "Land of Ararat"
    service.entities["Q500"] = {**service.entities.pop("Q157919"), "id": "Q500"}
    service.redirects["Q157919"] = "Q500"
    del service.entities["Q244165"]
    verdicts = check(holdings, Wikibase(client))
    assert statuses(verdict_of(verdicts, "Q399")) == ["renamed"]
    assert statuses(verdict_of(verdicts, "Q157919")) == ["redirected"]
    assert statuses(verdict_of(verdicts, "Q244165")) == ["missing"]
    told = {row[0]: row[4] for row in rows(verdicts) if row[3] != "holds"}
    assert told == {
        "Q399": "it is labelled “Land of Ararat” (en), recorded is “Armenia” (en)",
        "Q157919": "Q157919 now leads to Q500: write that if it is the same thing",
        "Q244165": "Q244165 was deleted, or never was",
    }
    assert [row[3] for row in rows(verdicts)[:4]].count("holds") == 1


@pytest.mark.parametrize(
    ("change", "status", "detail"),
    [
        ({"P1566": ["99"]}, "contradicted", "its GeoNames ID is 99, recorded is 148105"),
        ({"P625": [(40.4, 49.9)]}, "contradicted", "it lies at 40.4, 49.9, 263 km from where is recorded"),
        ({"P625": [(39.6, 47.0)]}, "holds", ""),
        ({"P1566": [None], "P625": [None]}, "holds", ""),
        ({"P1566": ["99", "148105"]}, "holds", ""),
        ({"P1566": []}, "holds", ""),
    ],
)
def test_identifiers_and_places_are_compared(
    change: dict[str, list[object]], status: str, detail: str, *, sources: Sources, service: Service, client: Client
) -> None:
    """Another GeoNames ID or a place far off contradicts; what the Wikibase does not say does not."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    for property_, values in change.items():
        service.entities["Q157919"]["claims"][property_] = [statement(property_, value) for value in values]
    (finding,) = verdict_of(check(holdings, Wikibase(client)), "Q157919").findings
    assert finding.status == status
    assert not detail or finding.detail == detail


def test_deprecated_statements_say_nothing(sources: Sources, service: Service, client: Client) -> None:
    """A Wikibase keeps what is known to be wrong, marked as such."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q157919"]["claims"]["P1566"].append(statement("P1566", "99", "deprecated"))
    service.entities["Q157919"]["claims"]["P1566"][0]["rank"] = "deprecated"
    verdict = verdict_of(check(holdings, Wikibase(client)), "Q157919")
    assert isinstance(verdict.answer, Entity)
    assert verdict.answer.geonames == ()


def test_a_name_among_the_aliases_is_no_other_name(sources: Sources, service: Service, client: Client) -> None:
    """Labels move between the two, in any case of letters."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q399"] = entity("Q399", {"en": "Republic of Armenia"}, aliases={"en": ["ARMENIA"]})
    assert statuses(verdict_of(check(holdings, Wikibase(client)), "Q399")) == ["holds"]


WAR = """
<https://w3id.org/battlegraph/id/link/war-wikidata> a bg:CrossLink ;
    rdf:subject <https://w3id.org/battlegraph/id/event/second-nagorno-karabakh-war> ;
    rdf:predicate skos:exactMatch ;
    rdf:object wd:Q777 ;
    bg:evidence "Made up for a test."@en ;
    bg:confidence bg:Corroborated ;
    dcterms:date "2026-11-23"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("types", "found"),
    [
        (["Q198"], ["holds"]),
        (["Q801"], ["holds"]),
        (["Q901"], ["contradicted"]),
        ([], ["contradicted"]),
    ],
    ids=["the class", "two below it", "another", "none"],
)
def test_the_type_is_the_one_that_our_class_is_aligned_with(
    types: list[str], found: list[str], sources: Sources, service: Service, client: Client
) -> None:
    """Or one below it, as far as the Wikibase's subclasses lead; they may go in a circle."""
    file = sources.shared / "crosslinks.ttl"
    file.write_text(file.read_text("utf-8") + WAR, "utf-8")
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    name = "Second Nagorno-Karabakh War"
    service.entities["Q777"] = entity("Q777", {"en": name}, P31=types)
    service.entities["Q801"] = entity("Q801", {"en": "x"}, P279=["Q802", "Q803"])
    service.entities["Q802"] = entity("Q802", {"en": "x"}, P279=["Q198"])
    service.entities["Q901"] = entity("Q901", {"en": "x"}, P279=["Q901", "Q902"])
    service.entities["Q902"] = entity("Q902", {"en": "x"}, P279=["Q901"])
    assert statuses(verdict_of(check(holdings, Wikibase(client)), "Q777")) == found


def test_many_are_asked_for_in_batches_of_fifty(service: Service, client: Client) -> None:
    """The API allows no more."""
    ids = [f"Q{number}" for number in range(1, 122)]
    service.entities = {id_: entity(id_, {"en": id_}) for id_ in ids}
    answers = Wikibase(client).entities(ids)
    assert {id_ for id_, answer in answers.items() if isinstance(answer, Entity)} == set(ids)
    assert [len(asked.fields["ids"].split("|")) for asked in service.asked] == [50, 50, 21]


def test_no_password_becomes_evidence() -> None:
    """A register is its host."""
    assert register_of(Wikibase(Client("https://me:secret@wiki.example:8443/api.php"))) == "wiki.example:8443"


def test_distance() -> None:
    """Along the earth: a degree of latitude is 111 km."""
    assert distance(Position(39, 47), Position(40, 47)) == pytest.approx(111.2, abs=0.1)
    assert distance(Position(0, 179.5), Position(0, -179.5)) == pytest.approx(111.2, abs=0.1)


# A service in trouble, or one that lies


BUSY = {
    "a lagging replica": (LAGGED, [5.0]),
    "too many requests": (Canned(status=429, headers={"Retry-After": "7"}), [7.0]),
    "an overload without a time": (Canned(status=503), [1.0]),
    "a wait without end": (Canned(status=503, headers={"Retry-After": "86400"}), [60.0]),
    "a time that is none": (Canned(status=503, headers={"Retry-After": "soon"}), [1.0]),
}


@pytest.mark.parametrize(("canned", "waited"), BUSY.values(), ids=BUSY)
def test_a_busy_service_is_asked_again_when_it_says(
    canned: Canned, waited: list[float], service: Service, client: Client, waits: list[float]
) -> None:
    """After the seconds it names, within bounds, or after ours."""
    service.entities = {"Q1": entity("Q1", {"en": "x"})}
    service.canned = [canned]
    assert isinstance(Wikibase(client).entities(["Q1"])["Q1"], Entity)
    assert waits == waited


def test_patience_ends(service: Service, client: Client, waits: list[float]) -> None:
    """After the last attempt the service is left alone, the other batches included."""
    service.always = LAGGED
    answers = Wikibase(client).entities([f"Q{number}" for number in range(1, 102)])
    (reason,) = {answer.reason for answer in answers.values() if isinstance(answer, Unanswered)}
    assert reason == "it refuses: maxlag, Waiting for 10.0.0.1: 6.2 seconds lagged. (after 3 attempts)"
    assert len(answers) == 101
    assert len(service.asked) == 3
    assert waits == [5.0, 5.0]


def json_of(value: object) -> Canned:
    """Return an answer with this JSON."""
    return Canned(json.dumps(value).encode())


Q1 = entity("Q1", {"en": "x"})
LIES = {
    "HTML": (Canned(b"<!doctype html><title>502</title>", content_type="text/html"), "no JSON; it begins '<!doctype"),
    "half an answer": (Canned(b'{"entities": {"Q1'), "no JSON"),
    "nothing": (Canned(b""), "no JSON"),
    "nesting without end": (Canned(b"[" * 200_000), "no JSON"),
    "bytes that are no text": (Canned(b"\xff\xfe\x00"), "no JSON"),
    "a list": (json_of([1]), "the answer is an array, not an object"),
    "no entities": (json_of({"success": 1}), "entities is null, not an object"),
    "other ids": (json_of({"entities": {"Q2": Q1}}), "it was not asked about Q2, and answers about it"),
    "none of them": (json_of({"entities": {}}), "does not answer"),
    "an entity that is a number": (json_of({"entities": {"Q1": 7}}), "Q1 is a number, not an object"),
    "another entity": (json_of({"entities": {"Q1": {**Q1, "id": "Q2"}}}), "no redirect leads there"),
    "an id that is none": (json_of({"entities": {"Q1": {**Q1, "id": "Q1|Q2"}}}), "not an identifier"),
    "labels that are a string": (json_of({"entities": {"Q1": {**Q1, "labels": "x"}}}), "Q1.labels is a string"),
    "a label that is a number": (json_of({"entities": {"Q1": {**Q1, "labels": {"en": {"value": 1}}}}}), "labels.en"),
    "claims that are null": (json_of({"entities": {"Q1": {**Q1, "claims": None}}}), "Q1.claims is null"),
    "a point that is none": (
        json_of({"entities": {"Q1": entity("Q1", {}, P625=[(True, 1)])}}),
        "Q1.P625.latitude is a truth value, not a number",
    ),
    "a number beyond all": (
        Canned(
            json.dumps({"entities": {"Q1": entity("Q1", {}, P625=[(1, 2)])}}).replace(" 1,", f" {'9' * 400},").encode()
        ),
        "latitude is a number",
    ),
    "a type that is no item": (
        json_of({"entities": {"Q1": {**Q1, "claims": {"P31": [statement("P31", "x")]}}}}),
        "Q1.P31 is a string",
    ),
    "a refusal": (json_of(error("badvalue", "No.")), "it refuses: badvalue, No."),
    "a refusal that is none": (json_of({"error": "no"}), "error is a string, not an object"),
    "not found": (Canned(status=404), "status 404"),
    "a move": (Canned(status=301, headers={"Location": "https://elsewhere.example/"}), "moved to https://elsewhere"),
    "an answer without end": (Canned(endless=True), "longer than 1,048,576 bytes"),
    "an answer that drips": (Canned(endless=True, pause=0.1), "longer than 0.6 seconds"),
    "silence": (Canned(b"{", headers={"Content-Length": "9"}, pause=1, endless=True), "it was silent too long"),
    "a packed lie": (Canned(b"no gzip", headers={"Content-Encoding": "gzip"}), "cannot be reached"),
    "a bomb": (
        Canned(gzip.compress(b" " * (8 << 20)), headers={"Content-Encoding": "gzip"}),
        "longer than 1,048,576 bytes",
    ),
}


@pytest.mark.parametrize(("canned", "reason"), LIES.values(), ids=LIES)
def test_a_service_that_lies_or_dawdles_is_told_of(
    canned: Canned, reason: str, service: Service, client: Client
) -> None:
    """Never a traceback, never a guess: the entity is not checked, and the row says why."""
    service.always = canned
    answer = Wikibase(client).entities(["Q1"])["Q1"]
    assert isinstance(answer, Unanswered)
    assert reason in answer.reason


def test_one_bad_entity_spoils_no_other(sources: Sources, service: Service, client: Client) -> None:
    """It is the only one not checked."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q399"]["claims"] = "none"
    verdicts = check(holdings, Wikibase(client))
    assert [v.record.entity for v in verdicts if not v.holds] == ["Q399"]
    assert statuses(verdict_of(verdicts, "Q399")) == ["not checked"]


def test_nobody_at_the_address(waits: list[float]) -> None:
    """After some attempts, the reason is told in words."""
    with pytest.raises(NoAnswer, match=r"it cannot be reached \(Connection refused\) \(after 3 attempts\)"):
        Client("http://127.0.0.1:9/", HASTY, waits.append).ask("GET", {})
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "nope",
        "ftp://x/",
        "http://",
        "http://[::1",
        "http://x:99999/",
        "http://x/?a=b",
        "http://x/#a",
        "http://a b/",
    ],
)
def test_an_endpoint_that_nobody_can_ask(endpoint: str) -> None:
    """It is refused before anything is asked."""
    with pytest.raises(InvalidEndpoint, match="is no endpoint"):
        Client(endpoint)


def test_control_characters_reach_no_terminal(service: Service, client: Client) -> None:
    """A label is one line of printable text."""
    service.entities = {"Q1": entity("Q1", {"en": "a\x1b[31m\tb\n" + "c" * 300})}
    answer = Wikibase(client).entities(["Q1"])["Q1"]
    assert isinstance(answer, Entity)
    assert answer.labels["en"].startswith("a [31m b ccc")
    assert len(answer.labels["en"]) == 251


# Writing back


def updated(sources: Sources, client: Client, day: date = DAY) -> Holdings:
    """Check, write what was seen, and return what the files then hold."""
    holdings = read_holdings(sources)
    wiki = Wikibase(client)
    plan(check(holdings, wiki), holdings, register_of(wiki), day).write()
    return read_holdings(sources)


def comments(text: str) -> list[str]:
    """Return the comments of a Turtle file."""
    return [line for line in text.splitlines() if line.startswith("#")]


def test_what_was_seen_becomes_evidence(sources: Sources, service: Service, client: Client) -> None:
    """With the day; comments and all else stay, the formatter and the shapes have nothing to say."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    file = sources.shared / "crosslinks.ttl"
    before = file.read_text("utf-8")
    after = updated(sources, client)
    text = file.read_text("utf-8")
    host = register_of(Wikibase(client))
    seen = "Q157919 is there; GeoNames 148105; at 39.52, 47.032; labelled “Hadrut” (en), “Հադրութ” (hy)."
    assert [literal.value for literal in after.literals(HADRUT, EVIDENCE)][1:] == [f"{host}, 2026-12-01: {seen}"]
    assert comments(text) == comments(before)
    changed = [line for line in text.splitlines() if line not in before.splitlines()]
    assert {line.split()[0] for line in changed} == {"bg:evidence", "dcterms:date"}
    assert len(text.splitlines()) == len(before.splitlines())
    turtlefmt = Path(sys.executable).with_name("turtlefmt")
    subprocess.run([turtlefmt, "--check", file], check=True)
    assert not [result for result in build(sources).results if result.severity == "Violation"]


def test_seeing_the_same_again_adds_no_evidence(sources: Sources, service: Service, client: Client) -> None:
    """Only the day moves on; seeing something else is one more piece."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    updated(sources, client)
    after = updated(sources, client, date(2027, 1, 2))
    found = [literal.value for literal in after.literals(HADRUT, EVIDENCE)]
    assert len(found) == 2
    assert "2027-01-02" in found[1]
    service.entities["Q157919"]["claims"]["P31"] = [statement("P31", "Q515")]
    assert len(updated(sources, client).literals(HADRUT, EVIDENCE)) == 3


def test_a_type_that_was_seen_and_is_gone_is_told(sources: Sources, service: Service, client: Client) -> None:
    """The evidence of the last check is what the next compares with."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q157919"]["claims"]["P31"] = [statement("P31", "Q515"), statement("P31", "Q486972")]
    after = updated(sources, client)
    service.entities["Q157919"]["claims"]["P31"] = [statement("P31", "Q486972")]
    assert statuses(verdict_of(check(after, Wikibase(client)), "Q157919")) == ["holds"]
    service.entities["Q157919"]["claims"]["P31"] = [statement("P31", "Q5")]
    (finding,) = verdict_of(check(after, Wikibase(client)), "Q157919").findings
    assert str(finding.status) == "type changed"
    assert finding.detail == "it is an instance of Q5, last seen as one of Q486972, Q515"


def test_what_is_contradicted_is_lowered(sources: Sources, service: Service, client: Client) -> None:
    """To a close match and `bg:Contradicted`, with what speaks against it; the data stays valid."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    service.entities["Q157919"]["claims"]["P1566"] = [statement("P1566", "99")]
    after = updated(sources, client)
    assert after.iris(HADRUT, CONFIDENCE) == [BG + "Contradicted"]
    assert after.iris(HADRUT, RELATION) == [CLOSE]
    evidence = after.literals(HADRUT, EVIDENCE)[1].value
    assert evidence.endswith("Against what is recorded: its GeoNames ID is 99, recorded is 148105.")
    assert not [result for result in build(sources).results if result.severity == "Violation"]


def test_what_is_gone_is_held_back(sources: Sources, service: Service, client: Client) -> None:
    """A link to nothing is not published; a redirect is told, and not followed; no confidence is raised."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    del service.entities["Q399"]
    service.entities["Q500"] = {**service.entities.pop("Q157919"), "id": "Q500"}
    service.redirects["Q157919"] = "Q500"
    after = updated(sources, client)
    link = "https://w3id.org/battlegraph/id/link/"
    assert after.iris(link + "armenia-wikidata", CONFIDENCE) == [BG + "Unconfirmed"]
    assert after.iris(HADRUT, CONFIDENCE) == [BG + "Corroborated"]
    assert after.iris(HADRUT, RELATION) == [EXACT]
    assert after.iris(HADRUT, "http://www.w3.org/1999/02/22-rdf-syntax-ns#object") == [ITEM + "Q157919"]
    assert "Q157919 redirects to Q500;" in after.literals(HADRUT, EVIDENCE)[1].value
    assert after.iris(link + "uav-wikidata", CONFIDENCE) == [BG + "Unconfirmed"]


def test_without_an_answer_nothing_is_written(sources: Sources, service: Service, client: Client) -> None:
    """Not even the day."""
    service.always = Canned(status=404)
    before = {file: file.read_bytes() for file in sources.shared.iterdir()}
    updated(sources, client)
    assert {file: file.read_bytes() for file in sources.shared.iterdir()} == before


def test_a_file_changed_meanwhile_is_left_alone(sources: Sources, service: Service, client: Client) -> None:
    """Somebody's work is worth more than a check's."""
    holdings = read_holdings(sources)
    service.entities = as_recorded(holdings)
    wiki = Wikibase(client)
    planned = plan(check(holdings, wiki), holdings, register_of(wiki), DAY)
    file = sources.shared / "crosslinks.ttl"
    file.write_text(file.read_text("utf-8") + "# Mine.\n", "utf-8")
    mine = file.read_bytes()
    with pytest.raises(Fault, match=r"crosslinks\.ttl was changed while it was checked; nothing was written"):
        planned.write()
    assert file.read_bytes() == mine
    assert not list(sources.shared.glob(".*"))


ODD = """@prefix : <urn:x:> .
# A comment with :a :p "1" ; in it.
:a :q [ :p "in brackets" ; :r ( 1 2 ) ] ;  # and here
  :p "1" , # between
     "a \\"quoted\\" # no comment; ." , '''long
one.''' ; a :T ; .
:b :p 1.5 , true , <urn:x:c> , "x"^^:d . :c :p :a .
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Change("urn:x:a", "urn:x:p", ox.Literal("2"), ox.Literal("1")), ':p "1" , # between', ':p "2" , # between'),
        (Change("urn:x:a", "urn:x:p", ox.Literal("é\n", language="en")), "one.''' ;", "one.''' , \"é\\n\"@en ;"),
        (Change("urn:x:b", "urn:x:p", ox.NamedNode("urn:x:e"), ox.NamedNode("urn:x:c")), "<urn:x:c>", ":e"),
        (Change("urn:x:c", "urn:x:p", ox.NamedNode("urn:y"), ox.NamedNode("urn:x:a")), ":c :p :a .", ":c :p <urn:y> ."),
    ],
)
def test_only_what_changes_is_touched(change: Change, old: str, new: str) -> None:
    """Whatever way the author has of writing Turtle."""
    file = parse_turtle(Path("odd.ttl"), ODD)
    assert amend(file, [change]) == ODD.replace(old, new)


def test_what_cannot_be_changed_in_place_is_left() -> None:
    """A message names the place; nothing is guessed."""
    file = parse_turtle(Path("odd.ttl"), ODD)
    for change in (
        Change("urn:x:a", "urn:x:p", ox.Literal("2"), ox.Literal("not there")),
        Change("urn:x:z", "urn:x:p", ox.Literal("2")),
    ):
        with pytest.raises(InvalidSources, match=r"odd\.ttl.*: this cannot be changed in place(.|\n)*by hand"):
            amend(file, [change])


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where one of several cannot be written, none is."""
    kept = tmp_path / "kept"
    kept.write_text("old")
    with pytest.raises(Fault, match="No such file or directory; nothing was written"):
        write_whole({kept: "new", tmp_path / "nowhere" / "x": "new"})
    assert kept.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]
    kept.chmod(0o640)
    write_whole({kept: "new"})
    assert kept.read_text() == "new"
    assert kept.stat().st_mode & 0o777 == 0o640


IDS = st.integers(1, 10**9).map(lambda number: f"Q{number}")
SEEN = st.one_of(
    st.just(Missing()),
    st.builds(
        Entity,
        IDS,
        st.dictionaries(st.sampled_from(["en", "az", "hy"]), st.text()),
        st.just({}),
        st.lists(IDS).map(tuple),
        geonames=st.lists(st.text("0123456789", min_size=1)).map(tuple),
    ),
)


@given(IDS, SEEN, st.dates(min_value=date(2000, 1, 1)), st.dates(min_value=date(2000, 1, 1)))
def test_a_sighting_can_be_read_back(asked: str, answer: Entity | Missing, day: date, another: date) -> None:
    """Its types, whatever others' labels say, and that it is the same on another day."""
    answer = (
        answer
        if isinstance(answer, Missing)
        else replace(answer, labels={language: " ".join(label.split()) for language, label in answer.labels.items()})
    )
    sighting = Sighting("w.example", day, asked, answer)
    seen = types_last_seen([str(sighting), "Something else."], "w.example")
    assert seen == frozenset(() if isinstance(answer, Missing) else answer.types)
    assert types_last_seen([str(sighting)], "other.example") is None
    assert same_but_for_the_day(str(sighting), replace(sighting, day=another))
    assert not same_but_for_the_day(str(sighting), replace(sighting, asked=asked + "0"))


# Proposing


def test_candidates_are_proposed_for_what_has_no_item(sources: Sources, service: Service, client: Client) -> None:
    """With the type that our class is aligned with; never for persons, nor for what is linked without doubt."""
    service.proposals = {
        "Battle of Hadrut": [
            {"id": "Q2", "name": "Hadrut", "score": 40, "match": False, "type": [{"id": "Q515", "name": "city"}]},
            {"id": "Q1", "name": "Battle of Hadrut", "score": 100, "match": True, "type": []},
        ]
    }
    things, left_out = wanting(read_holdings(sources))
    asked = {one.name: one for one in things}
    assert asked["Battle of Hadrut"].type == "Q178561"
    assert asked["Second Nagorno-Karabakh War"].type == "Q198"
    assert asked["Jabrayil"].recorded == ("Q2394006",)
    assert {"Hadrut Province", "T-72", "Al Jazeera"} <= asked.keys()
    left = {"Hadrut", "Armenia", "Vahagn Asatryan", "A valley north of the town", "serviceman"}
    assert not left & asked.keys()
    assert left_out["persons, whom a name alone must not tie to an item"] == 3
    suggestions = suggest(things, Reconciliation(client))
    (battle,) = (one for one in suggestions if one.wanting.name == "Battle of Hadrut")
    assert [(candidate.id, candidate.match) for candidate in battle.candidates] == [("Q1", True), ("Q2", False)]
    assert all(not one.candidates for one in suggestions if one is not battle)
    assert {request.method for request in service.asked} == {"POST"}
    assert max(len(json.loads(request.fields["queries"])) for request in service.asked) == 10


RECONCILED = {
    "HTML": (Canned(b"<html>"), "no JSON"),
    "a list": (json_of([1]), "the answer is an array"),
    "other queries": (json_of({"q7": {"result": []}}), "it has none of the queries"),
    "no result": (json_of({"q0": {}}), "q0.result is null"),
    "a score that is a string": (
        json_of({"q0": {"result": [{"id": "Q1", "name": "x", "score": "1"}]}}),
        "score is a string",
    ),
    "an error": (json_of({"status": "error", "message": "no"}), "it has none of the queries"),
}


@pytest.mark.parametrize(("canned", "reason"), RECONCILED.values(), ids=RECONCILED)
def test_a_reconciliation_service_that_lies_is_told_of(
    canned: Canned, reason: str, service: Service, client: Client
) -> None:
    """Each thing has the reason in the place of candidates."""
    service.always = canned
    (answer,) = Reconciliation(client).candidates([Query("x")])
    assert isinstance(answer, str)
    assert reason in answer


# The commands, as a user meets them


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return `battlegraph links` in a checkout of its own."""
    root = tmp_path / "battlegraph"
    ignored = shutil.ignore_patterns("dataset", "__pycache__", "static", "outlines")
    for name in ("graph", "server", "ontology", "shapes"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, "links", *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return run


def test_the_check_tells_and_updates(
    run: Callable[..., subprocess.CompletedProcess[str]], sources: Sources, service: Service, tmp_path: Path
) -> None:
    """0 where all holds; 1 where something does not, and says what was changed; the report is a file on request."""
    crosslinks = tmp_path / "battlegraph" / "graph" / "shared" / "crosslinks.ttl"
    before = crosslinks.read_text("utf-8")
    service.entities = as_recorded(read_holdings(sources))
    done = run("check", "--endpoint", service.address)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "entity\tthing\trelation\tfound\tdetail\tplace"
    assert {line.count("\t") for line in lines} == {5}
    assert done.stderr == f"holds: {len(lines) - 1}\n"
    assert crosslinks.read_text("utf-8") == before
    service.entities["Q157919"]["claims"]["P1566"] = [statement("P1566", "99")]
    report = tmp_path / "report.tsv"
    done = run("check", "--endpoint", service.address, "--update", "--report", str(report))
    assert done.returncode == 1
    assert done.stdout == ""
    first = report.read_text("utf-8").splitlines()[1].split("\t")
    line = before.splitlines().index("link:hadrut-wikidata a bg:CrossLink ;") + 1
    assert first[:4] == ["Q157919", "place/hadrut", "exactMatch", "contradicted"]
    assert first[5] == f"graph/shared/crosslinks.ttl:{line}"
    assert f"<{HADRUT}>: lowered from Corroborated to Contradicted and exactMatch to closeMatch\n" in done.stderr
    assert "graph/shared/crosslinks.ttl was updated\n" in done.stderr
    assert crosslinks.read_text("utf-8") != before


def test_the_check_survives_a_lying_service(
    run: Callable[..., subprocess.CompletedProcess[str]], service: Service, tmp_path: Path
) -> None:
    """Rows say why nothing was checked; with --update nothing changes."""
    crosslinks = tmp_path / "battlegraph" / "graph" / "shared" / "crosslinks.ttl"
    before = crosslinks.read_bytes()
    service.always = Canned(b"<html>")
    done = run("check", "--endpoint", service.address, "--update")
    assert done.returncode == 1
    assert "\tnot checked\tits answer is no JSON; it begins '<html>'\t" in done.stdout
    assert crosslinks.read_bytes() == before


def test_a_report_that_cannot_be_written(
    run: Callable[..., subprocess.CompletedProcess[str]], service: Service
) -> None:
    """One message; nothing else is written either."""
    service.always = Canned(b"{}")
    done = run("check", "--endpoint", service.address, "--report", "nowhere/report.tsv")
    assert done.returncode == 1
    assert done.stderr == "battlegraph: nowhere/report.tsv: No such file or directory; nothing was written\n"


@pytest.mark.parametrize("command", ["check", "suggest"])
def test_a_wrong_endpoint_is_the_callers_fault(
    command: str, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Exit code 2, before anything is read."""
    done = run(command, "--endpoint", "nowhere")
    assert done.returncode == 2
    assert "'nowhere' is no endpoint" in done.stderr


def test_suggest_prints_a_table(run: Callable[..., subprocess.CompletedProcess[str]], service: Service) -> None:
    """A row for each candidate; nothing is written into the data."""
    service.proposals = {"T-72": [{"id": "Q9", "name": "T-72", "score": 99.5, "match": True}]}
    done = run("suggest", "--endpoint", service.address)
    assert done.returncode == 0, done.stderr
    assert "equipment/t-72\tT-72\t\t\tQ9\tT-72\t99.5\tyes\t\t\n" in done.stdout
    assert "not asked about: 3 persons, whom a name alone must not tie to an item\n" in done.stderr
    service.always = Canned(status=404)
    done = run("suggest", "--endpoint", service.address)
    assert done.returncode == 1
    assert done.stderr.endswith(f"battlegraph: {service.address}: it answered with status 404\n")
