"""REST and GraphQL behind the same methods, one per operation, so that a case is written once for both."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, Literal, get_args, get_origin

import graphql
import httpx
import msgspec
import pytest
from msgspec import inspect

from peil import api
from peil.app import create_app
from peil.graphql.documents import read_documents
from peil.graphql.fields import Field
from peil.graphql.schema import create_schema
from peil.graphql.types import graphql_name
from peil.http.edge import Application
from peil.paging import Page
from peil.parts import Parts
from support.house import Persona

Word = Literal["ok", "denied", "not-found", "refused", "unauthenticated"]

ENDPOINTS = {endpoint.name: endpoint for endpoint in api.ENDPOINTS}
FIELDS: dict[str, Field] = {
    getattr(field.work, "name", None) or field.work.__name__: field for field in api.FIELDS if field.kind != "edge"
}

_WORDS: Mapping[int, Word] = {401: "unauthenticated", 403: "denied", 404: "not-found"}
_MEMBERS: Mapping[str, Word] = {"Denied": "denied", "NotFound": "not-found", "Refused": "refused"}
_PAGING = {"limit": "first", "cursor": "after"}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation answered, in words that both protocols share."""

    word: Word
    body: Any = None
    code: str | None = None
    findings: list[tuple[str, str]] = []
    etag: str | None = None

    def must(self) -> Any:
        """The body of what has to succeed."""
        assert self.word == "ok", f"{self.word}: {self.code} {self.findings}"
        return self.body


class Api:
    """Somebody who calls operations by their names: `await api.open_wave(wave_id)`.

    Positional arguments are those of the path, then the body, as in REST; `if_match`, `language` and query keys
    go by name.
    """

    name: str

    def __init__(self, persona: Persona) -> None:
        self.persona = persona

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Outcome]]:
        if name not in ENDPOINTS:
            raise AttributeError(name)
        return lambda *given, **options: self.call(name, *given, **options)

    async def call(
        self,
        name: str,
        *given: Any,
        if_match: str | None = None,
        language: str | None = None,
        **query: Any,
    ) -> Outcome:
        raise NotImplementedError


class Rest(Api):
    """Over /v1."""

    name = "rest"

    async def call(
        self,
        name: str,
        *given: Any,
        if_match: str | None = None,
        language: str | None = None,
        **query: Any,
    ) -> Outcome:
        endpoint, rest = ENDPOINTS[name], list(given)
        path = re.sub(r"{\w+}", lambda _: str(rest.pop(0)), endpoint.path)
        headers = {"if-match": if_match, "accept-language": language, "content-type": endpoint.consumes}
        response = await self.persona.request(
            endpoint.method,
            path,
            params=query,
            headers={header: value for header, value in headers.items() if value is not None},
            content=_content(rest[0]) if rest else None,
        )
        return _outcome(response)


class GraphQL(Api):
    """Over /graphql, with documents that are persisted, so that everybody may send them."""

    name = "graphql"

    async def call(
        self,
        name: str,
        *given: Any,
        if_match: str | None = None,
        language: str | None = None,
        **query: Any,
    ) -> Outcome:
        arguments = _root_field(name).args
        own = [argument for argument in arguments if argument not in ("first", "after", "ifMatch")]
        values = dict(zip(own, given, strict=False))
        if "first" in arguments:
            values["first"] = 50
        values |= {_PAGING.get(key, key): value for key, value in query.items()}
        if if_match is not None:
            values["ifMatch"] = if_match
        variables = {
            argument: _input(value, arguments[argument].type) if argument in arguments else value
            for argument, value in values.items()
        }
        response = await self.send({"documentId": document_id(name), "variables": variables}, language=language)
        return _read(name, response)

    async def send(self, asked: Mapping[str, Any], *, language: str | None = None) -> httpx.Response:
        """Posts what is asked, with this persona's token."""
        headers = {"authorization": f"Bearer {self.persona.token}"} if self.persona.token else {}
        headers |= {"accept": "application/graphql-response+json", "content-type": "application/json"}
        headers |= {"accept-language": language} if language else {}
        return await self.persona.http.post("/graphql", content=msgspec.json.encode(asked), headers=headers)


Speak = Callable[[Persona], Api]
"""Makes a persona speak one of the two."""


def application_with_documents(parts: Parts, *more: str) -> Application:
    """The API, where the documents of these tests, and `more`, are persisted beside the shipped ones."""
    with pytest.MonkeyPatch.context() as patch:
        texts = [*(document(name) for name in FIELDS), *more]
        known = {**read_documents(), **{id_of_document(text): text for text in texts}}
        patch.setattr("peil.app.read_documents", lambda: known)
        return create_app(parts)


@cache
def schema() -> graphql.GraphQLSchema:
    """The schema of the service, as graphql-core has it."""
    made: graphql.GraphQLSchema = create_schema(api.FIELDS)._schema
    return made


def document_id(name: str) -> str:
    return id_of_document(document(name))


def id_of_document(text: str) -> str:
    """What a persisted document is asked for by."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


@cache
def document(name: str) -> str:
    """A document that does one operation and asks for all of its result, but for what other operations give."""
    field = _root_field(name)
    kind = "mutation" if FIELDS[name].kind == "mutation" else "query"
    declared = ", ".join(f"${argument}: {one.type}" for argument, one in field.args.items())
    passed = ", ".join(f"{argument}: ${argument}" for argument in field.args)
    arguments = f"({declared})" if declared else "", f"({passed})" if passed else ""
    return f"{kind} {name}{arguments[0]} {{ {FIELDS[name].name}{arguments[1]} {_selection(field.type)} }}"


def _root_field(name: str) -> graphql.GraphQLField:
    root = schema().mutation_type if FIELDS[name].kind == "mutation" else schema().query_type
    assert root is not None
    field: graphql.GraphQLField = root.fields[FIELDS[name].name]
    return field


def _selection(type_: Any) -> str:
    named = graphql.get_named_type(type_)
    if isinstance(named, graphql.GraphQLUnionType):
        members = " ".join(f"... on {member.name} {_selection(member)}" for member in named.types)
        return f"{{ __typename {members} }}"
    if isinstance(named, graphql.GraphQLObjectType):
        return f"{{ {' '.join(_members(named))} }}"
    return ""


def _members(named: graphql.GraphQLObjectType) -> Iterator[str]:
    for name, field in named.fields.items():
        is_problem_title = named.name in _MEMBERS and name == "title"  # another type than the title of an instrument
        # The result of another operation is an edge, which REST has not.
        if not is_problem_title and not graphql.get_named_type(field.type).name.endswith("Result"):
            yield f"{name} {_selection(field.type)}"


def _content(body: Any) -> bytes:
    return body if isinstance(body, bytes) else msgspec.json.encode(body)


def _outcome(response: httpx.Response) -> Outcome:
    assert response.status_code < 500, response.text
    is_json = response.headers.get("content-type", "").startswith(("application/json", "application/problem+json"))
    body: Any = response.json() if is_json and response.content else response.content or None
    if response.status_code < 400:
        return Outcome(word="ok", body=body, etag=response.headers.get("etag"))
    return Outcome(
        word=_WORDS.get(response.status_code, "refused"),
        code=body["code"],
        body=body,
        findings=[(found["pointer"], found["code"]) for found in body["errors"]],
    )


def _read(name: str, response: httpx.Response) -> Outcome:
    """The outcome in a GraphQL response; a request error is one of HTTP."""
    body = response.json()
    if body.get("data") is None:
        assert response.status_code != 500, response.text
        errors = body.get("errors") or [{}]
        code = body.get("code") or errors[0].get("extensions", {}).get("code")
        return Outcome(word=_WORDS.get(response.status_code, "refused"), code=code, body=body)
    assert "errors" not in body, body["errors"]
    member = body["data"][FIELDS[name].name]
    if member["__typename"] in _MEMBERS:
        return Outcome(
            word=_MEMBERS[member["__typename"]],
            code=member["code"],
            body=member,
            findings=[(_pointer(name, one["pointer"]), one["code"]) for one in member.get("findings", [])],
        )
    return Outcome(word="ok", body=_as_rest(name, member), etag=member.get("etag"))


def _pointer(name: str, pointer: str) -> str:
    """The place in REST's body or query of an argument of GraphQL."""
    assert not pointer.startswith("/query/"), "GraphQL has arguments, and no query"
    query = ENDPOINTS[name].query
    keys = () if query is None else query.__struct_encode_fields__
    known = {f"/{_PAGING.get(key, key)}": f"/query/{key}" for key in keys}
    return known.get(pointer, pointer.removeprefix("/input"))


def _input(value: Any, type_: Any) -> Any:
    """A REST value as a variable of GraphQL; what does not fit is left for the service to refuse."""
    type_ = graphql.get_nullable_type(type_)
    if value is None:
        return None
    if isinstance(type_, graphql.GraphQLList):
        if isinstance(value, dict):
            return [{"language": language, "text": text} for language, text in value.items()]
        return [_input(item, type_.of_type) for item in value]
    if isinstance(type_, graphql.GraphQLEnumType):
        return next(
            (name for name, one in type_.values.items() if getattr(one.value, "value", one.value) == value), value
        )
    if not isinstance(type_, graphql.GraphQLInputObjectType):
        return str(value) if type(value).__name__ == "UUID" else value
    if "kind" in value and "kind" not in type_.fields:
        # Of several Structs, GraphQL gives the one under its name.
        members = {name: member for name, member in value.items() if name != "kind"}
        return {_camel(value["kind"]): _input(members, type_.fields[_camel(value["kind"])].type)}
    return {
        name: _input(member, type_.fields[name].type) if name in type_.fields else member
        for name, member in value.items()
    }


def _camel(tag: str) -> str:
    head, *tail = tag.split("-")
    return head + "".join(word.capitalize() for word in tail)


def _as_rest(name: str, member: Any) -> Any:
    """The result as REST would have it in its body."""
    returns = FIELDS[name].returns
    if returns is type(None):
        return None
    if get_origin(returns) is Page:
        [kind] = get_args(returns)
        info = inspect.type_info(kind)
        end = member["pageInfo"]
        return {
            "items": [_plain(edge["node"], info) for edge in member["edges"]],
            "next": end["endCursor"] if end["hasNextPage"] else None,
        }
    return _plain(member, inspect.type_info(returns))


def _plain(value: Any, info: Any) -> Any:
    info = info.type if isinstance(info, inspect.Metadata) else info
    if value is None:
        return None
    if isinstance(info, inspect.UnionType):
        return _plain(value, _chosen(value, info))
    if isinstance(info, inspect.StructType):
        tag = {info.tag_field: info.tag} if info.tag_field else {}
        return tag | {field.encode_name: _plain(value[field.encode_name], field.type) for field in info.fields}
    if isinstance(info, inspect.ListType | inspect.VarTupleType):
        return [_plain(item, info.item_type) for item in value]
    if isinstance(info, inspect.LiteralType):
        names = {re.sub(r"[^A-Za-z0-9]+", "_", str(one)).upper(): one for one in info.values}
        return names.get(str(value).removeprefix("_"), value)
    if isinstance(info, inspect.DictType) and isinstance(value, list):
        return {text["language"]: text["text"] for text in value}
    return value


def _chosen(value: Any, info: inspect.UnionType) -> Any:
    members = [one for one in info.types if not isinstance(one, inspect.NoneType)]
    bare = [one.type if isinstance(one, inspect.Metadata) else one for one in members]
    structs = [one for one in bare if isinstance(one, inspect.StructType)]
    if len(structs) > 1:
        return next(one for one in structs if graphql_name(one.cls) == value["__typename"])
    return bare[0]
