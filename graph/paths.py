"""Where the project's files are, in a checkout and in an installed wheel alike.

`graph/`, `ontology/`, `shapes/` and `server/` are siblings in both, so one root reaches all of them.
"""

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
