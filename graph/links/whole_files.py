"""Files written whole or not at all: a reader, or a crash, never meets half of one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from graph.issues import Fault, shown


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write texts to files; where one cannot be written, none is, and `Fault` says which."""
    with contextlib.ExitStack() as stack:
        ready = [(stack.enter_context(_beside(path, text)), path) for path, text in texts.items()]
        for temporary, path in ready:
            try:
                temporary.replace(path)
            except OSError as error:
                raise _unwritable(path, error) from error


@contextlib.contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Write a text beside a file, ready to take its place; it is removed where it does not."""
    with contextlib.ExitStack() as stack:
        try:
            with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
                temporary = Path(file.name)
                stack.callback(temporary.unlink, missing_ok=True)
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            # A temporary file is its owner's alone; one in the place of another keeps who may read that.
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        except OSError as error:
            raise _unwritable(path, error) from error
        yield temporary


def _unwritable(path: Path, error: OSError) -> Fault:
    return Fault(f"{shown(path)}: {error.strerror or error}; nothing was written")
