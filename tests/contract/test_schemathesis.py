"""The whole API against its own document: every operation, check and phase of schemathesis."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contract.ledger import Ledger
from contract.run import PHASES, SEED, run_schemathesis
from contract.seeds import seed
from peil import bootstrap
from peil.api import ENDPOINTS
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import House, open_house, serving, serving_granian

_MAX_EXAMPLES = 25
_STATEFUL_ROUNDS = 2


@pytest.fixture
async def contract_house(cluster: Cluster, issuer: DemoIssuer, tmp_path: Path) -> AsyncIterator[House]:
    """A service of its own, on an empty database: its employers' lists have what was made for this run."""
    name = f"peil_contract_{uuid4().hex}"
    await bootstrap.prepare(cluster, name)
    async with open_house(cluster, name, tmp_path / "keys", issuer) as house:
        yield house


@contextlib.asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Meanwhile the worker does what becomes due."""
    task = asyncio.create_task(house.worker.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


# States are the same behind any server. What two can do differently is in how requests and answers travel, and for
# that the second time fewer of them do.
@pytest.mark.parametrize(
    ("serve", "phases", "rounds"), [(serving, PHASES, _STATEFUL_ROUNDS), (serving_granian, PHASES[:1], 0)]
)
async def test_every_operation_keeps_the_contract(
    serve: Callable[[Any], AbstractAsyncContextManager[str]],
    phases: Sequence[str],
    rounds: int,
    contract_house: House,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing is found in these phases, no warning is given, and no job fails.

    In all of them together every operation reached a 2xx; among the actions is one that came of a campaign.
    """
    known = await seed(contract_house)
    ledger = Ledger(contract_house.application, ENDPOINTS)
    with caplog.at_level(logging.ERROR):
        async with working(contract_house), serve(ledger) as url:
            code, output = await run_schemathesis(
                url,
                tmp_path / "run",
                ENDPOINTS,
                known,
                max_examples=_MAX_EXAMPLES,
                phases=phases,
                stateful_rounds=rounds,
            )
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    print(f"{output}\nseed {SEED}\n\n{ledger.table()}")  # noqa: T201  # what CI shows of the run

    assert (0, []) == (code, errors)
    if phases == PHASES:
        assert [] == ledger.without_success()
        assert ledger.named("createAction", "campaignId") & set(known.dictionaries["campaign"])
