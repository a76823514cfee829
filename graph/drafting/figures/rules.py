"""What the rules of figures take which words to mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "loss-exact": "A number, what it counts and what became of it, side by side, are one loss of just so many.",
        "loss-range": "Two numbers joined by a dash, “to” or “or” are the least and the most of a loss.",
        "loss-bounded": "“At least”, “over”, “+” give only the least of a loss, “up to”, “fewer than” only the most.",
        "loss-hedged": "“About”, “c.”, “~”, “estimated” leave a number what it is and are kept as its qualifier.",
        "loss-none": "“None”, “no”, “nil” say that nothing was lost: a count of 0.",
        "loss-unknown": "“Unknown”, “unspecified”, “?” say that no figure is given.",
        "loss-vague": "“Heavy”, “several”, “hundreds of” tell of a loss without a figure.",
        "loss-implied": "A thing with a verb and no number is one if named in the singular, else an untold number.",
        "loss-included": "A figure in brackets after another, after “including”, or one of several bare numbers that "
        "make the figure before them up, is part of that one, never added.",
        "loss-verb-of-list": "A verb at the end of a list is the verb of all things of the list.",
        "loss-verb-of-heading": "A verb that heads a list is the verb of the figures that have none.",
        "loss-without-verb": "People or bare numbers without a verb are casualties; things without one are lost.",
        "loss-object-carried": "A figure that names nothing counts what the one before did: “9 men killed, 6 wounded”.",
        "strength-counted": "A number and what it counts are one strength.",
        "strength-without-number": "“Unknown”, “several”, “hundreds of” tell of a strength without a figure.",
        "strength-included": "A strength in brackets after another, or after “including”, is a part of that one.",
    }
)
"""What each rule says, in one sentence."""
