"""Validation of RDF that the build did not make: a dump, one graph of it, somebody's own file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.authored import QUOTE, QUOTE_IN_CONTEXT
from graph.ground import Ground
from graph.issues import InvalidSources, Issue
from graph.results import Result
from graph.validation import validate_quads


def validate_file(file: Path, ground: Ground) -> tuple[Result, ...]:
    """Return what the project's shapes and checks find in a file of any RDF syntax.

    Raises `InvalidSources` where it cannot be read, or is a file that authors write: such
    a file has quotes where published data has anchors, and is validated with its article.
    """
    return validate_quads(_read(file), ground.constraints, ground.quads)


def _read(file: Path) -> frozenset[ox.Quad]:
    syntax = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if syntax is None:
        remedy = "Name it .nq, .trig, .ttl, .nt, .jsonld or .rdf, as what is in it."
        raise InvalidSources([Issue(file, None, f"no RDF syntax has the suffix {file.suffix!r}", remedy)])
    try:
        quads = frozenset(ox.parse(path=file, format=syntax))
    except OSError as error:
        remedy = "Give a file that you can read."
        raise InvalidSources([Issue(file, None, error.strerror or str(error), remedy)]) from error
    except SyntaxError as error:
        seen = f"no valid {syntax.name}: {error.msg}"
        raise InvalidSources([Issue(file, error.lineno, seen, "Mend the file there.")]) from error
    if any(quad.predicate in (QUOTE, QUOTE_IN_CONTEXT) for quad in quads):
        seen = "it quotes the article, as files do that authors write"
        raise InvalidSources(
            [Issue(file, None, seen, "Run `battlegraph validate` without it: that reads all sources.")]
        )
    return quads
