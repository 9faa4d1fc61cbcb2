"""What a Word document needs beyond python-docx: language, links, numbering, cells and page numbers.

The element names are those of WordprocessingML (ECMA-376, part 1).
"""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_UNDERLINE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.run import Run

from .legible import legible

LANGUAGE = "de-DE"
INK, GREY, LINE, SHADE = RGBColor(0x19, 0x21, 0x2B), RGBColor(0x40, 0x49, 0x54), "B8B3A6", "EFEDE6"
LINK = RGBColor(0x1B, 0x4F, 0x8F)
FONT = "Calibri"
BASIC_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}
LISTS = ("List Number", "List Bullet")
HEADINGS = {"Title": (24, 0, 4), "Subtitle": (12, 0, 10), "Heading 1": (17, 14, 4), "Heading 2": (12.5, 12, 3)}


def element(tag, **attributes):
    """An element such as ``w:shd`` with its attributes."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def prepare(document):
    """A4, German, the styles: one typeface, dark ink, real headings, links, table texts."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for language in defaults.findall(qn("w:lang")):
        defaults.remove(language)
    defaults.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    drop_unused_styles(document)
    style(document, "Normal", 10.5, space=(0, 6))
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, (size, before, after) in HEADINGS.items():
        style(document, name, size, space=(before, after), bold=name != "Subtitle")
        document.styles[name].paragraph_format.keep_with_next = True
    remove_border(document.styles["Title"])
    grid = document.styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}")
    grid.getparent().replace(grid, borders())
    for name in LISTS:
        style(document, name, 10.5, space=(0, 3))
    small = document.styles.add_style("Kleingedrucktes", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    style(document, small.name, 9, space=(0, 4))
    small.font.color.rgb = GREY
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = LINK, WD_UNDERLINE.SINGLE


def drop_unused_styles(document):
    """Leaves out the many styles of the template that we do not use: a clear list in Word, and half the time."""
    every = list(document.styles)
    # The numberings of the template refer to all styles of lists.
    kept = {*BASIC_STYLES, *HEADINGS, "Table Grid", *(each.name for each in every if each.name.startswith("List"))}
    linked = {
        link.get(qn("w:val")) for each in every if each.name in kept for link in each.element.findall(qn("w:link"))
    }
    for each in every:
        if each.name not in kept and each.style_id not in linked:
            each.delete()


def style(document, name, size, *, space=(0, 0), bold=None):
    """Sets typeface, size and the space before and after (in points) of a style."""
    changed = document.styles[name]
    fonts = changed.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    changed.font.size, changed.font.color.rgb = Pt(size), INK
    changed.font.italic = False
    if bold is not None:
        changed.font.bold = bold
    changed.paragraph_format.space_before, changed.paragraph_format.space_after = map(Pt, space)


def remove_border(changed):
    """Takes the line off a style of paragraphs."""
    for border in changed.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def add_link(paragraph, text, *, url="", anchor=""):
    """Adds a link to an address, or to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    if url:
        link.set(qn("r:id"), paragraph.part.relate_to(legible(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    run = Run(OxmlElement("w:r"), paragraph)
    run.text = legible(text)
    run.style = "Hyperlink"
    link.append(run._r)
    paragraph._p.append(link)


def bookmark(paragraph, name, number):
    """Makes ``paragraph`` the target of links to the bookmark ``name``; ``number`` is its own in the document."""
    paragraph._p.append(element("w:bookmarkStart", id=number, name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def add_numbered(document, items):
    """A numbered list that begins with 1, whatever stands before it."""
    numbering = document.part.numbering_part.element
    linked = document.styles["List Number"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    abstract = numbering.num_having_numId(int(linked)).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(0).add_startOverride(1)
    for item in items:
        paragraph = document.add_paragraph(legible(item), style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId


def add_table(document, header, rows, *, widths, name):
    """A table that screen readers understand: header row repeated, first column as row header, ``name`` as title.

    A cell is a text, or a function that fills its paragraph. ``widths`` are in centimetres.
    """
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(
        element("w:tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    )
    properties.append(element("w:tblCaption", val=legible(name)))
    for index, contents in enumerate([header, *rows]):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        if index == 0:
            row._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, content, width in zip(row.cells, contents, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if callable(content):
                content(paragraph)
            else:
                paragraph.add_run(legible(content)).bold = index == 0 or None
            if index == 0:
                cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=SHADE))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(6)
    return table


def borders():
    """Thin grey lines between the rows and around the table, none between the columns."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = side in {"top", "bottom", "insideH"}
        made.append(element(f"w:{side}", val="single" if drawn else "nil", sz=4, space=0, color=LINE))
    return made


def add_field(paragraph, code):
    """A field that Word computes, such as the number of the page."""
    for kind in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run()
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)
        elif kind == "result":
            run.text = "1"
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))
