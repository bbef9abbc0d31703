"""Refusals of the SCIM core in the words of this service: which attribute, and what it must be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from scim2_models import BaseModel, ComplexAttribute, Error, Extension, SCIMException

from peil import problems
from peil.directory.scim import resources
from peil.errors import Finding

_MOST = 10
_LANGUAGE: ContextVar[str] = ContextVar("scim_language", default="en")

# What pydantic calls a fault, and the code with what was expected that says it here.
_TYPES = {
    "string": "string",
    "bool": "boolean",
    "list": "array",
    "model": "object",
    "dict": "object",
    "int": "integer",
    "float": "number",
}


_QUOTED = re.compile("'([a-z_]+)'")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Has the refusals of one request speak this language."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def text_of(finding: Finding) -> str:
    """What a finding says, in the language of the request."""
    return problems.finding(finding, _LANGUAGE.get()).detail


def error_of(exception: SCIMException) -> Error:
    """The error as SCIM tells it, without what the core's own validator says about itself."""
    cause = exception.__cause__
    return of_validation(cause) if isinstance(cause, ValidationError) else exception.to_error()


def of_validation(refusal: ValidationError) -> Error:
    """What the core's validator has found, each by its attribute."""
    faults = refusal.errors(include_url=False)
    first = Error.from_validation_error(faults[0])
    if faults[0]["type"].startswith("scim_"):
        return _by_the_core(refusal, faults[0], first)
    owner = _OWNERS.get(refusal.title, "")
    said = (_detail(owner, one) for one in faults[:_MOST])
    return Error(status=first.status, scim_type=first.scim_type, detail=" ".join(dict.fromkeys(said)))


def _by_the_core(refusal: ValidationError, fault: Mapping[str, Any], said: Error) -> Error:
    """The same error of the core, which says itself what it is of rules of SCIM, with where that is."""
    if (said.detail or "").startswith("required attribute"):
        where = _unassigned(refusal.title, fault["input"])
        text = text_of(Finding("", "required"))
    else:
        where, text = _path(fault["loc"]), said.detail or ""
    return Error(status=said.status, scim_type=said.scim_type, detail=f"{where}: {text}") if where else said


def _unassigned(model: str, document: Any) -> str:
    """The required attribute that a PATCH takes away, which the core does not name."""
    of_resource = "displayName" if model.startswith("PatchOp[Group") else "userName"
    required = {name.lower(): name for name in (of_resource, "schemas")}
    for one in document.get("Operations", ()) if isinstance(document, dict) else ():
        members = one["value"].items() if isinstance(one.get("value"), dict) else ()
        taken = [name for name, value in members if value is None]
        for name in [one["path"]] if one.get("path") and one.get("value") is None else taken:
            if name.rpartition(":")[2].lower() in required:
                return required[name.rpartition(":")[2].lower()]
    return ""


def _detail(owner: str, fault: Mapping[str, Any]) -> str:
    if fault["type"] == "value_error" and not fault["loc"]:
        # A rule of the core about the whole, which calls attributes as its own code does.
        return _QUOTED.sub(lambda name: f"'{to_camel(name[1])}'", str(fault["ctx"]["error"]))
    # What stands in an operation of a bulk request is called as if it stood alone.
    path = _path(fault["loc"][1:] if fault["loc"][:1] == ("data",) else fault["loc"])
    if fault["type"] == "required_error":
        path = ".".join(filter(None, (path, fault["ctx"]["field_name"])))
    return f"{owner}{path}: {text_of(_finding(fault))}" if path else text_of(_finding(fault))


def _finding(fault: Mapping[str, Any]) -> Finding:
    kind = fault["type"].split("_")[0]
    if fault["type"] in ("missing", "required_error"):
        return Finding("", "required")
    if fault["type"] in ("enum", "literal_error"):
        return Finding("", "not-one-of", {"expected": fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")})
    return Finding("", "type", {"expected": _TYPES[kind]}) if kind in _TYPES else Finding("", "invalid")


def _path(steps: Sequence[str | int]) -> str:
    """`emails[0].value`, or `urn:…:User:manager.value`, as RFC 7644 writes them (section 3.10)."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not step or set(step) & set("[("):
            # The alternative that was tried; no attribute is called so.
            continue
        else:
            between = ":" if path.startswith("urn:") and path in _EXTENSIONS else "."
            path += (between if path else "") + _name(step)
    return path


def _name(step: str) -> str:
    if step.startswith("urn:") or step == "$ref":
        return step
    return {"ref": "$ref", "Operations": step}.get(step) or to_camel(step)


def _owners() -> Iterator[tuple[str, str]]:
    """What stands before the attributes of a model that the core validates by itself."""
    for model in vars(resources).values():
        if not (isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == resources.__name__):
            continue
        if issubclass(model, Extension):
            yield model.__name__, f"{model.__schema__}:"
        for name in model.model_fields if not issubclass(model, ComplexAttribute) else ():
            below = model.get_field_root_type(name)
            if isinstance(below, type) and issubclass(below, ComplexAttribute):
                yield below.__name__, f"{_name(name)}."


_EXTENSIONS = frozenset((resources.ENTERPRISE, resources.OUR_USER, resources.OUR_GROUP))
_OWNERS = dict(_owners())
