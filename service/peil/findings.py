"""What a schema validator and msgspec complain about, said once in Peil's own stable codes."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from jsonschema_rs import ValidationError

from peil.errors import Finding
from peil.json_text import pointer_to

# Every code that decoding can give; `problems.py` has a text for each.
CODES = frozenset(
    {
        "duplicate-item",
        "duplicate-key",
        "format",
        "invalid",
        "invalid-utf8",
        "lone-surrogate",
        "malformed",
        "more-findings",
        "no-body",
        "not-a-multiple",
        "not-above",
        "not-below",
        "not-one-of",
        "nul-character",
        "number-out-of-range",
        "pattern",
        "percent-encoding",
        "required",
        "too-deep",
        "too-few-items",
        "too-large",
        "too-long",
        "too-many-items",
        "too-short",
        "too-small",
        "type",
        "unknown-field",
    }
)

_LIMITS = {
    "minLength": "too-short",
    "maxLength": "too-long",
    "minimum": "too-small",
    "maximum": "too-large",
    "exclusiveMinimum": "not-above",
    "exclusiveMaximum": "not-below",
    "minItems": "too-few-items",
    "maxItems": "too-many-items",
    "minProperties": "too-few-items",
    "maxProperties": "too-many-items",
}
# A container of which the validator saw only a part may seem to lack something.
_LACKS = frozenset({"required", "minItems", "minProperties"})


class SchemaFindings:
    """Turns the errors of one schema document into findings; alternatives are told apart by their tag."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def of(self, error: ValidationError, cut: Set[str] = frozenset()) -> Iterator[Finding]:
        """The findings of `error`, without those that miss something in a container of `cut`."""
        kind: Any = error.kind
        keyword = kind.name
        if keyword == "anyOf":
            yield from self._of_alternatives(error, cut, ())
            return
        path = list(error.instance_path)
        if keyword in _LACKS and pointer_to(path) in cut:
            return
        facts = kind.as_dict()
        if keyword == "required":
            yield Finding(pointer_to([*path, facts["property"]]), "required")
        elif keyword == "additionalProperties":
            for name in facts["unexpected"]:
                yield Finding(pointer_to([*path, name]), "unknown-field")
        elif keyword == "propertyNames":
            inner = kind.error
            yield _plain(pointer_to([*path, inner.instance]), inner.kind.name, inner.kind.as_dict())
        else:
            yield _plain(pointer_to(path), keyword, facts)

    def _of_alternatives(self, error: ValidationError, cut: Set[str], also: tuple[str, ...]) -> Iterator[Finding]:
        """Only the alternative that was meant; `also` are further types that would have been right here."""
        path = list(error.instance_path)
        alternatives: Any = error.kind
        meant: list[list[ValidationError]] = []
        types = list(also)
        for branch in alternatives.context:
            wrong = [e for e in branch if e.kind.name == "type" and list(e.instance_path) == path]
            types.extend(name for e in wrong for name in e.kind.types)
            if not wrong:
                meant.append(branch)
        if not meant:
            yield Finding(pointer_to(path), "type", {"expected": ", ".join(dict.fromkeys(types))})
            return
        tags = self._location(error).get("discriminator")
        if tags is not None and isinstance(error.instance, dict):
            yield from self._of_tagged(error, tags, cut)
            return
        for inner in min(meant, key=len):
            if inner.kind.name == "anyOf" and list(inner.instance_path) == path:
                yield from self._of_alternatives(inner, cut, tuple(types))
            else:
                yield from self.of(inner, cut)

    def _of_tagged(self, error: ValidationError, tags: Mapping[str, Any], cut: Set[str]) -> Iterator[Finding]:
        name, mapping = tags["propertyName"], tags["mapping"]
        kind: Any = error.kind
        given: Any = error.instance
        pointer = pointer_to([*error.instance_path, name])
        if name not in given:
            yield Finding(pointer, "required")
        elif not isinstance(given[name], str) or given[name] not in mapping:
            yield Finding(pointer, "not-one-of", {"expected": ", ".join(mapping)})
        else:
            branches = [branch["$ref"] for branch in self._location(error)["anyOf"]]
            for inner in kind.context[branches.index(mapping[given[name]])]:
                yield from self.of(inner, cut)

    def _location(self, error: ValidationError) -> Any:
        """The part of the schema that holds the keyword of `error`."""
        part: Any = self._schema
        for step in list(error.schema_path)[:-1]:
            part = part[step]
        return part


def _plain(pointer: str, keyword: str, facts: Mapping[str, Any]) -> Finding:
    if keyword in _LIMITS:
        return Finding(pointer, _LIMITS[keyword], {"limit": facts["limit"]})
    if keyword == "type":
        return Finding(pointer, "type", {"expected": ", ".join(facts["types"])})
    if keyword == "enum":
        return Finding(pointer, "not-one-of", {"expected": ", ".join(map(str, facts["options"]))})
    if keyword == "constant":
        return Finding(pointer, "not-one-of", {"expected": str(facts["expected_value"])})
    if keyword == "format":
        return Finding(pointer, "format", {"format": facts["format"]})
    if keyword == "multipleOf":
        return Finding(pointer, "not-a-multiple", {"of": facts["multiple_of"]})
    if keyword == "uniqueItems":
        return Finding(pointer, "duplicate-item")
    if keyword == "pattern":
        return Finding(pointer, "pattern", {"pattern": facts["pattern"]})
    return Finding(pointer, "invalid")


# msgspec says where at the end of its message: "… - at `$.a[0].b`", or "… - at `key` in `$.a`".
_WHERE = re.compile(r"(?: - at (?:`key` in )?`\$(?P<path>[^`]*)`)?\Z")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]")
_MESSAGES: tuple[tuple[str, str, dict[str, str | int | float]], ...] = (
    ("Invalid RFC3339 encoded datetime", "format", {"format": "date-time"}),
    ("Invalid RFC3339 encoded date", "format", {"format": "date"}),
    ("Invalid UUID", "format", {"format": "uuid"}),
    ("Number out of range", "number-out-of-range", {}),
    ("Integer value out of range", "number-out-of-range", {}),
    ("Expected `int`, got `float`", "number-out-of-range", {}),
)


def of_message(message: str) -> Finding:
    """The one complaint of msgspec; the pointer ends at a map, of which msgspec does not name the key."""
    where = _WHERE.search(message)
    path = (where["path"] or "") if where else ""
    steps = [step["name"] or step["index"] for step in _STEP.finditer(path.split("[...]")[0])]
    for start, code, params in _MESSAGES:
        if message.startswith(start):
            return Finding(pointer_to(steps), code, params)
    return Finding(pointer_to(steps), "invalid")
