"""Protects the counts of answers that have no bands: those to a choice, and those to a sensitive item."""

from collections.abc import Sequence

from peil.releases.cells_model import CountRange


def protect_choice(counts: Sequence[int], m: int) -> tuple[int, ...]:
    """How many chose each option, of none more than n - m: what is too many is told as the runner-up's.

    A table that is safe is told as it is, so that one that is told is always possible.
    """
    told = list(counts)
    first = max(range(len(told)), key=lambda option: told[option])
    surplus = max(told[first] - (sum(told) - m), 0)
    second = max((option for option in range(len(told)) if option != first), key=lambda option: told[option])
    told[first] -= surplus
    told[second] += surplus
    return tuple(told)


def protect_sensitive(counts: Sequence[int], m: int) -> tuple[CountRange, ...]:
    """Up to m answers of one kind are told as a range, and the largest count as what the others leave of n.

    Otherwise the one that is hidden would be what is missing from n.
    """
    told = [CountRange(low=0, high=m) if count <= m else CountRange(low=count, high=count) for count in counts]
    if any(count <= m for count in counts):
        n, largest = sum(counts), max(range(len(counts)), key=lambda answer: (counts[answer], answer))
        others = [found for answer, found in enumerate(told) if answer != largest]
        told[largest] = CountRange(
            low=max(n - sum(found.high for found in others), 0), high=n - sum(found.low for found in others)
        )
    return tuple(told)


def ranges_of(bounds: Sequence[int]) -> tuple[CountRange, ...]:
    """The ranges with these lower bounds and then these upper ones."""
    answers = len(bounds) // 2
    return tuple(CountRange(low=low, high=high) for low, high in zip(bounds[:answers], bounds[answers:], strict=True))
