"""Claims as nanopublications: what each says, that its name and signature vouch for it, and where it is had."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import nanopub_sign
import pyoxigraph as ox
import pytest
import rdflib
import specimen
from click.testing import CliRunner
from Crypto.Hash import SHA256
from Crypto.PublicKey import ECC, RSA
from Crypto.Signature import pkcs1_15
from flask.testing import FlaskClient
from live import Server

from graph.namespaces import BG, CANONICAL_BASE, DCTERMS, NP, NPX, OA, PROV, RDF, RDFS, XSD
from graph.store import Dataset, merged_store
from server.cli import export, main
from server.config import Config
from server.http.formats import JSON_LD, N_QUADS, TRIG
from server.nanopublications import views
from server.nanopublications.exports import each_claim, nanopubs
from server.nanopublications.keys import SigningKey, UnusableKey, read_key
from server.nanopublications.nanopublication import Nanopublication, make_nanopublication
from server.nanopublications.writing import write_nanopublication
from server.site import Site
from server.terms.claims import is_lost

T_72 = f"{CANONICAL_BASE}id/{specimen.CLAIM}"
PATH = f"/np/{specimen.CLAIM}"
RSA_KEY = RSA.generate(2048)


def N(iri: str) -> ox.NamedNode:  # noqa: N802  as the queries of these tests read best
    """Return an IRI as a term."""
    return ox.NamedNode(iri)


@pytest.fixture(scope="module")
def site(dataset: Dataset) -> Site:
    """Return the project's own dataset, as the command line opens it."""
    return Site(Config(Path("unused.nq")), dataset, None)


@pytest.fixture(scope="module")
def each(site: Site) -> list[Nanopublication]:
    """Return the nanopublications of all claims that have one."""
    store = site.dataset.store
    return [make_nanopublication(site, claim) for claim in each_claim(store) if not is_lost(store, claim)]


@pytest.fixture(scope="module")
def t_72(site: Site) -> Nanopublication:
    """Return that of the claim about T-72s."""
    return make_nanopublication(site, T_72)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    """Return a key of our own making."""
    return SigningKey(RSA.generate(2048))


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset."""
    return specimen.make_client(dataset_file)


def graph(nanopublication: Nanopublication, name: str) -> set[tuple[object, str, object]]:
    """Return what one of the four graphs says."""
    return {
        (quad.subject, quad.predicate.value, quad.object)
        for quad in nanopublication.quads
        if quad.graph_name == N(f"{nanopublication.iri}#{name}")
    }


def signed_text(quads: list[ox.Quad], iri: str) -> str:
    """Return what module RA hashes, put together here from its specification alone."""
    code = iri[-45:]

    def blanked(term: object) -> str:
        assert isinstance(term, ox.NamedNode)
        return term.value.replace(code, " ")

    rows = []
    for quad in quads:
        written = quad.object
        place: tuple[bool, str, bool, str, str]
        if isinstance(written, ox.Literal):
            escaped = written.value.replace("\\", "\\\\").replace("\n", "\\n")
            language = written.language
            kind = f"^{written.datatype.value}" if language is None else f"@{language.lower()}"
            text = f"{kind} {escaped}"
            place = (True, written.value, language is None, kind if language is None else "", language or "")
        else:
            text = blanked(written)
            place = (False, text, False, "", "")
        rows.append(((blanked(quad.graph_name), blanked(quad.subject), blanked(quad.predicate)), place, text))
    return "".join("\n".join((*names, text, "")) for names, _, text in sorted(rows))


def code_of(quads: list[ox.Quad], iri: str) -> str:
    """Return the artifact code by the specification."""
    digest = hashlib.sha256(signed_text(quads, iri).encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


# What they say


def test_there_is_one_for_each_claim_that_is_made(each: list[Nanopublication], site: Site) -> None:
    """76 of 81: what the copy lost, nobody is known to have said, and the file names it."""
    store = site.dataset.store
    accorded = store.quads_for_pattern(None, N(BG + "accordingTo"), None, ox.DefaultGraph())
    claims = {quad.subject.value for quad in accorded if isinstance(quad.subject, ox.NamedNode)}
    lost = {
        claim
        for claim in claims
        if ox.Quad(N(claim), N(BG + "valueStatus"), N(BG + "LostInSource"), ox.DefaultGraph()) in store
    }
    assert {one.claim for one in each} == claims - lost
    assert len(each) == len({one.iri for one in each}) == 76
    text = "".join(nanopubs(site))
    assert set(re.findall(r"^# No nanopublication of <([^>]+)>", text, re.MULTILINE)) == lost
    assert text.endswith("\n# 81 claims: 76 nanopublications, 5 claims without one.\n")


def test_each_is_well_formed(each: list[Nanopublication]) -> None:
    """By the criteria of the guidelines, and without blank nodes."""
    for one in each:
        graphs = {str(quad.graph_name)[1:-1] for quad in one.quads}
        parts = [f"{one.iri}#{name}" for name in ("Head", "assertion", "provenance", "pubinfo")]
        assert graphs == set(parts)
        head, assertion, _, _ = parts
        typed = [q for q in one.quads if q.predicate.value == RDF + "type" and q.object == N(NP + "Nanopublication")]
        assert typed == [ox.Quad(N(one.iri), N(RDF + "type"), N(NP + "Nanopublication"), N(head))]
        names = ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        links = {(N(one.iri), NP + name, N(part)) for name, part in zip(names, parts[1:], strict=True)}
        assert graph(one, "Head") == links | {(N(one.iri), RDF + "type", N(NP + "Nanopublication"))}
        assert any(N(assertion) in (subject, value) for subject, _, value in graph(one, "provenance"))
        assert any(subject == N(one.iri) for subject, _, _ in graph(one, "pubinfo"))
        terms = [term for q in one.quads for term in (q.subject, q.object)]
        assert all(isinstance(term, ox.NamedNode | ox.Literal) for term in terms)


def test_no_assertion_is_without_its_claimant(each: list[Nanopublication]) -> None:
    """Who merges the assertions of all still has no statement that is not said to be somebody's."""
    for one in each:
        said = graph(one, "assertion")
        assert {subject for subject, _, _ in said} == {N(one.claim)}
        assert sum(predicate == BG + "accordingTo" for _, predicate, _ in said) == 1
        assert sum(predicate == BG + "certainty" for _, predicate, _ in said) == 1


def test_our_reading_is_nobody_else_s(each: list[Nanopublication], site: Site) -> None:
    """No record of ours is attributed to a party, and how claims stand to one another is no part of what is said."""
    developers = {N(agent.iri) for agent in site.publication.creators}
    compared = {BG + "mayOverlapWith", BG + "incompatibleWith"}
    for one in each:
        attributed = {(q.subject, q.object) for q in one.quads if q.predicate.value == PROV + "wasAttributedTo"}
        assert attributed == {(N(f"{one.iri}#assertion"), agent) for agent in developers}
        assert not compared & {predicate for _, predicate, _ in graph(one, "assertion")}
    assert sum(predicate in compared for one in each for _, predicate, _ in graph(one, "provenance")) == 12


def test_it_reads_without_any_other_file(each: list[Nanopublication]) -> None:
    """All of ours that it mentions has its name in it, who is said to assert it above all."""
    for one in each:
        named = {
            subject
            for name in ("assertion", "provenance", "pubinfo")
            for subject, p, _ in graph(one, name)
            if p == RDFS + "label"
        }
        said = {value for name in ("assertion", "provenance") for _, _, value in graph(one, name)}
        ours = {value for value in said if isinstance(value, ox.NamedNode) and f"{CANONICAL_BASE}id/" in value.value}
        assert {value.value for value in ours - named if "#" not in value.value} == set()
    t_72 = next(one for one in each if one.claim == T_72)
    side = N(f"{CANONICAL_BASE}id/side/battle-of-hadrut/opposing")
    label = ox.Literal("Opposing side (name missing from the copy)", language="en")
    assert (side, RDFS + "label", label) in graph(t_72, "pubinfo")


def test_all_that_is_said_of_a_claim_is_in_it(each: list[Nanopublication], site: Site) -> None:
    """In the assertion or in the provenance, in one of them alone."""
    for one in each:
        known = {
            (q.subject, q.predicate.value, q.object)
            for q in site.dataset.store.quads_for_pattern(N(one.claim), None, None, ox.DefaultGraph())
        }
        said, source = graph(one, "assertion"), graph(one, "provenance")
        assert known <= said | source
        assert not said & source


def test_it_says_from_which_words_it_is(t_72: Nanopublication) -> None:
    """With their place, the text by its digest, the article and the reference."""
    source = graph(t_72, "provenance")
    anchor, text = N(f"{CANONICAL_BASE}id/{specimen.ANCHOR}"), f"{CANONICAL_BASE}id/text/battle-of-hadrut/a6186f69"
    assertion, article = N(f"{t_72.iri}#assertion"), N(f"{CANONICAL_BASE}id/article/battle-of-hadrut")
    assert (assertion, PROV + "wasDerivedFrom", anchor) in source
    assert (assertion, PROV + "wasDerivedFrom", article) in source
    values = {(predicate, value.value) for _, predicate, value in source if isinstance(value, ox.Literal)}
    assert {(OA + "exact", "14 T-72s destroyed"), (OA + "start", "848"), (OA + "end", "866")} <= values
    assert (N(text), BG + "textDigest") in {(subject, predicate) for subject, predicate, _ in source}
    assert (article, DCTERMS + "source", N("https://en.wikipedia.org/wiki/Battle_of_Hadrut")) in source
    assert (N(T_72), BG + "citesReference", N(f"{CANONICAL_BASE}id/reference/battle-of-hadrut/4")) in source
    assert (N(T_72), BG + "sourceStatus", N(BG + "ReferenceBlank")) in source


def test_it_is_dated_by_the_data(t_72: Nanopublication, site: Site) -> None:
    """By whom, when, on which terms, of which version, and made by what; the whole text is in none."""
    info = {predicate: value for subject, predicate, value in graph(t_72, "pubinfo") if subject == N(t_72.iri)}
    publication = site.publication
    assert publication.modified
    assert publication.version
    assert publication.rights
    assert publication.license
    assert info[DCTERMS + "created"] == ox.Literal(publication.modified, datatype=N(XSD + "date"))
    assert info[DCTERMS + "license"] == N(publication.license)
    assert info[DCTERMS + "rights"] == ox.Literal(publication.rights, language="en")
    assert info["http://www.w3.org/ns/dcat#version"] == ox.Literal(publication.version)
    assert info[DCTERMS + "creator"] == N(publication.creators[0].iri)
    assert info[NPX + "introduces"] == N(T_72)
    assert info[RDFS + "label"] == ox.Literal("Opposing side: 14 T-72s destroyed, per Azerbaijan", language="en")
    labels = {value for _, predicate, value in graph(t_72, "pubinfo") if predicate == RDFS + "label"}
    assert ox.Literal(f"battlegraph {site.software}", language="en") in labels
    assert "http://schema.org/text" not in {quad.predicate.value for quad in t_72.quads}


# Their names


def test_each_name_is_the_hash_of_its_content(each: list[Nanopublication]) -> None:
    """By the specification of trusty URIs, and in their one place."""
    for one in each:
        assert one.iri == f"{CANONICAL_BASE}np/{one.claim.removeprefix(CANONICAL_BASE + 'id/')}/{one.code}"
        assert re.fullmatch(r"RA[\w-]{43}", one.code, re.ASCII)
        assert code_of(list(one.quads), one.iri) == one.code


def test_the_library_verifies_them_without_a_network(
    each: list[Nanopublication], key: SigningKey, site: Site, tmp_path: Path
) -> None:
    """Each format of each, signed or not; one altered word is found."""
    signed = make_nanopublication(site, T_72, key)
    texts = {f"{place}.trig": write_nanopublication(one, TRIG) for place, one in enumerate((*each, signed))}
    texts["quads.nq"] = write_nanopublication(each[0], N_QUADS)
    texts["tampered.trig"] = texts["0.trig"].replace('"Battle of Hadrut"@en', '"Battle for Hadrut"@en')
    texts["other.trig"] = texts["0.trig"].replace(each[0].code, each[1].code)
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    # The library is used as it comes, and has warnings of its own.
    command = [sys.executable, "-W", "ignore", str(Path(__file__).parent / "nanopub_check.py"), *texts]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    verdicts = done.stdout.splitlines()
    assert verdicts[:-2] == ["ok"] * 78
    assert all("not valid" in verdict for verdict in verdicts[-2:])


def test_a_second_implementation_verifies_them(each: list[Nanopublication], key: SigningKey, site: Site) -> None:
    """In another language, by other people."""
    for one in (*each, make_nanopublication(site, T_72, key)):
        nanopub_sign.Nanopub(write_nanopublication(one, TRIG)).check()
    tampered = write_nanopublication(each[0], TRIG).replace('"Battle of Hadrut"@en', '"Battle for Hadrut"@en')
    with pytest.raises(Exception, match="hash of the nanopublication is different"):
        nanopub_sign.Nanopub(tampered).check()


@pytest.mark.parametrize("target", [TRIG, N_QUADS, JSON_LD], ids=lambda target: target.name)
def test_every_format_says_the_same(t_72: Nanopublication, target: object) -> None:
    """Graph by graph."""
    formats = {TRIG: ox.RdfFormat.TRIG, N_QUADS: ox.RdfFormat.N_QUADS, JSON_LD: ox.RdfFormat.JSON_LD}
    for format_, reader in formats.items():
        if format_ is target:
            assert set(ox.parse(write_nanopublication(t_72, format_), format=reader)) == set(t_72.quads)


def test_another_word_is_another_name(dataset: Dataset, site: Site, t_72: Nanopublication) -> None:
    """Of the claim that has it, and of no other."""
    store = merged_store(dataset.store.quads_for_pattern(None, None, None))
    store.add(ox.Quad(N(T_72), N(BG + "doubt"), ox.Literal("a doubt")))
    other = Site(Config(Path("unused.nq")), Dataset(store, "1"), None)
    assert make_nanopublication(other, T_72).code != t_72.code
    result = f"{CANONICAL_BASE}id/claim/battle-of-hadrut/result"
    assert make_nanopublication(other, result) == make_nanopublication(site, result)


def test_the_library_changes_nothing_for_others(t_72: Nanopublication) -> None:
    """Importing it turns off the normalisation of literals, which validation relies on."""
    assert t_72
    assert "nanopub" in sys.modules
    assert rdflib.NORMALIZE_LITERALS


def test_a_server_starts_without_the_library() -> None:
    """And without the network that it could use."""
    program = "import sys, server.app, server.cli; print({'nanopub', 'Crypto', 'requests', 'rdflib'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"


# Hostile data


HOSTILE = {
    "backslashes, quotes and breaks": ox.Literal('\\n "\n\r\t\\" } \u2028 \x7f'),
    "what is no number": ox.Literal("many", datatype=N(XSD + "integer")),
    "a year before the first": ox.Literal("-0490-09-12", datatype=N(XSD + "date")),
    "another script": ox.Literal("Հադրութ \U0001f5fa", language="hy"),
    "a region": ox.Literal("colour", language="en-gb"),
    "markup": ox.Literal("<script>", datatype=N(RDF + "HTML")),
    "a name like a nanopublication's": N(f"{CANONICAL_BASE}np/{specimen.CLAIM}/RA{'a' * 43}#assertion"),
    "the name without its code": N(f"{CANONICAL_BASE}np/{specimen.CLAIM}/"),
    "a long IRI": N("https://example.org/" + "%20" * 3000),
    "a mixed name": N("http://example.org/ընթացք?a=b&c='d'"),
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_the_data_holds_the_name_is_right(
    dataset: Dataset, value: ox.NamedNode | ox.Literal, caplog: pytest.LogCaptureFixture
) -> None:
    """Beside others of its kind, by the library and by the specification, and nothing is logged.

    The Rust implementation is no judge here: it orders values of one property by datatype first.
    """
    store = merged_store(dataset.store.quads_for_pattern(N(T_72), None, None, ox.DefaultGraph()))
    others = (ox.Literal("none", datatype=N(XSD + "integer")), ox.Literal("2020-10-09", datatype=N(XSD + "date")))
    store.extend(ox.Quad(N(T_72), N(BG + "doubt"), one) for one in (value, *others))
    store.add(ox.Quad(N(T_72), N(BG + "doubt"), ox.BlankNode()))
    made = make_nanopublication(Site(Config(Path("unused.nq")), Dataset(store, "1"), None), T_72)
    read = list(ox.parse(write_nanopublication(made, TRIG), format=ox.RdfFormat.TRIG))
    assert set(read) == set(made.quads)
    assert code_of(read, made.iri) == made.code
    assert not caplog.records


def test_a_claim_without_a_name_of_ours_has_one_all_the_same(dataset: Dataset) -> None:
    """A dataset that is served from a file may name its claims as it likes."""
    claim = N("urn:claim:1")
    quads = [
        ox.Quad(claim, N(BG + "accordingTo"), N("urn:somebody")),
        ox.Quad(claim, N(BG + "inArticle"), N("urn:article")),
        ox.Quad(N("urn:article"), N(RDF + "type"), N(BG + "Article")),
    ]
    site = Site(Config(Path("unused.nq")), Dataset(merged_store(quads), "1"), None)
    (made,) = (make_nanopublication(site, found) for found in each_claim(site.dataset.store))
    assert re.fullmatch(re.escape(CANONICAL_BASE) + r"np/RA[\w-]{43}", made.iri, re.ASCII)
    assert code_of(list(made.quads), made.iri) == made.code
    assert dataset.digest


# Signatures


def test_a_signature_is_of_all_but_itself(site: Site, key: SigningKey) -> None:
    """RSA with SHA-256, by the public key beside it; the name vouches for both."""
    made = make_nanopublication(site, T_72, key)
    element = {
        p: o.value
        for s, p, o in graph(made, "pubinfo")
        if s == N(f"{made.iri}#sig") and isinstance(o, ox.Literal | ox.NamedNode)
    }
    assert element[NPX + "hasAlgorithm"] == "RSA"
    assert element[NPX + "hasSignatureTarget"] == made.iri
    rest = [quad for quad in made.quads if quad.predicate.value != NPX + "hasSignature"]
    public = RSA.import_key(base64.b64decode(element[NPX + "hasPublicKey"]))
    signature = base64.b64decode(element[NPX + "hasSignature"])
    pkcs1_15.new(public).verify(SHA256.new(signed_text(rest, made.iri).encode()), signature)
    with pytest.raises(ValueError, match="Invalid signature"):
        pkcs1_15.new(public).verify(SHA256.new(signed_text(rest[1:], made.iri).encode()), signature)
    assert not public.has_private()
    assert make_nanopublication(site, T_72, key) == made
    assert code_of(list(made.quads), made.iri) == made.code != make_nanopublication(site, T_72).code


class Forger(SigningKey):
    """A key that passes itself off as another."""

    @property
    def public(self) -> str:
        """The public key of somebody else."""
        return SigningKey(RSA_KEY).public


def test_a_forged_signature_is_found(site: Site, key: SigningKey) -> None:
    """Though the name fits; nanopub 2.0 to 2.2 takes any signature for valid, so the other implementation judges."""
    forged = make_nanopublication(site, T_72, Forger(key.private))
    assert code_of(list(forged.quads), forged.iri) == forged.code
    with pytest.raises(Exception, match=r"(?i)signature|verif"):
        nanopub_sign.Nanopub(write_nanopublication(forged, TRIG)).check()


def test_a_key_is_never_shown(key: SigningKey) -> None:
    """By what prints it."""
    assert repr(key) == "SigningKey()"


@pytest.mark.parametrize(
    "content",
    [
        RSA_KEY.export_key("PEM"),
        RSA_KEY.export_key("PEM", pkcs=8),
        RSA_KEY.export_key("DER"),
        base64.encodebytes(RSA_KEY.export_key("DER", pkcs=8)),
    ],
    ids=["PEM", "PKCS 8", "DER", "as nanopub tools keep it"],
)
def test_a_key_is_read_in_every_form(tmp_path: Path, content: bytes) -> None:
    """That OpenSSL or the tools of nanopublications write."""
    file = tmp_path / "id_rsa"
    file.write_bytes(content)
    assert read_key(file).private == RSA_KEY


UNUSABLE = {
    "a public key": (RSA_KEY.public_key().export_key("PEM"), "a public key cannot sign"),
    "too short": (RSA.generate(1024).export_key("PEM"), "1024 bits, and needs 2048"),  # noqa: S505  that is the point
    "of another kind": (ECC.generate(curve="P-256").export_key(format="PEM").encode(), "not an RSA key"),
    "encrypted": (
        RSA_KEY.export_key("PEM", str(RSA_KEY.n), 8, "PBKDF2WithHMAC-SHA1AndAES128-CBC"),
        "encrypted",
    ),
    "text": (b"secret words", "not an RSA key"),
    "empty": (b"", "not an RSA key"),
    "cut short": (RSA_KEY.export_key("PEM")[:900], "not an RSA key"),
    "far too long": (b"A" * 100_000, "not an RSA key"),
}


@pytest.mark.parametrize(("content", "words"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_is_no_key_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    """With the file and what is expected, and without a word of the file."""
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    with pytest.raises(UnusableKey, match=words) as told:
        read_key(file)
    assert str(told.value).startswith(f"{file}: ")
    assert "expected an unencrypted RSA private key" in str(told.value)
    assert "secret" not in str(told.value)
    assert told.value.__cause__ is None


# The command line


@pytest.fixture
def run(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a runner of commands on the project's dataset, as it was built for the tests."""
    monkeypatch.setattr(export, "own_dataset", lambda: dataset_file)
    return CliRunner()


def test_the_command_writes_what_the_server_sends(run: CliRunner, client: FlaskClient, tmp_path: Path) -> None:
    """The same bytes each time, to standard output or to a file."""
    done = run.invoke(main, ["export", "nanopubs"])
    assert (done.exit_code, done.stdout_bytes) == (0, client.get("/exports/nanopubs.trig").data)
    file = tmp_path / "nanopubs.trig"
    assert run.invoke(main, ["export", "nanopubs", "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == done.stdout_bytes


def test_the_command_signs_each(run: CliRunner, tmp_path: Path) -> None:
    """With a key in a file, of which nothing is in what it writes but the public half."""
    (tmp_path / "key.pem").write_bytes(RSA_KEY.export_key("PEM"))
    done = run.invoke(main, ["export", "nanopubs", "--key", str(tmp_path / "key.pem")])
    assert (done.exit_code, done.stderr) == (0, "")
    quads = list(ox.parse(done.stdout_bytes, format=ox.RdfFormat.TRIG))
    signatures = [quad.subject for quad in quads if quad.predicate.value == NPX + "hasSignature"]
    assert len(signatures) == len(set(signatures)) == 76


@pytest.mark.parametrize("name", ["nowhere.pem", "."])
def test_a_key_that_is_not_there_ends_with_2(run: CliRunner, tmp_path: Path, name: str) -> None:
    """And nothing is written."""
    out = tmp_path / "out.trig"
    done = run.invoke(main, ["export", "nanopubs", "--key", str(tmp_path / name), "-o", str(out)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "expected an unencrypted RSA private key" in done.stderr
    assert not out.exists()


def test_the_file_is_one_document(site: Site) -> None:
    """With its terms at the top, and each nanopublication whole by itself."""
    text = "".join(nanopubs(site))
    assert site.publication.rights
    assert f"# {site.publication.rights}\n" in text.partition("@prefix")[0]
    first, *rest = re.split(r"\n\n(?=@prefix this:)", text)
    assert all(line.startswith("#") for line in first.splitlines())
    apart = {quad for one in rest for quad in ox.parse(one, format=ox.RdfFormat.TRIG)}
    assert set(ox.parse(text, format=ox.RdfFormat.TRIG)) == apart
    assert len(rest) == 76


# The server


def test_a_name_leads_to_what_it_names(client: FlaskClient, t_72: Nanopublication) -> None:
    """As its path on a server."""
    path = t_72.iri.removeprefix(CANONICAL_BASE.rstrip("/"))
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/trig")
    assert answer.text == write_nanopublication(t_72, TRIG)
    assert answer.headers["Content-Location"] == f"{path}.trig"
    assert f'<{t_72.iri}>; rel="canonical"' in answer.headers["Link"]
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.head(path).content_length == len(answer.data)


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "application/trig"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_a_format_is_negotiated_or_named(client: FlaskClient, t_72: Nanopublication, accept: str, type_: str) -> None:
    """As nanopublication tools ask for one."""
    path = f"{PATH}/{t_72.code}"
    answer = client.get(path, headers={"Accept": accept})
    assert answer.content_type == type_
    assert "Accept" in answer.headers["Vary"]
    named = client.get(answer.headers["Content-Location"])
    assert (named.data, named.content_type) == (answer.data, type_)
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 406


def test_a_browser_is_led_to_the_claim(client: FlaskClient, t_72: Nanopublication) -> None:
    """Whose page says the same to people."""
    answer = client.get(f"{PATH}/{t_72.code}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/page/{specimen.CLAIM}")
    assert client.get(answer.headers["Location"], headers={"Accept": "text/html"}).status_code == 200


def test_a_claim_s_name_leads_to_its_nanopublication(client: FlaskClient, t_72: Nanopublication) -> None:
    """To the one there is now, in the format that is named."""
    answer = client.get(PATH)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{PATH}/{t_72.code}")
    assert client.get(f"{PATH}.nq").headers["Location"] == f"{PATH}/{t_72.code}.nq"
    for folder in ("/np", "/np/"):
        assert client.get(folder).headers["Location"] == "/exports/nanopubs.trig"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{PATH}/RA{'x' * 43}", "has other content"),
        (f"{PATH}/RA{'x' * 42}", "has no claim"),
        ("/np/claim/battle-of-hadrut/azerbaijan-loss-per-azerbaijan", "missing from the copy"),
        ("/np/claim/battle-of-hadrut/nothing", "has no claim"),
        ("/np/event/battle-of-hadrut", "has no claim"),
        (f"/np/RA{'x' * 43}", "has no claim"),
        ("/np/claim/a%3Cb%3E%20c", "has no claim"),
        ("/np/claim//x%00", "has no claim"),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, words: str) -> None:
    """With what there is instead."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert words in answer.get_json()["detail"]


def test_a_large_file_is_sent_piece_by_piece(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, without a length."""
    whole = specimen.make_client(dataset_file).get("/exports/nanopubs.trig")
    assert whole.content_length == len(whole.data)
    assert whole.headers["Content-Disposition"] == "attachment; filename=nanopubs.trig"
    monkeypatch.setattr(views, "_WHOLE", 0)
    with specimen.make_client(dataset_file).get("/exports/nanopubs.trig", buffered=False) as response:
        assert "Content-Length" not in response.headers
        assert response.data == whole.data


@pytest.fixture(scope="module")
def sent(server: Server) -> str:
    """Return the file as a real server sends it."""
    response, body = server.request("GET", "/exports/nanopubs.trig")
    assert (response.status, response.headers["Content-Type"]) == (200, "application/trig")
    return body.decode()


def test_a_real_server_has_each_of_the_file(server: Server, sent: str) -> None:
    """Under the path of its name, and verified from there."""
    names = re.findall(rf"@prefix this: <{CANONICAL_BASE}(np/\S+)> \.", sent)
    assert len(names) == 76
    for name in names[::10]:
        response, body = server.request("GET", f"/{name}", {"Accept": "application/trig"})
        assert response.status == 200
        nanopub_sign.Nanopub(body.decode()).check()
