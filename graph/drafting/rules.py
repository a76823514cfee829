"""The rules of reading, by name: what each one takes which words to mean.

A draft names, beside every statement, the rule that read it. A reader of an article adds
its rules here, in the group of its field; a rule that no reader uses is refused by the tests.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

RULES: Final = MappingProxyType[str, str]({})
"""What each rule says, in one sentence."""
