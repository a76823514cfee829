"""Tables of words, as sets and as forms of several words that are looked up in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graph.drafting.figures.tokens import Token


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


class Forms:
    """Forms of one word or several, parted by `|`, each with a name; of those that fit, the longest is found."""

    def __init__(self, forms: str | Mapping[str, str]) -> None:
        """Take forms without names, or the forms of each name."""
        named = {"": forms} if isinstance(forms, str) else forms
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, text in named.items():
            for form in text.split("|"):
                parts = tuple(_parts(form))
                found.setdefault(parts[0], []).append((parts, name))
        self._by_first: Final = {first: sorted(every, key=lambda form: -len(form[0])) for first, every in found.items()}

    def named_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
        """Return where the form ends that begins at a token, and its name."""
        if at >= len(tokens):
            return None
        for parts, name in self._by_first.get(tokens[at].low, ()):
            if at + len(parts) <= len(tokens) and all(tokens[at + i].low == part for i, part in enumerate(parts)):
                return at + len(parts), name
        return None

    def end_at(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return where the form ends that begins at a token."""
        found = self.named_at(tokens, at)
        return None if found is None else found[0]


def _parts(form: str) -> list[str]:
    """Return the tokens of a form: the point of "approx." is one, those of "k.i.a." are not."""
    return [
        part for word in form.split() for part in ((word[:-1], ".") if word.find(".") == len(word) - 1 > 0 else (word,))
    ]
