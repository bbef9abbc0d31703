"""Pages of the docs whose commands are run against a demo, each with the output that it promises."""

import re

from demo.running import SOURCE, Served, in_bash

_DOCS = SOURCE.parent / "docs"
_FENCED = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_END = "@@ the command above is over @@"


def page_of(name: str) -> str:
    return (_DOCS / name).read_text("utf-8")


def promises(page: str) -> list[tuple[str, str]]:
    """Every fenced command with the output that stands under it; empty where there is to be none."""
    return _FENCED.findall(page)


def overlooked(page: str) -> int:
    """How many fences there are that are neither a command nor the output of one."""
    return len(re.findall(r"^```\w+$", page, re.MULTILINE)) - sum(1 + bool(text) for _, text in promises(page))


def is_kept(promised: str, printed: str) -> bool:
    """Whether it was printed to the letter; `…` stands for anything in a line, and alone on a line for any lines."""
    lines = [".*" if line == "…" else re.escape(line).replace("…", "[^\n]*") for line in promised.splitlines()]
    return re.fullmatch("\n".join(lines), printed.rstrip("\n"), re.DOTALL) is not None


def broken(served: Served, page: str, before: str = "true") -> str:
    """All commands of a page in one shell, in order, none of which fails: those that print what is not promised.

    `before` is run first.
    """
    script = "".join(f"{command}echo '{_END}'\n" for command, _ in promises(page))
    printed = in_bash(served, f"set -e\n{before}\n{script}").split(f"{_END}\n")
    return "\n".join(
        f"{command}\n{text}"
        for (command, promised), text in zip(promises(page), printed[:-1], strict=True)
        if not is_kept(promised, text)
    )
