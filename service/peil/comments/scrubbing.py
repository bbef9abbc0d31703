"""Takes out of a comment what says who: names of the directory, e-mail addresses, numbers and links.

It would rather take too much: where a colleague is called De Wit every "wit" goes, since people write names in
lower case as well. What is left is read by the moderator before anybody else.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

# Signs of the private use area stand in for what was taken out until the end, so that nothing is taken out twice.
_LINK, _EMAIL, _NUMBER, _NAME = "\ue000", "\ue001", "\ue002", "\ue003"
_SHOWN = str.maketrans({_LINK: "[link]", _EMAIL: "[e-mail]", _NUMBER: "[nummer]", _NAME: "[naam]"})

# Parts of names that name nobody alone; right before or between names they go with them.
_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "aan al am auf bij d da das de del della den der des di do dos du el het im in l la las le les lo los mac mc "
        "o onder op over s t te ten ter tot uit uijt van vanden vander vom von voor zu zum zur",
    )
)
_TELLING = "vander|vanden|van|der|den|de|ten|ter|te|'t|’t|t|von|vom|zu|zum|zur|el|al|di|da|dos|du|del|della|le|la|d|o"
# Names that are among the commonest words of Dutch or English: without a capital they are those words.
_ORDINARY = frozenset(
    re.findall(r"\w+", "als art ben dan even goed grace groot hope jong kan lang long mag may wel wil will young")
)

_EMAILS = re.compile(r"(?<![^\s<>()\[\],;:\"])[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,254}")
_LINKS = re.compile(
    r"\b(?:https?://|www\.)[^\s<>]+"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,4}(?:nl|eu|com|org|net|info|io)\b(?:/[^\s<>]*)?",
    re.IGNORECASE,
)
# Seven digits or more with what people put between them: telephone, staff and citizen numbers, also a date.
_NUMBERS = re.compile(r"(?<!\w)[+(]?\d(?:[\s().\-/]{0,3}\d){6,}(?!\w)")
_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_JOIN = r"[\s.'’‘`´-]{1,3}"
_BEFORE = re.compile(rf"(?:(?<!\w)(?:{_TELLING}){_JOIN}){{1,4}}(?={_NAME})", re.IGNORECASE)
_BETWEEN = re.compile(rf"{_NAME}(?:{_JOIN}(?:(?:{'|'.join(sorted(_PARTICLES))}){_JOIN}){{0,4}}{_NAME})+", re.IGNORECASE)
_BARE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def scrub(text: str, names: Collection[str]) -> str:
    """`text` without what says who; `names` are the words of `words_of`. Each thing becomes a word in brackets.

    Control characters go too, and signs that cannot be seen or turn the direction of writing: none can hide a
    name from this or from the moderator.
    """
    kept = "".join(sign for sign in unicodedata.normalize("NFC", text) if _is_shown(sign))
    for pattern, mark in ((_EMAILS, _EMAIL), (_LINKS, _LINK), (_NUMBERS, _NUMBER)):
        kept = pattern.sub(mark, kept)
    kept = _WORDS.sub(lambda found: _NAME if _is_name(found[0], names) else found[0], kept)
    return _BETWEEN.sub(_NAME, _BEFORE.sub("", kept)).translate(_SHOWN).strip()


def words_of(names: Iterable[str]) -> frozenset[str]:
    """The words of people's names, bare of capitals and accents; no initials and no particles."""
    words = (_bare(word) for name in names for word in _WORDS.findall(unicodedata.normalize("NFC", name)))
    return frozenset(word for word in words if len(word) > 1).difference(_PARTICLES)


def _is_name(word: str, names: Collection[str]) -> bool:
    # Dutch writes the genitive on to a name: Peters rooster. The plural of a family goes with it.
    plain = _bare(word)
    return any(
        name in names and (name not in _ORDINARY or not word[0].islower()) for name in (plain, plain.removesuffix("s"))
    )


def _bare(word: str) -> str:
    """A word without capitals and accents: Zoë and ZOE are one."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_BARE))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _is_shown(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")
