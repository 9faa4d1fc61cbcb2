"""Spreadsheets for tests: workbooks and CSV files as people send them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook


def book(**sheets):
    """A workbook as uploaded: ``book(Ideen=[["Nummer", "Titel"], [1, "Markt"]])``."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    made.save(file)
    return upload(file.getvalue())


def upload(content, name="tabelle.xlsx"):
    """``content`` (bytes) as an uploaded file."""
    return SimpleUploadedFile(name, content)


def cells(content):
    """The cells of a workbook (bytes) by sheet, as lists of rows."""
    made = load_workbook(io.BytesIO(content))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in made}


def edited(content, change):
    """A workbook (bytes) after ``change(workbook)`` has edited it, as uploaded."""
    made = load_workbook(io.BytesIO(content))
    change(made)
    file = io.BytesIO()
    made.save(file)
    return upload(file.getvalue())
