"""A provisioning system that pushes people over SCIM through bad lines, and remembers what it was told."""

import asyncio
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from crash.conftest import Site
from crash.line import Line, Reply
from peil.directory.scim.endpoint import PREFIX
from scim.client import BULK, CORE_USER, PATCH_OP

CALLERS = 8
"""How many requests are under way at the same time."""
IN_BULK = 20
"""People in one bulk request."""


class Pushed:
    """One user: what it was last acknowledged to be, and how often something was."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.id: str | None = None
        """None: nobody was told that it was made."""
        self.shown = name
        self.is_deleted = False
        self.acknowledged = 0
        self.doubts = 0
        """How often something may have been done once more than was told."""


class Provisioning:
    """`complaints` are answers that nothing explains."""

    def __init__(self, site: Site, secret: str, chance: random.Random) -> None:
        self.users: list[Pushed] = []
        self.complaints: list[str] = []
        self.done = 0
        self._line = Line(site.api_url, chance)
        self._secret = secret
        self._chance = chance

    def leave(self) -> None:
        self._line.close()

    async def push(self, singly: int, bulks: int) -> None:
        """So many people one by one, each changed or deleted afterwards, and so many bulk requests of new ones."""
        work: list[Any] = [self._life(f"s{number}") for number in range(singly)]
        work += [self._bulk(number) for number in range(bulks)]
        self._chance.shuffle(work)

        async def call() -> None:
            while work:
                await work.pop()
                self.done += 1

        async with asyncio.TaskGroup() as callers:
            for _ in range(CALLERS):
                callers.create_task(call())

    async def until_done(self, number: int) -> None:
        """Waits until so many people and bulk requests have come to an end."""
        while self.done < number:  # noqa: ASYNC110 - several callers count up, and one looks
            await asyncio.sleep(0.01)

    async def _life(self, name: str) -> None:
        user = Pushed(name)
        self.users.append(user)
        made = await self._send("POST", "/Users", _new(name))
        if self._is_told(user, made, 201, 409):
            user.id = made.body["id"] if made.status == 201 else await self._find(name)
        for step in range(self._chance.randrange(4)):
            shown = f"{name} {step}"
            change = {"op": "replace", "path": "displayName", "value": shown}
            changed = await self._send("PATCH", f"/Users/{user.id}", {"schemas": [PATCH_OP], "Operations": [change]})
            if self._is_told(user, changed, 204, 204):
                user.shown = shown
        if self._chance.random() < 0.2:
            gone = await self._send("DELETE", f"/Users/{user.id}")
            user.is_deleted = self._is_told(user, gone, 204, 404)

    async def _bulk(self, number: int) -> None:
        users = [Pushed(f"b{number}-{place}") for place in range(IN_BULK)]
        self.users += users
        operations = [{"method": "POST", "path": "/Users", "bulkId": one.name, "data": _new(one.name)} for one in users]
        reply = await self._send("POST", "/Bulk", {"schemas": [BULK], "Operations": operations})
        statuses = {one["status"] for one in reply.body["Operations"]} if reply.status == 200 else {str(reply.status)}
        if statuses == {"201"} or (statuses == {"409"} and reply.doubted):
            for one in users:
                one.id = await self._find(one.name)
                one.acknowledged = 1
        else:
            self.complaints.append(f"bulk {number}: {sorted(statuses)}, {'' if reply.doubted else 'not '}doubted")

    def _is_told(self, user: Pushed, reply: Reply, at_first: int, again: int) -> bool:
        """Whether it was done: now, or by a try before of which nothing was heard."""
        user.doubts += reply.doubted
        if reply.status == at_first or (reply.doubted and reply.status == again):
            user.acknowledged += 1
            return True
        self.complaints.append(f"{user.name}: {reply}")
        return False

    async def _find(self, name: str) -> str | None:
        wanted = quote(f'userName eq "{name}"')
        found = await self._send("GET", f"/Users?filter={wanted}")
        return found.body["Resources"][0]["id"] if found.body.get("Resources") else None

    async def _send(self, method: str, path: str, body: Any = None) -> Reply:
        content = None if body is None else msgspec.json.encode(body)
        loses = self._chance.random() < 0.2
        return await self._line.insist(PREFIX + path, content, token=self._secret, loses=loses, method=method)


def _new(name: str) -> dict[str, Any]:
    return {"schemas": [CORE_USER], "userName": name, "displayName": name, "externalId": name, "active": True}


def unaccounted(users: list[Pushed], people: list[Any], trail: list[Any]) -> Iterator[str]:
    """What does not agree: each acknowledged push is there with its audit rows, and nobody whom none explains.

    `people`: of each that is there id, user name, name, activity and whether SCIM has it deleted; `trail`: per
    person how many audit rows and events, and how many of these tell of the making.
    """
    left = {row["user_name"]: row for row in people}
    written = {row["subject"]: row for row in trail}
    for user in users:
        row = left.pop(user.name, None)
        if row is None:
            yield f"{user.name} was acknowledged and is not there"
            continue
        if str(row["person_id"]) != user.id:
            yield f"{user.name} is another one"
        if (row["display_name"], not row["active"], row["deleted"]) != (user.shown, user.is_deleted, user.is_deleted):
            yield f"{user.name} is not as was acknowledged"
        told = written.pop(f"people/{row['person_id']}", None)
        if told is None or told["made"] != 1 or told["audit"] != told["events"]:
            yield f"{user.name} has an audit trail that does not fit: {told and dict(told)}"
        elif not user.acknowledged <= told["audit"] <= user.acknowledged + user.doubts:
            yield f"{user.name} has {told['audit']} audit rows for {user.acknowledged} deeds"
    yield from (f"{name} is nobody's" for name in left)
    yield from (f"{subject} has a trail and is not there" for subject in written)
