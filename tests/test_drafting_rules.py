"""The rules of reading: each has one name, one sentence, and a reader that uses it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from graph.drafting import rules

_CODE = Path(rules.__file__).parent


def _words_of_code() -> set[str]:
    """Return the strings of the readers, without the keys of their tables of rules."""
    found: Counter[str] = Counter()
    for path in _CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found[node.value] += 1
            if isinstance(node, ast.Dict):
                found.subtract(
                    key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
                )
    return {words for words, count in found.items() if count > 0}


def test_no_two_readers_share_the_name_of_a_rule() -> None:
    names = Counter(name for table in rules.READERS for name in table)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", rules.RULES)
def test_a_rule_has_a_name_in_kebab_case_and_says_in_one_sentence_what_it_takes(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert re.fullmatch(r"[A-Z\"“\d].*[.]", rules.RULES[name])


def test_every_table_of_rules_is_assembled() -> None:
    """A reader whose rules are not here would write names into drafts that nobody can look up."""
    named = set()
    for path in _CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.AnnAssign) or node.value is None:
                continue
            if isinstance(node.target, ast.Name) and node.target.id.endswith("RULES"):
                named |= {
                    key.value
                    for table in ast.walk(node.value)
                    if isinstance(table, ast.Dict)
                    for key in table.keys
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
    assert named <= set(rules.RULES)


def test_every_rule_is_used() -> None:
    words = _words_of_code()
    # "result-line" is put together of the field's key and "-line".
    unused = [
        name
        for name in rules.RULES
        if name not in words
        and not any(name.endswith(part) for part in words if re.fullmatch(r"-[a-z]+(-[a-z]+)*", part))
    ]
    assert unused == []
