"""roc-validator, a validator of RO-Crates by other people, run without a network.

It fetches the JSON-LD context that a crate names, and works from its cache where it is
told to stay offline. So the cache is filled first, with the context that the package
rocrate brings: that of RO-Crate 1.3, in which the terms of 1.2 mean what they mean in 1.2.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_CONTEXT: Final = "https://w3id.org/ro/crate/1.2/context"
_SCRIPT: Final = f"""
import io, json, sys
from importlib.resources import files
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.services import validate
from urllib3 import HTTPResponse

context = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()

class Stored(HTTPAdapter):
    def send(self, request, **_):
        headers = {{"Content-Type": "application/ld+json"}}
        answer = HTTPResponse(io.BytesIO(context), status=200, headers=headers, preload_content=False)
        return self.build_response(request, answer)

cache, report, *crates = sys.argv[1:]
session = CachedSession(cache_name=cache, backend="sqlite", expire_after=-1)
session.mount("https://", Stored())
session.get("{_CONTEXT}").raise_for_status()
results = [
    validate(ValidationSettings(
        crate, profile_identifier="ro-crate-1.2", requirement_severity=Severity.REQUIRED, cache_path=cache, offline=True
    ))
    for crate in crates
]
with open(report, "w") as out:
    json.dump([{{
        "issues": [issue.message for issue in result.get_issues()],
        "passed": len(result.statistics.passed_checks),
    }} for result in results], out)
"""


def find_faults(scratch: Path, *crates: Path) -> list[list[str]]:
    """Return of each crate what is not as RO-Crate 1.2 requires it, in the validator's words; one process for all."""
    report = scratch / "report.json"
    call = [sys.executable, "-c", _SCRIPT, str(scratch / "cache"), str(report), *map(str, crates)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(report.read_text())
    assert [one["passed"] > 30 for one in found] == [True] * len(crates), done.stdout
    return [one["issues"] for one in found]
