"""What a release says of itself: the same facts in every form, and each form as its specification has it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pyshacl
import pytest
import releasing
import specimen
import yaml
from crate_validation import find_faults
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rocrate.rocrate import ROCrate
from two_releases import FIRST, SECOND, Released

from graph.build import Built
from graph.description import Build, describe
from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import BG, DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, SD, SPDX, VOID
from graph.partition import named_graph
from graph.paths import ROOT, SHAPES
from graph.store import open_dataset
from graph.survey import survey_of
from server.app import create_app
from server.config import Config
from server.description.catalogue import describe_all
from server.description.citation import cite
from server.description.crate import describe_crate
from server.description.datacite import describe_for_datacite
from server.description.licences import OF_VOCABULARY, VOCABULARY_GRAPHS
from server.description.parts import write_crate, write_descriptions
from server.description.publication import Agent, Publication
from server.description.reading import read_publication
from server.description.release import describe_release
from server.description.schema_org import describe_dataset
from server.http.formats import RDF_FORMATS
from server.memento.archive import Archive
from server.releases.known_file import AlteredFile
from server.releases.part import Content
from server.releases.record import Record
from server.releases.release import Release, ReleaseFile, list_releases
from server.site import Site

FORMS = ("description.ttl", "description.jsonld", "schema-org.jsonld", "datacite.json", "CITATION.cff", "crate")
CFF_KEYS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip
"""All that the Citation File Format 1.2.0 allows at its top (schema guide, "Valid keys")."""
RECORD = Record("1.2.3", "2026-11-24", specimen.BASE, "0.1.0", "0.1.0", "0" * 64, "1" * 64, 7, 6, "1.2.2")
HOSTILE = (
    "quotes \" and ' and \\",
    "</script><!--",
    "a\nb\tc\r\nd",
    "\x01\x07\x1b\x7f\x85\x9f",
    "\u2028\u2029\ufeff\ufffe",
    "{: - # & * ! | > % @ `",
    "null",
    "Հադրութ \U0001f54a",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What every form has to agree on; None or empty: this form has no place for it."""

    title: str
    version: str
    modified: str
    license: str
    creators: tuple[str, ...]
    address: str
    description: str
    keywords: tuple[str, ...] = ()
    files: tuple[ReleaseFile, ...] = ()


@pytest.fixture(scope="module")
def two(both: Released) -> Released:
    """Return two versions, released one after the other."""
    return both


def fake(*names: str) -> Release:
    """Return a release that is not on the disk."""
    return Release(Path("/nowhere"), RECORD, tuple(ReleaseFile(name, 3, "a" * 64) for name in sorted(names)))


def read(form: str, release: Release) -> Facts:
    """Return what one form says of a release."""
    if form.startswith("description"):
        return read_rdf(release, ox.RdfFormat.TURTLE if form.endswith("ttl") else ox.RdfFormat.JSON_LD)
    content = (release.folder / ("ro-crate-metadata.json" if form == "crate" else form)).read_text()
    if form == "CITATION.cff":
        return read_citation(yaml.safe_load(content))
    data = json.loads(content)
    return {"schema-org.jsonld": read_schema_org, "datacite.json": read_datacite, "crate": read_crate}[form](data)


def read_rdf(release: Release, written: ox.RdfFormat) -> Facts:
    """Return what the description in RDF says."""
    name = "description.ttl" if written == ox.RdfFormat.TURTLE else "description.jsonld"
    store = ox.Store()
    store.load(path=release.folder / name, format=written)
    node = ox.NamedNode(release.iri)

    def all_of(subject: ox.NamedNode, iri: str) -> list[str]:
        return sorted(q.object.value for q in store.quads_for_pattern(subject, ox.NamedNode(iri), None))  # type: ignore[union-attr]

    def one(subject: ox.NamedNode, iri: str) -> str:
        (value,) = all_of(subject, iri)
        return value

    files = []
    wholes = [node, *map(ox.NamedNode, all_of(node, VOID + "subset"))]
    for part in (ox.NamedNode(iri) for whole in wholes for iri in all_of(whole, DCAT + "distribution")):
        checksum = ox.NamedNode(one(part, SPDX + "checksum"))
        path = one(part, DCAT + "downloadURL").removeprefix(release.iri)
        files.append(ReleaseFile(path, int(one(part, DCAT + "byteSize")), one(checksum, SPDX + "checksumValue")))
    title, version = one(node, DCTERMS + "title").split(", version ")
    assert version == one(node, DCAT + "version")
    names = [one(ox.NamedNode(agent), "http://xmlns.com/foaf/0.1/name") for agent in all_of(node, DCTERMS + "creator")]
    return Facts(
        title=title,
        version=version,
        modified=one(node, DCTERMS + "modified"),
        license=one(node, DCTERMS + "license"),
        creators=tuple(names),
        address=one(node, DCAT + "landingPage"),
        description=one(node, DCTERMS + "description"),
        keywords=tuple(all_of(node, DCAT + "keyword")),
        files=tuple(sorted(files, key=lambda file: file.name)),
    )


def read_schema_org(data: dict[str, Any]) -> Facts:
    """Return what schema-org.jsonld says."""
    files = tuple(
        ReleaseFile(
            file["contentUrl"].removeprefix(data["identifier"]),
            int(file["contentSize"].removesuffix(" B")),
            file["sha256"],
        )
        for file in data["distribution"]
    )
    return Facts(
        title=data["name"],
        version=data["version"],
        modified=data["dateModified"],
        license=data["license"],
        creators=(data["creator"]["name"],),
        address=data["identifier"],
        description=data["description"],
        keywords=tuple(data["keywords"]),
        files=tuple(sorted(files, key=lambda file: file.name)),
    )


def read_datacite(data: dict[str, Any]) -> Facts:
    """Return what datacite.json says."""
    (licence,) = data["rightsList"]
    return Facts(
        title=data["titles"][0]["title"],
        version=data["version"],
        modified=next(date["date"] for date in data["dates"] if date["dateType"] == "Updated"),
        license=licence["rightsUri"],
        creators=tuple(creator["name"] for creator in data["creators"]),
        address=data["url"],
        description=next(x["description"] for x in data["descriptions"] if x["descriptionType"] == "Abstract"),
        keywords=tuple(subject["subject"] for subject in data["subjects"]),
    )


def read_citation(data: dict[str, Any]) -> Facts:
    """Return what CITATION.cff says."""
    assert data["license"] == "CC-BY-SA-4.0"
    return Facts(
        title=data["title"],
        version=data["version"],
        modified=data["date-released"],
        license="https://creativecommons.org/licenses/by-sa/4.0/",
        creators=tuple(author["name"] for author in data["authors"]),
        address=data["identifiers"][0]["value"],
        description=data["abstract"],
        keywords=tuple(data["keywords"]),
    )


def read_crate(data: dict[str, Any]) -> Facts:
    """Return what the crate says."""
    nodes = {node["@id"]: node for node in data["@graph"]}
    root = nodes["./"]
    title, version = root["name"].split(", version ")
    assert version == root["version"]
    return Facts(
        title=title,
        version=root["version"],
        modified=root["dateModified"],
        license=root["license"]["@id"],
        creators=(nodes[root["author"]["@id"]]["name"],),
        address=nodes[root["identifier"]["@id"]]["value"],
        description=root["description"].partition(" Copied from the mirror ")[0],
        keywords=tuple(root["keywords"].split(", ")),
        files=tuple(
            ReleaseFile(part["@id"], int(nodes[part["@id"]]["contentSize"]), nodes[part["@id"]]["sha256"])
            for part in root["hasPart"]
        ),
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str, released: Release, built: Built) -> None:
    """What dataset.ttl says, and of each file the size and the checksum that it has on the disk."""
    facts = read(form, released)
    expected = read("description.ttl", released)
    for field in fields(Facts):
        if field.name != "files" and getattr(facts, field.name):
            assert getattr(facts, field.name) == getattr(expected, field.name), field.name
    assert facts.version == released.version == built.manifest.version
    assert facts.modified == built.manifest.modified
    assert facts.address == released.iri
    for file in facts.files:
        content = (released.folder / file.name).read_bytes()
        assert file == ReleaseFile(file.name, len(content), hashlib.sha256(content).hexdigest())
    assert bool(facts.files) is (form not in ("datacite.json", "CITATION.cff"))


def test_the_citation_of_the_repository_is_that_of_the_release(released: Release) -> None:
    """Where they differ, copy the release's file: what is said of the dataset is written in dataset.ttl alone."""
    assert (ROOT / "CITATION.cff").read_text() == (released.folder / "CITATION.cff").read_text()


def test_every_dump_table_and_graph_is_a_distribution(released: Release) -> None:
    """And nothing that goes with the data is; the bag, which holds the description, cannot be described in it."""
    described = {file.name for file in read("description.ttl", released).files}
    data = re.compile(
        r"graphs/.*|claims\.csv|nanopubs\.trig(\.gz)?|places\.geojson"
        r"|battlegraph-[\d.]+\.(ttl|trig|nt|nq|jsonld|rdf)(\.gz)?"
    )
    assert described == {file.name for file in released.files if data.fullmatch(file.name)}
    assert len(described) > 30
    whole = {file.name for file in read("schema-org.jsonld", released).files}
    assert whole == {name for name in described if "/" not in name}


def test_the_description_has_no_blank_node_and_is_one_graph_in_both_forms(released: Release) -> None:
    """So that two copies of it can be merged and compared."""
    turtle, jsonld = triples(released)
    assert turtle == jsonld
    assert not any(isinstance(term, ox.BlankNode) for triple in turtle for term in triple)


def triples(release: Release) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Return the triples of both forms of the description."""
    turtle, jsonld = (
        {quad.triple for quad in ox.parse(path=release.folder / f"description.{suffix}", format=written)}
        for suffix, written in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD))
    )
    return turtle, jsonld


def test_the_description_conforms(released: Release) -> None:
    """To our shapes of a dataset and of a release, which have what DCAT-AP 3.0.1 makes mandatory."""
    shapes = Graph()
    for name in ("dataset.ttl", "release.ttl", "shapes.ttl"):
        shapes.parse(SHAPES / name)
    conforms, _, report = pyshacl.validate(Graph().parse(released.folder / "description.ttl"), shacl_graph=shapes)
    assert conforms, report


def test_the_build_is_told(released: Release) -> None:
    """By the whole digest of each article's text, the versions of code and vocabulary, the rules and the shapes."""
    found, _ = triples(released)
    (build,) = objects(found, released.iri, PROV + "wasGeneratedBy")
    used = objects(found, build, PROV + "used")
    digests = {digest for iri in used for digest in objects(found, iri, BG + "textDigest")}
    texts = sorted((ROOT / "graph" / "articles").glob("*/article.txt"))
    assert digests == {hashlib.sha256(text.read_bytes()).hexdigest() for text in texts}
    assert any("#rule-" in iri for iri in used)
    assert build == f"{released.iri}#build"
    (software,) = objects(found, build, PROV + "wasAssociatedWith")
    assert objects(found, software, SCHEMA + "softwareVersion") == {released.record.software}
    sums = {sum_ for iri in used for node in objects(found, iri, SPDX + "checksum") for sum_ in values_of(found, node)}
    assert sums == {released.record.sources}
    assert any("canonical" in told for told in objects(found, build, DCTERMS + "description"))
    version = released.record.vocabulary
    assert objects(found, released.iri, DCTERMS + "conformsTo") == {
        f"{ONTOLOGY_IRI}/{version}",
        f"{SHAPES_IRI}/{version}",
    }


def test_datacite_accepts_the_metadata(released: Release) -> None:
    """By the JSON Schema of its metadata schema 4.5, and with no DOI, which nobody has registered."""
    schema = json.loads(
        Path(str(distribution("datacite").locate_file("datacite/schemas/datacite-v4.5.json"))).read_text()
    )
    data = json.loads((released.folder / "datacite.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert not [error.message for error in validator.iter_errors(data)]
    assert "doi" not in data
    assert any("No DOI" in described["description"] for described in data["descriptions"])
    assert list(validator.iter_errors({**data, "creators": []}))


def test_the_citation_is_one(released: Release) -> None:
    """By the Citation File Format 1.2.0."""
    check_citation((released.folder / "CITATION.cff").read_bytes())


def check_citation(content: bytes) -> dict[str, Any]:
    """Fail unless this is a CITATION.cff by the rules of the format; return what it says."""
    data = yaml.safe_load(content)
    assert data["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= data.keys() <= CFF_KEYS
    assert data["type"] in ("dataset", "software")
    assert data["authors"]
    assert all(isinstance(author["name"], str) and author.keys() == {"name"} for author in data["authors"])
    assert all(isinstance(data[key], str) for key in data.keys() - {"authors", "identifiers", "keywords"})
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", data.get("date-released", "2026-01-01"))
    assert re.match(r"https?://.+", data.get("url", "https://example.org/"))
    assert all(x["type"] in ("doi", "url", "swh", "other") and x["value"] for x in data["identifiers"])
    keywords = data.get("keywords", ["one"])
    assert len(keywords) == len(set(keywords)) > 0
    return dict(data)


def test_a_validator_accepts_the_crate(released: Release, dataset_file: Path, tmp_path: Path) -> None:
    """roc-validator, at the level of what RO-Crate 1.2 requires; the same without a date and a file has faults.

    Of each folder and format the crate has one file: the validator reads a query anew for each.
    """
    before = released.by_name.keys() - {"ro-crate-metadata.json", f"{released.stem}.bag.zip"}

    def some_files(_site: Site, _release: Release) -> Iterator[tuple[str, Content]]:
        for name in releasing.one_of_each(sorted(before)):
            yield name, (released.folder / name).read_bytes()

    crate = releasing.release(dataset_file, tmp_path / "released", (some_files, write_crate)).release
    assert len(crate.files) > 30
    broken = releasing.copy(crate.folder, tmp_path)
    file = broken / "ro-crate-metadata.json"
    content = json.loads(file.read_text())
    del content["@graph"][1]["datePublished"]
    file.write_text(json.dumps(content))
    (broken / "release.json").rename(broken / "other.json")
    found, faults = find_faults(tmp_path, crate.folder, broken)
    assert found == []
    assert {word for word in ("datePublished", "release.json") for fault in faults if word in fault} == {
        "datePublished",
        "release.json",
    }


def one_file(_site: Site, release: Release) -> Iterator[tuple[str, Content]]:
    """Yield the record alone."""
    yield "release.json", release.record.to_json()


def test_the_crate_lists_every_file_that_is_there_before_it(released: Release) -> None:
    """All but itself, and the bag and the checksums, which come after it; rocrate reads it back."""
    crate = ROCrate(released.folder)
    listed = {entity.id: entity for entity in crate.data_entities}
    there = {file.name: file for file in released.files if not file.name.endswith(".bag.zip")}
    del there["ro-crate-metadata.json"]
    assert {name.removeprefix("./") for name in listed} == there.keys()
    for name, entity in listed.items():
        file = there[name.removeprefix("./")]
        assert (entity["contentSize"], entity["sha256"]) == (str(file.size), file.sha256)
        assert entity["encodingFormat"]
    assert str(crate.datePublished.date()) == released.record.modified
    licences = {name: entity.get("license") for name, entity in listed.items()}
    assert licences["shapes/claim.ttl"].id.endswith("/publicdomain/zero/1.0/")
    assert licences["graphs/shapes.ttl"] == licences["graphs/ontology.ttl"] == licences["shapes/claim.ttl"]
    assert licences["sources/rules/symmetry.rq"].id == "https://www.apache.org/licenses/LICENSE-2.0"
    assert licences["claims.csv"] is None


def test_the_crate_tells_the_text_by_its_hash(released: Release) -> None:
    """As what the build acted on, with what the copy of it had lost; nothing is said of when."""
    crate = json.loads((released.folder / "ro-crate-metadata.json").read_text())
    nodes = {node["@id"]: node for node in crate["@graph"]}
    action = nodes["#build"]
    text = nodes[action["object"]["@id"]]
    (file,) = (ROOT / "graph" / "articles").glob("*/article.txt")
    assert text["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert "lost the columns of the infobox" in text["description"]
    assert not action.keys() & {"startTime", "endTime"}
    assert nodes["https://en.wikipedia.org/wiki/Battle_of_Hadrut"]["name"] == "Battle of Hadrut"
    assert "SHA256SUMS" in nodes["./"]["description"]
    assert ".bag.zip" in nodes["./"]["description"]


def test_what_the_copy_had_lost_is_told_wherever_the_release_is_described(released: Release) -> None:
    """Whoever reads one of the forms alone learns that the text is a mirror's copy, and what is wanting."""
    for name in ("README.txt", "datacite.json", "ro-crate-metadata.json", "description.ttl", "description.jsonld"):
        words = " ".join((released.folder / name).read_text("utf-8").split())
        assert "The copy lost the columns of the infobox, link targets and the content of reference 4" in words, name


def test_what_is_of_one_version_is_said_of_that_version_alone(released: Release) -> None:
    """Number, day and counts; the dataset itself has none, and words about rights and provenance are of a node."""
    found, _ = triples(released)
    dataset = f"{released.record.base}dataset"
    bound = (DCAT + "version", DCTERMS + "modified", VOID + "triples", VOID + "classPartition", VOID + "subset")
    for property_ in bound:
        assert objects(found, released.iri, property_), property_
        assert not objects(found, dataset, property_), property_
    assert {t.subject for t in found if t.predicate.value == VOID + "triples"} <= {
        ox.NamedNode(released.iri),
        *(t.subject for t in found if t.predicate.value in (VOID + "property", SD + "name")),
        *(ox.NamedNode(iri) for iri in objects(found, released.iri, VOID + "subset")),
    }
    assert not [t for t in found if str(t.subject).startswith(f"<{released.record.base}graph/dataset#build")]
    for property_ in ("rights", "provenance"):
        said = [t.object for t in found if t.predicate.value == DCTERMS + property_]
        assert said
        assert all(isinstance(node, ox.NamedNode) and values_of(found, node.value, RDFS + "label") for node in said)


def test_each_graph_is_the_dump_of_its_own_part(released: Release) -> None:
    """Not of the whole, which a harvester would take it for; those of the vocabulary with their own licence."""
    found, _ = triples(released)
    parts = objects(found, released.iri, VOID + "subset")
    dumped = {iri for part in parts for iri in objects(found, part, VOID + "dataDump")}
    assert dumped == {released.file_iri(name) for name in released.by_name if name.startswith("graphs/")}
    assert not [iri for iri in objects(found, released.iri, VOID + "dataDump") if "/graphs/" in iri]
    for name in VOCABULARY_GRAPHS:
        assert objects(found, f"{released.iri}#graphs/{name}", DCTERMS + "license") == {OF_VOCABULARY.iri}
    # What the graphs themselves say.
    store = open_dataset(released.folder / f"{released.stem}.nq").store
    for vocabulary in VOCABULARY_GRAPHS.values():
        stated = store.quads_for_pattern(ox.NamedNode(vocabulary), ox.NamedNode(DCTERMS + "license"), None)
        assert {quad.object for quad in stated} == {ox.NamedNode(OF_VOCABULARY.iri)}


def test_shapes_are_named_only_where_validation_found_nothing(built: Built, released: Release) -> None:
    """As the report says; what was found elsewhere is no standard that is kept."""
    found, _ = triples(released)
    assert (f"{SHAPES_IRI}/{released.record.vocabulary}" in objects(found, released.iri, DCTERMS + "conformsTo")) is (
        not built.results
    )
    site = releasing.site_of(released.folder / f"{released.stem}.nq")
    said = replace(site.publication, conforms_to=())
    told = objects(set(describe_release(said, released)), released.iri, DCTERMS + "conformsTo")
    assert told == {f"{ONTOLOGY_IRI}/{released.record.vocabulary}"}
    version = ox.NamedNode(SHAPES_IRI), ox.NamedNode(OWL + "versionIRI"), ox.NamedNode(f"{SHAPES_IRI}/9")
    survey = survey_of([ox.Quad(*version, named_graph("shapes"))])
    for conforms in (True, False):
        stated = describe(survey, Build(specimen.BASE, "0.0.0", (), conforms=conforms))
        assert any(quad.predicate.value == DCTERMS + "conformsTo" for quad in stated) is conforms


def test_whoever_the_links_are_from_is_credited(released: Release) -> None:
    """Each register that the evidence of a cross-link names, with its licence or that none was found."""
    site = releasing.site_of(released.folder / f"{released.stem}.nq")
    registers = {register.iri: register for register in site.publication.registers}
    links = site.dataset.store.quads_for_pattern(None, ox.NamedNode(BG + "evidence"), None)
    evidence = " ".join(str(quad.object) for quad in links)
    named = {iri for iri in registers if re.sub(r"https://github.com/[^/]*/", "", iri) in evidence}
    assert len(named) >= 7
    letter = (released.folder / "LICENSE.txt").read_text("utf-8")
    for register in registers.values():
        assert register.rights
        assert f"    {register.iri}\n" in letter
        assert f"    {register.license or 'Licence: none could be confirmed.'}\n" in letter
        assert register.rights.rstrip(".") in (site.publication.attribution or "")
    assert {iri for iri, register in registers.items() if register.license is None} == {
        "https://github.com/abrown2644/conflictus",
        "https://github.com/ellis3684/battlemaps",
    }


def live(released: Released, dataset: Path | None = None) -> set[ox.Triple]:
    """Return what a server says of the dataset and its releases."""
    file = dataset or released.dataset
    return set(describe_all(Site(Config(file, releases=released.root), open_dataset(file), None)))


def objects(found: set[ox.Triple], subject: str, predicate: str) -> set[str]:
    """Return the values of a property."""
    return {
        triple.object.value  # type: ignore[union-attr]
        for triple in found
        if triple.subject == ox.NamedNode(subject) and triple.predicate.value == predicate
    }


def values_of(found: set[ox.Triple], subject: str, property_: str = SPDX + "checksumValue") -> set[str]:
    """Return the values of a property, as of a checksum its digits."""
    return objects(found, subject, property_)


def test_the_server_knows_the_series(two: Released) -> None:
    """From the first release to the last, each a version of the dataset and after the one before it."""
    found, base = live(two), specimen.BASE
    first, second = (f"{base}dumps/{version}/" for version in (FIRST, SECOND))
    assert objects(found, f"{base}dataset", DCAT + "hasVersion") == {first, second}
    assert objects(found, f"{base}dataset", DCAT + "hasCurrentVersion") == {second}
    series = f"{base}dumps/"
    assert objects(found, series, DCAT + "first") == {first}
    assert objects(found, series, DCAT + "last") == {second}
    assert objects(found, series, DCAT + "seriesMember") == {first, second}
    for release, version, previous in ((first, FIRST, set()), (second, SECOND, {first})):
        assert objects(found, release, DCAT + "version") == {version}
        assert objects(found, release, DCAT + "prev") == objects(found, release, DCAT + "previousVersion") == previous
        assert objects(found, release, DCAT + "inSeries") == {series}
        assert objects(found, release, DCAT + "isVersionOf") == {f"{base}dataset"}


def test_the_server_tells_the_newest_release_with_its_files_and_no_graph_apart(two: Released) -> None:
    """So that the description stays as long as it is, however many articles and releases there are."""
    found, newest = live(two), list_releases(two.root)[0]
    dumps = objects(found, newest.iri, VOID + "dataDump")
    assert dumps == {
        newest.file_iri(name) for name in newest.by_name if name.startswith(newest.stem) and "bag" not in name
    }
    files = objects(found, newest.iri, DCAT + "distribution")
    assert f"{newest.iri}#battlegraph-{SECOND}.bag.zip" in files
    assert not [iri for iri in files if "#graphs/" in iri]
    assert not objects(found, list_releases(two.root)[1].iri, DCAT + "distribution")
    shapes = Graph().parse(SHAPES / "release.ttl")
    lines = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
    conforms, _, report = pyshacl.validate(Graph().parse(data=lines, format="nt"), shacl_graph=shapes)
    assert conforms, report


def test_a_release_that_is_not_served_is_told_in_its_own_words(
    two: Released, dataset_file: Path, tmp_path: Path
) -> None:
    """What it said of itself, not what the dataset says now; nothing is told from a file that was altered."""
    site = Site(Config(dataset_file, releases=two.root), open_dataset(dataset_file), None)
    newest = site.releases[0]
    assert site.publication.version == FIRST
    said = site.archive.publication(newest)
    assert (said.version, said.modified) == (SECOND, newest.record.modified)
    assert said == replace(site.publication, version=SECOND, modified=newest.record.modified, texts=())
    copied = releasing.copy(newest.folder, tmp_path)
    file = copied / f"{newest.stem}.nq"
    file.write_bytes(file.read_bytes().replace(b"by-sa", b"by-nc"))
    with pytest.raises(AlteredFile, match=r"battlegraph-0\.2\.0\.nq: not the"):
        Archive().publication(replace(newest, folder=copied))


def test_the_description_is_served_in_every_format_under_a_name(two: Released) -> None:
    """Of its own, so that a static copy has it too: /.well-known/void.ttl and the others."""
    client = two.app().test_client()
    for target in RDF_FORMATS:
        asked = client.get("/.well-known/void", headers={"Accept": target.media_type})
        named = client.get(f"/.well-known/void.{target.name}")
        assert asked.status_code == named.status_code == 200
        assert asked.data == named.data
        assert asked.headers["Content-Location"] == f"/.well-known/void.{target.name}"
        written = ox.RdfFormat.from_media_type(target.media_type)
        assert {quad.triple for quad in ox.parse(named.data, format=written)} >= live(two)


def test_pages_have_the_dataset_as_its_release_has_it(two: Released) -> None:
    """The same node in schema.org's words; only the bag, which holds that file, is new."""
    newest = list_releases(two.root)[0]
    told = json.loads((newest.folder / "schema-org.jsonld").read_text())
    del told["@context"]
    for path in ("/", "/dumps/", newest.path):
        page = two.app().test_client().get(path, headers={"Accept": "text/html"}).text
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert block is not None
        (node,) = (node for node in json.loads(block[1])["@graph"] if node["@type"] == "Dataset")
        node["distribution"] = [file for file in node["distribution"] if not file["name"].endswith("BagIt bag")]
        assert node == told


def test_a_file_without_description_is_served_all_the_same(two: Released, tmp_path: Path) -> None:
    """Nothing is known of it, so nothing is said; its releases are told as what they are."""
    file = tmp_path / "bare.nq"
    file.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
    found = live(two, file)
    assert not [
        triple
        for triple in found
        if triple.subject == ox.NamedNode(f"{specimen.BASE}dataset") and "isVersionOf" in str(triple)
    ]
    assert objects(found, f"{specimen.BASE}dumps/", DCAT + "last") == {f"{specimen.BASE}dumps/{SECOND}/"}
    app = create_app(Config(file, releases=two.root))
    assert app.test_client().get("/", headers={"Accept": "text/html"}).status_code == 200


def test_nothing_known_is_written_all_the_same() -> None:
    """In every form, without what is not known, and as unknown what a form demands."""
    nothing, release = Publication(), fake("battlegraph-1.2.3.ttl")
    citation = check_citation(cite(nothing, release.iri))
    assert citation["authors"] == [{"name": "anonymous"}]
    data = json.loads(describe_for_datacite(nothing, release))
    assert data["creators"] == [{"name": "(:unkn)"}]
    root = json.loads(b"".join(describe_crate(nothing, release)))["@graph"][1]
    assert root["hasPart"] == {"@id": "battlegraph-1.2.3.ttl"}
    assert "license" not in root
    assert "creator" not in describe_dataset(nothing, release)
    assert ox.Triple(ox.NamedNode(release.iri), ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset")) in set(
        describe_release(nothing, release)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    """Whatever a title holds, each form gives it back."""
    said = Publication(
        iri=f"{specimen.BASE}dataset",
        title=text,
        description=text,
        keywords=(text,),
        creators=(Agent(f"{specimen.BASE}a", text),),
        version_notes=text,
        rights=text,
    )
    release = fake("battlegraph-1.2.3.ttl")
    citation = check_citation(cite(said, release.iri))
    assert citation["title"] == citation["abstract"] == citation["authors"][0]["name"] == text
    assert json.loads(describe_for_datacite(said, release))["titles"][0]["title"] == text
    assert json.loads(b"".join(describe_crate(said, release)))["@graph"][1]["name"] == f"{text}, version 1.2.3"
    assert describe_dataset(said, release)["name"] == text
    written = ox.serialize(describe_release(said, release), format=ox.RdfFormat.TURTLE) or b""
    read_back = {quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE)}
    assert read_back == set(describe_release(said, release))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_is_read_back_from_the_citation(text: str) -> None:
    """YAML takes fewer characters as they are than JSON does."""
    assert yaml.safe_load(cite(Publication(title=f"x{text}"), "https://example.org/"))["title"] == f"x{text}"


SAYINGS = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix : <https://w3id.org/battlegraph/> .

<https://w3id.org/battlegraph/graph/dataset> {
  :dataset a dcat:Dataset ; dcterms:title "Alte Namen"@de , "Zebra"@en ; adms:versionNotes " " , "New."@en ;
    dcterms:creator :named , :nameless ; dcterms:publisher :nameless ; dcterms:issued "soon" , "2026-11-24" ;
    dcterms:language <http://id.loc.gov/vocabulary/iso639-1/hy> , <https://example.org/en> ;
    dcat:landingPage <javascript:alert(1)> ; dcterms:source "a book" , <https://example.org/book> .
  :named foaf:name "Somebody" .
}
"""


def test_only_what_can_be_vouched_for_is_taken_from_the_data(tmp_path: Path) -> None:
    """English before other languages; names for those who have one; days, web addresses and languages that are some."""
    file = tmp_path / "sayings.trig"
    file.write_text(SAYINGS)
    said = read_publication(open_dataset(file))
    base = specimen.BASE
    assert said == Publication(
        iri=f"{base}dataset",
        title="Zebra",
        creators=(Agent(f"{base}named", "Somebody"),),
        version_notes="New.",
        issued="2026-11-24",
        languages=("hy",),
        sources=("https://example.org/book",),
    )


def test_a_release_in_small_is_described_too(dataset_file: Path, tmp_path: Path) -> None:
    """By these parts alone."""
    release = releasing.release(dataset_file, tmp_path, (one_file, write_descriptions, write_crate)).release
    assert {"description.ttl", "schema-org.jsonld", "datacite.json", "CITATION.cff"} < release.by_name.keys()
