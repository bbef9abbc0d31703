"""Attributes that a request has and the schemas of this service have not: they are ignored, and told."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from scim2_models import PatchOp, PatchOperation, Path, Resource

from peil.directory.scim.expanding import parse
from peil.directory.scim.session import Session

# What is between brackets in a path is a value, and may name somebody.
_VALUES = re.compile(r"\[.*?(\]|\Z)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9$.:_-]{1,200}")


def note_unknown(session: Session, resource: Resource[Any]) -> None:
    """Notes the attributes that the schemas of this service do not have."""
    for name in _unknown(resource):
        _note(session, name)


def _note(session: Session, name: str) -> None:
    plain = _VALUES.sub("", name)
    session.note("attribute-not-applied", plain if _NAME.fullmatch(plain) else "…")


def _unknown(model: BaseModel, at: str = "") -> Iterator[str]:
    yield from (f"{at}{name}" for name in getattr(model, "unknown_attributes", {}))
    for name, field in type(model).model_fields.items():
        value = getattr(model, name, None)
        below = f"{at}{field.serialization_alias or name}."
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield from _unknown(one, below)


def note_unknown_in_patch(session: Session, model: type[Resource[Any]], patch_op: "PatchOp[Any]") -> None:
    """The same of a PATCH, in which paths are no names of members any more."""
    for one in patch_op.operations or []:
        # The value of a remove says what to remove, and nothing of it is kept.
        value = None if one.op == PatchOperation.Op.remove else one.value
        for name in _undeclared(model, str(one.path or ""), value):
            _note(session, name)


def _undeclared(model: type[Resource[Any]], text: str, value: Any) -> Iterator[str]:
    """The paths from this one on, through what is written there, that lead nowhere: the core writes nothing there."""
    path = parse(model, text)
    if path is None:
        yield text
        return
    for item in value if isinstance(value, list) else [value]:
        for name, member in item.items() if isinstance(item, dict) else ():
            if name.lower() != "schemas":
                yield from _undeclared(model, _below(path, name), member)


def _below(path: "Path[Any]", name: str) -> str:
    if path.model is None:
        return f"{path}.{name}"
    return name if path.model is path.models[0] else f"{path}:{name}"
