"""A plan of action as lines: of a CSV one per action, of a workbook one per action and one per progress check."""

from collections.abc import Sequence

from peil.actions.exports.model import ActionExport, ExportedAction, ExportedCheck
from peil.actions.exports.texts import history_of, kind_of, level_of, owner_of, result_of, standing_of, state_of, word
from peil.actions.model import CheckKind
from peil.csv_text import MARK, csv_table
from peil.exported import Cell

PLAN = (
    *("action", "description", "level", "measure", "unit", "risk", "category", "severity", "likelihood", "rie"),
    *("owner", "starts", "deadline", "state", "since", "history", "campaign"),
    *("metric", "whose", "began", "start", "target", "now", "newest", "standing"),
)
CHECKS = ("action", "unit", "check", "due", "result", "completed", "value", "note")
# These are called that in every language, so that a program finds them.
_FIXED = ("actionId", "unitId")
_KINDS: tuple[CheckKind, ...] = ("30-days", "60-days", "90-days", "quarter")
_PER_KIND = ("due", "result", "value", "note")


def as_csv(export: ActionExport, language: str, *, semicolons: bool) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; with `semicolons` a decimal comma goes with them."""
    names = [
        *_FIXED,
        *(word(key, language) for key in PLAN),
        *(f"{kind_of(kind, language)}: {word(key, language).lower()}" for kind in _KINDS for key in _PER_KIND),
    ]
    lines = (
        [action.action_id, action.unit_id, *plan_line(action, language), *_by_kind(action, language)]
        for action in export.actions
    )
    return MARK.encode() + csv_table(names, lines, comma=";" if semicolons else ",")


def plan_line(action: ExportedAction, language: str) -> list[Cell]:
    """What stands under `PLAN` of one action."""
    return [
        action.title,
        action.description,
        level_of(action, language),
        action.measure_title or action.measure,
        action.unit or word("everyone", language),
        *_risk(action),
        owner_of(action.owner, language),
        action.starts_on,
        action.deadline,
        state_of(action.state, language),
        action.history[-1].since,
        history_of(action, language),
        action.campaign,
        *_metric(action, language),
    ]


def check_lines(action: ExportedAction, language: str) -> list[list[Cell]]:
    """What stands under `CHECKS` of one action."""
    unit = action.unit or word("everyone", language)
    return [
        [
            *(action.title, unit, kind_of(check.kind, language)),
            *(check.due_on, result_of(check, language), check.completed_on, _value(check), check.note),
        ]
        for check in action.checks
    ]


def _risk(action: ExportedAction) -> Sequence[Cell]:
    risk = action.risk
    if risk is None:
        return (None,) * 5
    return (risk.title, action.risk_category or risk.category, risk.severity, risk.likelihood, risk.rie_version)


def _metric(action: ExportedAction, language: str) -> Sequence[Cell]:
    metric = action.metric
    if metric is None:
        return (None,) * 8
    return (
        *(metric.title, metric.unit, metric.wave, metric.start_value, metric.target),
        *(metric.current.value, metric.current_wave, standing_of(metric, language)),
    )


def _by_kind(action: ExportedAction, language: str) -> list[Cell]:
    """Each of the first checks, and the last of those of each quarter."""
    last = {check.kind: check for check in action.checks}
    cells: list[Cell] = []
    for kind in _KINDS:
        check = last.get(kind)
        told = (None,) * 4 if check is None else (check.due_on, result_of(check, language), _value(check), check.note)
        cells += told
    return cells


def _value(check: ExportedCheck) -> float | None:
    return None if check.reading is None else check.reading.value
