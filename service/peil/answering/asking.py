"""Shows a questionnaire on a terminal and asks it, item by item, in the form's own words."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from peil.answering.words import WORDS


def tell(questionnaire: Mapping[str, Any], group: Mapping[str, Any] | None, own: str) -> None:
    """Shows what holds before anybody answers; `group`: the person's own, None: not known. `own`: `nl` or `en`."""
    words = WORDS[own]
    lines = [words[questionnaire["label"]], ""]
    lines += [f"- {line['text'][own]}" for line in questionnaire["notice"]]
    if group is not None:
        lines.append(f"- {words['group'].format(unit=group['unitName'], invited=group['invited'])}")
    _write("", *lines, "", *_routes(questionnaire, own))


def ask(questionnaire: Mapping[str, Any], own: str) -> dict[str, int | str | None]:
    """The answers by item; None: prefers not to say."""
    languages = questionnaire["languages"]
    asked = own if own in languages else languages[0]
    if questionnaire["attribution"] is not None:
        _write("", questionnaire["attribution"])
    return {item["key"]: _ask(questionnaire, item, asked, own) for item in questionnaire["items"]}


def choices_of(item: Mapping[str, Any], asked: str, own: str) -> list[tuple[int | str, str]]:
    """The answers to an item with their labels; a comment has none. `asked`: the language of the items."""
    match item["kind"]:
        case "rated":
            labels = [label[asked] for label in item["labels"]]
            points = item["points"]
            if len(labels) != points:
                labels = [labels[0], *[""] * (points - 2), labels[1]]
            return [(point, label) for point, label in enumerate(labels, 1)]
        case "traffic-light":
            return list(WORDS[own]["traffic"].items())
        case "yes-no":
            return list(WORDS[own]["yesno"].items())
        case "single-choice":
            return [(option["key"], option["label"][asked]) for option in item["options"]]
        case _:
            return []


def _ask(questionnaire: Mapping[str, Any], item: Mapping[str, Any], asked: str, own: str) -> int | str | None:
    """The answer to one item. Asks until it is one."""
    choices = choices_of(item, asked, own)
    _write("", item["text"][asked])
    if not choices:
        _write(questionnaire["commentNotice"][own], *_routes(questionnaire, own))
    _write(*(f"  {number}  {label}" for number, (_, label) in enumerate(choices, 1)))
    while True:
        sys.stdout.write(f"(Enter: {WORDS[own]['skip']}) > ")
        sys.stdout.flush()
        typed = sys.stdin.readline().strip()
        if not typed:
            return None
        if not choices:
            return typed
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1][0]


def _routes(questionnaire: Mapping[str, Any], own: str) -> Iterator[str]:
    words, routes = WORDS[own], questionnaire["supportRoutes"]
    if routes:
        yield words["supportHint"]
    for route in routes:
        kind = words["kinds"][route["kind"]]
        named = "" if kind in route["name"].lower() else f" ({kind})"
        yield f"- {route['name']}{named}: {route['contact']}"


def _write(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
