"""Small valid questionnaires for the tests to change, and a hypothesis strategy for any valid one."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from peil.instruments.licensing_model import Norm, ScaleTerms, Terms, Translation, TranslationState
from peil.instruments.model import (
    Block,
    CommentItem,
    InstrumentKind,
    InstrumentNew,
    Item,
    Licence,
    Option,
    RatedItem,
    ScorableItem,
    Scoring,
    SingleChoiceItem,
    TrafficLightItem,
    YesNoItem,
)
from peil.instruments.validity import COMMENTS, RESERVED_KEYS
from peil.structs import Texts

LICENCE = Licence(name="CC0-1.0", holder="Nobody", attribution=None, source=None, validated=False)
SCORING = Scoring(method="mean", orientation="higher-is-better")


TERMS = Terms(
    permission_needed=True,
    number=None,
    valid_until=None,
    commercial_use=False,
    modification_allowed=False,
    sensitivity_class="M",
    translations=[Translation(language="en", state="original"), Translation(language="nl", state="official")],
    scales=[],
)


def terms(**changes: Any) -> Terms:
    """Terms in the two languages of `instrument`: permission is needed, and nothing may be changed."""
    return msgspec.structs.replace(TERMS, **changes)


def texts(text: str = "How are you?") -> Texts:
    """The same text in the two languages of `instrument`."""
    return {"en": text, "nl": text}


def rated(key: str, **changes: Any) -> RatedItem:
    """A five-point item with a label at each end."""
    item = RatedItem(
        key=key,
        version=1,
        text=texts(),
        sensitive=False,
        repeatable=True,
        points=5,
        labels=[texts("Never"), texts("Always")],
        reverse=False,
    )
    return msgspec.structs.replace(item, **changes)


def traffic_light(key: str) -> TrafficLightItem:
    """A plain traffic light."""
    return TrafficLightItem(key=key, version=1, text=texts(), sensitive=False, repeatable=True)


def yes_no(key: str, **changes: Any) -> YesNoItem:
    """A question to which yes is the better answer."""
    item = YesNoItem(key=key, version=1, text=texts(), sensitive=False, repeatable=True, reverse=False)
    return msgspec.structs.replace(item, **changes)


def single_choice(key: str, *options: str) -> SingleChoiceItem:
    """A choice between `options`."""
    return SingleChoiceItem(
        key=key,
        version=1,
        text=texts(),
        sensitive=False,
        repeatable=True,
        options=[Option(key=option, label=texts(option)) for option in options or ("left", "right")],
    )


def comment(key: str) -> CommentItem:
    """An open question."""
    return CommentItem(key=key, version=1, text=texts(), sensitive=False, repeatable=True)


def block(key: str, *items: str) -> Block:
    """A scale of `items`."""
    return Block(key=key, title=texts(key), items=list(items), scoring=SCORING)


def instrument(*items: Item, kind: InstrumentKind = "baseline", **changes: Any) -> InstrumentNew:
    """A questionnaire in English and Dutch without blocks."""
    content = InstrumentNew(
        key="try-out",
        title=texts("Try-out"),
        kind=kind,
        languages=["en", "nl"],
        items=list(items),
        blocks=[],
        licence=LICENCE,
    )
    return msgspec.structs.replace(content, **changes)


_line = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)
_slug = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda key: key not in RESERVED_KEYS)

_norms = st.lists(
    st.builds(
        Norm,
        population=_line,
        year=st.integers(1900, 2200),
        source=_line,
        mean=st.floats(0, 100),
        respondents=st.none() | st.integers(1, 10**6),
    ),
    max_size=2,
)


@st.composite
def _item(draw: st.DrawFn, key: str, languages: list[str]) -> Item:
    every_language = st.fixed_dictionaries(dict.fromkeys(languages, _line))
    common: dict[str, Any] = {
        "key": key,
        "version": draw(st.integers(1, 9)),
        "text": draw(every_language),
        "sensitive": draw(st.booleans()),
        "repeatable": draw(st.booleans()),
    }
    match draw(st.sampled_from(["rated", "traffic-light", "yes-no", "single-choice", "comment"])):
        case "rated":
            points = draw(st.integers(2, 11))
            count = draw(st.sampled_from([2, points]))
            labels = draw(st.lists(every_language, min_size=count, max_size=count))
            return RatedItem(**common, points=points, labels=labels, reverse=draw(st.booleans()))
        case "yes-no":
            return YesNoItem(**common, reverse=draw(st.booleans()))
        case "single-choice":
            keys = draw(st.lists(_slug, min_size=2, max_size=4, unique=True))
            return SingleChoiceItem(**common, options=[Option(key=key, label=draw(every_language)) for key in keys])
        case "traffic-light":
            return TrafficLightItem(**common)
        case _:
            return CommentItem(**common)


@st.composite
def instruments(draw: st.DrawFn) -> InstrumentNew:
    """Any valid questionnaire of up to eight items."""
    languages = draw(st.lists(st.sampled_from(["nl", "en", "fy", "de-AT"]), min_size=1, unique=True))
    every_language = st.fixed_dictionaries(dict.fromkeys(languages, _line))
    keys = draw(st.lists(_slug, min_size=3, max_size=10, unique=True))
    drawn = [draw(_item(key, languages)) for key in keys[2:]]
    too_many = [item.key for item in drawn if isinstance(item, CommentItem)][COMMENTS:]
    items = [item for item in drawn if item.key not in too_many]
    states: list[TranslationState] = ["original", "official", "reviewed", "unreviewed"]
    free = [item.key for item in items if isinstance(item, ScorableItem) and not item.sensitive]
    cut = draw(st.integers(0, len(free)))
    blocks = [
        Block(key=key, title=draw(every_language), items=part, scoring=SCORING)
        for key, part in zip(keys, (free[:cut], free[cut:]), strict=False)
        if part
    ]
    told = st.builds(
        Terms,
        permission_needed=st.booleans(),
        number=st.none() | _line,
        valid_until=st.none() | st.dates(),
        commercial_use=st.booleans(),
        modification_allowed=st.booleans(),
        sensitivity_class=st.just("M"),
        translations=st.just([Translation(language=one, state=draw(st.sampled_from(states))) for one in languages]),
        scales=st.just([ScaleTerms(block=one.key, minimum_items=1, norms=draw(_norms)) for one in blocks]),
    )
    return InstrumentNew(
        key=draw(_slug),
        title=draw(every_language),
        kind=draw(st.sampled_from(["baseline", "survey", "scan"])),
        languages=languages,
        items=items,
        blocks=blocks,
        licence=LICENCE,
        terms=draw(st.none() | told),
    )
