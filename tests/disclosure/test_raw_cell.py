"""A raw cell cannot be written down by any common means; a protected cell has nothing to hide."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from peil.releases.cells_model import ProtectedCell
from peil.releases.model import RawCell

WRITERS: list[Callable[[Any], object]] = [
    msgspec.json.encode,
    msgspec.msgpack.encode,
    msgspec.to_builtins,
    json.dumps,
    pickle.dumps,
    copy.copy,
    copy.deepcopy,
    repr,
    str,
    vars,
    "{}".format,
    "%s".__mod__,
]


@pytest.mark.parametrize("write", WRITERS)
def test_raw_cell_is_never_written(write: Callable[[Any], object]) -> None:
    """Serialising, copying, printing and formatting all fail."""
    with pytest.raises(TypeError):
        write(RawCell(5))


@pytest.mark.parametrize("write", WRITERS)
def test_raw_cell_is_not_written_inside_another_thing(write: Callable[[Any], object]) -> None:
    """Neither is it when it hides in a list."""
    with pytest.raises(TypeError):
        write([RawCell(5)] if write not in (copy.copy, vars) else RawCell(5))


def test_protected_cell_has_no_place_for_a_number() -> None:
    """Its only field says where to look instead."""
    assert ProtectedCell.__struct_fields__ == ("reported_at",)
