"""What to bear in mind with a figure, as a code and in Dutch and English."""

from collections.abc import Iterable

from msgspec import structs

from peil.aggregates.changes.model import ChangeCell, ComparedChange, Drift, Note, NoteCode
from peil.aggregates.statistics.significance import FEWEST_FOR_A_CLAIM
from peil.aggregates.words import Text, count

_NOTES: dict[NoteCode, Text] = {
    "waves-independent": {
        "nl": "De twee metingen zijn gerekend alsof er telkens andere mensen antwoordden. Dat is voorzichtig: wie twee "
        "keer antwoordt lijkt op zichzelf, en een echt verschil valt daardoor eerder te weinig op dan te veel.",
        "en": "The two waves are treated as if other people answered each. That is conservative: who answers twice "
        "resembles themselves, so a real difference is sooner missed than made up.",
    },
    "no-cause": {
        "nl": "Dat iets veranderde zegt niet waardoor.",
        "en": "That something changed does not say why.",
    },
    "not-representative": {
        "nl": "Minder dan de helft antwoordde: dit cijfer staat niet voor de hele groep.",
        "en": "Fewer than half answered: this figure does not represent the whole group.",
    },
    "low-response": {
        "nl": "Minder dan 70 % antwoordde: lees dit cijfer met voorzichtigheid.",
        "en": "Fewer than 70 % answered: read this figure with care.",
    },
    "groups-may-differ": {
        "nl": "Deze cijfers zijn van de groepen die hier samenkomen. Of dat beide keren dezelfde groepen waren is niet "
        "te zien; een verschil kan daar ook door komen.",
        "en": "These figures are of the groups that meet here. Whether they were the same groups both times cannot be "
        "seen; a difference may come from that, too.",
    },
    "too-few-for-a-claim": {
        "nl": "Minder dan honderd mensen in een van de metingen: hieruit blijkt niet dat het programma werkte.",
        "en": "Fewer than a hundred people in one of the waves: this does not show that the programme worked.",
    },
}
OF_EVERY_CHANGE: tuple[NoteCode, ...] = ("waves-independent", "no-cause")
"""What to bear in mind with every comparison."""
_SAME = {
    "nl": "Uitgenodigd: beide keren {invited_before} mensen, van dezelfde afdelingen met een cijfer.",
    "en": "Invited: {invited_before} people both times, of the same units with figures.",
}
_DRIFT = {
    "nl": "Uitgenodigd: toen {invited_before} mensen, nu {invited_after}. Afdelingen met een cijfer die er hier bij "
    "kwamen: {added}; die hier weggingen: {removed}. Een verschil kan daar ook door komen.",
    "en": "Invited: {invited_before} people then, {invited_after} now. Units with figures that came to it: {added}; "
    "that left it: {removed}. A difference may come from that, too.",
}


def notes_of(codes: Iterable[NoteCode], language: str) -> list[Note]:
    """Each code with its sentence in `language`: nl or en."""
    return [Note(code=code, text=_NOTES[code][language]) for code in codes]


def change_notes(cell: ChangeCell, language: str) -> list[Note]:
    """What to bear in mind with one comparison: its warnings, whom it may be of, and whether it is of too few."""
    if not isinstance(cell, ComparedChange):
        return []
    codes: list[NoteCode] = [*cell.warnings]
    # Only a figure of the groups beneath has no number invited, and which groups they are is not published.
    if None in (cell.before.invited, cell.after.invited):
        codes.append("groups-may-differ")
    if min(cell.before.n, cell.after.n) < FEWEST_FOR_A_CLAIM:
        codes.append("too-few-for-a-claim")
    return notes_of(codes, language)


def drift_sentence(drift: Drift, language: str) -> str:
    """How far the two waves asked the same, in `language`: nl or en."""
    is_same = drift.invited_before == drift.invited_after and not drift.added and not drift.removed
    numbers = {name: count(people, language) for name, people in structs.asdict(drift).items()}
    return (_SAME if is_same else _DRIFT)[language].format(**numbers)
