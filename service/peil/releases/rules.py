"""What must hold of thresholds and scoring before anything is counted."""

from collections import Counter
from collections.abc import Iterator, Sequence

from peil.errors import Finding, Invalid
from peil.releases.model import BlockScoring, ItemScoring, Thresholds

_FLOORS = Thresholds()


def validate_thresholds(thresholds: Thresholds) -> None:
    """k_M ≤ k_C ≤ k_D3 ≤ k_D5, 3·m ≤ k_M and no floor is undercut.

    Raises Invalid `thresholds-not-rising`, `m-too-large`, `below-floor`.
    """
    findings = [
        Finding(f"/{wire}", "below-floor", {"floor": getattr(_FLOORS, name)})
        for name, wire in zip(Thresholds.__struct_fields__, Thresholds.__struct_encode_fields__, strict=True)
        if getattr(thresholds, name) < getattr(_FLOORS, name)
    ]
    rising = (thresholds.k_m, thresholds.k_c, thresholds.k_d3, thresholds.k_d5)
    if list(rising) != sorted(rising):
        findings.append(Finding("/kM", "thresholds-not-rising"))
    if 3 * thresholds.m > thresholds.k_m:
        # Beyond a third, some mean of the smallest atom would have no table with m people outside every band.
        findings.append(Finding("/m", "m-too-large", {"most": thresholds.k_m // 3}))
    if findings:
        raise Invalid(*findings)


def validate_blocks(blocks: Sequence[BlockScoring]) -> None:
    """Blocks share no item, a sensitive item stands alone, and every answer of an item is in a band.

    Raises Invalid `no-items`, `duplicate-key`, `item-in-two-blocks`, `sensitive-in-block` and
    `bands-incomplete`.
    """
    findings = [
        Finding(f"/blocks/{index}/{finding.pointer}", finding.code, finding.params)
        for index, block in enumerate(blocks)
        for finding in _block_findings(block)
    ]
    findings += _repeated((block.key for block in blocks), "duplicate-key")
    findings += _repeated((item.key for block in blocks for item in block.items), "item-in-two-blocks")
    if findings:
        raise Invalid(*findings)


def _block_findings(block: BlockScoring) -> Iterator[Finding]:
    if not block.items:
        yield Finding("items", "no-items")
    if len(block.items) > 1 and any(item.sensitive for item in block.items):
        yield Finding("items", "sensitive-in-block")
    for index, item in enumerate(block.items):
        if not _is_complete(item):
            yield Finding(f"items/{index}/bands", "bands-incomplete")


def _is_complete(item: ItemScoring) -> bool:
    """Every answer is in a band, and the best and the worst are not in the same one."""
    bands = item.bands
    covered = bands.unfavourable + bands.neutral + bands.favourable
    return covered == item.points and min(bands.unfavourable, bands.favourable) >= 1 and bands.neutral >= 0


def _repeated(keys: Iterator[str], code: str) -> list[Finding]:
    return [Finding("/blocks", code, {"key": key}) for key, times in Counter(keys).items() if times > 1]
