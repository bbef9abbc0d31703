"""Whether a user to create is somebody who was there, or another one who has got the same user name."""

from collections.abc import Sequence

from msgspec.structs import replace
from scim2_models import ConflictException, UniquenessException

from peil.audit import record
from peil.directory import writing
from peil.directory.model import PersonChange, StoredPerson
from peil.directory.scim import user_queries
from peil.directory.scim.mapping import refused
from peil.directory.scim.model import SaidUser, SameUser, UserRow
from peil.directory.scim.session import Session
from peil.errors import Finding
from peil.outbox import publish

_PERSON = StoredPerson.__struct_fields__


def person_of(row: UserRow) -> StoredPerson:
    """What the directory keeps of it."""
    return StoredPerson(**{name: getattr(row, name) for name in _PERSON})


def known_as(same: Sequence[SameUser], said: SaidUser) -> UserRow | None:
    """Who a new user is of those who have its user name or its id; None: somebody new.

    Raises UniquenessException where somebody who is there has the user name.
    """
    named = [row for row in same if row.has_name]
    _check_free(named, said)
    gone = (row for row in same if not row.active and (row.deleted_at is not None or row.user_name is None))
    by_id = [row for row in gone if row.scim_id is not None and row.scim_id == said.scim_id]
    by_name = [row for row in named if not _is_another(row, said)]
    from_hr = [
        row for row in same if row.user_name is None and not row.provisioned and row.external_id == said.external_id
    ]
    return next(iter((*by_id, *by_name, *from_hr)), None)


def check_same(session: Session, row: UserRow, said: SaidUser) -> None:
    """Whoever has left does not come back as another one, who has got the user name, nor without a user name.

    Raises InvalidValueException where somebody has a user name and is to have none, and ConflictException.
    """
    if said.user_name is None and row.user_name is not None:
        raise refused(Finding("/userName", "required"))
    if said.user_name is None and said.active and not row.active:
        raise ConflictException(
            detail="userName: this user has none any more. Send userName too, one that nobody else has."
        )
    if said.active and not row.active and _is_another(row, said):
        session.note("user-name-reused", "externalId", f"people/{row.person_id}")
        raise ConflictException(
            detail="externalId: this user has left, and by this id it is somebody else who comes. Delete this user, "
            "or have its user name taken away, and create the other one."
        )


async def free_name(session: Session, same: Sequence[SameUser], said: SaidUser, row: UserRow | None) -> None:
    """Takes the user name from whoever has left and had it before; `row`: who is to have it, None: somebody new.

    When who left is erased stays as it was. Raises UniquenessException where somebody who is there has the name.
    """
    tx = session.tx
    others = [one for one in same if one.has_name and (row is None or one.person_id != row.person_id)]
    _check_free(others, said)
    before = [person_of(one) for one in others]
    freed = [
        PersonChange(
            before=one,
            after=replace(one, user_name=None),
            gone=[],
            added=[],
            is_leaving_new=False,
        )
        for one in before
    ]
    await writing.write_people(tx, freed)
    for one in others:
        session.note("user-name-reused", "userName", f"people/{one.person_id}")
        await record(tx, f"people/{one.person_id}", event="update_scim_user")
        await publish(tx, "person.updated", f"people/{one.person_id}")


async def select_same(session: Session, said: SaidUser) -> list[SameUser]:
    """Whoever has the user name or an id that the user says, also who was deleted."""
    tx = session.tx
    ids = said.external_id, said.scim_id
    return await user_queries.select_same_users(tx, tx.employer_id, session.today, said.user_name, *ids)


def _is_another(row: UserRow, said: SaidUser) -> bool:
    """Whether the provisioning system says that it is not this person: both have an id of its, and not the same."""
    return row.scim_id is not None and said.scim_id is not None and row.scim_id != said.scim_id


def _check_free(named: Sequence[UserRow], said: SaidUser) -> None:
    for row in named:
        if row.active or (row.deleted_at is None and not _is_another(row, said)):
            raise UniquenessException(detail="This userName is somebody else's.")
