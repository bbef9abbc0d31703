"""The report of an anonymity check as Markdown: what a works council can read and keep."""

from collections.abc import Sequence
from datetime import date
from textwrap import fill

import peil
from peil.checks.anonymity.examining import PEOPLE
from peil.checks.anonymity.proving import Proof
from peil.checks.model import Line, Verdict, has_failed
from peil.structs import Value
from peil.waves.model import WaveMode

_WIDTH = 118
_MISSED = "**missed: the check is broken**"
_WORDS: dict[Verdict, str] = {"ok": "nothing found", "warning": "could not be told", "wrong": "**found**"}

_TRIED = {
    "arrival-on-disk": "Read the sealed answers from disk, and compare with the order in which people answered",
    "arrival-in-dump": "Read the sealed answers in a backup, and compare with the order in which people answered",
    "ledger-beside-answers": "Lay the lists of people beside the sealed answers, row by row",
    "transactions": "Compare the order in which the database wrote answers with the lists of people and of codes",
    "lone-lines": "Find the lines of the ledger that were written alone, and lay them beside the answers",
    "few-tokens": "While few had a token, find the lines of the ledger that were written apart from the others",
    "ledger-locks": "Find the lines of the ledger that bear the mark of whoever asked for a token twice",
    "codes-beside-ledger": "Lay the codes beside the lists of people, row by row",
    "shared-transaction": "Look for anything else that was written together with an answer: ledger, audit, events",
    "sizes": "Tell from the size of a sealed answer how much was answered",
    "ids": "Tell from an id when it was made",
    "texts": "Look for answers, comments and codes in logs and in a backup",
    "log-lines": "Look for a line in a log for each answer: it would tell when",
    "spans": "Look for traces of single answers",
    "wal": "Look for answers, comments and codes in the database's write-ahead log",
    "copies": "Look for answers, comments, codes and their hashes in every other table of the database",
    "comments-in-order": "Compare the order of the comments, before and after moderation, with the order in which "
    "people answered, with the sealed answers and with the lists of people",
    "comments-together": "Find two comments of one person by their places",
    "texts-of-closing": "Look for answers, comments and codes in what was logged and traced while the wave was closed",
    "after-close": "Look for answers, codes and invitations that outlive the close",
    "columns": "Look for columns near answers that hold a time, an address or an order",
    "watchers": "Look for something in the database that watches answers arrive",
    "row-security": "Look for a way round the rule that each employer sees its own rows only",
    "grants": "Look for a role that may do more than it was given",
    "missing-grants": "Look for a role that may do less than it was given",
    "roles": "Look for a serving role that stands above the rules",
    "other-readers": "Look for strangers who may read who was invited, sealed answers or comments",
    "settings-owner": "Look for settings of the database that record when or what (as migrations connect)",
    "settings-api": "Look for settings of the database that record when or what (as the API connects)",
    "settings-intake": "Look for settings of the database that record when or what (as the intake connects)",
    "settings-worker": "Look for settings of the database that record when or what (as the worker connects)",
}

_HOW: dict[WaveMode, str] = {
    "blind": "Each person got a blindly signed token, and answered with it in the order in which tokens were issued.",
    "handout": "Each person got a printed code of the own group, in the order of the printed list, and answered with "
    "it: a hat would mix them.",
    "split": "Each person got a one-time code, as the vendor would deliver it, and answered with it.",
}

_LABEL: dict[WaveMode, tuple[str, ...]] = {
    "blind": (
        "In this mode answers are *anonymous*: nobody has a list that names the owner of a token.",
        "When a token is issued, other lines of the group's ledger are written with it: the number of a line's "
        "transaction does not tell when its person got a token. The database's own log still does, until it is "
        "overwritten, to somebody with full power over the server.",
        "The page in which somebody signs in could, if it is dishonest, have a token of its own signed in that "
        "person's place. It cannot learn what the person answers.",
    ),
    "handout": (
        "In this mode answers are *anonymous*: nobody has a list that names the owner of a code. Whoever hands out the "
        "papers could write one; let people draw them from a hat.",
    ),
    "split": (
        "In this mode answers are *confidential*, not anonymous. Whoever delivers the codes knows whose code is "
        "whose, and could answer in your place. Who has that list *and* the database sees, until the close, who has "
        "answered; who has the worker's key as well could read what.",
    ),
}

_REMAINS = (
    "Somebody who runs the service, is dishonest, and watches the network *while* people answer can see when an "
    "address sent something, and set that beside the moment at which an answer was stored. No check of a database can "
    "rule this out. Answering from elsewhere or at another time, and a second host name for answers, make it harder.",
    "While a wave is open, somebody with full power over the database sees in which order the sealed answers came; "
    "not what is in them. After the close they are gone.",
    "Whoever holds both the database and the worker's key of an open wave can open its answers. That is why the key "
    "lies elsewhere, and is destroyed after the close.",
    "After the close comments stand in the database in words, for their moderator. Who wrote one may show in what it "
    "says and how; no order tells it.",
    "Programs that run elsewhere, logs that were not named to the check, and earlier backups were not looked at.",
    "The report says what was so on this day, on this deployment, with the rights the check was given.",
)


class Examined(Value, frozen=True, kw_only=True):
    """An anonymity check that was made; `proofs` of leaks that were planted, None: not in this run."""

    on: date
    where: str
    mode: WaveMode
    people: int
    lines: list[Line]
    proofs: list[Proof] | None


def write_report(examined: Examined) -> str:
    """The whole report, in plain words; its first line is the verdict."""
    parts = [_verdict(examined), _head(examined), _tried(examined.lines), _found(examined.lines)]
    if examined.proofs is not None:
        parts.append(_proofs(examined.proofs))
    return "\n\n".join([*parts, _remains(examined.mode), _again(examined.mode)]) + "\n"


def has_missed(examined: Examined) -> bool:
    """Whether a leak that was planted was not found: then the check proves nothing."""
    return any(proof.missed_by for proof in examined.proofs or [])


def _paragraph(text: str, indent: str = "") -> str:
    return fill(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False)


def _verdict(examined: Examined) -> str:
    """In doubt the worse one."""
    unsure = sum(line.verdict == "warning" for line in examined.lines)
    if has_missed(examined):
        return "# The check is broken: it did not find a mistake that was made on purpose"
    if has_failed(examined.lines):
        return "# Something was found that could tell who answered what"
    if unsure:
        missing = "one attempt" if unsure == 1 else f"{unsure} attempts"
        return f"# Nothing was found that tells who answered what, but {missing} could not be made"
    return "# Nothing was found that tells who answered what"


def _head(examined: Examined) -> str:
    wrong = sum(line.verdict == "wrong" for line in examined.lines)
    unsure = sum(line.verdict == "warning" for line in examined.lines)
    outcome = "None of them found anything" if not wrong else f"**{wrong} of them found something**"
    doubt = f"; {unsure} could not be told" if unsure else ""
    few = "" if examined.people >= PEOPLE else " With so few people chance looks like a link now and then."
    return "\n\n".join(
        [
            _paragraph(
                f"Checked on {examined.on.isoformat()} with Peil {peil.__version__}, mode `{examined.mode}`, on "
                f"{examined.where}."
            ),
            _paragraph(
                f"An employer was made up, with {examined.people} people in two groups who report separately. "
                f"{_HOW[examined.mode]} They did so one after another, in an order that the check knows: one in five "
                "sent nothing, one in five only comments, the others everything. Then the wave was closed and counted, "
                "and its comments moderated and published, by the programs that do so for real waves. The check "
                "tried, with the rights of the database's owner, to link answers and comments to people in "
                f"{len(examined.lines)} ways. {outcome}{doubt}. The employer and all its rows and keys were deleted "
                f"afterwards.{few}"
            ),
        ]
    )


def _tried(lines: Sequence[Line]) -> str:
    rows = [f"| {_TRIED.get(line.name, line.looked_at)} | {_WORDS[line.verdict]} |" for line in lines]
    return "\n".join(["## What was tried", "", "| attempt | outcome |", "|---|---|", *rows])


def _found(lines: Sequence[Line]) -> str:
    scale = (
        "A rank correlation of 1 means: the same order, so that row by row each answer has an owner. One of 0 means: "
        "no order in common. Up to 0.2 is taken for none."
    )
    rows = [
        _paragraph(
            f"{_TRIED.get(line.name, line.looked_at)}: {'; '.join(line.found)}."
            + (f" What to do: {line.to_do}." if line.to_do else ""),
            "- ",
        )
        for line in lines
        if line.found
    ]
    return "\n".join(["## What was found, in numbers and words", "", _paragraph(scale), "", *rows])


def _proofs(proofs: Sequence[Proof]) -> str:
    why = (
        "A check that cannot fail proves nothing. On servers that were thrown away afterwards, mistakes were made on "
        "purpose, one at a time, and the same check was run on each."
    )
    rows = [f"| {proof.words} | {_MISSED if proof.missed_by else 'found'} |" for proof in proofs]
    title = "## Could the check have found anything?"
    return "\n".join([title, "", _paragraph(why), "", "| mistake | outcome |", "|---|---|", *rows])


def _remains(mode: WaveMode) -> str:
    items = [_paragraph(text, "- ") for text in (*_LABEL[mode], *_REMAINS)]
    return "\n".join(["## What this check cannot see", "", *items])


def _again(mode: WaveMode) -> str:
    return f"""## How to repeat this

```sh
peil check anonymity --mode {mode}            # on the deployment that the settings name
peil check anonymity --mode {mode} --prove    # on servers of its own, with mistakes made on purpose
```"""
