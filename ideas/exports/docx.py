"""Word: a brief for the council with the entries of a selection, plain enough for any letterhead."""

import io

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ..citation import PUBLICATION, german_date
from . import dossier, word
from .dossier import Form
from .legible import legible

SUMMARY_WIDTHS = (1.2, 5.2, 1.8, 1.8, 2.6, 3.4)
FACT_WIDTHS = (4, 12)
SMALL = "Kleingedrucktes"
COMPARED = ("effort", "cost", "horizon", "city_sizes")


def render(ideas, *, selection, address):
    """The document as bytes: what was selected, a summary of several entries, then each on a page of its own."""
    dossiers = [dossier.of(idea, address, selection.notes.get(idea.number, "")) for idea in ideas]
    document = Document()
    word.prepare(document)
    describe(document, selection)
    document.add_paragraph(legible(selection.title), style="Title")
    document.add_paragraph(_("Brief from the Wissenskompendium Innenstadt"), style="Subtitle")
    origin_of_selection(document, selection)
    if len(dossiers) > 1:
        summarise(document, dossiers)
    for position, entry in enumerate(dossiers, start=1):
        add_entry(document, entry, position, new_page=len(dossiers) > 1)
    footer(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def describe(document, selection):
    """The properties of the document."""
    properties = document.core_properties
    properties.title = legible(selection.title)
    properties.subject = _("Ideas for city centres")
    properties.author = properties.last_modified_by = PUBLICATION
    properties.language = word.LANGUAGE
    properties.comments = ""  # the template of the library names itself here
    properties.created = properties.modified = selection.generated


def origin_of_selection(document, selection):
    """What was filtered for, how many entries there are, how current they are, and where to see them."""
    for label, values in selection.filter:
        labelled(document, label, ", ".join(values))
    labelled(document, _("Number of ideas"), str(selection.count))
    if selection.version_date:
        labelled(document, _("Latest version"), german_date(selection.version_date))
    labelled(document, _("Made on"), german_date(localtime(selection.generated).date()))
    paragraph = document.add_paragraph()
    paragraph.add_run(_("On the web: ")).bold = True
    word.add_link(paragraph, selection.address, url=selection.address)
    document.add_paragraph(selection.licence, style=SMALL)


def labelled(document, label, text):
    """A line with its label in bold."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = word.Pt(0)
    paragraph.add_run(f"{legible(label)}: ").bold = True
    paragraph.add_run(legible(text))


def summarise(document, dossiers):
    """A table of all entries; each title leads to its entry."""
    document.add_heading(_("Overview"), level=1)
    labels = [dossiers[0].fact(key).label for key in COMPARED]
    rows = [[entry.plate, leading_to(entry), *(entry.fact(key).text for key in COMPARED)] for entry in dossiers]
    header = [_("No."), _("Idea"), *labels]
    word.add_table(document, header, rows, widths=SUMMARY_WIDTHS, name=_("Overview of the ideas"))
    document.add_paragraph(dossiers[0].assessment_note, style=SMALL)


def leading_to(entry):
    """Fills a cell with the title, linked to the entry in the document."""
    return lambda paragraph: word.add_link(paragraph, entry.title, anchor=anchor(entry))


def anchor(entry):
    """The bookmark of an entry."""
    return f"idee_{entry.plate}"


def add_entry(document, entry, position, new_page):
    """Everything about one entry."""
    heading = document.add_heading(legible(f"{entry.plate} {entry.title}"), level=1)
    heading.paragraph_format.page_break_before = new_page
    word.bookmark(heading, anchor(entry), position)
    document.add_paragraph(legible(entry.summary))
    if entry.note:
        document.add_heading(_("Note of the reader"), level=2)
        for line in dossier.lines(entry.note):
            document.add_paragraph(legible(line))
    document.add_heading(_("Facts"), level=2)
    rows = [[fact.label, stating(fact)] for fact in entry.facts]
    name = _("Facts about “%(title)s”") % {"title": entry.title}
    word.add_table(document, [_("Aspect"), _("Statement")], rows, widths=FACT_WIDTHS, name=name)
    document.add_paragraph(entry.assessment_note, style=SMALL)
    for section in entry.sections:
        add_section(document, section)
    add_examples(document, entry.examples)
    add_provenance(document, entry)


def stating(fact):
    """Fills a cell with the values of a fact and what they mean."""

    def fill(paragraph):
        paragraph.add_run(legible(fact.text)).bold = bool(fact.meaning)
        paragraph.add_run(legible(f" – {fact.meaning}") if fact.meaning else "")

    return fill


def add_section(document, section):
    """A section with its heading: paragraphs, numbered steps or points."""
    document.add_heading(section.title, level=2)
    if section.form is Form.NUMBERED:
        word.add_numbered(document, section.items)
        return
    style = "List Bullet" if section.form is Form.POINTS else "Normal"
    for item in section.items:
        document.add_paragraph(legible(item), style=style)


def add_examples(document, examples):
    """Where it exists, each example with its source."""
    document.add_heading(_("Where it exists"), level=2)
    if not examples:
        document.add_paragraph(_("No example is documented yet."))
    for example in examples:
        paragraph = document.add_paragraph()
        paragraph.add_run(legible(example.title)).bold = True
        paragraph.add_run(legible(f" ({'; '.join(example.where)})") if example.where else "")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = word.Pt(0)
        document.add_paragraph(legible(example.fact)).paragraph_format.space_after = word.Pt(0)
        add_source(document, example.source, example.caveat)


def add_source(document, source, caveat=""):
    """A source as link, with its address written out for paper."""
    names = [source.name, source.publisher] if source.publisher else [source.name]
    paragraph = document.add_paragraph(_("Source:"), style=SMALL)
    paragraph.add_run(legible(f" {', '.join(names)}, "))
    word.add_link(paragraph, source.url, url=source.url)
    if caveat:
        paragraph.add_run(f" ({caveat})")


def add_provenance(document, entry):
    """Where the entry comes from, and how to cite it."""
    document.add_heading(_("Origin of the entry"), level=2)
    document.add_paragraph(legible(" ".join(entry.provenance.sentences)))
    for source in entry.provenance.sources:
        add_source(document, source)
    document.add_heading(_("Cite"), level=2)
    document.add_paragraph(legible(entry.citation), style=SMALL)
    link = _("Permanent link:")
    paragraph = document.add_paragraph(f"{entry.edition}. {link} ", style=SMALL)
    word.add_link(paragraph, entry.link, url=entry.link)


def footer(document):
    """The name of the publication and the number of the page, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.style = document.styles[SMALL]
    words = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    before, between, after = words.split("\0")
    paragraph.add_run(f"{PUBLICATION} · {before}")
    word.add_field(paragraph, "PAGE")
    paragraph.add_run(between)
    word.add_field(paragraph, "NUMPAGES")
    paragraph.add_run(after)
