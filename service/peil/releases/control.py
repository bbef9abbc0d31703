"""The one entrance of disclosure control: answers go in, and only a release comes out."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from msgspec import UNSET

from peil.releases.blocks import BlockFigures, release_block
from peil.releases.cells import distribution_cells, response_cells, sensitive_cells
from peil.releases.cells_model import DistributionCell, ResponseCell, SensitiveCell
from peil.releases.choosing import Choice, Chooser
from peil.releases.counting import Counter, Counts, Tally
from peil.releases.manifests import hash_tree, write_tree
from peil.releases.model import (
    METHOD,
    BlockScoring,
    ChoiceRelease,
    ChoiceScoring,
    CommentAtoms,
    RangeAtom,
    RawCell,
    ReleaseContent,
    ResponseAtom,
    ResponseRelease,
    SensitiveRelease,
    TableAtom,
    Tables,
    Thresholds,
    UnitRelease,
    UnitSnapshot,
)
from peil.releases.population import create_population
from peil.releases.ranges import protect_choice, protect_sensitive
from peil.releases.rules import validate_blocks, validate_thresholds


@contextmanager
def _uncollected() -> Iterator[None]:
    """Lets Python not search for garbage: among so many new objects, all of which are kept, it takes a third longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class WaveCount:
    """The answers of one wave as they are counted, from which one release comes and nothing else."""

    __slots__ = (
        "_asks_comments",
        "_chooser",
        "_invited",
        "_population",
        "_scorings",
        "_tally",
        "_thresholds",
        "counter",
    )

    def __init__(
        self,
        units: Sequence[UnitSnapshot],
        invited: Mapping[UUID, int],
        scorings: Sequence[BlockScoring | ChoiceScoring],
        thresholds: Thresholds,
        *,
        asks_comments: bool,
    ) -> None:
        """`invited` people per reporting group, which is named by the unit it stands at.

        Raises Invalid: see `create_population` and the rules.
        """
        validate_thresholds(thresholds)
        validate_blocks([block for block in scorings if isinstance(block, BlockScoring)])
        self._asks_comments = asks_comments
        self._invited = invited
        self._thresholds = thresholds
        self._population = create_population(units, invited)
        self._chooser = Chooser(self._population)
        self._scorings = scorings
        self.counter = Counter(scorings)
        self._tally = Tally(list(invited.values()), self.counter)

    def add(self, counts: Counts) -> None:
        """Adds what `counter` made of some responses; a group's place is that in `invited`.

        Raises Invalid: see `Tally.add`.
        """
        self._tally.add(counts)

    @_uncollected()
    def release(self) -> ReleaseContent:
        """Everything that will ever be said of the answers. Decisions use the tree, counts and ids only.

        Whatever is asked lies within participation: its atoms are unions of those of all respondents.
        """
        chooser, thresholds = self._chooser, self._thresholds
        respondents = chooser.people(self._tally.respondents())
        everybody = chooser.choose(respondents, thresholds.k_m)
        blocks: list[BlockFigures] = []
        choices: list[tuple[ChoiceRelease, list[DistributionCell]]] = []
        sensitive: list[tuple[SensitiveRelease, list[SensitiveCell]]] = []
        for scoring, cells in zip(self._scorings, self._tally.blocks(), strict=True):
            if _is_sensitive(scoring):
                sensitive.append(self._release_sensitive(scoring, cells, chooser, everybody))
            elif isinstance(scoring, ChoiceScoring):
                choices.append(self._release_choice(scoring, cells, chooser, everybody))
            else:
                blocks.append(release_block(chooser, self._population.tree, scoring, cells, thresholds, everybody))
        participation, response = self._release_response(chooser, everybody)
        distributions = {key: cells for block in blocks for key, cells in block.distributions.items()}
        distributions |= {choice.key: cells for choice, cells in choices}
        shown = self.comment_atoms() if self._asks_comments else None
        return ReleaseContent(
            method=METHOD,
            thresholds=thresholds,
            tree=hash_tree(self._population.units, self._invited),
            response=participation,
            comments=UNSET if shown is None else ResponseRelease(published=shown.published, atoms=shown.atoms),
            blocks=[block.released for block in blocks],
            choices=[choice for choice, _ in choices],
            sensitive=[item for item, _ in sensitive],
            units=[
                UnitRelease(
                    unit_id=unit.unit_id,
                    name=unit.name,
                    response=response[place],
                    blocks={block.released.key: block.cells[place] for block in blocks},
                    bands={key: cells[place] for block in blocks for key, cells in block.bands.items()},
                    distributions={key: cells[place] for key, cells in distributions.items()},
                    sensitive={item.key: cells[place] for item, cells in sensitive},
                )
                for place, unit in enumerate(self._population.units)
            ],
        )

    def tree(self) -> bytes:
        """The organisation and the people invited, as the `tree` of the release is the hash of."""
        return write_tree(self._population.units, self._invited)

    def comment_atoms(self) -> CommentAtoms:
        """Where comments are shown, by how many answered in each reporting group, commenting or not.

        Like any class it considers only units at which participation is published: its atoms are unions of those.
        """
        chooser, tree = self._chooser, self._population.tree
        cells = self._tally.respondents()
        respondents = chooser.people(cells)
        everybody = chooser.choose(respondents, self._thresholds.k_m)
        chosen = chooser.choose(respondents, self._thresholds.k_c, everybody)
        homes = {
            tree.ids[place]: home
            for place, home in enumerate(chosen.partition.homes)
            if tree.ids[place] in self._invited
        }
        return CommentAtoms(
            published=chosen.ids,
            atoms=[
                ResponseAtom(unit_id=tree.ids[place], respondents=cell.n)
                for place, cell in chooser.atoms(cells, chosen).items()
            ],
            homes={group: tree.ids[home] for group, home in homes.items() if home >= 0},
        )

    def _release_response(self, chooser: Chooser, choice: Choice) -> tuple[ResponseRelease, list[ResponseCell]]:
        tree = self._population.tree
        atoms = {place: (cell.n,) for place, cell in chooser.atoms(self._tally.respondents(), choice).items()}
        of_wave = ResponseRelease(
            published=choice.ids,
            atoms=[ResponseAtom(unit_id=tree.ids[place], respondents=n) for place, (n,) in atoms.items()],
        )
        return of_wave, response_cells(tree, choice.spots, atoms)

    def _release_choice(
        self, scoring: ChoiceScoring, cells: Sequence[RawCell], chooser: Chooser, within: Choice
    ) -> tuple[ChoiceRelease, list[DistributionCell]]:
        tree, k_d5, m = self._population.tree, self._thresholds.k_d5, self._thresholds.m
        choice = chooser.choose(chooser.people(cells), k_d5, within)
        atoms = {
            place: (cell.n, *protect_choice(cell.counts, m)) for place, cell in chooser.atoms(cells, choice).items()
        }
        told = [
            TableAtom(unit_id=tree.ids[place], n=n, counts={scoring.key: tuple(counts)})
            for place, (n, *counts) in atoms.items()
        ]
        of_wave = ChoiceRelease(key=scoring.key, distributions=Tables(published=choice.ids, atoms=told))
        return of_wave, distribution_cells(tree, choice.spots, atoms)

    def _release_sensitive(
        self, scoring: BlockScoring | ChoiceScoring, cells: Sequence[RawCell], chooser: Chooser, within: Choice
    ) -> tuple[SensitiveRelease, list[SensitiveCell]]:
        tree, k_s, m = self._population.tree, self._thresholds.k_s, self._thresholds.m
        choice = chooser.choose(chooser.people(cells), k_s, within)
        atoms = {
            place: RangeAtom(unit_id=tree.ids[place], n=cell.n, counts=protect_sensitive(cell.counts, m))
            for place, cell in chooser.atoms(cells, choice).items()
        }
        bounds = {
            place: (atom.n, *(found.low for found in atom.counts), *(found.high for found in atom.counts))
            for place, atom in atoms.items()
        }
        of_wave = SensitiveRelease(key=_key(scoring), published=choice.ids, atoms=list(atoms.values()))
        return of_wave, sensitive_cells(tree, choice.spots, bounds)


def _is_sensitive(scoring: BlockScoring | ChoiceScoring) -> bool:
    return scoring.sensitive if isinstance(scoring, ChoiceScoring) else scoring.items[0].sensitive


def _key(scoring: BlockScoring | ChoiceScoring) -> str:
    """The key of the one item."""
    return scoring.key if isinstance(scoring, ChoiceScoring) else scoring.items[0].key
