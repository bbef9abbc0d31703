"""What the synthetic people are asked and answer: words that are found again wherever they are written down."""

import secrets
from collections.abc import Mapping
from typing import Any

ITEMS = ("canary-load", "canary-rest", "canary-focus")
COMMENTS = ("canary-helps", "canary-hinders")
FRAGMENTS = tuple(f'"{key}":' for key in (*ITEMS, *COMMENTS))
"""Stand in every body and in every set of answers in plain, and nowhere else."""

# No vowel, so that no word of any language is drawn, and no digit, so that scrubbing leaves it.
_LETTERS = "bcdfghjklmnpqrstvwxz"


def draw_word() -> str:
    """A word for one person's comments, drawn anew for every check: the log may still hold those of the last one."""
    return "".join(secrets.choice(_LETTERS) for _ in range(16))


def answers_of(place: int, word: str) -> dict[str, Any]:
    """What the person at this place sends: one in five sends nothing, one writes only, the rest rates and writes.

    Comments differ in length by place, so that answers of every size are sealed.
    """
    if place % 5 == 0:
        return {}
    rated = {key: 1 + (place + n) % 5 for n, key in enumerate(ITEMS)} if place % 5 != 1 else {}
    return rated | dict.fromkeys(COMMENTS, f"{word} {'rust ' * (place % 7 * 40)}")


def writers(words: Mapping[str, str]) -> dict[str, str]:
    """Whose words are found in comments, by external id; `words` in the order in which people answer."""
    return {person: word for place, (person, word) in enumerate(words.items()) if place % 5}


def questionnaire() -> dict[str, Any]:
    """Three items of five points and two comments, whose keys are found again wherever an answer is written down."""
    text = {"nl": "Hoe gaat het?"}
    common = {"version": 1, "text": text, "sensitive": False, "repeatable": True}
    rated = {**common, "kind": "rated", "points": 5, "labels": [text, text], "reverse": False}
    return {
        "key": "canary",
        "title": text,
        "kind": "survey",
        "languages": ["nl"],
        "items": [
            *({**rated, "key": key} for key in ITEMS),
            *({**common, "kind": "comment", "key": key} for key in COMMENTS),
        ],
        "blocks": [
            {
                "key": "all",
                "title": text,
                "items": list(ITEMS),
                "scoring": {"method": "mean", "orientation": "higher-is-better"},
            }
        ],
        "licence": {"name": "CC0-1.0", "holder": "Nobody", "attribution": None, "source": None, "validated": False},
    }
