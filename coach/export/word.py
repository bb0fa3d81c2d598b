"""Word documents from templates: docxtpl fills a .docx whose text holds Jinja tags, ours or a company's own.

Our own templates are built here in code (`Builder`) and never shipped as files; `coach scorecard template` writes one
out for a company to start from. Values are shown as text; `None` as a blank to be filled in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from coach.errors import UsageError
from coach.export.extras import need
from coach.export.marks import Note, kinds, labels
from coach.export.prose import one_line, parsed
from coach.export.sandbox import MOST_BYTES, Sandbox, TemplateFaults, sandbox
from coach.files import read_limited

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

BLANK = Markup("☐")
ACCENT, QUIET, AMBER, LINE, PALE = "0B5D66", "566273", "854D00", "D3DAE3", "E3F1F2"
EARNED, COST = "D9F0E1", "FBE0D2"
_MARKED = {
    "earned": f'<w:u w:val="single" w:color="1B6E3C"/><w:shd w:val="clear" w:fill="{EARNED}"/>',
    "cost": f'<w:u w:val="dash" w:color="A62B1F"/><w:shd w:val="clear" w:fill="{COST}"/>',
}
_SMALL = '<w:sz w:val="16"/>'
_NOTED = {"earned": f'<w:color w:val="1B6E3C"/>{_SMALL}', "cost": f'<w:color w:val="A62B1F"/>{_SMALL}'}
_LABEL = f'<w:color w:val="{ACCENT}"/><w:vertAlign w:val="superscript"/>'
_MADE = datetime(2000, 1, 1)
MOST_UNPACKED = 50_000_000
"""Bytes that a company's template may hold when unpacked."""
_MOST_FILES = 2_000


def shown(value: Any) -> Any:
    """What a template prints for a value."""
    if value is None:
        return BLANK
    return escape(one_line(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def passage(text: str, below: int = 0) -> Markup:
    """A passage of Markdown as paragraphs of Word, for a tag `{{p text | passage }}` alone in its paragraph."""
    return Markup("").join(_blocks(parsed(text), below, ""))


def marked(node: SyntaxTreeNode) -> Markup:
    """A block of a marked answer (`coach.export.marks`) as paragraphs."""
    return Markup("").join(_blocks(node, 0, "")) or _paragraph(Markup(""), "")


def beside(notes: Iterable[Note]) -> Markup:
    """The notes on a block of a marked answer, a paragraph each, in small type."""
    made = [
        _paragraph(
            _run(f"{n.label} {n.name}", bold=True, look=_NOTED[n.kind]) + _run(": " + "; ".join(n.whys), look=_SMALL),
            "",
        )
        for n in notes
    ]
    return Markup("").join(made) or _paragraph(Markup(""), "")


def _blocks(node: SyntaxTreeNode, below: int, style: str) -> list[Markup]:
    made: list[Markup] = []
    for child in node.children:
        match child.type:
            case "heading":
                made.append(_paragraph(_runs(child), f"Heading{min(int(child.tag[1:]) + below, 6)}"))
            case "paragraph":
                made.append(_paragraph(_runs(child), style))
            case "bullet_list":
                for item in child.children:
                    made += _blocks(item, below, "ListBullet")
            case "ordered_list":
                for place, item in enumerate(child.children, int(child.attrs.get("start", 1))):
                    first, *rest = _blocks(item, below, "ListContinue") or [Markup("")]
                    made += [first.replace(Markup("</w:pPr>"), Markup("</w:pPr>") + _run(f"{place}. "), 1), *rest]
            case "table":
                rows = [row for part in child.children for row in part.children]
                for row in rows:
                    cells = Markup('<w:r><w:t xml:space="preserve"> | </w:t></w:r>').join(
                        _runs(cell) for cell in row.children
                    )
                    made.append(_paragraph(cells, style))
            case "fence" | "code_block":
                made += [_paragraph(_run(line), style) for line in child.content.splitlines()]
            case "hr":
                pass
            case "inline":
                made.append(_paragraph(_runs(node), style))
                break
            case _:
                made += _blocks(child, below, "Quote" if child.type == "blockquote" else style)
    return made


def _runs(node: SyntaxTreeNode, bold: bool = False, italic: bool = False, look: str = "") -> Markup:
    made: list[Markup] = []
    for child in node.children:
        match child.type:
            case "text" | "code_inline":
                made.append(_run(child.content, bold, italic, look))
            case "softbreak":
                made.append(_run(" "))
            case "hardbreak":
                made.append(Markup("<w:r><w:br/></w:r>"))
            case "mark":
                made.append(_runs(child, bold, italic, _MARKED[kinds(child.meta["marks"]).split()[-1]]))
            case "label":
                made.append(_run(labels(child.meta["marks"]), bold=True, look=_LABEL))
            case kind:
                made.append(_runs(child, bold or kind == "strong", italic or kind == "em", look))
    return Markup("").join(made)


def _run(text: str, bold: bool = False, italic: bool = False, look: str = "") -> Markup:
    """Words; `look` is what WordprocessingML says of their look, beside bold and italic."""
    said = "<w:b/>" * bold + "<w:i/>" * italic + look
    looks = Markup(f"<w:rPr>{said}</w:rPr>") if said else Markup("")
    return Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(looks, text)


def _paragraph(runs: Markup, style: str) -> Markup:
    named = Markup('<w:pStyle w:val="{}"/>').format(style) if style else Markup("")
    return Markup("<w:p><w:pPr>{}</w:pPr>{}</w:p>").format(named, runs)


@cache
def environment() -> Sandbox:
    """Where the tags of Word templates run."""
    return sandbox(shown, {"passage": passage, "marked": marked, "beside": beside}, escape=True)


def fill(template: bytes, values: dict[str, Any], own: Path | None = None) -> bytes:
    """A template filled in, the same bytes each time. `own` names a user's template in messages.

    Raises `UsageError` for faults of the template, and if docxtpl is not installed.
    """
    docxtpl = need("docxtpl", "docx", "the format docx")
    place = own or Path("template.docx")
    try:
        document = docxtpl.DocxTemplate(io.BytesIO(_checked(template, place)))
        document.init_docx()
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise UsageError(f"{place} is no Word document (.docx): {one_line(str(error))[:200]}") from None
    with TemplateFaults(place):
        document.render(values, jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return _same_times(out.getvalue())


def read_own(path: Path) -> bytes:
    """A company's own template. Raises `UsageError`."""
    return read_limited(path, MOST_BYTES, "Word template")


def _checked(content: bytes, path: Path) -> bytes:
    """The archive, if it is one and does not swell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = archive.infolist()
        if len(files) > _MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
            raise UsageError(f"{path} unpacks to more than {MOST_UNPACKED // 1_000_000} MB: too large for a template")
    return content


def _same_times(content: bytes) -> bytes:
    """The archive with the same date on every file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


class Builder:
    """A template of ours in the making: headings, texts and tables, all of them with tags of Jinja.

    Texts: a line feed starts a new line in quieter type; `*` at the start makes the first line bold; what stands
    between `⟦` and `⟧` is marked as borrowed.
    """

    def __init__(self, title: str) -> None:
        docx = need("docx", "docx", "the format docx")
        self.document = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "", "Made by metric-coach"
        properties.created = properties.modified = _MADE
        self._styles()
        self._page(title)

    def bytes(self) -> bytes:
        """The template as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return _same_times(out.getvalue())

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; level 0 is the title."""
        self.document.add_heading(text, level)

    def text(self, text: str, style: str | None = None) -> None:
        """A paragraph."""
        self._write(self.document.add_paragraph(style=style), text)

    def only(self, tag: str) -> None:
        """A tag that stands for whole paragraphs: `if …`, `endif`, `for …`, `endfor`."""
        self.document.add_paragraph(f"{{%p {tag} %}}")

    def passage(self, expression: str) -> None:
        """Where paragraphs made of Markdown go."""
        self.document.add_paragraph(f"{{{{p {expression} }}}}")

    def points(self, of: str, style: str = "List Bullet", text: str = "{{ item }}") -> None:
        """A list with an item for each value of an expression."""
        self.only(f"for item in {of}")
        self.document.add_paragraph(text, style=style)
        self.only("endfor")

    def facts(self, rows: Sequence[tuple[str, str]], widths: Sequence[float] = (5.2, 11.8)) -> None:
        """Names and what is to be said of them, without a head."""
        table = self._table(widths)
        for name, text in rows:
            cells = table.add_row().cells
            self._write(cells[0].paragraphs[0], name, colour=QUIET)
            self._write(cells[1].paragraphs[0], text)
        self._finish(table, widths)

    def marked(self, blocks: str) -> None:
        """An answer with its marks, and the notes on each block beside it."""
        self.table(
            ["Answer", "Why"],
            f"block in {blocks}",
            ["{{p block.node | marked }}", "{{p block.notes | beside }}"],
            (11, 6),
        )

    def table(self, heads: Sequence[str], loop: str, cells: Sequence[str], widths: Sequence[float]) -> None:
        """A table with a row for each round of a loop (`row in card.rows`); widths in centimetres."""
        table = self._table(widths)
        head = table.add_row()
        for cell, text in zip(head.cells, heads, strict=True):
            self._write(cell.paragraphs[0], text, colour=ACCENT, bold=True, size=8.5)
            self._shade(cell)
        self._repeat(head)
        if loop:
            table.add_row().cells[0].text = f"{{%tr for {loop} %}}"
        line = table.add_row()
        for cell, text in zip(line.cells, cells, strict=True):
            self._write(cell.paragraphs[0], text)
        if loop:
            table.add_row().cells[0].text = "{%tr endfor %}"
        self._finish(table, widths)

    # How it looks

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        for name, size, space in (("Normal", 10, 4), ("Title", 24, 4), ("Heading 1", 15, 6), ("Heading 2", 12, 4)):
            style = styles[name]
            style.font.name, style.font.size = "Calibri", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), "Calibri")
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            style.paragraph_format.space_after = Pt(space)
            if name != "Normal":
                style.font.color.rgb = RGBColor.from_string(ACCENT)
                style.paragraph_format.keep_with_next = True
        styles["Heading 1"].paragraph_format.space_before = Pt(18)
        styles["Heading 2"].paragraph_format.space_before = Pt(10)
        styles["Quote"].font.color.rgb = RGBColor.from_string("2C3848")
        for element in styles["Title"].element.iter(qn("w:pBdr")):
            element.getparent().remove(element)
            break

    def _page(self, title: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        foot = section.footer.paragraphs[0]
        self._write(foot, f"{title}  ·  ", colour=QUIET, size=8)
        run = foot.add_run()
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)

    def _table(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        return table

    def _finish(self, table: Any, widths: Sequence[float]) -> None:
        from docx.oxml import OxmlElement, parse_xml
        from docx.oxml.ns import nsdecls, qn
        from docx.shared import Cm

        edges = "".join(
            f'<w:{side} w:val="{"single" if side in ("bottom", "insideH") else "nil"}" w:sz="4" w:color="{LINE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
        for place, width in enumerate(widths):
            table.columns[place].width = Cm(width)
            for cell in table.columns[place].cells:
                cell.width = Cm(width)
        for row in table.rows:
            whole = OxmlElement("w:cantSplit")
            whole.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(whole)
        self.document.add_paragraph()

    def _shade(self, cell: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{PALE}"/>'))

    def _repeat(self, row: Any) -> None:
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _write(
        self, paragraph: Any, text: str, *, colour: str | None = None, bold: bool = False, size: float | None = None
    ) -> None:
        from docx.shared import Pt, RGBColor

        for number, line in enumerate(text.split("\n")):
            strong = bold or (number == 0 and line.startswith("*"))
            before, _, rest = line.removeprefix("*").partition("⟦")
            borrowed, _, after = rest.partition("⟧")
            for part, ink in ((before, colour), (borrowed, AMBER), (after, colour)):
                if not part:
                    continue
                run = paragraph.add_run(part)
                run.bold = strong or None
                small = 8.5 if number and size is None else size
                if small is not None:
                    run.font.size = Pt(small)
                if ink or number:
                    run.font.color.rgb = RGBColor.from_string(ink or QUIET)
            if number < text.count("\n"):
                paragraph.add_run().add_break()
