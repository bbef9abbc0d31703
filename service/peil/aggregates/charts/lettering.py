"""How wide a text will be, and how it is broken over lines: the picture is laid out before anything draws it."""

SIZE = 12
"""Pixels: the size of most words in a chart."""

# Thousandths of the font size, of the characters from space to tilde, in Helvetica and every font as wide as it.
_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_KNOWN = {chr(32 + place): int(width) / 1000 for place, width in enumerate(_WIDTHS.split())}
# Latin letters with an accent are as wide as those without; of other scripts the widest are a full square.
_LATIN, _OTHER = 0.6, 1.0
_BOLD = 1.08
_ELLIPSIS = "…"
_VOWELS = "aeiouyáéëïóöü"


def width_of(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Pixels that a text takes."""
    units = sum(_KNOWN.get(letter, _LATIN if letter < "\u2e80" else _OTHER) for letter in text)
    return units * size * (_BOLD if bold else 1)


def lines_of(text: str, width: float, size: float = SIZE, *, most: int = 2, bold: bool = False) -> list[str]:
    """A text on at most so many lines of this width; what does not fit ends in an ellipsis.

    It is broken between words. A word that is wider than a line is broken where it is full.
    """
    lines: list[str] = []
    for word in _pieces(text, width, size, bold=bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size, bold=bold)]


def _pieces(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    """The words of a text, none wider than a line."""
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while width_of(rest, size, bold=bold) > width:
            place = _syllable(rest, _room(rest, width - width_of("-", size, bold=bold), size, bold=bold))
            # A word that has a hyphen of its own is broken there.
            own = rest.rfind("-", 3, place + 1)
            pieces.append(rest[: own + 1] if own > 0 else f"{rest[:place]}-")
            rest = rest[own + 1 if own > 0 else place :]
        pieces.append(rest)
    return [piece for piece in pieces if piece]


def _syllable(word: str, place: int) -> int:
    """Where to break a Dutch word at this place or before it: in front of a consonant that a vowel follows."""
    for at in range(place, place // 2, -1):
        begins = word[at : at + 2].lower()
        if len(begins) == 2 and begins[0] not in _VOWELS and begins[1] in _VOWELS and word[at - 1 : at + 1] != "ch":
            return at
    return place


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    place = _room(text, width - width_of(_ELLIPSIS, size, bold=bold), size, bold=bold)
    return text[:place].rstrip(" -") + _ELLIPSIS


def _room(text: str, width: float, size: float, *, bold: bool) -> int:
    """How many of its first characters fit, at least one."""
    place = 1
    while place < len(text) and width_of(text[: place + 1], size, bold=bold) <= width:
        place += 1
    return place
