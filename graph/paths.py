"""Where the project's files are, in a checkout and in an installed wheel alike.

`graph/`, `ontology/`, `shapes/` and `server/` are siblings in both, so one root reaches all of them.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
QUESTIONS = ONTOLOGY / "questions"
SHAPES = ROOT / "shapes"
CHECKS = SHAPES / "checks"
ARTICLES = ROOT / "graph" / "articles"
SHARED = ROOT / "graph" / "shared"
RULES = ROOT / "graph" / "rules"
DATASET = ROOT / "graph" / "dataset"
RELEASED = ROOT / "graph" / "released"


def python_path() -> str:
    """Return the PYTHONPATH of a process that is to import this project, whatever its folder is."""
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
