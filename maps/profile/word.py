"""A document as a Word file (DOCX): real headings, captions, alternative texts, and endnotes for its numbers.

Endnotes are a part of their own (ECMA-376 part 1, 17.11), which python-docx has no words for; it is written here.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from docx import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from willay.maps.profile.blocks import Chart, Heading, Items, Paragraph, Table, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.maps.profile.blocks import Block, Document, Run, Text

_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""What stands for the moment of writing in the file, so that the same document gives the same bytes."""

_WIDTH_MM: Final = 172
_ENDNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
_MUTED: Final = RGBColor(0x52, 0x60, 0x6D)


def as_word(document: Document) -> bytes:
    """Return a document as the bytes of a DOCX file; the same document gives the same bytes."""
    return _Writer(document).written()


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document, self._file = document, WordFile()
        self._marks = 0
        self._set_up()
        self._styles = {style.name: style.style_id for style in self._file.styles}

    def written(self) -> bytes:
        document, file = self._document, self._file
        file.add_heading(document.title, 0)
        if document.subtitle:
            self._line("Subtitle", document.subtitle)
        for name, said in document.facts:
            line = self._line("Fact")
            line.add_run(f"{name}: ").bold = True
            line.add_run(said)
        self._line("Fact", document.labels["fact_made"])
        for section in document.sections:
            file.add_heading(section.title, 1)
            for block in section.blocks:
                self._block(block)
        file.add_heading(document.labels["section_sources"], 1)
        for number, source in enumerate(document.citations, 1):
            line = self._line("Source")
            self._bookmark(line, f"source_{number}", f"{number}. ")
            line.add_run(source.words)
            if source.url:
                line.add_run(" ")
                self._outward(line, source.url, source.url)
        file.add_heading(document.labels["section_notes"], 1)
        self._add_endnotes()
        _number_in_digits(file.sections[0])
        return self._saved()

    def _set_up(self) -> None:
        """Set paper, language, styles and what the file says of itself."""
        document, file = self._document, self._file
        section = file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(19)
        section.top_margin = section.bottom_margin = Mm(18)
        about = file.core_properties
        about.title, about.author, about.comments = document.title, "willay", ""
        about.language = document.lang
        about.created = about.modified = _MOMENT
        normal = file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10)
        _say_language(normal, "es-PE" if document.lang == "es" else "en-GB")
        for name, size in (("Fact", 9), ("Source", 8.5), ("By hand", 10), ("Cell", 8.5), ("Caution", 10)):
            style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style, style.font.size = normal, Pt(size)
            style.paragraph_format.space_after = Pt(0 if name == "Cell" else 3)
        file.styles["By hand"].font.italic = True
        file.styles["Caution"].paragraph_format.left_indent = Mm(5)
        file.styles["Caption"].font.size = Pt(9)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._file.add_heading(self._by_hand(block.words, is_by_hand=block.is_by_hand), 2)
            case Paragraph():
                style = {"hand": "By hand", "caution": "Caution"}.get(block.kind, "Normal")
                line = self._line(style)
                if block.kind == "hand":
                    line.add_run(f"[{self._document.labels['by_hand']}] ").bold = True
                self._runs(line, block.words)
            case Items():
                for item in block.items:
                    self._runs(self._line("List Bullet"), item)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _line(self, style: str, words: str = "") -> Any:  # noqa: ANN401 — python-docx' paragraph
        """Add a paragraph. Given a style by its name, python-docx looks through all of them each time."""
        line = self._file.add_paragraph(words)
        line._p.style = None if style == "Normal" else self._styles[style]  # noqa: SLF001 — as above
        return line

    def _by_hand(self, words: str, *, is_by_hand: bool) -> str:
        return f"{words} [{self._document.labels['by_hand']}]" if is_by_hand else words

    def _runs(self, line: Any, words: Text) -> None:  # noqa: ANN401 — python-docx' paragraph
        for run in words:
            self._run(line, run)

    def _run(self, line: Any, run: Run) -> None:  # noqa: ANN401 — as above
        if run.url:
            self._outward(line, run.text, run.url)
        elif run.text:
            line.add_run(run.text).bold = run.is_strong or None
        if run.note:
            line._p.append(_endnote_mark(run.note))  # noqa: SLF001 — python-docx has no endnotes
        for number in run.cites:
            line._p.append(_inward(f"[{number}]", f"source_{number}"))  # noqa: SLF001 — nor links within a file

    def _table(self, block: Table) -> None:
        if not block.is_titled:
            caption = self._line("Caption", block.caption)
            caption.paragraph_format.keep_with_next = True
        table = self._file.add_table(rows=1, cols=len(block.head), style="Table Grid")
        table.autofit = False
        style = self._styles["Cell"]
        head = table.rows[0]
        _repeat(head)
        for cell, name in zip(head.cells, block.head, strict=True):
            cell.paragraphs[0]._p.style = style  # noqa: SLF001 — as in `_line`
            cell.paragraphs[0].add_run(name).bold = True
        for row in block.rows:
            added = table.add_row()
            added._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001 — no words
            cells = added.cells
            for place, (cell, words) in enumerate(zip(cells, row, strict=True)):
                line = cell.paragraphs[0]
                line._p.style = style  # noqa: SLF001 — as in `_line`
                if place in block.numbers:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._runs(line, words)
        for column, width in zip(table.columns, _widths(block), strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        if block.spans:
            _merge(table, block.rows)
        self._file.add_paragraph()

    def _chart(self, block: Chart) -> None:
        picture = io.BytesIO(block.picture.written(".png"))
        line = self._file.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(picture, width=Mm(_WIDTH_MM))
        about = shape._inline.docPr  # noqa: SLF001 — alternative texts, which python-docx does not set
        about.set("descr", block.picture.description)
        about.set("title", block.picture.title)
        self._runs(self._line("Caption"), block.caption)

    def _outward(self, line: Any, words: str, url: str) -> None:  # noqa: ANN401 — as above
        identity = line.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), identity)
        link.append(_words(words))
        line._p.append(link)  # noqa: SLF001 — as above

    def _bookmark(self, line: Any, name: str, words: str) -> None:  # noqa: ANN401 — as above
        self._marks += 1
        for tag, about in (("w:bookmarkStart", {"w:name": name}), ("w:bookmarkEnd", {})):
            mark = OxmlElement(tag)
            for key, value in {"w:id": str(self._marks), **about}.items():
                mark.set(qn(key), value)
            line._p.append(mark)  # noqa: SLF001 — as above
            if tag == "w:bookmarkStart":
                line.add_run(words)

    def _add_endnotes(self) -> None:
        root = parse_xml(f"<w:endnotes {nsdecls('w')}/>")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            line = "" if kind == "separator" else "continuation"
            root.append(parse_xml(
                f'<w:endnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:r>'
                f'<w:{"separator" if not line else "continuationSeparator"}/></w:r></w:p></w:endnote>'
            ))  # fmt: skip
        for number, note in enumerate(self._document.notes, 1):
            root.append(_endnote(number, note.words))
        part = _EndnotesPart(PackURI("/word/endnotes.xml"), _ENDNOTES, package=self._file.part.package)
        part.root = root
        self._file.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)

    def _saved(self) -> bytes:
        """Return the file's bytes, its members' moments set to one that is always the same."""
        held, fixed = io.BytesIO(), io.BytesIO()
        self._file.save(held)
        with zipfile.ZipFile(held) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as write:
            for name in read.namelist():
                about = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
                about.compress_type = zipfile.ZIP_DEFLATED
                write.writestr(about, read.read(name))
        return fixed.getvalue()


class _EndnotesPart(Part):
    """The part of a file that holds its endnotes."""

    root: Any = None

    @property
    def blob(self) -> bytes:
        """The part's bytes."""
        from docx.opc.oxml import serialize_part_xml  # noqa: PLC0415 — of the library loaded above

        return bytes(serialize_part_xml(self.root))


def _endnote(number: int, words: Text) -> Any:  # noqa: ANN401 — an element
    """Return an endnote; sources are cited in it by their numbers."""
    told = "".join(run.text + "".join(f"[{cited}]" for cited in run.cites) for run in words)
    note = OxmlElement("w:endnote")
    note.set(qn("w:id"), str(number))
    line = OxmlElement("w:p")
    mark = parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:endnoteRef/></w:r>')
    line.append(mark)
    line.append(_words(f" {told}", size=16))
    note.append(line)
    return note


def _endnote_mark(number: int) -> Any:  # noqa: ANN401 — an element
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return parse_xml(f'<w:r {nsdecls("w")}>{raised}<w:endnoteReference w:id="{number}"/></w:r>')


def _inward(words: str, target: str) -> Any:  # noqa: ANN401 — an element
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    link.append(_words(words))
    return link


def _words(words: str, size: int | None = None) -> Any:  # noqa: ANN401 — an element
    """Return a run of words; its size in half points."""
    run = OxmlElement("w:r")
    if size:
        run.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{size}"/></w:rPr>'))
    held = OxmlElement("w:t")
    held.set(qn("xml:space"), "preserve")
    held.text = words
    run.append(held)
    return run


def _say_language(style: Any, tag: str) -> None:  # noqa: ANN401 — a style
    about = style.element.get_or_add_rPr()
    about.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{tag}"/>'))


def _number_in_digits(section: Any) -> None:  # noqa: ANN401 — a section
    """Have endnotes numbered 1, 2, 3, not in Roman letters."""
    about = f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/></w:endnotePr>'
    section._sectPr.insert(0, parse_xml(about))  # noqa: SLF001 — no words for it


def _widths(block: Table) -> list[Mm]:
    """Return the widths of columns: by the length of what is in them, the longest at most six times the shortest."""
    lengths = [
        max(len(name), *(len(plain(row[place])) for row in block.rows), 4) if block.rows else len(name)
        for place, name in enumerate(block.head)
    ]
    weights = [min(max(length, 10), 60) for length in lengths]
    return [Mm(_WIDTH_MM * weight / sum(weights)) for weight in weights]


def _repeat(row: Any) -> None:  # noqa: ANN401 — a row
    """Have a row repeated at the head of each page."""
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001 — no words for it


def _merge(table: Any, rows: Sequence[tuple[Text, ...]]) -> None:  # noqa: ANN401 — a table
    """Make equal first cells of rows that follow each other one cell."""
    first = 1
    for _, group in groupby(rows, key=lambda row: plain(row[0])):
        length = len(list(group))
        if length > 1:
            cells = [table.cell(first + number, 0) for number in range(length)]
            for cell in cells[1:]:
                cell.paragraphs[0].clear()
            kept = cells[0].merge(cells[-1])
            for line in kept.paragraphs[1:]:
                line._p.getparent().remove(line._p)  # noqa: SLF001 — empty lines of the cells that were merged
        first += length
