"""Settings of PostgreSQL that write down when or what somebody answered, or with which an answer can be lost."""

from typing import Any

ADVICE = {
    "track_commit_timestamp": "set track_commit_timestamp = off and restart: it keeps the time of every answer",
    "wal_level": "set wal_level = replica unless something here needs logical decoding: it can show both rows",
    "log_parameter_max_length": "set log_parameter_max_length = 0, or log no statements: the log would hold envelopes",
    "log_parameter_max_length_on_error": "set log_parameter_max_length_on_error = 0",
    "log_statement": "alter role peil_intake set log_statement = 'none': each line is the time of an answer",
    "log_min_duration_statement": "alter role peil_intake set log_min_duration_statement = -1",
    "log_min_duration_sample": "alter role peil_intake set log_min_duration_sample = -1",
    "log_transaction_sample_rate": "alter role peil_intake set log_transaction_sample_rate = 0",
    "log_min_error_statement": "run schema/roles.sql: an answer that meets the close is logged with its wave and time",
    "auto_explain.log_min_duration": "alter role peil_intake set auto_explain.log_min_duration = -1",
    "auto_explain.log_parameter_max_length": "set auto_explain.log_parameter_max_length = 0",
    "pgaudit.log": "alter role peil_intake set pgaudit.log = 'none'",
    "pgaudit.log_parameter": "set pgaudit.log_parameter = off",
}
"""What to do about each setting that can be found."""

HARMLESS_ALONE = {"wal_level"}
"""Settings that betray nothing by themselves, only with a slot or a publication, which are looked for apart."""

_OFF = {
    "track_commit_timestamp": "off",
    "wal_level": "replica",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "auto_explain.log_min_duration": "-1",
    "auto_explain.log_parameter_max_length": "0",
    "pgaudit.log": "none",
    "pgaudit.log_parameter": "off",
}


async def telling_settings(connection: Any, *, is_intake: bool = False) -> list[str]:
    """Names of the settings, as they hold for this connection, that record when or what somebody answered.

    For the intake any log of statements is one: its lines are the times of the answers.
    """
    rows = await connection.fetch(_SELECT_SETTINGS, list(_OFF))
    # Settings of a library that is not loaded do not exist.
    value = _OFF | {row["name"]: row["setting"] for row in rows}
    logs = [
        *(["log_statement"] if value["log_statement"] in ("mod", "all") else []),
        *(name for name in ("log_min_duration_statement", "log_min_duration_sample") if value[name] != "-1"),
        *(["log_transaction_sample_rate"] if float(value["log_transaction_sample_rate"]) > 0 else []),
    ]
    plans = ["auto_explain.log_min_duration"] if value["auto_explain.log_min_duration"] != "-1" else []
    errors = ["log_min_error_statement"] if value["log_min_error_statement"] != "panic" else []
    audit = ["pgaudit.log"] if value["pgaudit.log"] != "none" else []
    found = [
        *(["track_commit_timestamp"] if value["track_commit_timestamp"] == "on" else []),
        *(["wal_level"] if value["wal_level"] == "logical" else []),
        *(logs + errors + plans + audit if is_intake else []),
    ]
    for writers, parameter in (
        (logs, "log_parameter_max_length"),
        (plans, "auto_explain.log_parameter_max_length"),
        (audit, "pgaudit.log_parameter"),
    ):
        if writers and value[parameter] != _OFF[parameter]:
            found.append(parameter)
    if value["log_parameter_max_length_on_error"] != "0":
        found.append("log_parameter_max_length_on_error")
    return found


async def losing_settings(connection: Any) -> list[str]:
    """Settings, as they hold for this connection, with which what was acknowledged is gone after a crash."""
    rows = await connection.fetch(_SELECT_SETTINGS, ["fsync", "full_page_writes", "synchronous_commit"])
    return [f"{row['name']} = off" for row in rows if row["setting"] == "off"]


_SELECT_SETTINGS = """-- select_settings
select
  name,
  setting
from pg_catalog.pg_settings
where name = any($1)
order by name
"""
