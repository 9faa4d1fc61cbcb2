"""What tests ask of a PDF: its text, its links, and whether it keeps the structural rules of PDF/UA-1."""

import io
import re

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

UA_1 = re.compile(r"<pdfuaid:part>\s*1\s*</pdfuaid:part>|pdfuaid:part=\"1\"")


def opened(made):
    """A reader of the bytes of a PDF."""
    return PdfReader(io.BytesIO(made))


def text_of(made):
    """The text of all pages without spaces and hyphens, which the ends of lines change; see :func:`squeezed`."""
    return squeezed("\n".join(page.extract_text() for page in opened(made).pages))


def squeezed(words):
    """``words`` as they are found in :func:`text_of`."""
    return re.sub(r"[\s\u00ad\u2010-]", "", words)


def missing(made, words):
    """Which of ``words`` the text of a PDF does not hold."""
    text = text_of(made)
    return [each for each in words if squeezed(each) not in text]


def longest_word(made):
    """How many characters the longest word on a line has."""
    return max(len(word) for page in opened(made).pages for word in page.extract_text().split())


def links_of(made):
    """The addresses that links lead to."""
    annotations = (each.get_object() for page in opened(made).pages for each in page.get("/Annots", ()))
    actions = (each.get("/A", {}) for each in annotations if each["/Subtype"] == "/Link")
    return {str(action["/URI"]) for action in actions if "/URI" in action}


def outline_of(made):
    """The bookmarks as (level, words)."""

    def walk(items, level):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title

    return list(walk(opened(made).outline, 1))


def elements_of(reader):
    """The elements of the structure tree in reading order."""
    waiting = [reader.trailer["/Root"].get("/StructTreeRoot")]
    while waiting:
        found = waiting.pop()
        found = found.get_object() if isinstance(found, IndirectObject) else found
        if isinstance(found, ArrayObject):
            waiting += reversed(found)
        elif isinstance(found, DictionaryObject):
            if "/S" in found:
                yield found
            waiting.append(found.get("/K"))


def kinds_of(made):
    """The kinds of the elements of the structure tree in reading order, such as ``H1`` and ``Table``."""
    return [str(element["/S"]).removeprefix("/") for element in elements_of(opened(made))]


def complaints(made):
    """What a PDF lacks of the structural rules of PDF/UA-1 (ISO 14289-1); nothing for one that keeps them."""
    reader = opened(made)
    root = reader.trailer["/Root"]
    elements = list(elements_of(reader))
    kinds = [str(element["/S"]).removeprefix("/") for element in elements]
    headings = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    metadata = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    steps = zip([0, *headings], headings, strict=False)
    rules = {
        "a structure tree": bool(elements),
        "marked as tagged": bool(root.get("/MarkInfo", {}).get("/Marked")),
        "a language": str(root.get("/Lang", "")).startswith("de"),
        "a title in the metadata": bool(re.search(r"<dc:title>.*\S.*</dc:title>", metadata, re.DOTALL)),
        "the title shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")),
        "declared as PDF/UA-1": bool(UA_1.search(metadata)),
        "headings without gaps in their levels": bool(headings) and all(to <= at + 1 for at, to in steps),
        "a text for every figure": all(
            str(element.get("/Alt", "")).strip() for element in elements if element["/S"] == "/Figure"
        ),
        "headers in every table": kinds.count("TH") >= kinds.count("Table"),
        "tab order by structure": all(page.get("/Tabs") == "/S" for page in reader.pages if page.get("/Annots")),
        "fonts embedded": all(font_embedded(font) for page in reader.pages for font in fonts_of(page)),
    }
    return [rule for rule, kept in rules.items() if not kept]


def fonts_of(page):
    """The fonts of a page."""
    fonts = page.get("/Resources", {}).get("/Font", {})
    return [font.get_object() for font in fonts.get_object().values()]


def font_embedded(font):
    """Whether a font comes along with the file."""
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
