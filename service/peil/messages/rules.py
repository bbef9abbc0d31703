"""Decisions about messages: what may be set, what is planned when, and whom a reminder may leave out."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from peil.errors import Conflict, Finding, Invalid, repeated_items
from peil.messages.model import (
    Audience,
    Left,
    MessageKind,
    MessageSettings,
    MessageSettingsNew,
    PlannedMessage,
    Sender,
)
from peil.waves.model import Wave, WaveState

PLACEHOLDERS = frozenset({"employer", "wave", "minutes", "closes"})
_PLACEHOLDER = re.compile(r"{(\w*)}")
NOTHING_SET = MessageSettings(
    sent_by="vendor", answer_page=None, sender_name=None, reminder_days=[], thanks=True, texts=[]
)
AFTERWARDS: frozenset[MessageKind] = frozenset({"thanks", "cancellation"})
"""Sent when the ledger of invited people is gone; who gets them is kept for a while."""
_FOR: dict[MessageKind, WaveState] = {
    "invitation": "open",
    "reminder": "open",
    "thanks": "released",
    "cancellation": "cancelled",
}


def check_settings(new: MessageSettingsNew, *, insecure: bool) -> None:
    """Everything that must fit. `insecure`: http will do. Raises Invalid with all findings."""
    findings = [*repeated_items(new.reminder_days, "/reminderDays")]
    if new.answer_page is None and new.sent_by == "peil":
        findings.append(Finding("/answerPage", "answer-page-needed"))
    if new.answer_page is not None and not insecure and not new.answer_page.startswith("https://"):
        findings.append(Finding("/answerPage", "not-https"))
    findings += repeated_items([(text.kind, text.language) for text in new.texts], "/texts")
    findings += [
        Finding(f"/texts/{place}/{member}", "unknown-placeholder", {"name": name})
        for place, text in enumerate(new.texts)
        for member, words in (("subject", text.subject), ("opening", text.opening))
        for name in _PLACEHOLDER.findall(words)
        if name not in PLACEHOLDERS
    ]
    if findings:
        raise Invalid(*findings)


def plan(wave: Wave, settings: MessageSettings, sent_by: Sender) -> list[tuple[MessageKind, Audience, datetime]]:
    """Invitation and reminders of a wave that was just frozen, in the order of their moments.

    A reminder goes out at the hour of the opening. On paper nobody can be reminded; where codes are delivered, or
    somebody else delivers the message, nobody is left out; and the last one goes to everybody.
    """
    opening = wave.opens_at.astimezone(ZoneInfo(wave.zone))
    moments = [opening + timedelta(days=days) for days in sorted(settings.reminder_days)]
    reminders = [moment for moment in moments if moment < wave.closes_at] if wave.mode != "handout" else []
    targeted = wave.mode == "blind" and sent_by == "peil"
    return [
        ("invitation", "everybody", wave.opens_at),
        *(
            ("reminder", "without-token" if targeted and moment != reminders[-1] else "everybody", moment)
            for moment in reminders
        ),
    ]


def targeted_groups(left: Sequence[Left], k_n: int) -> list[UUID]:
    """The groups in which at least `k_n` people are left to remind; of all others everybody is."""
    return [group.key_id for group in left if group.people >= k_n]


def is_farewell_due(
    kind: MessageKind, settings: MessageSettings, planned: Sequence[PlannedMessage], now: datetime
) -> bool:
    """Whether people get a last message: thanks if the employer wants it, and nobody who was not written to before."""
    if kind == "thanks":
        return settings.thanks and bool(planned)
    return any(message.due_at <= now for message in planned)


def is_wanted(kind: MessageKind, state: WaveState) -> bool:
    """Whether a message of this kind still makes sense to people of a wave in this state."""
    return _FOR[kind] == state


def check_delivery(message: PlannedMessage, state: WaveState, now: datetime) -> None:
    """Whoever delivers gets the list of a message that is due, and of no other. Raises Conflict."""
    if message.sent_by != "vendor":
        raise Conflict("sent-by-peil")
    if message.due_at > now:
        raise Conflict("message-not-due", at=message.due_at.isoformat())
    if not is_wanted(message.kind, state):
        raise Conflict("wave-state", state=state, allowed=_FOR[message.kind])
