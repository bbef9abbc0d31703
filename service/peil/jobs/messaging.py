"""Sends messages through the relay, so that after a crash nobody is written to twice and at most one not at all.

Before each mail it is committed that it went: what a crash interrupts is therefore not repeated. What the relay
certainly has not taken is given back. No row, log line or span tells of one person.
"""

from time import monotonic
from uuid import UUID

from peil.messages import delivering
from peil.messages.letters import OPT_OUT
from peil.messages.model import Addressed, Batch
from peil.messages.operations import opt_out_url
from peil.operation import Transaction
from peil.relay import Answer, Mail, Relay, RelayDown, Session
from peil.schedule import due
from peil.worker import WorkerParts

_BATCH = 100
_SECONDS = 20.0
"""How long one run may take before others get their turn."""
_IN_A_ROW = 3
"""So many people who are put off one after another mean the relay, not them."""


async def publish_message(tx: Transaction, _: WorkerParts, message_id: UUID) -> None:
    """Says that a message is due, and has it sent where Peil does that."""
    await delivering.publish_message(tx, message_id)


async def forget_addressees(tx: Transaction, _: WorkerParts, message_id: UUID) -> None:
    """Forgets to whom a last message goes, whether it was delivered or not."""
    await delivering.forget_addressees(tx, message_id)


async def send_message(tx: Transaction, parts: WorkerParts, message_id: UUID) -> None:
    """Sends as much of a message as fits one run, and comes again for the rest."""
    settings = parts.settings
    until = monotonic() + _SECONDS
    batch = await delivering.next_batch(tx, message_id, _BATCH)
    if batch is not None:
        if not settings.smtp_url:
            raise RelayDown
        async with Relay(settings.smtp_url, settings.smtp_from, settings.smtp_ca).session() as session:
            mailing = _Mailing(tx.employer_id, message_id, parts, session)
            while batch is not None and monotonic() < until:
                await mailing.send(batch, until)
                batch = await delivering.next_batch(tx, message_id, _BATCH)
            await mailing.try_again()
    if batch is None:
        await delivering.end_mailing(tx, message_id)
    else:
        await due(tx, "send_message", message_id, at=tx.now)


class _Mailing:
    """One run: who was put off, and up to whom the message went before the first of them in a row."""

    def __init__(self, employer_id: UUID, message_id: UUID, parts: WorkerParts, session: Session) -> None:
        self._employer_id = employer_id
        self._message_id = message_id
        self._parts = parts
        self._session = session
        self._put_off: list[Mail] = []
        self._in_a_row = 0
        self._give_back_to: UUID | None = None
        self._has_taken = False

    async def send(self, batch: Batch, until: float) -> None:
        """Writes to these people until the time is over. Raises RelayDown; who was not written to is given back."""
        before = batch.after
        for person in batch.people:
            if monotonic() >= until:
                return
            await self._move_to(person.person_id)
            mail = self._mail(batch, person)
            try:
                answer = await self._session.deliver(mail)
            except RelayDown as error:
                if not error.perhaps_taken:
                    await self._move_to(before if self._give_back_to is None else self._give_back_to)
                raise
            await self._weigh(answer, mail, before)
            before = person.person_id

    async def _weigh(self, answer: Answer, mail: Mail, before: UUID) -> None:
        if answer != "later":
            # A refusal is about one address, and stops nobody else.
            self._has_taken = self._has_taken or answer == "taken"
            self._in_a_row, self._give_back_to = 0, None
            return
        self._put_off.append(mail)
        self._in_a_row += 1
        self._give_back_to = before if self._give_back_to is None else self._give_back_to
        if self._in_a_row == _IN_A_ROW:
            await self._move_to(self._give_back_to)
            raise RelayDown

    async def try_again(self) -> None:
        """Tries those who were put off once more; the relay is well, so after that it is they."""
        if self._put_off and not self._has_taken and self._give_back_to is not None:
            await self._move_to(self._give_back_to)
            raise RelayDown
        for mail in self._put_off:
            await self._session.deliver(mail)

    async def _move_to(self, person_id: UUID) -> None:
        async with self._parts.database.transaction(self._employer_id) as rows:
            await delivering.move_on(rows, self._employer_id, self._message_id, person_id)

    def _mail(self, batch: Batch, person: Addressed) -> Mail:
        url = opt_out_url(self._parts.settings, self._employer_id, person.person_id)
        return Mail(
            to=person.email,
            sender_name=batch.sender_name,
            subject=person.letter.subject,
            body=person.letter.body.replace(OPT_OUT, url),
            opt_out_url=url,
        )
