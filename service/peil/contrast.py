"""Colours and how well they can be told apart, as WCAG 2.2 measures it."""

TEXT = 4.5
"""The least contrast of text (success criterion 1.4.3)."""
GRAPHICS = 3.0
"""The least contrast of what must be seen to understand a picture (success criterion 1.4.11)."""
_STEPS = 100
BACKGROUNDS = {"light": "#ffffff", "dark": "#14191f"}
ACCENT = "#1d5f8a"
"""Where the employer has set no colour."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two; `share` of the other, from 0 to 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def legible(colour: str, background: str, least: float = TEXT) -> str:
    """The colour itself where it stands out enough, else the nearest mix of it with black or white that does."""
    away = better(background, "#000000", "#ffffff")
    mixes = (mixed(colour, away, step / _STEPS) for step in range(_STEPS + 1))
    return next(one for one in mixes if contrast(one, background) >= least)


def accent_on(name: str, accent: str | None) -> str:
    """What is drawn of an employer's colour on the `light` or the `dark` background; None: it has set none."""
    return legible(accent or ACCENT, BACKGROUNDS[name])


def better(background: str, one: str, other: str) -> str:
    """Which of two colours can be read better on a background."""
    return max(one, other, key=lambda colour: contrast(colour, background))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2, definitions)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
