"""SQL of requests for consent."""

from datetime import date, datetime
from uuid import UUID

from peil.consents.model import ConsentRequest, ConsentRequestNew
from peil.database import Rows

_INSERT = """-- insert_consent_request
insert into peil.consent_request (
  employer_id, consent_request_id, policy_version, mode, document_digest, answer_by, note,
  requested_on, state, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'requested', $9, $9)
"""


async def insert_consent_request(
    rows: Rows, employer_id: UUID, request_id: UUID, new: ConsentRequestNew, on: date, at: datetime
) -> None:
    await rows.execute(
        _INSERT,
        employer_id,
        request_id,
        new.policy_version,
        new.mode,
        new.document_sha256,
        new.answer_by,
        new.note,
        on,
        at,
    )


# That a consent was withdrawn is known of the consent alone, and shows here.
_REQUEST = """
  request.consent_request_id,
  request.policy_version,
  request.mode,
  request.document_digest as document_sha256,
  request.answer_by,
  request.note,
  request.requested_on,
  case when consent.withdrawn_at is null then request.state else 'withdrawn' end as state,
  request.decided_on,
  request.decision_note,
  request.precondition_id,
  request.created_at
from peil.consent_request as request
left join peil.precondition as consent on
  consent.employer_id = request.employer_id
  and consent.precondition_id = request.precondition_id"""

_SELECT = f"""-- select_consent_request
select{_REQUEST}
where
  request.employer_id = $1
  and request.consent_request_id = $2
"""


async def select_consent_request(rows: Rows, employer_id: UUID, request_id: UUID) -> ConsentRequest | None:
    return await rows.one(ConsentRequest, _SELECT, employer_id, request_id)


_LOCK = f"""-- lock_consent_request
select{_REQUEST}
where
  request.employer_id = $1
  and request.consent_request_id = $2
for no key update of request
"""


async def lock_consent_request(rows: Rows, employer_id: UUID, request_id: UUID) -> ConsentRequest | None:
    """A request that nobody else decides or takes back until the transaction ends."""
    return await rows.one(ConsentRequest, _LOCK, employer_id, request_id)


_SELECT_MANY = f"""-- select_consent_requests
select{_REQUEST}
where
  request.employer_id = $1
  and request.consent_request_id > $2
  and ($3::timestamptz is null or request.modified_at > $3 or consent.modified_at > $3)
order by request.consent_request_id
limit $4
"""


async def select_consent_requests(
    rows: Rows, employer_id: UUID, after: UUID, since: datetime | None, limit: int | None
) -> list[ConsentRequest]:
    """Those after an id; `since`: only what was written after this moment, None: whenever; `limit` None: all."""
    return await rows.many(ConsentRequest, _SELECT_MANY, employer_id, after, since, limit)


_CANCEL = """-- cancel_consent_request
update peil.consent_request
set
  state = 'cancelled',
  modified_at = $3
where
  employer_id = $1
  and consent_request_id = $2
"""


async def cancel_consent_request(rows: Rows, employer_id: UUID, request_id: UUID, at: datetime) -> None:
    await rows.execute(_CANCEL, employer_id, request_id, at)


_UPDATE_DECISION = """-- update_decision
update peil.consent_request
set
  state = case when $3::uuid is null then 'refused' else 'consented' end,
  precondition_id = $3,
  decision_note = $4,
  decided_on = $5,
  modified_at = $6
where
  employer_id = $1
  and consent_request_id = $2
"""


async def update_decision(
    rows: Rows, employer_id: UUID, request_id: UUID, precondition_id: UUID | None, note: str | None, at: datetime
) -> None:
    """Writes what was decided, on the day of `at`; `precondition_id` None: it was refused."""
    await rows.execute(_UPDATE_DECISION, employer_id, request_id, precondition_id, note, at.date(), at)
