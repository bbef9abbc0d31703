"""`peil demo` plays an edition over HTTP, shows what the service says, serves on, and leaves nothing behind."""

import re
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from demo.running import SOURCE, Start
from peil.demo import answers
from peil.demo.answers import Year
from peil.demo.stage import listening

BLOCK = ("coworkers", "supervisor", "consequence")
README = SOURCE.parent / "README.md"
_LEFT_OUT = "\n[…]\n"


def complete_answers(year: Year) -> list[dict[str, str]]:
    """The rows of the data file with all three items of the block."""
    return [dict(row) for row in answers.list_rows() if row["year"] == str(year) and all(row[key] for key in BLOCK)]


def openness(year: Year) -> float:
    """The mean of those rows from 0 to 100: the raw one, before anything was protected."""
    return fmean(100 * (int(row[key]) - 1) / 2 for row in complete_answers(year) for key in BLOCK)


def quoted() -> list[str]:
    """The pieces of the output that the README shows; `[…]` stands for what it leaves out."""
    [block] = re.findall(
        r"^```text\n(Week van de Werkstress.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return [str(piece) for piece in block.split(_LEFT_OUT)]


def missing(pieces: list[str], output: str) -> list[str]:
    """The pieces that do not stand in the output to the letter, each after the one before it."""
    absent, place = [], 0
    for piece in pieces:
        found = output.find(piece, place)
        if not piece.strip() or found < 0:
            absent.append(piece)
        else:
            place = found + len(piece)
    return absent


def test_a_picture_that_differs_is_found() -> None:
    """What is not there, what is there in another order, and an empty piece."""
    assert [] == missing(["b\n", "d\n"], "a\nb\nc\nd\n")
    assert ["x\n"] == missing(["x\n", "d\n"], "a\nb\nc\nd\n")
    assert ["b\n"] == missing(["d\n", "b\n"], "a\nb\nc\nd\n")
    assert [""] == missing([""], "a\n")


def test_plays_once_and_shows_what_the_data_say(start: Start, directory: Path) -> None:
    """It ends with 0, says nothing on stderr, leaves no file, and the figures at the top are those of the file."""
    process = start("--once", "--port", "0")
    output, errors = process.communicate(timeout=300)
    top = next(line for line in output.splitlines() if line.startswith("OSMI "))
    scores = [float(number) for number in re.findall(r" (\d+\.\d) ", top)]
    answered = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) of [\d,]+ answered", output)]

    assert (0, "", []) == (process.returncode, errors, list(directory.iterdir()))
    assert [len(complete_answers(2014)), len(complete_answers(2016))] == answered
    # Protection may move the score of a small group, and through it that of all by a trifle.
    assert scores == pytest.approx([openness(2014), openness(2016)], abs=0.15)
    assert "refused, missing: consent, dpia, notice" in output
    assert "each have a token signed that nobody sees → 1,146 signed" in " ".join(output.split())
    assert "uses a token a second time → already-recorded" in output
    assert "tries to measure an action by Brazil\n" in output
    assert re.search(r"^  \d+ more protected, in United States: ", output, re.MULTILINE)
    assert "demo.sh" not in output
    assert [] == [line for line in output.splitlines() if len(line) > 80]
    assert [] == missing(quoted(), output)


def test_each_line_can_be_pasted(replies: list[Any]) -> None:
    """Every line that it prints answers what is said of it, in a shell that has read its file."""
    readiness, change, hidden, actions, graph, problem, units, events = replies
    campaign = graph["data"]["campaign"]

    assert ["De nameting vraagt anders dan de nulmeting.", "Er is geen klachtenregeling bekend."] == [
        finding["title"] for finding in readiness["findings"]
    ]
    assert ("OSMI", ["compared", "not-comparable"]) == (change["name"], [b["cell"]["status"] for b in change["blocks"]])
    assert {"status": "protected", "reportedAt": change["unitId"]} == hidden["response"]
    assert [action["title"] for action in actions["items"]] == [one["title"] for one in campaign["actions"]["items"]]
    assert ["baseline", "post"] == [wave["kind"].lower() for wave in campaign["waves"]["items"]]
    assert [3, 3, 3] == [len(action["progressChecks"]["items"]) for action in campaign["actions"]["items"]]
    assert ("Ongeldige invoer", 6) == (problem["title"], len(problem["errors"]))
    assert "osmi" == units["items"][0]["externalId"]
    assert "nl.peil.employer.created" == events["items"][0]["type"]


def test_says_that_the_port_is_taken(start: Start, directory: Path) -> None:
    """Two demos at one port: the second says so before it has made anything, and ends with 1."""
    with listening(0) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        process = start("--port", str(port))
        _, errors = process.communicate(timeout=60)

    assert 1 == process.returncode
    assert f"peil demo: port {port} cannot be used (Address already in use): choose another with --port\n" == errors
    assert [] == list(directory.iterdir())
