"""A questionnaire with every kind of item, in three languages; one runs from right to left."""

from typing import Any

from cases.measuring import advance, consent, dpia, notice, today_of, wave_new
from support.apis import Rest
from support.personas import Cast

LANGUAGES = ["nl", "en", "ar"]


def texts(dutch: str, english: str, arabic: str) -> dict[str, str]:
    return {"nl": dutch, "en": english, "ar": arabic}


def item(kind: str, key: str, text: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "version": 1, "text": text, "sensitive": False, "repeatable": True} | more


LABELS = [
    texts("Helemaal niet mee eens", "Strongly disagree", "لا أوافق بشدة"),
    texts("Niet mee eens", "Disagree", "لا أوافق"),
    texts("Neutraal", "Neutral", "محايد"),
    texts("Mee eens", "Agree", "أوافق"),
    texts("Helemaal mee eens", "Strongly agree", "أوافق بشدة"),
]

QUESTIONS: dict[str, Any] = {
    "key": "every-kind",
    "title": texts("Hoe gaat het met werk en rust?", "How are work and rest?", "كيف حال العمل والراحة؟"),
    "kind": "survey",
    "languages": LANGUAGES,
    "items": [
        item(
            "rated",
            "workload",
            texts("Mijn werk is te doen in de tijd die ik heb.", "I can do my work in time.", "أنجز عملي في وقته."),
            points=5,
            labels=LABELS,
            reverse=False,
        ),
        item(
            "rated",
            "energy",
            texts("Hoeveel energie had u deze week?", "How much energy did you have?", "كم كانت طاقتك؟"),
            points=11,
            labels=[texts("Geen", "None", "لا شيء"), texts("Heel veel", "Very much", "كثيرة جدا")],
            reverse=False,
        ),
        item("traffic-light", "light", texts("Hoe gaat het nu met u?", "How are you now?", "كيف حالك الآن؟")),
        item(
            "yes-no",
            "pause",
            texts("Nam u gisteren pauze?", "Did you take a break?", "هل أخذت استراحة؟"),
            reverse=False,
        ),
        item(
            "single-choice",
            "place",
            texts("Waar werkt u het meest?", "Where do you mostly work?", "أين تعمل غالبا؟"),
            options=[
                {"key": "office", "label": texts("Op kantoor", "At the office", "في المكتب")},
                {"key": "home", "label": texts("Thuis", "At home", "في البيت")},
                {"key": "road", "label": texts("Onderweg", "On the road", "في الطريق")},
            ],
        ),
        item("comment", "idea", texts("Wat zou helpen?", "What would help?", "ما الذي يساعد؟")),
    ],
    "blocks": [],
    "licence": {"name": "CC0-1.0", "holder": "Peil", "attribution": "© Peil, 2026", "source": None, "validated": False},
}


async def open_survey(cast: Cast, mode: str = "blind") -> str:
    """A wave with these questions that is open; its id."""
    hr, council, on = Rest(cast.hr), Rest(cast.works_council), await today_of(cast)
    (await council.record_consent(consent(on, mode=mode))).must()
    (await hr.record_precondition(dpia(on))).must()
    (await hr.record_precondition(notice(on, languages=LANGUAGES))).must()
    instrument = (await hr.create_instrument(QUESTIONS)).must()["instrumentId"]
    (await hr.publish_instrument(instrument)).must()
    new = await wave_new(
        cast, name="Werk en rust", kind="survey", instrumentId=instrument, mode=mode, languages=LANGUAGES
    )
    wave_id: str = (await hr.plan_wave(new)).must()["waveId"]
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    if mode == "blind":
        await advance(cast, hours=2)
    return wave_id
