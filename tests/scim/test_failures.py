"""What SCIM says where it knows nobody, or fails: in words of its own, for it has no `errors` and no `instance`."""

from typing import Any

import pytest

from peil.directory import writing
from scim.client import CORE_USER, Provisioner
from support.house import House
from support.personas import Cast


async def test_an_access_token_is_told_that_it_never_works(cast: Cast, house: House) -> None:
    """Nor is anybody sent to where access tokens are issued: the challenge has a realm and no more."""
    token = str(cast.administrator.token)
    asked = [
        await Provisioner(house.http, secret, {}).request("GET", "/Users", accept_language=language)
        for language in ("nl", "en")
        for secret in (None, token)
    ]
    other = await Provisioner(house.http, None, {}).http.get("/v1/people")

    assert [401] * 4 == [one.status_code for one in asked]
    assert {'Bearer realm="peil-scim"'} == {one.headers["www-authenticate"] for one in asked}
    assert all("`peil_scim_`" in one.json()["detail"] for one in asked)
    assert ["nl", "nl", "en", "en"] == [one.headers["content-language"] for one in asked]
    assert ["geheim van een SCIM-koppeling" in one.json()["detail"] for one in asked] == [True, True, False, False]
    assert "resource_metadata" in other.headers["www-authenticate"]


async def test_a_failure_of_the_service_names_the_request(idp: Provisioner, monkeypatch: pytest.MonkeyPatch) -> None:
    """SCIM has no `instance`: by the number in `detail` the operator finds what happened."""

    async def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing, "write_people", fail)
    failed = await idp.request("POST", "/Users", {"schemas": [CORE_USER], "userName": "x@voorbeeld.example"})
    odd = await idp.request("POST", "/Users", b'{"userName":"\xff"}')

    assert [500, 400] == [failed.status_code, odd.status_code]
    assert [True, False] == ["Request urn:uuid:" in one.json()["detail"] for one in (failed, odd)]
    assert "Not valid UTF-8 (byte 13)." in odd.json()["detail"]
    assert not any(word in one.text for one in (failed, odd) for word in ("`errors`", "`instance`"))
