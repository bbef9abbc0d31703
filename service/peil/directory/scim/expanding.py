"""Paths that Entra ID writes as names of members, made operations with a path: the core drops those with a filter."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from scim2_models import Context, Error, InvalidPathException, PatchOp, PatchOperation, Path, Resource, SCIMException


def expand(model: type[Resource[Any]], patch_op: "PatchOp[Any]") -> "PatchOp[Any]":
    """The same PATCH, in which what the name of a member designates is said by a path.

    Raises SCIMException where an operation is none when it is said so.
    """
    given = patch_op.operations or []
    operations = [said for one in given for said in _operations_of(model, one)]
    if len(operations) == len(given) and not any(isinstance(one, dict) for one in operations):
        return patch_op
    document = {"schemas": patch_op.schemas, "Operations": operations}
    try:
        expanded: PatchOp[Any] = type(patch_op).model_validate(document, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    except ValidationError as refused:
        raise SCIMException.from_error(Error.from_validation_errors(refused)[0]) from refused
    return expanded


def parse(model: type[Resource[Any]], text: str) -> "Path[Any] | None":
    """The path that a text is; None: it is none, or leads nowhere in resources of this kind."""
    path_in: Any = Path[model]  # type: ignore[valid-type]  # it is only known at run time
    try:
        path: Path[Any] = path_in(text)
        return path if path.model is not None or path.resolve() is not None else None
    except InvalidPathException:
        return None


def _operations_of(model: type[Resource[Any]], operation: "PatchOperation[Any]") -> Iterator[Any]:
    value = operation.value
    if operation.path or not isinstance(value, dict):
        yield operation
        return
    apart = {name: member for name, member in value.items() if _is_path(model, name)}
    if not apart:
        yield operation
        return
    rest = {name: member for name, member in value.items() if name not in apart}
    if rest:
        yield {"op": operation.op, "value": rest}
    for name, member in apart.items():
        # Nothing is added by null, and `replace` with it clears: so the core reads names without a path.
        yield {"op": PatchOperation.Op.replace_ if member is None else operation.op, "path": name, "value": member}


def _is_path(model: type[Resource[Any]], name: str) -> bool:
    """Whether this is more than the name of an attribute or of a schema, and leads somewhere."""
    path = parse(model, name) if "[" in name or "." in name else None
    return path is not None and path.model is None
