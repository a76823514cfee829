"""A made-up article in the form in which people author one: its text, and the Turtle beside it.

What is in it comes from `generator_fiction`. It goes the way of every article: quotes are
resolved, rules derive what follows, shapes and checks hold. Its source is no page of
Wikipedia, of which the checks warn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.generator_fiction import Fiction, Loss, LossList, Source, invent, shown_day
from graph.namespaces import CANONICAL_BASE, sparql_prologue

_Says = tuple[str, str]
"""A property and its value, as Turtle writes them."""

_PREFIXES: Final = (
    sparql_prologue().replace("PREFIX", "@prefix").replace(">\n", "> .\n") + f"@prefix id: <{CANONICAL_BASE}id/> .\n"
)
_BLANK_STATUS: Final = (("bg:valueStatus", "bg:LostInSource"), ("bg:sourceStatus", "bg:ReferenceBlank"))
_GIVEN_STATUS: Final = (("bg:valueStatus", "bg:Known"), ("bg:sourceStatus", "bg:ReferenceGiven"))


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """An article's slug, the content of its article.txt, and what it says in Turtle."""

    slug: str
    text: str
    turtle: str


def generate_article(seed: str, number: int) -> GeneratedArticle:
    """Return the article of this number; equal arguments give equal bytes on every machine."""
    fiction = invent(seed, number)
    return GeneratedArticle(fiction.slug, fiction.text, _PREFIXES + "\n" + "\n".join(_statements(fiction)))


def _statements(fiction: Fiction) -> Iterator[str]:
    yield from _article(fiction)
    yield from _events(fiction)
    yield from _powers(fiction)
    yield from _narrative(fiction)
    for one in fiction.lists:
        yield from _loss_list(fiction, one)
    for source in fiction.sources:
        yield from _reference(fiction, source)


def _article(fiction: Fiction) -> Iterator[str]:
    slug, title = fiction.slug, fiction.title
    yield _node(
        f"article/{slug}",
        "bg:Article",
        f"{title} (article)",
        ("dcterms:title", f'"{title}"@en'),
        ("dcterms:source", f"<https://generated.example/wiki/{title.replace(' ', '_')}>"),
        ("dcterms:language", "<http://id.loc.gov/vocabulary/iso639-1/en>"),
        ("dcterms:license", "<https://creativecommons.org/publicdomain/zero/1.0/>"),
        ("dcterms:creator", '"The generator of battlegraph"'),
        ("dcterms:provenance", '"Made up by a program, for measurements. No such battle was fought."@en'),
        ("schema:about", _id(f"event/{slug}")),
        ("bg:textDigest", f'"{hashlib.sha256(fiction.text.encode()).hexdigest()}"'),
        ("bg:reviewStatus", "bg:Reviewed"),
    )
    voice = f"The article's own voice ({title})"
    yield _node(f"viewpoint/{slug}/article", "bg:Viewpoint", voice, ("bg:voiceOf", _id(f"article/{slug}")))


def _events(fiction: Fiction) -> Iterator[str]:
    battle, war = f"event/{fiction.slug}", f"event/{fiction.war.lower().replace(' ', '-')}"
    named = _quote(f"{fiction.title}\nPart of the {fiction.war}")
    yield _node(war, "bg:War", fiction.war, named)
    yield _node(battle, "bg:Battle", fiction.title, ("sem:subEventOf", _id(war)), named)
    yield _node(
        f"{battle}/assault",
        "bg:Phase",
        f"Assault on {fiction.place}",
        ("sem:subEventOf", _id(battle)),
        ("sem:hasBeginTimeStamp", _date(fiction.first)),
        ("sem:hasEndTimeStamp", _date(fiction.last)),
        ("bg:phaseOrder", "1"),
        ("bg:statedDuration", f'"P{(fiction.last - fiction.first).days}D"^^xsd:duration'),
        _quote(fiction.phase),
    )


def _powers(fiction: Fiction) -> Iterator[str]:
    slug, powers = fiction.slug, fiction.powers
    boxed = _quote(f"Belligerents\n {powers[0]}\n {powers[1]}")
    for number, power in enumerate(powers, 1):
        yield _node(f"polity/{power.lower()}", "bg:Polity", power, boxed)
        yield _node(
            f"side/{slug}/{number}",
            "bg:Side",
            f"Side {number} of the {fiction.title} ({power})",
            ("bg:sideOf", _id(f"event/{slug}")),
            ("bg:sideNumber", str(number)),
            ("bg:member", _id(f"polity/{power.lower()}")),
            boxed,
        )
    for one in fiction.lists:
        power = one.claimant.lower()
        view = ("bg:viewpointOf", _id(f"polity/{power}"))
        yield _node(f"viewpoint/{power}", "bg:Viewpoint", one.claimant, view, _quote(one.heading))


def _narrative(fiction: Fiction) -> Iterator[str]:
    battle, place = _id(f"event/{fiction.slug}"), f"place/{fiction.slug}/{fiction.place.lower()}"
    title, began = fiction.title, shown_day(fiction.first)
    yield _node(place, "bg:Place", fiction.place, _quote(fiction.beginning))
    yield _claim(
        fiction,
        "result",
        "bg:OutcomeClaim",
        f"The {title} was a victory for {fiction.powers[0]}",
        *_triple(battle, "bg:result", f'"victory for {fiction.powers[0]}"@en'),
        _quote(f"Result victory for {fiction.powers[0]}"),
    )
    yield _claim(
        fiction,
        "begin",
        "bg:DateClaim",
        f"The {title} began on {began}",
        *_triple(battle, "sem:hasBeginTimeStamp", _date(fiction.first)),
        *_days(f"on {began}", fiction.first),
        _quote(fiction.beginning),
    )
    yield _claim(
        fiction,
        "place",
        "bg:EventClaim",
        f"The {title} took place in {fiction.place}",
        *_triple(battle, "sem:hasPlace", _id(place)),
        _quote(fiction.beginning),
    )
    yield _claim(
        fiction,
        "control",
        "bg:ControlClaim",
        f"{fiction.powers[0]} controlled {fiction.place} {fiction.when_held}",
        ("bg:place", _id(place)),
        ("bg:holder", _id(f"polity/{fiction.powers[0].lower()}")),
        ("bg:controlKind", "bg:Control"),
        *_days(fiction.when_held, fiction.last, fiction.other),
        _quote(fiction.holding),
        reference=1,
        certainty="bg:Alternatives" if fiction.other else "bg:Asserted",
    )


def _loss_list(fiction: Fiction, one: LossList) -> Iterator[str]:
    name = f"loss-list/{fiction.slug}/per-{one.claimant.lower()}"
    label = f"Losses of side {one.sufferer} of the {fiction.title}, per {one.claimant}"
    yield _node(name, "bg:LossList", label, _in_article(fiction), _quote(one.heading))
    for loss in one.losses:
        kind = loss.kind.partition("/")[2] or "loss"
        yield _claim(
            fiction,
            f"side-{one.sufferer}-{kind}-per-{one.claimant.lower()}",
            "bg:LossClaim",
            f"Side {one.sufferer} of the {fiction.title}: {loss.words}, per {one.claimant}",
            ("bg:inEvent", _id(f"event/{fiction.slug}")),
            ("bg:lossOf", _id(f"side/{fiction.slug}/{one.sufferer}")),
            ("bg:listedIn", _id(name)),
            *_count(loss),
            _quote(loss.words),
            voice=f"viewpoint/{one.claimant.lower()}",
            reference=one.reference,
            certainty="bg:Attributed",
            value="bg:Known" if loss.kind else "bg:StatedUnspecified",
        )


def _count(loss: Loss) -> Iterator[_Says]:
    if loss.kind:
        yield "bg:lossType", _id(loss.kind)
        yield "bg:effect", f"bg:{loss.effect}"
        yield "bg:minCount", str(loss.least)
        yield "bg:countStated", "true"
    if loss.most is not None:
        yield "bg:maxCount", str(loss.most)


def _reference(fiction: Fiction, source: Source) -> Iterator[str]:
    name, gap = (f"{kind}/{fiction.slug}/{source.number}" for kind in ("reference", "gap"))
    fields: tuple[_Says, ...] = (
        ("dcterms:title", f'"{source.title}"@en'),
        ("bg:website", f'"{source.site}"'),
        ("dcterms:issued", _date(source.published)),
        ("bg:accessDate", _date(source.retrieved)),
        *_GIVEN_STATUS,
    )
    yield _node(
        name,
        "bg:BlankReference" if source.is_blank else "bg:Reference",
        f"Reference {source.number}" + (" (blank)" if source.is_blank else ""),
        _in_article(fiction),
        ("bg:refNumber", str(source.number)),
        ("bg:anchoredInText", "true"),
        *((("bg:lostField", _id(gap)), *_BLANK_STATUS) if source.is_blank else fields),
        _quote(source.entry),
    )
    if source.is_blank:
        label = f"Reference {source.number}: the whole entry is empty"
        lost = (("bg:gapIn", _id(name)), ("bg:field", '"Reference"@en'), *_BLANK_STATUS)
        yield _node(gap, "bg:Gap", label, _in_article(fiction), *lost, _quote(source.entry))


def _claim(
    fiction: Fiction,
    name: str,
    class_: str,
    label: str,
    *says: _Says,
    voice: str | None = None,
    reference: int | None = None,
    certainty: str = "bg:Asserted",
    value: str = "bg:Known",
) -> str:
    blank = {source.number for source in fiction.sources if source.is_blank}
    status = "bg:ReferenceBlank" if reference in blank else "bg:ReferenceGiven"
    cited = (("bg:citesReference", _id(f"reference/{fiction.slug}/{reference}")),) if reference else ()
    return _node(
        f"claim/{fiction.slug}/{name}",
        class_,
        label,
        _in_article(fiction),
        ("bg:accordingTo", _id(voice or f"viewpoint/{fiction.slug}/article")),
        *says,
        ("bg:valueStatus", value),
        ("bg:sourceStatus", status if reference else "bg:NoReferenceGiven"),
        *cited,
        ("bg:certainty", certainty),
    )


def _triple(subject: str, predicate: str, object_: str) -> tuple[_Says, ...]:
    return ("rdf:subject", subject), ("rdf:predicate", predicate), ("rdf:object", object_)


def _days(words: str, last: date, other: date | None = None) -> tuple[_Says, ...]:
    edtf = f'"[{other},{last}]"^^edtf:EDTF-level2' if other else f'"{last}"^^edtf:EDTF-level0'
    return (
        ("bg:whenLexical", f'"{words}"'),
        ("bg:dateEdtf", edtf),
        ("bg:earliestDate", _date(other or last)),
        ("bg:latestDate", _date(last)),
        *((("bg:possibleDate", f"{_date(other)} , {_date(last)}"),) if other else ()),
    )


def _in_article(fiction: Fiction) -> _Says:
    return "bg:inArticle", _id(f"article/{fiction.slug}")


def _quote(words: str) -> _Says:
    escaped = words.replace('"', '\\"').replace("\n", "\\n")
    return "bg:quote", f'"{escaped}"'


def _id(path: str) -> str:
    # Turtle wants slashes in a local name behind backslashes.
    return "id:" + path.replace("/", "\\/")


def _date(day: date) -> str:
    return f'"{day.isoformat()}"^^xsd:date'


def _node(path: str, class_: str, label: str, *says: _Says) -> str:
    lines = "".join(f" ;\n    {predicate} {object_}" for predicate, object_ in says)
    return f'{_id(path)} a {class_} ;\n    rdfs:label "{label}"@en{lines} .\n'
