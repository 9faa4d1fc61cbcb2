"""The formats of exports. Whatever lists, serves or links them starts here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import csv, docx, json, pdf, xlsx

DOCUMENT_MOST = 50


@dataclass(frozen=True)
class Format:
    """A format: ``name`` in addresses, ``label`` for readers, and what makes the file.

    ``most`` is the highest number of entries it takes (None: any). A format with ``columns`` is a table and points
    to the data dictionary.
    """

    name: str
    label: str
    content_type: str
    render: Callable
    most: int | None = None
    columns: bool = False


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    each.name: each
    for each in (
        Format("docx", _("Word"), DOCX, docx.render, most=DOCUMENT_MOST),
        Format("pdf", "PDF", "application/pdf", pdf.render, most=DOCUMENT_MOST),
        Format("xlsx", _("Excel (XLSX)"), XLSX, xlsx.render, columns=True),
        Format("csv", "CSV", "text/csv; charset=utf-8", csv.render, columns=True),
        Format("json", "JSON", "application/json", json.render, columns=True),
    )
}
