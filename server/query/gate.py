"""What a query may be before the engine sees it.

The engine performs SERVICE calls, ends its process on deep nesting and plans long
patterns for hours, and nothing can stop it but a signal (the workers' part). So a
query is looked at first: a pure function of its text, which raises `QueryRefused` with
a reason and lets everything else through, wrong syntax included, because the parser
tells that best.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from server.query.failures import QueryRefused
from server.query.query_size import refuse_size
from server.query.tokens import Token, line_and_column, possible_tokens, tokens, unescape_codepoints

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_BYTES: Final = 128 << 10

_FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PROLOGUE: Final = {"BASE": 1, "PREFIX": 2, "VERSION": 1}
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"),
)
_VOLATILE: Final = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_MAYBE_VOLATILE: Final = ("now", "rand", "uuid", "bnode")
_BRACE: Final = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*\{")


def check(query: str) -> None:
    """Raise `QueryRefused` where the engine must not see this query; the message says why."""
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise QueryRefused("This query is not Unicode text: it holds half of a surrogate pair.") from error
    if size > MAX_BYTES:
        raise QueryRefused(
            f"This query is {size:,} bytes long; at most {MAX_BYTES:,} are read. Ask in several queries."
        )
    _refuse_update(query)
    refuse_size(query)
    _refuse_service(query)
    if "\\u" in query or "\\U" in query:
        _refuse_service(unescape_codepoints(query))


def query_form(query: str) -> Form | None:
    """Return the form the query has if it is a query at all, by its first word after the prologue."""
    first = prologue_end(query)
    word = first.text.upper() if first else ""
    # The engine needs no space after a keyword: ASKFROM is two.
    return next((form for form in _FORMS if word.startswith(form)), None)


def is_volatile(query: str) -> bool:
    """Tell whether the answer changes from one evaluation to the next on the same data."""
    if "\\u" in query or "\\U" in query:
        query = unescape_codepoints(query)
    text = query.lower()
    if not any(word in text for word in _MAYBE_VOLATILE):
        return False
    return any(token.kind == "word" and token.text.upper() in _VOLATILE for token in tokens(query))


# Each part that looks at a query asks for it.
@lru_cache(maxsize=16)
def prologue_end(query: str) -> Token | None:
    """Return the first token after the prologue, None where there is none."""
    reading = tokens(query)
    for token in reading:
        if token.kind != "word" or token.text.upper() not in _PROLOGUE:
            return token
        for _ in range(_PROLOGUE[token.text.upper()]):
            next(reading, None)
    return None


def _refuse_update(query: str) -> None:
    first = prologue_end(query)
    if first and first.kind == "word" and first.text.upper() in _UPDATES:
        raise QueryRefused(
            f"This is an update ({first.text.upper()}): the data is read-only and this endpoint answers queries, "
            "that is SELECT, ASK, CONSTRUCT and DESCRIBE."
        )


def _refuse_service(query: str) -> None:
    if "service" not in query.lower():
        return
    for token in possible_tokens(query):
        word = token.text.partition(":")[0] if token.kind == "name" else token.text
        if token.kind not in ("word", "name") or "service" not in word.lower():
            continue
        # A prefix may be called services:, but services:x before a brace is read as SERVICE s:x as well.
        if token.kind == "word" or _BRACE.match(query, token.end):
            line, column = line_and_column(query, token.start)
            raise QueryRefused(
                f"This query holds SERVICE (line {line}, column {column}): this endpoint sends no query to other "
                "servers. Ask them from your side, or run the federated query in a client and name this endpoint there."
            )
