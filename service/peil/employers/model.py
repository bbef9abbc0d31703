"""The shapes of employers, their policy and the gates in front of a wave."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.releases.model import Thresholds
from peil.structs import Colour, ExternalId, Language, Moment, Name, Sha256, Value

Mode = Literal["blind", "handout", "split"]
ConsentKind = Literal["works-council-consent", "no-works-council"]
PreconditionKind = Literal["dpia", "participant-notice"]


class EmployerNew(Value, frozen=True, kw_only=True):
    """An employer to create."""

    name: Name
    language: Literal["nl", "en"] = "nl"
    external_id: ExternalId | None = None
    sandbox: Annotated[bool, Meta(description="True: for tests; its clock can be moved.")] = False
    test_clock: Annotated[
        Moment | None, Meta(description="When a sandbox's clock begins, also in the past; null: now.")
    ] = None


class Employer(Value, frozen=True, kw_only=True):
    """An employer: the tenant to which all other data belongs."""

    employer_id: UUID
    name: str
    language: str
    external_id: str | None
    sandbox: bool
    test_clock: Annotated[datetime | None, Meta(description="The time it is for a sandbox; null: real time.")]
    created_at: datetime


class ClockAdvance(Value, frozen=True, kw_only=True):
    """Where to move a sandbox employer's clock."""

    to: Moment


class TestClock(Value, frozen=True, kw_only=True):
    """The clock of a sandbox employer."""

    employer_id: UUID
    now: datetime


class PolicyNew(Value, frozen=True, kw_only=True):
    """Thresholds for future waves; each at least what it is now."""

    thresholds: Thresholds


class Policy(Value, frozen=True, kw_only=True):
    """One version of an employer's thresholds."""

    version: int
    thresholds: Thresholds
    created_at: datetime


class ConsentNew(Value, frozen=True, kw_only=True):
    """The works council's consent to a policy and a mode, or the declaration that there is no council."""

    kind: ConsentKind
    policy_version: Annotated[int, Meta(ge=1, le=1_000_000)]
    mode: Mode
    decided_on: date
    document_sha256: Sha256
    valid_until: date | None = None


class PreconditionNew(Value, frozen=True, kw_only=True):
    """A DPIA, or the notice that participants get."""

    kind: Annotated[PreconditionKind, Meta(title="PreconditionNewKind")]
    decided_on: date
    document_sha256: Sha256
    languages: Annotated[
        list[Language], Meta(max_length=30, description="Of a participant notice; empty for a DPIA.")
    ] = []
    valid_until: date | None = None


class Precondition(Value, frozen=True, kw_only=True):
    """Something recorded that must be there before a wave may open."""

    precondition_id: UUID
    kind: Literal["works-council-consent", "no-works-council", "dpia", "participant-notice"]
    decided_on: date
    valid_until: date | None
    document_sha256: str
    policy_version: int | None
    mode: Mode | None
    languages: list[str]
    entered_by: Annotated[
        Literal["works-council", "employer"],
        Meta(description="Who entered it; the council can dispute the employer's."),
    ]
    withdrawn_at: datetime | None
    withdrawn_by: Annotated[
        Literal["works-council", "employer"] | None,
        Meta(description="Who withdrew it; after the council only the council consents again. Null: it stands."),
    ]
    created_at: datetime


class CouncilAnswer(Value, frozen=True, kw_only=True):
    """What the works council was asked, and what became of it."""

    policy_version: int
    mode: Mode
    state: Literal["requested", "consented", "refused", "cancelled"]


class ColoursNew(Value, frozen=True, kw_only=True):
    """The colour in which an employer's charts are drawn."""

    accent: Annotated[Colour | None, Meta(description="The house colour; null: Peil's own.")] = None


class Colours(Value, frozen=True, kw_only=True):
    """An employer's colour, and what is drawn of it: where it would not be seen a darker or a lighter one."""

    accent: str | None
    light: Annotated[str, Meta(description="On a light background; its contrast is at least 4.5.")]
    dark: Annotated[str, Meta(description="On a dark background; its contrast is at least 4.5.")]
