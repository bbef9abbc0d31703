"""What people read, word for word: in Dutch and English, in every mode, with what must be said."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from peil.messages.letters import language_for, languages_of, write
from peil.messages.model import Facts, MessageText
from peil.messages.rules import NOTHING_SET

FACTS = Facts(
    employer="Voorbeeld BV",
    employer_language="nl",
    wave="Nulmeting {minutes}",
    wave_id=UUID("7a4d31a5-2c35-4f0f-8e3c-1b1a5d7e9c11"),
    mode="blind",
    closes_at=datetime(2026, 11, 6, 16, 0, tzinfo=UTC),
    zone="Europe/Amsterdam",
    minutes=3,
    manifest_sha256="ab12",
    routes=[("confidential-adviser", "B. Jansen", "tel. 020 555 01 00")],
)
SETTINGS = msgspec.structs.replace(NOTHING_SET, answer_page="https://intranet.example/peiling")


def test_an_invitation_in_dutch() -> None:
    """Short and whole: what is asked, how long, until when, what is promised, where to turn to, how to have no more."""
    letter = write("invitation", "nl", SETTINGS, FACTS)

    assert "Doet u mee? Nulmeting {minutes}" == letter.subject
    assert (
        """Beste collega,

Voorbeeld BV wil graag weten hoe het met uw werk gaat, en vraagt u mee te doen aan “Nulmeting {minutes}”.

Meld u hier aan zoals op uw werk; daarna antwoordt u zonder dat iemand ziet wie u bent:
https://intranet.example/peiling#wave=7a4d31a5-2c35-4f0f-8e3c-1b1a5d7e9c11&manifest=ab12

Goed om te weten:
- Het duurt ongeveer 3 minuten en kan tot vrijdag 6 november 2026 om 17.00 uur.
- Meedoen is vrijwillig en geen vraag is verplicht. Uw leidinggevende en HR zien niet wie meedoet.
- Uw antwoorden zijn anoniem: zij worden zonder naam bewaard en alleen als cijfers over een groep bekendgemaakt.
- Een verstuurd antwoord kunt u niet meer intrekken.

Wilt u met iemand praten? Dan kunt u hier terecht:
- Vertrouwenspersoon: B. Jansen, tel. 020 555 01 00

Dit bericht komt van Peil, namens Voorbeeld BV.
Liever geen berichten hierover? {optOut}
Ook zonder berichten kunt u gewoon meedoen.
"""
        == letter.body
    )


def test_thanks_in_english() -> None:
    """To everybody, with what happens next, and no link to answer any more."""
    letter = write("thanks", "en", SETTINGS, FACTS)

    assert (
        """Dear colleague,

“Nulmeting {minutes}” is closed. Thank you to everybody who took part. This message goes to all who were invited, \
whether they took part or not.

What happens next:
- The results are about groups, never about a person. Where a group is too small, it is counted with the unit above it.
- Voorbeeld BV discusses the results with the teams and says what changes.

Would you like to talk to somebody? You can turn to:
- Confidential adviser: B. Jansen, tel. 020 555 01 00

This message comes from Peil, on behalf of Voorbeeld BV.
Rather no messages about this? {optOut}
Without messages you can still take part.
"""
        == letter.body
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["invitation", "reminder", "thanks", "cancellation"])
@pytest.mark.parametrize("mode", ["blind", "split", "handout"])
def test_nothing_is_left_open(kind: Any, language: str, mode: str) -> None:
    """Every letter says how to have no more, and every other placeholder is filled."""
    letter = write(kind, language, SETTINGS, msgspec.structs.replace(FACTS, mode=mode, wave="Puls"))

    assert (0, 1, 1) == (letter.subject.count("{"), letter.body.count("{"), letter.body.count("{optOut}"))


@pytest.mark.parametrize(
    ("mode", "word"), [("blind", "anonymous:"), ("handout", "anonymous:"), ("split", "not anonymous")]
)
def test_a_mode_is_called_what_it_may_be_called(mode: str, word: str) -> None:
    """Confidential is not anonymous."""
    assert word in write("reminder", "en", SETTINGS, msgspec.structs.replace(FACTS, mode=mode)).body


def test_own_words_stand_at_the_head_and_the_rest_follows() -> None:
    """In a language without a frame what must be said is said in the employer's."""
    own = MessageText(kind="invitation", language="pl", subject="{wave}", opening="Zapraszamy do {closes}.")
    settings = msgspec.structs.replace(SETTINGS, texts=[own])

    letter = write("invitation", "pl", settings, FACTS)

    assert "Nulmeting {minutes}" == letter.subject
    assert letter.body.startswith("Zapraszamy do vrijdag 6 november 2026 om 17.00 uur.\n\n")
    assert "Meedoen is vrijwillig" in letter.body
    assert ["en", "nl", "pl"] == languages_of("invitation", settings)


@pytest.mark.parametrize(
    ("wanted", "language"), [("en", "en"), ("en-GB", "en"), ("pl", "nl"), (None, "nl"), ("nl-BE", "nl")]
)
def test_people_are_written_in_the_nearest_language(wanted: str | None, language: str) -> None:
    """Their own, the one it is a variety of, or the employer's."""
    assert language == language_for(wanted, ["en", "nl"], "nl")
