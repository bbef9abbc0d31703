"""Text in the characters that OAuth has for it (RFC 6749, section 5.2)."""

import unicodedata

_LIKENESS = {'"': "'", "\\": "/", "“": "'", "”": "'", "‘": "'", "’": "'", "–": "-", "≤": "<=", "≥": ">="}


def plain(text: str) -> str:
    """The same in printable ASCII without quotation marks and backslashes; what has no likeness there is `?`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return "".join(_LIKENESS.get(one, one if " " <= one <= "~" else "?") for one in bare)
