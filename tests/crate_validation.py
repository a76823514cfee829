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
_FILL: Final = f"""
import io, sys
from importlib.resources import files
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

context = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()

class Stored(HTTPAdapter):
    def send(self, request, **_):
        headers = {{"Content-Type": "application/ld+json"}}
        answer = HTTPResponse(io.BytesIO(context), status=200, headers=headers, preload_content=False)
        return self.build_response(request, answer)

session = CachedSession(cache_name=sys.argv[1], backend="sqlite", expire_after=-1)
session.mount("https://", Stored())
session.get("{_CONTEXT}").raise_for_status()
"""


def find_faults(crate: Path, scratch: Path) -> list[str]:
    """Return what is not as RO-Crate 1.2 requires it, each in the validator's words."""
    cache, report = scratch / "cache", scratch / "report.json"
    subprocess.run([sys.executable, "-c", _FILL, str(cache)], check=True, timeout=60)
    command = [str(Path(sys.executable).with_name("rocrate-validator")), "--no-interactive", "validate", "--offline"]
    options = ["--profile-identifier", "ro-crate-1.2", "--requirement-severity", "required", "--cache-path", str(cache)]
    output = ["--no-paging", "--verbose", "--output-format", "json", "--output-file", str(report)]
    call = [*command, *options, *output, str(crate)]
    # It ends with 1 where it finds anything, which the report tells better.
    done = subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)
    found: dict[str, Any] = json.loads(report.read_text())
    assert found["statistics"]["total_passed_checks"] > 30 or found["issues"], done.stdout
    assert found["passed"] is not bool(found["issues"])
    return [issue["message"] for issue in found["issues"]]
