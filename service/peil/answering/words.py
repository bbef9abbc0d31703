"""The form's own words in Dutch and English, from one table for the browser and the terminal."""

from importlib.resources import files
from typing import Any

import msgspec

WORDS: dict[str, dict[str, Any]] = msgspec.json.decode(files("peil.answering").joinpath("words.json").read_bytes())
"""By language (`nl`, `en`) and code; `{names}` are filled in. Choices are in the order in which they are shown."""
