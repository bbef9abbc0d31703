"""The scalars that GraphQL lacks, each written as it is in REST and read by the same decoder."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, NewType
from uuid import UUID

import msgspec
import strawberry
from msgspec import Meta
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

Long = NewType("Long", int)


def _parser(kind: Any) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        """Refuses what is no `kind` and keeps the text: the decoder of the input makes the value."""
        msgspec.convert(value, kind, strict=True)
        return value

    return parse


def _scalar(name: str, kind: Any, description: str, specified_by: str | None = None) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        specified_by_url=specified_by,
        serialize=msgspec.to_builtins,
        parse_value=_parser(kind),
    )


_RFC_3339 = "https://www.rfc-editor.org/rfc/rfc3339"
_RFC_9562 = "https://www.rfc-editor.org/rfc/rfc9562"

SCALARS: dict[object, ScalarDefinition] = {
    UUID: _scalar("UUID", UUID, "A UUID, as in REST and in events.", _RFC_9562),
    datetime: _scalar("DateTime", Annotated[datetime, Meta(tz=True)], "A moment: RFC 3339 with an offset.", _RFC_3339),
    date: _scalar("Date", date, "A full-date of RFC 3339.", _RFC_3339),
    time: _scalar("Time", Annotated[time, Meta(tz=False)], "Time on the wall: hours, minutes and seconds."),
    JSON: _scalar("JSON", Any, "A JSON value as in REST, such as a map whose keys are data."),
    Long: _scalar("Long", Annotated[int, Meta(ge=-(2**53), le=2**53)], "An integer beyond 32 bits, at most 2^53."),
}
