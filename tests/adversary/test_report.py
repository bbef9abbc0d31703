"""The figures of the docs about the attacker are those that its command prints."""

import re

from adversary.report import lines
from demo.promises import page_of

PAGE = page_of("disclosure.md")
_ROW = re.compile(r"^\| (.+) \| (\d+) \| (.+) \|$", re.MULTILINE)


def test_the_page_has_the_table_that_the_command_prints() -> None:
    """The same rules in the same order with the same gain, each of which got through in some of 300 waves."""
    head = "| rule that is off | in how many of 300 waves it gets through | what it then has |"
    table = PAGE[PAGE.index(head) :].partition("\n\n")[0]
    printed = _ROW.findall("\n".join(lines(count=0, faulty=1)))
    told = _ROW.findall(table)

    assert [(off, has) for off, _, has in printed] == [(off, has) for off, _, has in told]
    assert all(0 < int(waves) <= 300 for _, waves, _ in told)
    assert "--waves 2000 --faulty 300" in PAGE


def test_the_command_says_that_nothing_was_found() -> None:
    """And over how many figures."""
    first, second, *_ = lines(count=7, faulty=0)

    assert re.fullmatch(r"7 waves with [\d,]+ figures: nothing found", first)
    assert "3 pairs of waves, re-organised in between: nothing found" == second
