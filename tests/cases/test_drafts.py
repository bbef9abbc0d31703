"""What a pulse offers to do: one action for each unit with figures, for the client to create or to leave."""

from cases.measuring import Round, bring_to, play_round
from support.apis import Rest, Speak
from support.personas import Cast, add_crowd


async def test_each_unit_with_figures_is_offered_one_action(speak: Speak, cast: Cast) -> None:
    """On the block that scored lowest; none for a protected unit; each can be created as it is."""
    hr, played = speak(cast.hr), await play_round(cast, points=(2, 3, 4))

    drafts = (await hr.list_action_drafts(played.wave_id, language="en")).must()["items"]

    names = {unit_id: name for name, unit_id in cast.units.items()}
    told = {name: one for name, one in played.aggregates.items() if one["response"]["status"] == "published"}
    assert list(told) == [names[one["unitId"]] for one in drafts]
    assert "protected" == played.aggregates["care"]["response"]["status"]
    for draft in drafts:
        means = {block["key"]: block["cell"]["mean"] for block in told[names[draft["unitId"]]]["blocks"]}
        made = (await hr.create_action(draft)).must()
        assert min(means.values()) == made["metric"]["startValue"] == means[draft["metric"]["block"]]
        assert draft["metric"]["target"] == min(100, made["metric"]["startValue"] + 10)
        assert draft["owner"] == {
            "personId": None,
            "role": "board" if draft["unitId"] == cast.units["root"] else "manager",
        }


async def test_a_manager_is_offered_actions_of_the_own_units(speak: Speak, released: Round) -> None:
    """As they may be created; an employee, who creates none, is offered none."""
    drafts = (await speak(released.cast.manager).list_action_drafts(released.wave_id)).must()["items"]
    refused = await speak(released.cast.employee).list_action_drafts(released.wave_id)

    assert [released.cast.units[name] for name in ("sales", "field")] == [one["unitId"] for one in drafts]
    assert "denied" == refused.word


async def test_drafts_come_in_pages(released: Round) -> None:
    """In the order of the tree; nothing is kept of them."""
    hr = Rest(released.cast.hr)
    before = (await hr.list_actions(limit=200)).must()["items"]
    whole = (await hr.list_action_drafts(released.wave_id)).must()["items"]

    pages = [(await hr.list_action_drafts(released.wave_id, limit=1)).must()]
    while pages[-1]["next"] is not None:
        pages.append((await hr.list_action_drafts(released.wave_id, limit=1, cursor=pages[-1]["next"])).must())

    assert [[one] for one in whole] == [page["items"] for page in pages]
    assert before == (await hr.list_actions(limit=200)).must()["items"]


async def test_only_a_released_pulse_offers_anything(speak: Speak, cast: Cast) -> None:
    """Not a baseline, and not a wave that people are still answering."""
    await add_crowd(cast.hr, field=10)
    baseline, asked = await bring_to(cast, "released", kind="baseline"), await bring_to(cast, "open")
    hr = speak(cast.hr)

    codes = [(await hr.list_action_drafts(wave_id)).code for wave_id in (baseline, asked)]

    assert ["not-a-pulse", "not-released"] == codes


async def test_whoever_was_hardly_heard_is_offered_no_metric(
    speak: Speak, answered: tuple[Cast, dict[str, str]]
) -> None:
    """Fewer than half answered, so no figure of it is where an action may start."""
    cast, waves = answered

    drafts = (await speak(cast.hr).list_action_drafts(waves["few"], language="en")).must()["items"]

    root = next(one for one in drafts if one["unitId"] == cast.units["root"])
    assert (None, "Agreement after the pulse in root") == (root["metric"], root["title"])
