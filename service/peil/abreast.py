"""Who is served at the same time where jobs go side by side: nobody can take all the places."""

from collections import Counter
from uuid import UUID

import msgspec

_IN_ALL = 64
_OF_EMPLOYER = 16
_OF_SUBJECT = 2
"""Of one endpoint: a vendor's is the subject of jobs of all its employers."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A job to do."""

    employer_id: UUID
    kind: str
    subject: UUID
    sandbox: bool


class Places:
    """Places for jobs that wait for other machines, each of which may be slow, or somebody's who means harm."""

    def __init__(self) -> None:
        self._taken: set[Due] = set()
        self._employers: Counter[UUID] = Counter()
        self._subjects: Counter[UUID] = Counter()

    def take(self, due: Due) -> bool:
        """A place, where there is one; a job that has one gets no second."""
        if due in self._taken or self._is_full(due):
            return False
        self._taken.add(due)
        self._employers[due.employer_id] += 1
        self._subjects[due.subject] += 1
        return True

    def leave(self, due: Due) -> bool:
        """Gives the place back; True where somebody may have found none because of it."""
        was_full = self._is_full(due)
        self._taken.discard(due)
        self._employers[due.employer_id] -= 1
        self._subjects[due.subject] -= 1
        # A counter of what is over would grow with every employer that ever had a job.
        self._employers, self._subjects = +self._employers, +self._subjects
        return was_full

    def full(self) -> tuple[list[UUID], list[UUID]]:
        """Employers and subjects that get no place now."""
        return (
            [one for one, count in self._employers.items() if count >= _OF_EMPLOYER],
            [one for one, count in self._subjects.items() if count >= _OF_SUBJECT],
        )

    def _is_full(self, due: Due) -> bool:
        return (
            len(self._taken) >= _IN_ALL
            or self._employers[due.employer_id] >= _OF_EMPLOYER
            or self._subjects[due.subject] >= _OF_SUBJECT
        )
