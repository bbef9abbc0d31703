"""Media types of requests and responses (RFC 9110 sections 8.3 and 12.5.1)."""

import re
from functools import lru_cache
from typing import Literal

PROBLEM = "application/problem+json"

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETERS = rf'(?:[ \t]*;[ \t]*(?:{_WORD}=(?:{_WORD}|"(?:[^"\\]|\\.)*"))?)*+'
_MEDIA = re.compile(rf"[ \t]*({_WORD})/({_WORD})({_PARAMETERS})[ \t]*")
_PARAMETER = re.compile(rf'({_WORD})=({_WORD}|"(?:[^"\\]|\\.)*")')
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_TEXTUAL = re.compile(r"text/.*|application/(?:x-ndjson|x-www-form-urlencoded)")

Kind = Literal["json", "text", "other"]


def media_type_of(content_type: str) -> str | None:
    """The media type in lower case; None if it is malformed or has a parameter other than charset=utf-8.

    A form in parts has the one more that RFC 7578 wants: its boundary.
    """
    media = _MEDIA.fullmatch(content_type)
    if media is None:
        return None
    allowed = {"boundary"} if media[1].lower() == "multipart" else set()
    for name, value in _PARAMETER.findall(media[3]):
        if name.lower() not in allowed and (name.lower() != "charset" or value.strip('"').lower() != "utf-8"):
            return None
    return f"{media[1]}/{media[2]}".lower()


def kind_of(media_type: str) -> Kind:
    """What must hold for a body before anything reads it: JSON nests, text is UTF-8, the rest is bytes."""
    if media_type == "application/json" or media_type.endswith("+json"):
        return "json"
    return "text" if _TEXTUAL.fullmatch(media_type) else "other"


def preferred(accept: str, produces: tuple[str, ...]) -> str | None:
    """Which of `produces` the caller likes best, the first of equals; None if none is acceptable.

    Who accepts only problems gets the first of `produces`: it is the errors that are wanted.
    """
    if not accept.strip():
        return produces[0]
    ranges = _ranges(accept)
    best, best_weight = None, 0.0
    for media_type in produces:
        weight = _weight_of(media_type, ranges)
        if weight > best_weight:
            best, best_weight = media_type, weight
    if best is None and _weight_of(PROBLEM, ranges) > 0:
        return produces[0]
    return best


preferred_cached = lru_cache(maxsize=1024)(preferred)
media_type_of_cached = lru_cache(maxsize=1024)(media_type_of)


def _ranges(accept: str) -> dict[str, float]:
    """Media ranges with their weights; without what is malformed or asks for a parameter we never send."""
    ranges: dict[str, float] = {}
    # A comma within quotes splits too: no type of ours has a parameter that could need one.
    for element in accept.split(","):
        media = _MEDIA.fullmatch(element)
        if media is None:
            continue
        weight = 1.0
        for name, value in _PARAMETER.findall(media[3]):
            if name.lower() == "q":
                weight = float(value) if _WEIGHT.fullmatch(value) else -1.0
            elif name.lower() != "charset" or value.strip('"').lower() != "utf-8":
                weight = -1.0
        if weight >= 0:
            ranges[f"{media[1]}/{media[2]}".lower()] = weight
    return ranges


def _weight_of(media_type: str, ranges: dict[str, float]) -> float:
    """The weight of the most specific range that has it (RFC 9110 section 12.5.1)."""
    for media_range in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
