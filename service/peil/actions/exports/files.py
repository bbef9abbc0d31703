"""A plan of action as the file that the caller prefers."""

from peil.actions.exports.model import ActionExport, ActionExportQuery
from peil.actions.exports.tables import as_csv
from peil.exported import file_as
from peil.rest import CSV, JSON, NDJSON, XLSX, File
from peil.structs import encode


def file_of(export: ActionExport, media_type: str, language: str, query: ActionExportQuery) -> File:
    """The file, in words of `language` where it has any, under a name with the day on which it stood like this."""

    def book() -> bytes:
        # Imported at the first workbook and not at start.
        from peil.actions.exports.workbook import as_workbook

        return as_workbook(export, language)

    forms = {
        JSON: lambda: encode(export),
        NDJSON: lambda: b"".join(encode(action) + b"\n" for action in export.actions),
        CSV: lambda: as_csv(export, language, semicolons=query.separator == "semicolon"),
        XLSX: book,
    }
    return file_as(media_type, f"peil-plan-of-action-{export.on}", forms)
