"""JSON that a client sent in a form field, read without trusting it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NoReturn, TypeGuard

from server.http.errors import Problem

_SHOWN: Final = 60


def read_json(text: str, field: str) -> object:
    """Return what the text of a field says (RFC 8259); raise a 400 that tells where and why it is not JSON.

    NaN and the infinities, nesting that is too deep, and text that no encoding of Unicode has
    (lone surrogates) are refused.
    """
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant)
        # Not what was sent is judged but what it means: an escape can spell half a character.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        refuse(field, f"is not JSON: {error.msg} at {at}. Send one JSON object, percent-encoded")
    except RecursionError:
        refuse(field, "is nested too deeply. A batch is an object of objects")
    except UnicodeEncodeError:
        refuse(field, "has half a character (a lone surrogate). Send text in UTF-8")
    except ValueError as error:
        refuse(field, f"has a number that cannot be used: {error}")
    return value


def read_object(value: object, place: str) -> Mapping[str, object]:
    """Return a value that must be a JSON object; raise a 400 that names its place where it is not."""
    if not _is_object(value):
        refuse(place, f"is {kind_of(value)}, not an object")
    return value


def refuse(place: str, why: str) -> NoReturn:
    """Raise the 400 that says what is wrong at one place of what was sent."""
    name = "".join(character if character.isprintable() else "?" for character in place)
    raise Problem(400, "Malformed request", f"`{name[:_SHOWN]}` {why}.")


def kind_of(value: object) -> str:
    """Return what JSON calls a value, with its article.

    >>> kind_of([]), kind_of(True), kind_of(1.5)
    ('an array', 'a boolean', 'a number')
    """
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "null"


_KINDS: Final = (
    (bool, "a boolean"),
    (str, "a string"),
    ((int, float), "a number"),
    (list, "an array"),
    (dict, "an object"),
)


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
