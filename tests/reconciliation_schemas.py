"""What the Reconciliation Service API 0.2 asks of each answer, as JSON Schemas of our own.

Written from the text of the report (sections 3 to 7), not copied from its appendix. They are
stricter than it: a member that the report does not name is an error, but for `notes` beside the
candidates of a query, which the report leaves room for and clients ignore.
"""

from __future__ import annotations

from typing import Any, Final

from jsonschema import Draft202012Validator

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_WORDS: Final[Schema] = {"type": "string"}
_WEB: Final[Schema] = {"type": "string", "pattern": r"^https?://[^\s]+$"}


def record(required: Schema, optional: Schema | None = None) -> Schema:
    """Return the schema of an object with these members and no others."""
    members = {**required, **(optional or {})}
    return {"type": "object", "properties": members, "required": [*required], "additionalProperties": False}


def array(items: Schema, **limits: object) -> Schema:
    """Return the schema of an array."""
    return {"type": "array", "items": items, **limits}


_REFERENCE: Final = record({"id": _TEXT, "name": _TEXT})
_TYPE: Final = record(
    {"id": _TEXT, "name": _TEXT}, {"description": _WORDS, "broader": array(_REFERENCE, uniqueItems=True)}
)
_PATH: Final = record({"service_url": _WEB, "service_path": {"type": "string", "pattern": "^/"}})
_SUGGEST: Final = record(
    {"service_url": _WEB, "service_path": {"type": "string", "pattern": "^/"}},
    {"flyout_service_url": _WEB, "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"}},
)
_SETTING: Final = record(
    {"name": _TEXT, "label": _TEXT, "type": {"const": "number"}},
    {"default": {"type": "number"}, "help_text": _WORDS},
)
_TEMPLATE: Final[Schema] = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
MANIFEST: Final = record(
    {
        "versions": array(_TEXT, contains={"const": "0.2"}),
        "name": _TEXT,
        "identifierSpace": _WEB,
        "schemaSpace": _WEB,
    },
    {
        "documentation": _WEB,
        "serviceVersion": _TEXT,
        "logo": _WEB,
        "defaultTypes": array(_REFERENCE, uniqueItems=True),
        "batchSize": {"type": "integer", "minimum": 1},
        "view": record({"url": _TEMPLATE}),
        "preview": record({"url": _TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": record({"entity": _SUGGEST, "type": _SUGGEST, "property": _SUGGEST}),
        "extend": record({"propose_properties": _PATH, "property_settings": array(_SETTING)}),
    },
)

_FEATURE: Final = record({"id": _TEXT, "value": {"type": ["number", "boolean"]}})
_CANDIDATE: Final = record(
    {
        "id": _TEXT,
        "name": _TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": array(_REFERENCE),
    },
    {"description": _TEXT, "features": array(_FEATURE)},
)
RESULT: Final = record({"result": array(_CANDIDATE)}, {"notes": array(_TEXT, minItems=1)})
RESULTS: Final[Schema] = {"type": "object", "additionalProperties": RESULT}

ENTITIES: Final = record(
    {"result": array(record({"id": _TEXT, "name": _TEXT}, {"description": _WORDS, "notable": array(_REFERENCE)}))}
)
TYPES: Final = record({"result": array(_TYPE)})
_PROPERTY: Final = record({"id": _TEXT, "name": _TEXT}, {"description": _WORDS})
PROPERTIES: Final = record({"result": array(_PROPERTY)})
FLYOUT: Final = record({"id": _TEXT, "html": _TEXT})

PROPOSAL: Final = record({"properties": array(_PROPERTY)}, {"type": _WORDS, "limit": {"type": "number"}})
_CELL: Final[Schema] = {
    "oneOf": [
        record({"id": _TEXT, "name": _TEXT}, {"description": _TEXT}),
        record({"str": _TEXT}),
        record({"float": {"type": "number"}}),
        record({"int": {"type": "integer"}}),
        record({"date": {"type": "string", "pattern": r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}}),
    ]
}
_ROW: Final[Schema] = {"type": "object", "additionalProperties": array(_CELL)}
EXTENSION: Final = record(
    {
        "meta": array(record({"id": _TEXT, "name": _TEXT}, {"service": _WEB, "type": _REFERENCE})),
        "rows": {"type": "object", "additionalProperties": _ROW},
    }
)
PROBLEM: Final[Schema] = {
    "type": "object",
    "properties": {"title": _TEXT, "detail": _TEXT, "status": {"type": "integer", "minimum": 400, "maximum": 499}},
    "required": ["title", "status", "detail"],
}


def faults(value: object, schema: Schema) -> list[str]:
    """Return what of a value is not as a schema has it, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]
