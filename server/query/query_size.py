"""How large a query is for the engine: how deep, how many patterns, how many tokens.

Counted from the tokens, without parsing: an estimate that is exact for triple patterns
as people write them and errs upwards elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from server.query.failures import QueryRefused
from server.query.tokens import Token, line_and_column, tokens

# Measured with pyoxigraph 0.5.13 in a worker, with its stack of 64 MiB (with the usual 8 MiB in brackets).
# Crash: functions, EXISTS 3,000 to 10,000 deep (300 to 1,000); braces, OPTIONAL, sub-SELECT 10,000 to 30,000
# (1,000 to 3,000); parentheses, `!` above 30,000 (3,000 to 10,000). Queries of people nest 10 deep, of tools 30.
MAX_DEPTH: Final = 100
# Planning time of triple patterns on one subject, OPTIONALs or unconnected patterns grows with the third power:
# 50 take 0.03 s, 100 take 0.4 to 0.9 s, 300 more than 20 s; a list of 300 items, 1,000 path steps or nested [] as well.
MAX_PATTERNS: Final = 128
# Chains of operators, UNION, AS, GROUP BY, DESCRIBE: 10,000 links take 2 to 5 s, 30,000 do not end (3,000 crash
# with 8 MiB). A link is at least one token. Values of VALUES and IN are not counted: 30,000 take 0.2 s.
MAX_TOKENS: Final = 4_000

_WORD_OR_SIGN: Final = re.compile(r"\w+|[^\w\s]")
# Nothing in it that could be a bracket, should it be part of something else than an IRI.
_FULL_IRI: Final = re.compile(r"<[^<>\"'{}|^`\\\s()\[\]]*://[^<>\"'{}|^`\\\s()\[\]]*>")
_BETWEEN_VALUES: Final = frozenset((",", "^^"))


def refuse_size(query: str) -> None:
    """Raise `QueryRefused` where the engine would crash or plan for minutes; the message says at what place."""
    if _is_surely_small(query):
        return
    size = _Size()
    for token in tokens(query):
        size.add(token)
        if not size.is_exceeded:
            continue
        line, column = line_and_column(query, token.start)
        where = f"line {line}, column {column}"
        if len(size.open) > MAX_DEPTH:
            raise QueryRefused(f"This query nests brackets more than {MAX_DEPTH} deep ({where}). Write it flatter.")
        if size.patterns > MAX_PATTERNS:
            raise QueryRefused(
                f"This query has more than {MAX_PATTERNS} triple patterns, path steps, list items and filters "
                f"({where}). Ask in several queries."
            )
        raise QueryRefused(
            f"This query has more than {MAX_TOKENS:,} words and signs, not counting the values of VALUES and IN "
            f"({where}). Ask in several queries, or put the values into VALUES."
        )


def _is_surely_small(query: str) -> bool:
    """Tell without reading the tokens whether a query is too short, and has too few signs, to exceed any limit."""
    if len(query) > MAX_TOKENS:
        return False
    if "(" in query:
        # Every bracket and every pattern takes a word or a sign at least, and a token is made of one or more of them.
        return len(_WORD_OR_SIGN.findall(_FULL_IRI.sub("<", query))) <= min(MAX_DEPTH, MAX_PATTERNS)
    # Without `(` a bracket opens with one of these signs, and one of them or of these words begins a pattern.
    words = query.lower()
    signs = sum(map(query.count, "{}[]<>.;,/")) + sum(map(words.count, ("filter", "bind", "values")))
    return signs <= min(MAX_DEPTH, MAX_PATTERNS)


@dataclass(slots=True)
class _Size:
    """What of a query costs the engine, counted token by token.

    The brackets around a token say what it is part of: `{` a group, `D` the data of
    VALUES, `T` the template of CONSTRUCT, `(` an expression, `I` the values of IN, `L` a
    list or a path, `[` a node's properties, `<<` a triple.
    """

    open: list[str] = field(default_factory=list)
    patterns: int = 0
    tokens: int = 0
    _last: tuple[str, str] = ("", "")
    _values: bool = False
    """VALUES was read, and its data is yet to come."""
    _fresh: bool = False
    """The next term begins a triple pattern."""

    @property
    def is_exceeded(self) -> bool:
        return self.tokens > MAX_TOKENS or self.patterns > MAX_PATTERNS or len(self.open) > MAX_DEPTH

    def add(self, token: Token) -> None:
        """Count one more token."""
        inside = self.open[-1] if self.open else ""
        if inside in ("D", "I") and (token.kind not in ("mark", "word") or token.text in _BETWEEN_VALUES):
            return
        self.tokens += inside != "D"
        if token.kind == "iri" and "://" not in token.text:
            self._add_expression(token.text)
        elif token.kind == "word":
            self._add_word(token.text.upper(), inside)
        elif token.kind == "mark":
            self._add_mark(token.text, inside)
        if token.kind not in ("mark", "word"):
            self._add_term(inside)
        self._last = (self._last[1], token.text.upper() if token.kind == "word" else token.kind)

    def _add_expression(self, text: str) -> None:
        """Count what looks like an IRI but may be `<`, an expression and `>`: see `possible_tokens`."""
        for character in text:
            if character in "([":
                self.open.append("(")
            elif character in ")]" and self.open and self.open[-1] == "(":
                self.open.pop()
            self.tokens += not character.isalnum()

    def _add_word(self, word: str, inside: str) -> None:
        if word in ("TRUE", "FALSE"):
            self._add_term(inside)
            return
        self._values |= word == "VALUES"
        self.patterns += word in ("FILTER", "BIND", "VALUES")
        self._fresh = False

    def _add_term(self, inside: str) -> None:
        self.patterns += inside == "L" or (self._fresh and inside in ("{", "["))
        self._fresh = False

    def _add_mark(self, mark: str, inside: str) -> None:
        if mark in ("{", "(", "[", "<<"):
            if mark != "{":
                self._add_term(inside)
            self.open.append(self._bracket(mark, inside))
            self._fresh = self.open[-1] in ("{", "[")
        elif mark in ("}", ")", "]", ">>"):
            if self.open and (mark != ">>" or self.open[-1] == "<<"):
                self.open.pop()
            self._fresh = bool(self.open) and self.open[-1] == "{"
        elif mark in (".", ";", ","):
            self._fresh = inside in ("{", "[")
        elif mark == "/":
            self.patterns += inside in ("{", "[", "L")

    def _bracket(self, mark: str, inside: str) -> str:
        before, last = self._last
        if mark == "{":
            if self._values:
                self._values = False
                return "D"
            return "T" if last == "CONSTRUCT" else "{"
        if inside in ("D", "I", "T"):
            return inside
        if mark in ("[", "<<"):
            return mark
        if last == "IN":
            return "I"
        is_word = last.isupper() and last != "A"
        is_function = last in ("iri", "name") and before in ("FILTER", "HAVING", "BY")
        return "(" if is_word or is_function or inside in ("(", "<<", "") else "L"
