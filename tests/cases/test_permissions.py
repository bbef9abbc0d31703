"""Other people's wording: it comes as a pack, and is asked only while its holder permits it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from cases.examples import BODIES, INSTRUMENT, PERMISSION
from cases.measuring import advance, bring_to, instrument_of, pass_gates, today_of, wave_new
from peil.instruments.model import InstrumentNew
from peil.instruments.rules import content_hash
from support.apis import Api, Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd

ROOT = Path(__file__).parents[2]
TERMS = {
    "permissionNeeded": True,
    "number": "NL-7",
    "validUntil": None,
    "commercialUse": False,
    "modificationAllowed": False,
    "sensitivityClass": "M",
    "translations": [{"language": "nl", "state": "official"}, {"language": "en", "state": "original"}],
    "scales": [],
}
MISSING = ("/instrumentId", "permission-missing")


def pack(**changes: Any) -> dict[str, Any]:
    """A pack that needs a permission and may not be changed."""
    instrument = INSTRUMENT | {"key": "licensed", "terms": TERMS} | changes
    return {
        "format": "peil-instrument-pack/1",
        "contentHash": content_hash(msgspec.convert(instrument, InstrumentNew)),
        "instrument": instrument,
    }


async def licensed(api: Api) -> str:
    """The pack, imported and published; its id."""
    id_: str = (await api.import_instrument(pack())).must()["instrumentId"]
    (await api.publish_instrument(id_)).must()
    return id_


async def permit(cast: Cast, api: Api, instrument_id: str, **changed: Any) -> dict[str, Any]:
    """A permission that holds from today."""
    given = PERMISSION | {"validFrom": (await today_of(cast)).isoformat()} | changed
    recorded: dict[str, Any] = (await api.record_permission(instrument_id, given)).must()
    return recorded


async def test_a_pack_becomes_a_draft_with_its_terms(speak: Speak, cast: Cast) -> None:
    """As it was packed; it is published by somebody who looked at it."""
    imported = (await speak(cast.hr).import_instrument(pack())).must()

    assert ("draft", 1, pack()["contentHash"]) == tuple(imported[one] for one in ("state", "version", "contentHash"))
    assert pack()["instrument"] == {name: imported[name] for name in pack()["instrument"]}


async def test_a_pack_goes_to_another_employer_unchanged(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """What one exports the other imports, with the same hash; also of a shipped instrument without terms."""
    theirs = [await licensed(speak(cast.hr)), (await instrument_of(cast))["instrumentId"]]

    packs = [(await speak(cast.board).export_instrument(one)).must() for one in theirs]
    imported = [(await speak(stranger.hr).import_instrument(one)).must() for one in packs]
    again = [(await speak(stranger.hr).export_instrument(one["instrumentId"])).must() for one in imported]

    assert packs == again
    assert [one["contentHash"] for one in packs] == [one["contentHash"] for one in imported]


async def test_a_pack_that_was_changed_on_its_way_is_refused(speak: Speak, cast: Cast) -> None:
    """One word is enough, and nothing is kept of it."""
    changed = pack() | {"instrument": pack(title={"nl": "Anders", "en": "Other"})["instrument"]}

    outcome = await speak(cast.hr).import_instrument(changed)
    keys = {one["key"] for one in (await speak(cast.hr).list_instruments()).must()["items"]}

    assert ("refused", [("/contentHash", "pack-changed")]) == (outcome.word, outcome.findings)
    assert "licensed" not in keys


async def test_what_may_not_be_changed_is_only_replaced_by_another_pack(speak: Speak, cast: Cast) -> None:
    """No change to the draft and no version of one's own under its key; the holder's next pack is version 2."""
    api = speak(cast.hr)
    id_ = (await api.import_instrument(pack())).must()["instrumentId"]

    changed = await api.update_instrument(id_, {"kind": "survey"}, if_match="*")
    rewritten = await api.create_instrument(INSTRUMENT | {"key": "licensed"})
    following = (await api.import_instrument(pack(kind="survey"))).must()

    assert ["modification-not-allowed"] * 2 == [changed.code, rewritten.code]
    assert (2, "survey") == (following["version"], following["kind"])


async def test_what_may_be_changed_is_changed(speak: Speak, cast: Cast) -> None:
    """Where the holder allows it, an imported draft is like any other."""
    api = speak(cast.hr)
    id_ = (await api.import_instrument(pack(terms=TERMS | {"modificationAllowed": True}))).must()["instrumentId"]

    changed = (await api.update_instrument(id_, {"terms": {"number": "NL-8"}}, if_match="*")).must()

    assert "NL-8" == changed["terms"]["number"]


async def test_a_permission_is_kept_as_it_was_recorded(speak: Speak, cast: Cast) -> None:
    """The council reads it with the instrument, through both protocols the same."""
    id_ = await licensed(speak(cast.hr))
    recorded = await permit(cast, speak(cast.hr), id_, number="17", attribution="© Peil")

    seen = (await speak(cast.works_council).get_permission(recorded["permissionId"])).must()
    listed = (await speak(cast.works_council).list_permissions(id_)).must()["items"]

    assert recorded == seen
    assert [recorded] == listed
    assert ("17", "© Peil", None, None) == tuple(
        seen[one] for one in ("number", "attribution", "validUntil", "revokedAt")
    )


async def test_a_permission_is_revoked_once(speak: Speak, cast: Cast) -> None:
    """It stays in the list, with the moment."""
    api = speak(cast.hr)
    id_ = await licensed(api)
    permission_id = (await permit(cast, api, id_))["permissionId"]

    revoked = (await api.revoke_permission(permission_id)).must()
    again = await api.revoke_permission(permission_id)

    assert revoked["revokedAt"] is not None
    assert ("refused", "permission-revoked") == (again.word, again.code)
    assert [revoked] == (await api.list_permissions(id_)).must()["items"]


async def test_a_permission_ends_after_it_begins(speak: Speak, cast: Cast) -> None:
    """The one rule that its form does not say."""
    id_ = await licensed(speak(cast.hr))

    outcome = await speak(cast.hr).record_permission(id_, PERMISSION | {"validUntil": PERMISSION["validFrom"]})

    assert ("refused", [("/validUntil", "ends-before-start")]) == (outcome.word, outcome.findings)


async def test_a_draft_takes_its_permissions_with_it(speak: Speak, cast: Cast) -> None:
    """Deleting it leaves no permission for nothing."""
    api = speak(cast.hr)
    id_ = (await api.import_instrument(pack())).must()["instrumentId"]
    permission_id = (await permit(cast, api, id_))["permissionId"]

    (await api.delete_instrument(id_, if_match="*")).must()

    assert "not-found" == (await api.get_permission(permission_id)).word


async def test_an_employee_sees_the_permission_of_what_is_asked(speak: Speak, cast: Cast) -> None:
    """And of nothing else."""
    await add_crowd(cast.hr, field=10)
    asked, other = await licensed(Rest(cast.hr)), (await instrument_of(cast))["instrumentId"]
    theirs = [(await permit(cast, Rest(cast.hr), one))["permissionId"] for one in (asked, other)]
    await bring_to(cast, "open", instrumentId=asked)
    api = speak(cast.employee)

    words = [(await api.get_permission(one)).word for one in theirs]
    lists = [(await api.list_permissions(one)).word for one in (asked, other)]

    assert ["ok", "not-found"] == words == lists


async def test_a_wave_needs_a_permission_that_holds(speak: Speak, cast: Cast) -> None:
    """None, one that begins tomorrow and one that is over do not open it; one that holds today does."""
    await add_crowd(cast.hr, field=10)
    api = speak(cast.hr)
    id_ = await licensed(api)
    wave_id = (await api.plan_wave(await wave_new(cast, instrumentId=id_))).must()["waveId"]
    await pass_gates(cast, api, speak(cast.works_council))

    none = await api.open_wave(wave_id)
    await permit(cast, api, id_, validFrom="2999-01-01")
    await permit(cast, api, id_, validFrom="2020-01-01", validUntil="2021-01-01")
    neither = await api.open_wave(wave_id)
    await permit(cast, api, id_)
    opened = await api.open_wave(wave_id)

    assert [("gates-closed", [MISSING])] * 2 == [(one.code, one.findings) for one in (none, neither)]
    assert "opening" == opened.must()["state"]


@pytest.mark.parametrize(("state", "becomes"), [("opening", "planned"), ("ready", "cancelled")])
async def test_a_permission_is_looked_at_until_the_wave_is_open(
    speak: Speak, cast: Cast, state: str, becomes: str
) -> None:
    """Revoked before the freeze or before the window begins, the wave is not asked."""
    await add_crowd(cast.hr, field=10)
    api = speak(cast.hr)
    id_ = await licensed(api)
    permission_id = (await permit(cast, api, id_))["permissionId"]
    wave_id = await bring_to(cast, state, instrumentId=id_)

    (await api.revoke_permission(permission_id)).must()
    await advance(cast, hours=2)
    wave = (await api.get_wave(wave_id)).must()

    assert (becomes, "gates-closed") == (wave["state"], wave["failure"])


async def test_own_and_shipped_wording_needs_no_permission(speak: Speak, cast: Cast) -> None:
    """Every other gate is passed, and the wave opens."""
    await add_crowd(cast.hr, field=10)
    own = (await speak(cast.hr).create_instrument(INSTRUMENT)).must()["instrumentId"]
    (await speak(cast.hr).publish_instrument(own)).must()
    shipped = (await instrument_of(cast))["instrumentId"]

    states = [
        (await speak(cast.hr).get_wave(await bring_to(cast, "opening", instrumentId=one))).must()["state"]
        for one in (own, shipped)
    ]

    assert ["opening", "opening"] == states


async def test_anybody_reads_the_schema_of_packs(house: House) -> None:
    """Without a sign-in, by its own media type; it is the file in `schema/`, and there is no other."""
    served = await house.http.get("/schemas/instrument-pack")
    other = await house.http.get("/schemas/minds")

    assert (200, "application/schema+json") == (served.status_code, served.headers["content-type"])
    assert (ROOT / "schema" / "instrument-pack.json").read_text() == served.text
    assert 404 == other.status_code


async def test_only_who_writes_instruments_imports_and_permits(speak: Speak, cast: Cast) -> None:
    """A manager reads a pack, and neither imports one nor records or revokes a permission."""
    id_ = await licensed(speak(cast.hr))
    permission_id = (await permit(cast, speak(cast.hr), id_))["permissionId"]
    api = speak(cast.manager)

    outcomes = [
        await api.import_instrument(pack()),
        await api.record_permission(id_, PERMISSION),
        await api.revoke_permission(permission_id),
        await api.try_out_instrument(id_, BODIES["try_out_instrument"]),
    ]

    assert ["denied"] * 4 == [one.word for one in outcomes]
    assert "ok" == (await api.export_instrument(id_)).word
