"""The endpoint's limits, told in words: on the query page and in the service description."""

from __future__ import annotations

from typing import Final

from server.config import Config
from server.query.gate import MAX_BYTES
from server.query.query_size import MAX_DEPTH, MAX_PATTERNS, MAX_TOKENS
from server.query.scope import MAX_MERGED

QUEUE: Final = 16
"""Queries that may wait for a worker; one more is refused at once. Each holds a thread of an HTTP worker."""

MEBIBYTE: Final = 1 << 20


def limits(config: Config) -> tuple[str, ...]:
    """Return one sentence for each limit."""
    return (
        f"A query may take {config.query_deadline:g} s and {config.query_memory // MEBIBYTE:,} MiB of memory.",
        f"An answer may have {config.result_bytes / MEBIBYTE:,.4g} MiB. It is sent whole or not at all.",
        f"{config.query_workers} queries are answered at a time; {QUEUE} more may wait, as long as a query may take.",
        f"A query may have {MAX_BYTES:,} bytes and brackets {MAX_DEPTH} deep.",
        f"It may have {MAX_PATTERNS} triple patterns, path steps, list items and filters together.",
        f"It may have {MAX_TOKENS:,} words and signs, not counting the values of VALUES and IN.",
        f"Several default graphs are merged where they hold at most {MAX_MERGED:,} triples together.",
        "The data is read-only, and no query is sent to other servers: updates and SERVICE are refused.",
    )
