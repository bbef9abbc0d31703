"""The intake counts nothing: neither to OpenTelemetry nor over HTTP does it tell how many have answered where."""

import pytest
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from anonymity.asking import Asked, ask
from support.house import Employer


@pytest.fixture
async def asked(employer: Employer) -> Asked:
    return await ask(employer, a=10)


@pytest.fixture(scope="module")
def reader() -> InMemoryMetricReader:
    """What anything in this process counts, from now on."""
    reader = InMemoryMetricReader()
    metrics.set_meter_provider(MeterProvider([reader]))
    return reader


async def test_no_counter_of_an_answer(asked: Asked, reader: InMemoryMetricReader) -> None:
    """Of everything that is counted while people answer there is only what the test itself counts."""
    control = metrics.get_meter("test").create_counter("control")
    replies = [await asked.submit(person) for person in asked.codes]
    control.add(1)
    counted = reader.get_metrics_data()

    assert {201} == {reply.status_code for reply in replies}
    assert counted is not None
    assert ["control"] == [
        metric.name
        for resource in counted.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    ]


@pytest.mark.parametrize("path", ["/metrics", "/v1/metrics", "/health", "/ready"])
async def test_no_page_counts(asked: Asked, path: str) -> None:
    """What the intake says of itself is the same before and after people have answered."""
    http = asked.employer.house.http
    before = await http.get(path)
    for person in asked.codes:
        await asked.submit(person)
    after = await http.get(path)

    assert before.status_code == after.status_code
    assert _lasting(before.json()) == _lasting(after.json())


def _lasting(body: dict[str, object]) -> dict[str, object]:
    """Without what names the one request."""
    return {name: value for name, value in body.items() if name != "instance"}
