"""How far a long run is, on standard error: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import click

_PAUSE: Final = 30.0
"""Seconds between lines of a log."""

Item = TypeVar("Item")


def told(items: Iterable[Item], length: int, label: str) -> Iterator[Item]:
    """Yield the items, `length` of them, and tell how far they are."""
    if sys.stderr.isatty():
        with click.progressbar(items, length=length, label=label, file=sys.stderr, show_pos=True) as shown:
            yield from shown
        return
    begun = last = time.monotonic()
    for count, item in enumerate(items, 1):
        now = time.monotonic()
        if now - last >= _PAUSE:
            last = now
            left = (now - begun) / count * (length - count)
            click.echo(f"{label}: {count:,} of {length:,}, about {_duration(left)} left", err=True)
        yield item


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004 - an hour
