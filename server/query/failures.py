"""Why a query has no answer: one family, from refusal to crash.

Messages are written for the person who sent the query: what happened, where, and what
to do. They cross from a query worker to the HTTP side by the name of their class.
"""

from __future__ import annotations


class QueryError(Exception):
    """A query without an answer."""

    @property
    def message(self) -> str:
        """What happened and what to do, in a sentence or two."""
        return str(self.args[0])


class QueryRefused(QueryError):
    """The query was not evaluated: this endpoint does not do what it asks."""


class QuerySyntaxError(QueryError):
    """The query is not SPARQL. Line and column count from 1; None where the parser gives no place."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryFailed(QueryError):
    """The engine could not evaluate the query, as for a function it does not know."""


class AnswerUnwritable(QueryError):
    """The answer cannot be written in the format asked for."""


class AnswerTooLarge(QueryError):
    """The answer is larger than this endpoint sends; nothing of it is sent."""

    @classmethod
    def than(cls, most_bytes: int) -> AnswerTooLarge:
        """Return the error of an answer that has more bytes than these."""
        return cls(
            f"The answer is larger than {most_bytes:,} bytes, the most this endpoint sends. Nothing of it was "
            "sent: ask for less at a time, with ORDER BY, LIMIT and OFFSET."
        )


class QueryTimedOut(QueryError):
    """The query ran to its deadline and was ended."""


class QueryOutOfMemory(QueryError):
    """The query needed more memory than a worker has and was ended."""

    def __init__(
        self,
        message: str = "This query needs more memory than one query may have, and was ended. Ask for less at a time: "
        "name what is asked about, and avoid patterns that share no variable.",
    ) -> None:
        super().__init__(message)


class QueryCrashed(QueryError):
    """The engine crashed on the query; other queries are not affected."""

    def __init__(
        self, message: str = "The query engine crashed on this query. Others are not affected; write it more simply."
    ) -> None:
        super().__init__(message)


class QueryAbandoned(QueryError):
    """The client has gone, so the query was ended."""

    def __init__(self, message: str = "The client closed its connection, and the query was ended.") -> None:
        super().__init__(message)


class QueryQueueFull(QueryError):
    """Too many queries are waiting for a worker."""

    def __init__(
        self,
        message: str = "Every query worker is busy and no more queries may wait. Try again in a few seconds.",
    ) -> None:
        super().__init__(message)

    @classmethod
    def after(cls, seconds: float) -> QueryQueueFull:
        """Return the error of a query that has waited for so long."""
        return cls(f"Every query worker was busy for {seconds:g} s. Try again in a few seconds.")


class QueryServiceDown(QueryError):
    """No query worker can be reached."""
