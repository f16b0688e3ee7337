"""A paper as DOCX. Every text is set as text of XML, so that it is never a field, a template or markup."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT: Final = "Liberation Serif"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOT_SHOWN: Final = re.compile("[^\t\n\r\x20-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, and the signs that turn a text round, behind which a name could hide."""
_WIDTH: Final = 16.5
"""Centimetres of text between the margins."""
_SPACES: Final = {"title": (0, 14), "heading": (16, 6), "paragraph": (0, 6), "numbered": (0, 6), "note": (0, 8)}
_SIZES: Final = {"title": 17, 1: 14, 2: 12}


def word(paper: Mapping[str, Any]) -> bytes:
    """Return a paper as DOCX, whose properties are its title, its language and its day."""
    document = Document()
    _set_up(document, paper)
    for block in paper["blocks"]:
        _WRITERS[block["kind"]](document, block)
    made = io.BytesIO()
    document.save(made)
    return _without_traces(made.getvalue())


def plain(text: str) -> str:
    """Return a text without what nobody sees (`_NOT_SHOWN`)."""
    return _NOT_SHOWN.sub("", text)


def _set_up(document: Any, paper: Mapping[str, Any]) -> None:
    day = datetime.fromisoformat(f"{paper['dated']}T00:00:00")
    about = document.core_properties
    for name in ("author", "comments", "last_modified_by", "category", "keywords", "subject"):
        setattr(about, name, "")
    about.title, about.language = plain(paper["title"]), paper["language"]
    about.created = about.modified = day
    about.revision = 1
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), paper["language"])
    normal.element.get_or_add_rPr().append(language)
    for level in (1, 2):
        _plain_style(document.styles[f"Heading {level}"], _SIZES[level])
    _plain_style(document.styles["Title"], _SIZES["title"])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin = section.bottom_margin = Cm(2.3)
    top, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _small(top.add_run(plain(paper["head"])))
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(foot.add_run(f"{plain(paper['page'])} "))
    _page_number(foot)


def _plain_style(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)


def _small(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x55, 0x55, 0x55)


def _page_number(paragraph: Any) -> None:
    """Add the one field of the document: the number of the page."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        _small(run)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - the library has no fields


def _spaced(paragraph: Any, kind: str) -> Any:
    before, after = _SPACES[kind]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _title(document: Any, block: Mapping[str, Any]) -> None:
    _spaced(document.add_paragraph(plain(block["text"]), style="Title"), "title")


def _heading(document: Any, block: Mapping[str, Any]) -> None:
    paragraph = document.add_paragraph(plain(block["text"]), style=f"Heading {block['level']}")
    _spaced(paragraph, "heading").paragraph_format.keep_with_next = True


def _paragraph(document: Any, block: Mapping[str, Any]) -> None:
    _spaced(document.add_paragraph(plain(block["text"])), "paragraph")


def _note(document: Any, block: Mapping[str, Any]) -> None:
    paragraph = _spaced(document.add_paragraph(), "note")
    run = paragraph.add_run(plain(block["text"]))
    run.italic = True


def _numbered(document: Any, block: Mapping[str, Any]) -> None:
    paragraph = _spaced(document.add_paragraph(), "numbered")
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.1), Cm(-1.1)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.1))
    paragraph.add_run(f"{block['number']}.\t{plain(block['text'])}")


def _table(document: Any, block: Mapping[str, Any]) -> None:
    table = document.add_table(rows=1, cols=len(block["head"]), style="Table Grid")
    table.autofit = False
    widths = [Cm(_WIDTH * part / 100) for part in block["widths"]]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    header = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    header._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library cannot repeat a row
    rows: Sequence[Sequence[str]] = block["rows"]
    _fill(header.cells, block["head"], widths, is_bold=True)
    for values in rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
        _fill(row.cells, values, widths)
    _spaced(document.add_paragraph(), "paragraph")


def _fields(document: Any, block: Mapping[str, Any]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    widths = [Cm(_WIDTH * 0.35), Cm(_WIDTH * 0.65)]
    for label, value in block["rows"]:
        cells = table.add_row().cells
        _fill(cells[:1], [label], widths, is_bold=True)
        _fill(cells[1:], [value], widths[1:])
    _spaced(document.add_paragraph(), "paragraph")


def _lines(document: Any, block: Mapping[str, Any]) -> None:
    _fields(document, {"rows": [(label, "_" * 40) for (label,) in block["rows"]]})


def _fill(cells: Sequence[Any], values: Sequence[str], widths: Sequence[Any], *, is_bold: bool = False) -> None:
    for cell, value, width in zip(cells, values, widths, strict=False):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(plain(value))
        run.bold, run.font.size = is_bold, Pt(10)


_WRITERS: Final[Mapping[str, Callable[[Any, Mapping[str, Any]], None]]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _paragraph,
    "note": _note,
    "numbered": _numbered,
    "table": _table,
    "fields": _fields,
    "lines": _lines,
}


def _without_traces(content: bytes) -> bytes:
    """Return the archive without a picture of its first page and without times of its members."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            text = before.read(part)
            if part.filename == "docProps/thumbnail.jpeg":
                continue
            if part.filename == "_rels/.rels":
                text = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", text)
            after.writestr(zipfile.ZipInfo(part.filename, EPOCH), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()
