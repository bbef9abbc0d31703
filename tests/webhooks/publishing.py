"""Which events the source can publish, read from its syntax: every `publish` and what its callers pass on."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import peil
from peil.messages.model import MessageKind

PACKAGE = Path(peil.__path__[0])
# What an attribute can be is said by its type, which syntax does not know.
_LITERALS = {"message.kind": get_args(MessageKind)}

_PUBLISHING = ("publish", "publish_of_endpoint")

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """A file's syntax, and which function each node stands in."""

    path: Path
    tree: ast.Module


class UnreadableError(Exception):
    """An event is named in a way that this file cannot follow."""


def sources(package: Path = PACKAGE) -> list[Source]:
    return [Source(path, ast.parse(path.read_text("utf-8"))) for path in sorted(package.rglob("*.py"))]


def published(known: Sequence[Source]) -> set[str]:
    """The name of every event that a call of `publish` in these files can make."""
    found = set[str]()
    for source in known:
        for function, call in [one for name in _PUBLISHING for one in _calls(source, name)]:
            if len(call.args) > 1:
                found |= set(_values(call.args[1], function, source, known))
    return found


def _calls(source: Source, name: str) -> Iterator[tuple[_Function, ast.Call]]:
    for function in ast.walk(source.tree):
        if isinstance(function, _Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _name(node.func) == name:
                    yield function, node


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _values(node: ast.expr, function: _Function, source: Source, known: Sequence[Source]) -> Iterator[str]:
    """What an expression in this function can be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            for one in (body, other):
                yield from _values(one, function, source, known)
        case ast.JoinedStr(values=parts):
            yield from _joined(parts, function, source, known)
        case ast.FormattedValue(value=value):
            yield from _values(value, function, source, known)
        case ast.Attribute() if ast.unparse(node) in _LITERALS:
            yield from _LITERALS[ast.unparse(node)]
        case ast.Call(func=ast.Attribute(value=ast.Dict() as said, attr="get"), args=[key, _]):
            other = ast.literal_eval(said)
            yield from (other.get(one, one) for one in _values(key, function, source, known))
        case ast.Name(id=name):
            yield from _named(name, function, source, known)
        case _:
            raise UnreadableError(f"{source.path.name}: {ast.unparse(node)}")


def _joined(parts: Sequence[ast.expr], function: _Function, source: Source, known: Sequence[Source]) -> Iterator[str]:
    if not parts:
        yield ""
        return
    for first in _values(parts[0], function, source, known):
        yield from (first + rest for rest in _joined(parts[1:], function, source, known))


def _named(name: str, function: _Function, source: Source, known: Sequence[Source]) -> Iterator[str]:
    """A name is what is assigned to it in the function, or what the function's callers pass."""
    assigned = [
        node.value
        for node in ast.walk(function)
        if (isinstance(node, ast.Assign) and any(_name(target) == name for target in node.targets))
        or (isinstance(node, ast.AnnAssign) and _name(node.target) == name)
    ]
    parameters = [one.arg for one in function.args.args]
    if assigned:
        for value in assigned:
            yield from _values(value or ast.Constant(None), function, source, known)
    elif name in parameters:
        yield from _passed(parameters.index(name), function, source, known)
    else:
        raise UnreadableError(f"{source.path.name}: {name} in {function.name}")


def _passed(place: int, function: _Function, source: Source, known: Sequence[Source]) -> Iterator[str]:
    callers = [source] if function.name.startswith("_") else known
    for caller in callers:
        for around, call in _calls(caller, function.name):
            if len(call.args) <= place:
                raise UnreadableError(f"{caller.path.name}: {ast.unparse(call)}")
            yield from _values(call.args[place], around, caller, known)
