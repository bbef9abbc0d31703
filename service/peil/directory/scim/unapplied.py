"""Attributes that a request has and the schemas of this service have not: they are ignored, and told."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from scim2_models import InvalidPathException, PatchOp, Path, Resource

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
    """The same of a PATCH."""
    for name in _unknown_in_patch(model, patch_op):
        _note(session, name)


def _unknown_in_patch(model: type[Resource[Any]], patch_op: "PatchOp[Any]") -> Iterator[str]:
    path_in: Any = Path[model]  # type: ignore[valid-type]  # it is only known at run time
    for one in patch_op.operations or []:
        if one.path is not None and not _is_known(path_in, str(one.path)):
            yield str(one.path)
        elif one.path is None and isinstance(one.value, dict):
            for name, value in one.value.items():
                below = value if isinstance(value, dict) and name.startswith("urn:") else {}
                yield from (f"{name}:{key}" for key in below if not _is_known(path_in, f"{name}:{key}"))
                if not below and not _is_known(path_in, name):
                    yield name


def _is_known(path_in: Any, text: str) -> bool:
    try:
        path = path_in(text)
        return path.model is not None or path.resolve() is not None
    except InvalidPathException:
        return False
