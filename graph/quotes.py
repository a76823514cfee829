"""The quotes that authors write, resolved to the stretches of the article they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.anchors import Span, UnresolvedQuote, resolve
from graph.article import Article
from graph.authored import EXACT, PREFIX, QUOTE, QUOTE_IN_CONTEXT, SUFFIX
from graph.issues import Issue, Issues
from graph.namespaces import XSD
from graph.partition import CROSSLINKS_FILE
from graph.turtle import TurtleFile, shown_iri


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a node rests on, as its author gave them."""

    subject: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A node that rests on a stretch of the article's text."""

    subject: str
    span: Span


def resolve_quotes(file: TurtleFile, article: Article) -> list[Rest]:
    """Return what each quote of the file stands for; raise `InvalidSources` where one cannot be resolved."""
    issues = Issues()
    rests: list[Rest] = []
    for quote in _quotes(file, issues):
        if file.path.name == CROSSLINKS_FILE:
            seen = f"{shown_iri(quote.subject)} quotes the article, but outside knowledge does not rest on it"
            issues.append(_issue(file, quote, seen, "State its grounds with bg:evidence."))
            continue
        try:
            rests.append(Rest(quote.subject, resolve(article.text, quote.exact, quote.prefix, quote.suffix)))
        except UnresolvedQuote as error:
            issues.append(_issue(file, quote, f"{shown_iri(quote.subject)}: {error}", error.remedy))
    issues.raise_any()
    return rests


def quoting(file: TurtleFile) -> Iterator[ox.Triple]:
    """Yield the triples by which nodes of the file have quotes."""
    return (triple for triple in file.triples if triple.predicate in (QUOTE, QUOTE_IN_CONTEXT))


def _quotes(file: TurtleFile, issues: Issues) -> Iterator[Quote]:
    contexts: dict[ox.BlankNode, dict[ox.NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in file.triples:
        if isinstance(triple.subject, ox.BlankNode) and isinstance(triple.object, ox.Literal):
            contexts[triple.subject][triple.predicate].append(triple.object.value)
    for triple in quoting(file):
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        subject = triple.subject.value
        if triple.predicate == QUOTE:
            if isinstance(triple.object, ox.Literal) and triple.object.datatype.value == XSD + "string":
                yield Quote(subject, triple.object.value)
            else:
                seen = f"bg:quote of {shown_iri(subject)} is {triple.object}, which is no plain text"
                issues.append(
                    file.issue(seen, "Write the words in quotation marks, with no language tag.", about=subject)
                )
        elif isinstance(triple.object, ox.BlankNode):
            parts = contexts[triple.object]
            if len(parts[EXACT]) != 1 or len(parts[PREFIX]) > 1 or len(parts[SUFFIX]) > 1:
                seen = f"a bg:quoteInContext of {shown_iri(subject)} has {len(parts[EXACT])} values of oa:exact"
                remedy = "It has one oa:exact, and at most one each of oa:prefix and oa:suffix."
                issues.append(file.issue(seen, remedy, about=subject))
                continue
            yield Quote(subject, parts[EXACT][0], *("".join(parts[part]) for part in (PREFIX, SUFFIX)))
        else:
            seen = f"bg:quoteInContext of {shown_iri(subject)} is {triple.object}"
            issues.append(file.issue(seen, "Write [ oa:prefix … ; oa:exact … ; oa:suffix … ].", about=subject))


def _issue(file: TurtleFile, quote: Quote, seen: str, remedy: str) -> Issue:
    """Return an issue at the line of the quote, else at that of its subject."""
    written = quote.exact.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    subject_line = file.line_of(quote.subject)
    start = sum(map(len, file.text.splitlines(keepends=True)[: (subject_line or 1) - 1]))
    found = file.text.find(f'"{written}"', start)
    line = file.text.count("\n", 0, found) + 1 if found >= 0 else subject_line
    return Issue(file.path, line, seen, remedy)
