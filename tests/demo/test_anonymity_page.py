"""What `docs/anonymity.md` says of the demo is what its commands show: the page, run from top to bottom."""

import re

import pytest

from demo.running import SOURCE, Served, in_bash

PAGE = (SOURCE.parent / "docs" / "anonymity.md").read_text("utf-8")
_FENCED = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_END = "@@ the command above is over @@"


def promises() -> list[tuple[str, str]]:
    """Every fenced command with the output that stands under it; empty where there is to be none."""
    return _FENCED.findall(PAGE)


def is_kept(promised: str, printed: str) -> bool:
    """Whether it was printed to the letter; `…` stands for anything in a line, and alone on a line for any lines."""
    lines = [".*" if line == "…" else re.escape(line).replace("…", "[^\n]*") for line in promised.splitlines()]
    return re.fullmatch("\n".join(lines), printed.rstrip("\n"), re.DOTALL) is not None


def test_a_broken_promise_is_noticed() -> None:
    """Another line, a line too many, a line too few."""
    assert is_kept("a\n…\nd…\n", "a\nb\nc\nd and more\n")
    assert not is_kept("a\n", "b\n")
    assert not is_kept("a\n", "a\nb\n")
    assert not is_kept("a\nb…\n", "a\n")
    assert not is_kept("", "a\n")


def test_no_fence_is_overlooked() -> None:
    """Every fence of the page is a command or the output of one."""
    fences = re.findall(r"^```(\w+)$", PAGE, re.MULTILINE)
    kept = sum(1 + bool(promised) for _, promised in promises())

    assert (kept, {"sh", "text"}) == (len(fences), set(fences))


@pytest.mark.usefixtures("replies")
def test_the_page_can_be_followed(served: Served) -> None:
    """All commands in one shell, in order, none of which fails; each prints what the page promises."""
    script = "".join(f"{command}echo '{_END}'\n" for command, _ in promises())
    printed = in_bash(served, f"set -e\n{script}").split(f"{_END}\n")
    broken = [
        f"{command}\n{text}"
        for (command, promised), text in zip(promises(), printed[:-1], strict=True)
        if not is_kept(promised, text)
    ]

    assert "" == "\n".join(broken)
