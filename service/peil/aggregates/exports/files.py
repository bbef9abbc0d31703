"""An export as the file that the caller prefers, under a name that any disk can keep."""

import re
from unicodedata import normalize
from zoneinfo import ZoneInfo

from peil.aggregates.exports.model import AggregateExport, ExportedWave, ExportQuery
from peil.aggregates.exports.tables import as_csv, as_ndjson
from peil.exported import file_as
from peil.rest import CSV, JSON, NDJSON, XLSX, File
from peil.structs import encode

_LONGEST = 60


def file_of(export: AggregateExport, media_type: str, language: str, query: ExportQuery) -> File:
    """The file, in words of `language` where it has any."""

    def book() -> bytes:
        # Imported at the first workbook and not at start.
        from peil.aggregates.exports.workbook import as_workbook

        return as_workbook(export, language)

    forms = {
        JSON: lambda: encode(export),
        NDJSON: lambda: as_ndjson(export),
        CSV: lambda: as_csv(export, language, semicolons=query.separator == "semicolon"),
        XLSX: book,
    }
    return file_as(media_type, stem_of(export.wave), forms)


def stem_of(wave: ExportedWave) -> str:
    """What a file about a wave is called, without ending: the wave's name in plain letters, and the day it closed."""
    plain = normalize("NFKD", wave.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "wave"
    return f"peil-{slug}-{wave.closes_at.astimezone(ZoneInfo(wave.zone)).date()}"
