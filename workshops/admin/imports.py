"""Tables at the editors' desk: upload, look, confirm – and export of any selection in the same columns.

Between look and confirmation the rows wait in the database under the account that sent them; the browser only
returns a mark of what it was shown. If the import would do something else by then, it is shown again.
"""

import hashlib
import io
import zipfile
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..german import german_slug
from ..models import DoneImport, PendingImport
from ..models.signatures import name_of
from ..tables import Report, Row
from ..tables.reading import WINDOWS, UnreadableError, read
from ..tables.writing import CSV, XLSX, comma_separated, permitted, workbook
from .lists import Listed
from .requests import as_key

MOST_PROBLEMS = 500  # on one page
ENCODINGS = [
    ("utf-8-sig", gettext_lazy("UTF-8 (usual)")),
    (WINDOWS, gettext_lazy("Windows-1252 (CSV of older Excel)")),
]
ACTIONS = {
    "created": gettext_lazy("new, as a draft"),
    "added": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "aside": gettext_lazy("changed as a revision that is not public yet"),
    "unchanged": gettext_lazy("unchanged"),
}


class UploadForm(forms.Form):
    """A workbook, or a CSV file for each sheet."""

    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of CSV files"), choices=ENCODINGS, required=False, initial="utf-8-sig"
    )

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        first, *others = sheets
        fields = {"file": (_("Table (.xlsx or .csv)") if others else _("Table"), first, True)}
        fields |= {
            f"file{index}": (_("%s, only with CSV") % sheet.name, sheet, False)
            for index, sheet in enumerate(others)
        }
        self.sheets = {name: sheet for name, (_label, sheet, _required) in fields.items()}
        accept = forms.FileInput(attrs={"accept": ".xlsx,.csv"})
        for name, (label, _sheet, required) in fields.items():
            self.fields[name] = forms.FileField(
                label=label, required=required, widget=accept, allow_empty_file=True, max_length=200
            )
        self.order_fields([*fields, "encoding"])

    def files_by_sheet(self):
        """The uploaded files by the name of the sheet they are for."""
        found = {sheet.name: self.cleaned_data.get(name) for name, sheet in self.sheets.items()}
        return {name: file for name, file in found.items() if file is not None}


class ImportFilter(admin.SimpleListFilter):
    """The records of one import. It is offered only where an address names the import."""

    title = gettext_lazy("import")
    parameter_name = "import"

    def lookups(self, request, model_admin):
        done = DoneImport.objects.filter(kind=model_admin.importer.key)
        self.done = done.filter(pk=as_key(self.value())).first() if self.value() else None
        return [(str(self.done.pk), str(self.done))] if self.done else []

    def queryset(self, request, queryset):
        return queryset.filter(number__in=self.done.numbers) if self.done and self.value() else queryset


class Importable(Listed):
    """An admin whose records can be exported as tables and imported again, as ``importer`` says."""

    importer = None
    change_list_template = "admin/importable_change_list.html"

    def get_urls(self):
        opts = self.opts
        views = [("import/", "import", upload), ("import/pruefen/", "import_check", check),
                 ("import/vorlage.<str:format>", "import_template", template)]  # fmt: skip
        return [
            path(
                address,
                self.admin_site.admin_view(partial(view, self)),
                name=f"{opts.app_label}_{opts.model_name}_{name}",
            )
            for address, name, view in views
        ] + super().get_urls()

    def may_import(self, request):
        return request.user.has_perms(self.importer.permissions)

    def changelist_view(self, request, extra_context=None):
        context = {"may_import": self.may_import(request), "import_address": self.address("import")}
        return super().changelist_view(request, context | (extra_context or {}))

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), ImportFilter]

    def get_actions(self, request):
        actions = super().get_actions(request)
        for name, words, function in (
            ("export_xlsx", gettext_lazy("Export as XLSX (can be imported again)"), export_workbook),
            ("export_csv", gettext_lazy("Export as CSV (can be imported again)"), export_csv),
        ):
            actions[name] = (function, name, words)
        return actions

    def address(self, name):
        """The address of one of the pages above."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}")


def export_workbook(model_admin, request, queryset):
    """The chosen records as a workbook."""
    importer = model_admin.importer
    return download(workbook(importer.sheets, importer.rows(queryset)), XLSX, f"{named(importer, today())}.xlsx")


def export_csv(model_admin, request, queryset):
    """The chosen records as CSV: one file, or an archive with one for each sheet."""
    importer = model_admin.importer
    return download(*csv_files(importer, importer.rows(queryset), named(importer, today())))


def named(importer, what):
    """The beginning of the name of a file, such as ``ideen-2026-12-01``."""
    return f"{german_slug(importer.title)}-{what}"


def today():
    """The day of an export, as file names sort."""
    return localdate().isoformat()


def csv_files(importer, rows, name):
    """A CSV file, or an archive of several: content, type and name."""
    files = {f"{sheet.name}.csv": comma_separated(sheet, rows.get(sheet.name, ())) for sheet in importer.sheets}
    if len(files) == 1:
        return files.popitem()[1], CSV, f"{name}.csv"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file, content in files.items():
            target.writestr(file, content)
    return archive.getvalue(), "application/zip", f"{name}-csv.zip"


def download(content, kind, name):
    """A file to keep."""
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def begin(model_admin, request):
    """Refuse whoever may not import. Whoever may, sees that no table waits for longer than it may."""
    PendingImport.objects.expired().delete()
    if not model_admin.may_import(request):
        raise PermissionDenied


def template(model_admin, request, format):
    """An empty table to fill in."""
    begin(model_admin, request)
    importer = model_admin.importer
    if format == "xlsx":
        return download(workbook(importer.sheets, {}), XLSX, f"{named(importer, 'vorlage')}.xlsx")
    if format == "csv":
        return download(*csv_files(importer, {}, named(importer, "vorlage")))
    raise Http404


def upload(model_admin, request):
    """Take a table, read it and look what it would do. It is kept until that is confirmed, or refused at once."""
    begin(model_admin, request)
    importer = model_admin.importer
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, sheets=importer.sheets)
    if form.is_valid():
        files = form.files_by_sheet()
        name = next(iter(files.values())).name
        try:
            tables, problems = read(files, importer.sheets, form.cleaned_data["encoding"] or "utf-8-sig")
        except UnreadableError as error:
            form.add_error("file", str(error))
        else:
            report = look(importer, request.user, tables, problems)
            if report.problems:
                return check_page(model_admin, request, name, report)
            keep(importer, request.user, name, tables, report)
            return redirect(model_admin.address("import_check"))
    context = page_context(model_admin, request, _("Import: %s") % importer.title)
    values = permitted(importer.sheets)
    context["columns"] = [
        (sheet.name, [(column, values.get(column)) for column in sheet.columns]) for sheet in importer.sheets
    ]
    return render(request, "admin/import_upload.html", context | {"form": form})


def look(importer, user, tables, problems):
    """What ``tables`` would do. Whatever follows from the ``problems`` found on reading is not named again."""
    report = importer.run(tables, by=user)
    cells = {(each.sheet, each.line, each.column) for each in problems}
    sheets = {each.sheet for each in problems}
    present = {(name, column) for name, rows in tables.items() for row in rows[:1] for column in row.cells}
    report.problems = problems + [
        each
        for each in report.problems
        if (each.sheet, each.line, each.column) not in cells
        and (each.sheet not in sheets or (each.sheet, each.column) in present)
    ]
    return report


def keep(importer, user, name, tables, report):
    """Keep the rows until they are confirmed, with what they would change: finding that out takes a while."""
    PendingImport.objects.filter(by=user, kind=importer.key).delete()
    rows = {sheet: [vars(row) for row in found] for sheet, found in tables.items()}
    kept = {"by": user, "kind": importer.key, "file_name": name[:200]}
    PendingImport.objects.create(**kept, tables=rows, report=report.plain())


def confirmed(importer, pending, seen):
    """Do the import if that does what was ``seen``: whether it was done, and what was done or would be now."""
    tables = {sheet: [Row(**row) for row in rows] for sheet, rows in pending.tables.items()}
    try:
        with transaction.atomic():
            report = importer.run(tables, by=pending.by, note=_("Import: %s") % pending.file_name, write=True)
            done = not report.problems and mark(report) == seen
            transaction.set_rollback(not done)
            return done, report
    except IntegrityError:  # somebody else has saved something at this very moment
        return False, importer.run(tables, by=pending.by)


def check(model_admin, request):
    """Show what the import would do, and do it when that is confirmed."""
    begin(model_admin, request)
    importer = model_admin.importer
    waiting = PendingImport.objects.filter(by=request.user, kind=importer.key)
    if request.method == "POST":
        return confirm(model_admin, request, waiting)
    if pending := waiting.first():
        return check_page(model_admin, request, pending.file_name, Report.of(**pending.report))
    messages.warning(request, _("There is no table to import. Please upload it (again)."))
    return redirect(model_admin.address("import"))


@transaction.atomic
def confirm(model_admin, request, waiting):
    """Do the import that is confirmed. Of two clicks the second waits, and finds nothing to import any more."""
    # All of the kind are locked before any record is, as it may drop those of others: see workshops.participants.
    list(
        PendingImport.objects.filter(kind=model_admin.importer.key).select_for_update().order_by("pk").values("pk")
    )
    pending = waiting.first()
    if not pending:
        message = _("This table waits no longer: it is imported already, or was replaced or withdrawn meanwhile.")
        messages.warning(request, message)
        return redirect(model_admin.address("changelist"))
    report, seen = Report.of(**pending.report), request.POST.get("seen")
    if seen == mark(report) and not report.problems:
        done, report = confirmed(model_admin.importer, pending, seen)
        if done:
            pending.delete()
            kept = note_done(model_admin.importer, request.user, report)
            address = f"{model_admin.address('changelist')}?{ImportFilter.parameter_name}={kept.pk}"
            link = format_html('<a href="{}">{}</a>', address, _("Show what was imported"))
            messages.success(request, format_html("{} {}", in_words(report), link))
            return redirect(model_admin.address("changelist"))
        pending.report = report.plain()
        pending.save(update_fields=["report"])
    messages.warning(request, _("Meanwhile something has changed. Please look at the import once more."))
    return check_page(model_admin, request, pending.file_name, report)


def note_done(importer, user, report):
    """Remember who has imported how much."""
    made = report.count("created") + report.count("added")
    changed = len(report.numbers) - made
    return DoneImport.objects.create(
        by=user, by_name=name_of(user), kind=importer.key, made=made, changed=changed, numbers=report.numbers
    )


def check_page(model_admin, request, name, report):
    """The page that shows what an import would do, or everything that stands in its way."""
    shown = [(ACTIONS[action], [each for each in report.changes if each.action == action]) for action in ACTIONS]
    context = page_context(model_admin, request, _("Check the import: %s") % name) | {
        "report": report,
        "problems": report.problems[:MOST_PROBLEMS],
        "shown": [(words, found) for words, found in shown if found],
        "seen": mark(report),
        "total": len(report.changes),
    }
    return render(request, "admin/import_check.html", context)


def mark(report):
    """A mark of what an import would do."""
    return hashlib.sha256(report.text().encode()).hexdigest()


def in_words(report):
    """How many records were made and changed."""
    made = report.count("created") + report.count("added")
    changed, aside = report.count("changed"), report.count("aside")
    parts = [
        ngettext("%(number)s new", "%(number)s new", made) % {"number": made},
        ngettext("%(number)s changed", "%(number)s changed", changed) % {"number": changed},
        ngettext("%(number)s as a revision", "%(number)s as revisions", aside) % {"number": aside},
    ]
    numbers = (made, changed, aside)
    return _("Imported: %s.") % ", ".join(part for part, number in zip(parts, numbers, strict=True) if number)


def page_context(model_admin, request, title):
    """What the pages of an import need."""
    opts = model_admin.opts
    return {
        **model_admin.admin_site.each_context(request),
        "opts": opts,
        "title": title,
        "module_name": capfirst(str(opts.verbose_name_plural)),
        "addresses": {
            "upload": model_admin.address("import"),
            "list": model_admin.address("changelist"),
            "xlsx": reverse_template(model_admin, "xlsx"),
            "csv": reverse_template(model_admin, "csv"),
        },
    }


def reverse_template(model_admin, format):
    """The address of an empty table."""
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_import_template", args=[format])
