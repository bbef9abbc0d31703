"""The audit trail as the file that the caller prefers."""

from datetime import date
from pathlib import Path

from msgspec import structs

from peil.csv_text import MARK, csv_table
from peil.exported import file_as
from peil.rest import CSV, JSON, NDJSON, File
from peil.structs import encode
from peil.trail import verify_audit
from peil.trail.model import AuditEntry, AuditExport, AuditExportQuery

VERIFIER = Path(verify_audit.__file__)


def file_of(export: AuditExport, media_type: str, on: date, query: AuditExportQuery) -> File:
    """The file, under a name with the day on which it was taken."""
    forms = {
        JSON: lambda: encode(export),
        NDJSON: lambda: b"".join(encode(entry) + b"\n" for entry in export.entries),
        CSV: lambda: _as_csv(export, ";" if query.separator == "semicolon" else ","),
    }
    return file_as(media_type, f"peil-audit-{on}", forms)


def _as_csv(export: AuditExport, comma: str) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; the columns are called as the members of an entry."""
    names = [field.encode_name for field in structs.fields(AuditEntry)]
    rows = ([*structs.astuple(entry)] for entry in export.entries)
    return MARK.encode() + csv_table(names, rows, comma=comma)
