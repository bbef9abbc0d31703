"""The audits of graphql-http, the reference implementation of GraphQL over HTTP."""

import asyncio
import shutil
from pathlib import Path

import pytest

from peil.graphql.schema import Schema
from support import graphql_toy

PACKAGES = ("graphql-http@1.23.1", "graphql@16.12.0")


async def output_of(*command: str, directory: Path) -> str:
    process = await asyncio.create_subprocess_exec(*command, cwd=directory, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert process.returncode == 0
    return output.decode().strip()


@pytest.mark.external
@pytest.mark.needs("node")
async def test_all_audits_pass(schema: Schema, tmp_path: Path) -> None:
    """61 of 61: what MUST, what SHOULD and what MAY be."""
    await output_of("npm", "install", "--no-package-lock", "--silent", *PACKAGES, directory=tmp_path)
    audit = shutil.copy(Path(__file__).with_name("audit.mjs"), tmp_path)

    async with graphql_toy.served(graphql_toy.application(schema)) as url:
        output = await output_of("node", str(audit), f"{url}/graphql", directory=tmp_path)

    assert output == "61 of 61"
