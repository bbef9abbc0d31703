"""Where the SCIM core finds and keeps its resources: the directory, in the transaction of the request."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from scim2_models import (
    NotFoundException,
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    ScimFilter,
    SearchRequest,
)
from scim2_models.path import CompareOperator, Comparison, FilterNode, LogicalExpr, LogicalOperator, ValuePath
from scim2_server.storage import AsyncScimStorage, SearchPage

from peil.directory.scim import group_queries, user_queries
from peil.directory.scim.mapping import group_resource, user_resource
from peil.directory.scim.model import GroupRow, GroupState, UserState
from peil.directory.scim.resources import GroupResource, UserResource
from peil.directory.scim.session import Session, id_of
from peil.directory.scim.unapplied import note_unknown
from peil.directory.scim.unit_groups import create_group, delete_group, load_groups, update_group
from peil.directory.scim.users import create_user, delete_user, load_users, update_user, users_of

_SCANNED = 1000


class DirectoryStorage(AsyncScimStorage):
    """People as Users, units as Groups."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @asynccontextmanager
    async def operation(self) -> AsyncIterator[None]:
        """What one operation does, or nothing of it, whatever becomes of the others of a bulk request."""
        try:
            async with self._session.tx.savepoint(SCIMException):
                yield
        except SCIMException:
            self._session.forget()
            raise

    async def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        if resource_type.name == "User":
            return user_resource(await self._user(resource_id))
        return await self._shown(await self._group(resource_id))

    async def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        note_unknown(self._session, resource)
        if resource_type.name == "User":
            return user_resource(await create_user(self._session, cast("UserResource", resource)))
        return await self._shown(await create_group(self._session, cast("GroupResource", resource)))

    async def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        # The directory is locked since before it was read: nobody has changed it meanwhile.
        if resource_type.name == "User":
            before = await self._user(resource.id)
            return user_resource(await update_user(self._session, before, cast("UserResource", resource)))
        return await self._shown(
            await update_group(self._session, await self._group(resource.id), cast("GroupResource", resource))
        )

    async def delete(
        self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None
    ) -> None:
        if resource_type.name == "User":
            await delete_user(self._session, await self._user(resource_id))
        else:
            await delete_group(self._session, await self._group(resource_id))

    async def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        start, count = search_request.start_index_0 or 0, search_request.count or 0
        searches = [_SEARCHES[one.name or ""] for one in resource_types]
        if search_request.sort_by is not None:
            pages = [await search(self, search_request, 0, start + count) for search in searches]
            found = _sorted(search_request, [one for page in pages for one in page.resources])[start : start + count]
        else:
            pages, found = [], []
            for search in searches:
                skipped = max(0, start - sum(page.total or 0 for page in pages))
                pages.append(await search(self, search_request, skipped, count - len(found)))
                found += pages[-1].resources
        return SearchPage(sum(page.total or 0 for page in pages), found)

    async def _user(self, resource_id: str | None) -> UserState:
        person_id = id_of(resource_id)
        found = (await users_of(self._session, [person_id])).get(person_id)
        if found is None:
            raise NotFoundException
        return found

    async def _group(self, resource_id: str | None) -> GroupState:
        tx = self._session.tx
        rows = await group_queries.select_groups(tx, tx.employer_id, id_of(resource_id))
        if not rows:
            raise NotFoundException
        [state] = await load_groups(self._session, rows)
        return state

    async def _shown(self, state: GroupState) -> Resource[Any]:
        return group_resource(state, (await self._session.top()).unit_id)

    async def _search_users(self, asked: SearchRequest[Any], start: int, count: int) -> SearchPage:
        tx, named = self._session.tx, _equalities(asked.filter)
        ids = None
        if "externalid" in named:
            ids = await user_queries.select_user_ids(tx, tx.employer_id, named["externalid"])
        if "id" in named:
            ids = [id_of(named["id"])]
        wanted = (self._session.today, ids, named.get("username"), named.get("emails"))
        if asked.filter is None and asked.sort_by is None:
            total = await user_queries.count_users(tx, tx.employer_id, *wanted)
            rows = await user_queries.select_users(tx, tx.employer_id, *wanted, start, count)
            return SearchPage(total, [user_resource(one) for one in await load_users(self._session, rows)])
        found: list[Resource[Any]] = []
        for seen in range(0, await user_queries.count_users(tx, tx.employer_id, *wanted), _SCANNED):
            rows = await user_queries.select_users(tx, tx.employer_id, *wanted, seen, _SCANNED)
            states = await load_users(self._session, rows)
            found += await asyncio.to_thread(_matching, asked.filter, [*map(user_resource, states)])
        return SearchPage(len(found), _sorted(asked, found)[start : start + count])

    async def _search_groups(self, asked: SearchRequest[Any], start: int, count: int) -> SearchPage:
        tx, named = self._session.tx, _equalities(asked.filter)
        rows = await group_queries.select_groups(tx, tx.employer_id)
        top = next((row.unit_id for row in rows if row.parent_id is None), None)
        rows = [row for row in rows if _fits(row, named)]
        if asked.filter is None and asked.sort_by is None:
            states = await load_groups(self._session, rows[start : start + count])
            return SearchPage(len(rows), [group_resource(one, top) for one in states])
        states = await load_groups(self._session, rows)
        found = await asyncio.to_thread(_matching, asked.filter, [group_resource(one, top) for one in states])
        return SearchPage(len(found), _sorted(asked, found)[start : start + count])


_SEARCHES = {"User": DirectoryStorage._search_users, "Group": DirectoryStorage._search_groups}


def _matching(wanted: ScimFilter[Any] | None, resources: Sequence[Resource[Any]]) -> list[Resource[Any]]:
    return [one for one in resources if wanted is None or wanted.match(one)]


def _sorted(asked: SearchRequest[Any], found: Sequence[Resource[Any]]) -> list[Resource[Any]]:
    return sorted(found, key=_sort_key(asked), reverse=asked.sort_order == SearchRequest.SortOrder.descending)


def _sort_key(asked: SearchRequest[Any]) -> Callable[[Resource[Any]], Any]:
    def key(resource: Resource[Any]) -> Any:
        value = asked.sort_value(resource) if asked.sort_by is not None else None
        return value is None, "" if value is None else value, resource.id

    return key


def _fits(row: GroupRow, named: dict[str, str]) -> bool:
    external_id = row.scim_id if row.provisioned else row.external_id
    return (
        named.get("displayname", row.name).lower() == row.name.lower()
        and named.get("externalid", external_id) == external_id
        and id_of(named.get("id", str(row.unit_id))) == row.unit_id
    )


def _equalities(wanted: ScimFilter[Any] | None) -> dict[str, str]:
    """What has to be equal for a filter to match, by attribute in lower case: for these there are indexes."""
    return dict(_equal_in(wanted.ast)) if wanted is not None else {}


def _equal_in(node: FilterNode) -> Iterator[tuple[str, str]]:
    if isinstance(node, LogicalExpr) and node.op == LogicalOperator.and_:
        for term in node.terms:
            yield from _equal_in(term)
    elif isinstance(node, ValuePath) and node.attr_path.attr.lower() == "emails":
        yield from (("emails", value) for name, value in _equal_in(node.val_filter) if name == "value")
    elif isinstance(node, Comparison) and node.op == CompareOperator.eq and isinstance(node.value, str):
        path = node.attr_path
        if path.sub_attr is None or (path.attr.lower(), path.sub_attr.lower()) == ("emails", "value"):
            yield path.attr.lower(), node.value
