"""What is taken out of a comment, with the names that make it hard."""

import random
import time

import pytest

from peil.comments.scrubbing import scrub, words_of

PEOPLE = [
    "Zoë van der Wóude",
    "Jan-Willem de Vries",
    "d'Hont, Ångström",
    "Anne-Marie O'Brien",
    "Bart van 't Hek",
    "Søren Łukaszewicz",
    "Mehmet Öztürk-Şahin",
    "Ben de Wit",
    "J. IJsbrandt",
    "Nguyễn Thị Ánh",
    "Strauß",
    "Peter Bakker",
    "Anne Jansen",
    "Kees Kan",
]
NAMES = words_of(PEOPLE)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Zoë van der Wóude belt nooit.", "[naam] belt nooit."),
        ("zoe VAN DER WOUDE belt nooit.", "[naam] belt nooit."),
        ("Mevrouw van der Woude luistert.", "Mevrouw [naam] luistert."),
        ("Zoe\u0308 en Jan Willem", "[naam] en [naam]"),
        ("De planning van Jan-Willem de Vries, altijd.", "De planning [naam], altijd."),
        ("d'Hont zegt niets", "[naam] zegt niets"),
        ("O'Brien's team", "[naam]'s team"),
        ("Bart van 't Hek", "[naam]"),
        ("bart van ’t hek", "[naam]"),
        ("Soren Lukaszewicz", "[naam]"),
        ("Ozturk Sahin", "[naam]"),
        ("ijsbrandt", "[naam]"),
        ("Nguyen Thi Anh", "[naam]"),
        ("STRAUSS", "[naam]"),
        ("Peters gedrag en PETERS toon", "[naam] gedrag en [naam] toon"),
        ("Annes rooster", "[naam] rooster"),
        ("bakkers team", "[naam] team"),
        ("Jansens mail", "[naam] mail"),
        ("Peter's en Kees’ plan", "[naam]'s en [naam]’ plan"),
        ("Kees de Vries' team", "[naam]' team"),
        ("De kans op rust, kees", "De kans op rust, [naam]"),
        ("Kee geeft les, Peterss ook", "Kee geeft les, Peterss ook"),
        ("J\u200ba\u202en", "[naam]"),
        ("Ik ben moe, Ben ook.", "Ik ben moe, [naam] ook."),
        ("Een wit scherm", "Een [naam] scherm"),
        ("Janneke en de witte muur", "Janneke en de witte muur"),
        ("Van de week was het druk", "Van de week was het druk"),
        ("mail jan.devries@bedrijf.nl even", "mail [e-mail] even"),
        ("zie https://intranet.bedrijf.nl/jan?x=1 en www.x.org", "zie [link] en [link]"),
        ("zie bedrijf.nl/rooster", "zie [link]"),
        ("bel 06-12345678 of +31 (0)20 555 01 00", "bel [nummer] of [nummer]"),
        ("om 09:30, 40 uur, 2026, 3.000 euro", "om 09:30, 40 uur, 2026, 3.000 euro"),
        ("\x00rust\x1b[31m\u202e\u2066", "rust[31m"),
        ("een\nregel 👍🏽 en 👩‍👩‍👧", "een\nregel 👍🏽 en 👩👩👧"),
        ("[naam] \ue003 \ue000", "[naam]"),
    ],
)
def test_what_is_left(written: str, left: str) -> None:
    """Names go as whole words with their particles, whatever capitals, accents and hidden signs; words stay."""
    assert left == " ".join(scrub(written, NAMES).split(" ")).strip()


def test_particles_and_initials_are_no_names() -> None:
    """A directory full of De Vrieses does not make every "de" a name."""
    assert frozenset({"vries", "berg"}) == words_of(["J. de Vries", "A.B. van den Berg"])


@pytest.mark.parametrize("sign", ["a", "1", " ", "@", ".", "-", "\U0001f600", "1 ", "a.", "van ", "Ben ", "(1"])
def test_no_text_takes_long(sign: str) -> None:
    """The longest comment of any one sign is done in a moment: nothing in it is read over and over."""
    before = time.process_time()
    scrub(sign * (2000 // len(sign)), NAMES)

    assert time.process_time() - before < 0.5


def test_a_large_directory_costs_nothing_per_name() -> None:
    """A hundred thousand names are looked up, not tried one by one."""
    chance = random.Random(3)
    names = words_of("".join(chance.choices("abcdefghij", k=9)) for _ in range(100_000))
    before = time.process_time()
    for _ in range(100):
        scrub("Het werk is te veel en de pauze te kort. " * 20, names)

    assert time.process_time() - before < 5
