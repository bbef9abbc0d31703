"""A sandbox employer's clock can begin in the past, and everything of the employer goes by it."""

from support.house import House

START = "2014-09-01T07:00:00Z"


async def test_clock_begins_where_the_operator_says(house: House) -> None:
    """The new employer and what is made with it are dated by its own clock."""
    operator = await house.operator()
    created = await operator.must(operator.post("/employers", {"name": "Sandbox", "sandbox": True, "testClock": START}))

    assert (START, START) == (created["testClock"], created["createdAt"])


async def test_events_of_the_creation_come_at_once(house: House) -> None:
    """Nothing waits for the clock to reach real time."""
    operator = await house.operator()
    created = await operator.must(operator.post("/employers", {"name": "Sandbox", "sandbox": True, "testClock": START}))
    clients = f"/employers/{created['employerId']}/clients"
    client = await operator.must(operator.post(clients, {"name": "IT", "roles": ["administrator"]}))
    await house.work()
    token = await house.sign_in(client["clientId"], client["clientSecret"])
    answer = await house.http.get("/v1/events", headers={"authorization": f"Bearer {token}"})

    assert ("nl.peil.employer.created", START) == (answer.json()["items"][0]["type"], answer.json()["items"][0]["time"])


async def test_real_employer_has_no_clock_of_its_own(house: House) -> None:
    """Only a sandbox can be told what time it is."""
    operator = await house.operator()
    answer = await operator.post("/employers", {"name": "Real", "testClock": START})

    assert (409, "no-test-clock") == (answer.status_code, answer.json()["code"])
