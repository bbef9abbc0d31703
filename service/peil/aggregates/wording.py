"""The questions of a released wave as they were asked, and what each part of an answer's distribution is called."""

from collections.abc import Mapping
from typing import TypeVar

from peil.instruments.model import InstrumentContent, RatedItem, ScoredItem, SingleChoiceItem, TrafficLightItem
from peil.instruments.rules import scored_blocks
from peil.structs import Texts

T = TypeVar("T")

# An item of more points than this is told in five parts.
_MOST_POINTS = 5
_TRAFFIC_LIGHT = {"nl": ("Rood", "Oranje", "Groen"), "en": ("Red", "Amber", "Green")}
_YES_NO = {"nl": ("Nee", "Ja"), "en": ("No", "Yes")}
_BETWEEN = {
    "nl": ("Verder ongunstig", "Neutraal", "Verder gunstig"),
    "en": ("Otherwise unfavourable", "Neutral", "Otherwise favourable"),
}


class Wording:
    """What is called what, in a language the questionnaire has, or else in its own first one."""

    def __init__(self, questionnaire: InstrumentContent) -> None:
        self._own = questionnaire.languages[0]
        self._items = {item.key: item for item in questionnaire.items}
        blocks = scored_blocks(questionnaire)
        self._titles = {block.key: block.title for block in blocks}
        self._scored = {item.key: item for block in blocks for item in block.items}
        # A block of a sensitive item is that item alone: it has no mean, and is told with the sensitive ones.
        self.blocks = {
            block.key: [item.key for item in block.items]
            for block in blocks
            if not any(item.sensitive for item in block.items)
        }
        """The items of each block that has a mean, in the order in which they are asked."""
        self.choices = [
            item.key for item in questionnaire.items if isinstance(item, SingleChoiceItem) and not item.sensitive
        ]
        self.sensitive = [
            item.key
            for item in questionnaire.items
            if item.sensitive and (item.key in self._scored or isinstance(item, SingleChoiceItem))
        ]

    def title(self, block: str, language: str) -> str:
        """What a block is called."""
        return self._in(self._titles[block], language)

    def text(self, item: str, language: str) -> str:
        """What was asked."""
        return self._in(self._items[item].text, language)

    def in_order(self, blocks: Mapping[str, T]) -> list[tuple[str, T]]:
        """What is said of the blocks, by key, in the order in which they are asked."""
        return [(key, blocks[key]) for key in self._titles if key in blocks]

    def labels(self, item: str, language: str) -> list[str]:
        """What each count of an item's distribution is of: from the worst answer to the best, or per option."""
        asked = self._items[item]
        if isinstance(asked, SingleChoiceItem):
            return [self._in(option.label, language) for option in asked.options]
        scored = self._scored[item]
        answers = self._answers(scored, language)
        if scored.reverse:
            answers.reverse()
        return answers if len(answers) <= _MOST_POINTS else [answers[0], *_BETWEEN[language], answers[-1]]

    def _answers(self, scored: ScoredItem, language: str) -> list[str]:
        """What the answers 1 … points are called; by their number where only the ends have a name."""
        asked = self._items[scored.key]
        if isinstance(asked, TrafficLightItem):
            return [*_TRAFFIC_LIGHT[language]]
        if not isinstance(asked, RatedItem):
            return [*_YES_NO[language]]
        labels = [self._in(label, language) for label in asked.labels]
        if len(labels) == asked.points:
            return labels
        return [labels[0], *map(str, range(2, asked.points)), labels[-1]]

    def _in(self, texts: Texts, language: str) -> str:
        return texts.get(language) or texts[self._own]
