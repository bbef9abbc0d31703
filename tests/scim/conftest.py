"""What every SCIM test needs: an employer with its organisation, and a system that provisions it."""

import pytest

from scim.client import Provisioner, provisioner_of
from support.house import Employer
from support.personas import Cast, cast_of


@pytest.fixture
async def cast(employer: Employer) -> Cast:
    return await cast_of(employer)


@pytest.fixture
async def idp(cast: Cast) -> Provisioner:
    """An identity provider of an employer that has an organisation already."""
    return await provisioner_of(cast)
