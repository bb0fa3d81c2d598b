"""Tagged PDF by Typst: a template gives Typst's source, with every value as text that is never read as markup.

A document is a template that begins with `{% include "page.typ" %}` (the look: headings, tables, marks) and writes
values only where text may stand: `{{ value }}` becomes `#"value";`. `None` is shown as a blank to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from coach.errors import UsageError
from coach.export.extras import need
from coach.export.marks import kinds, labels
from coach.export.prose import one_line, parsed

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from coach.export.sandbox import Sandbox

BLANK = Markup("#blank;")
FONT = "Libertinus Serif"
"""Comes with Typst itself, so that a document looks and measures the same everywhere."""
_UNSAFE = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " "})


def shown(value: Any) -> Any:
    """What a template prints for a value."""
    if value is None:
        return BLANK
    return inline(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def text(value: str) -> Markup:
    """A text as a literal of Typst's code: `"value"`, for arguments of functions."""
    return Markup('"' + one_line(str(value)).translate(_UNSAFE) + '"')


def inline(value: str) -> Markup:
    """Text on one line in which nothing is markup but `code`."""
    parts = one_line(value).split("`")
    if len(parts) % 2 == 0:
        return Markup(f"#{text(one_line(value))};")
    marked = (code(part) if odd % 2 else Markup(f"#{_kept(part)};") for odd, part in enumerate(parts) if part)
    return Markup("").join(marked)


def _kept(part: str) -> str:
    """A literal that keeps the spaces at its ends, which stand beside code."""
    return '"' + str(part).translate(_UNSAFE) + '"'


def code(name: str) -> Markup:
    """A name in code type."""
    return Markup(f"#raw({text(name)});")


def codes(names: Iterable[str]) -> Markup:
    """Names in code type, which may stand on several lines."""
    return Markup(" ").join(code(name) for name in names)


def listed(texts: Iterable[str], separator: str = ", ") -> Markup:
    """Texts on one line with a separator between."""
    return inline(separator.join(one_line(item) for item in texts))


def points(texts: Iterable[str]) -> Markup:
    """Texts as a list."""
    return Markup("#list(") + Markup(", ").join(Markup("[{}]").format(inline(item)) for item in texts) + Markup(")\n")


def drawing(svg: str, told: str) -> Markup:
    """An SVG as a picture, with what it shows for those who do not see it."""
    return Markup(f'#image(bytes({_kept(svg)}), format: "svg", width: 100%, alt: {text(told)})\n')


def passage(value: str, below: int = 0) -> Markup:
    """A passage of Markdown; headings sink by `below`."""
    return Markup(_typst(parsed(value), below))


def marked(node: SyntaxTreeNode) -> Markup:
    """A block of a marked answer (`coach.export.marks`), for a document with `#earned`, `#cost` and `#label`."""
    return Markup(_typst(node, 0))


def _typst(node: SyntaxTreeNode, below: int) -> str:
    inside = "".join(_typst(child, below) for child in node.children)
    match node.type:
        case "text":
            return f"#{_kept(node.content)};"
        case "code_inline":
            return code(node.content)
        case "fence" | "code_block":
            return f"#raw({_kept(node.content)}, block: true)\n\n"
        case "softbreak":
            return " "
        case "hardbreak":
            return "#linebreak();"
        case "strong" | "em":
            return f"#{'strong' if node.type == 'strong' else 'emph'}[{inside}];"
        case "heading":
            return f"#heading(level: {min(int(node.tag[1:]) + below, 6)}, outlined: false)[{inside}]\n\n"
        case "paragraph":
            return f"{inside}\n\n"
        case "bullet_list" | "ordered_list":
            items = ", ".join(f"[{_typst_children(item, below)}]" for item in node.children)
            start = f"start: {int(node.attrs.get('start', 1))}, " if node.type == "ordered_list" else ""
            return f"#{'list' if node.type == 'bullet_list' else 'enum'}({start}{items})\n\n"
        case "mark":
            return f"#{kinds(node.meta['marks']).split()[-1]}[{inside}];"
        case "label":
            return f"#label-{kinds(node.meta['marks']).split()[-1]}({text(labels(node.meta['marks']))});"
        case "blockquote":
            return f"#quote(block: true)[{inside}]\n\n"
        case "hr":
            return "#line(length: 100%)\n\n"
        case "table":
            rows = [row for part in node.children for row in part.children]
            head, *body = [", ".join(f"[{_typst_children(cell, below)}]" for cell in row.children) for row in rows]
            return f"#grid-of({len(rows[0].children)}, ({head},), {', '.join(f'({row},)' for row in body)})\n\n"
    return inside


def _typst_children(node: SyntaxTreeNode, below: int) -> str:
    return "".join(_typst(child, below) for child in node.children).strip()


@cache
def environment() -> Sandbox:
    """Where templates of Typst's source run."""
    from coach.export.drawing import coverage_svg, tree_svg
    from coach.export.judged.chart import progress_svg
    from coach.export.sandbox import sandbox

    filters: dict[str, Any] = {
        "code": code,
        "codes": codes,
        "coverage_svg": coverage_svg,
        "drawing": drawing,
        "listed": listed,
        "marked": marked,
        "passage": passage,
        "points": points,
        "text": text,
        "progress_svg": progress_svg,
        "tree_svg": tree_svg,
    }
    # Results of macros are `Markup`, and so pass as they are; nothing is left for the escaping for HTML.
    return sandbox(shown, filters, escape=True)


def render_pdf(template: str, own: Path | None = None, **values: Any) -> bytes:
    """A document filled in and set. `own` is the user's template in the place of the built-in one.

    Raises `UsageError` for its faults, and if Typst is not installed.
    """
    from coach.export.sandbox import fill

    need("typst", "pdf", "the format pdf")
    return compiled(fill(environment(), template, {**values, "font": FONT}, own), own)


def compiled(source: str, own: Path | None = None) -> bytes:
    """Typst's source as a tagged PDF, the same bytes each time."""
    import tempfile

    typst = need("typst", "pdf", "the format pdf")
    # An empty folder as root: a template reads no file of the user's.
    with tempfile.TemporaryDirectory(prefix="coach-") as root:
        try:
            return _set(typst, source, root, ["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise UsageError(f"{own or 'the template'}: Typst refuses it: {_said(error)}") from None
        # Letters that no font here has are shown as boxes, which the standard for accessible PDF does not let pass.
        return _set(typst, source, root, [])


def _set(typst: Any, source: str, root: str, standards: list[str]) -> bytes:
    pdf: bytes = typst.compile(
        source.encode(errors="replace"), root=root, format="pdf", pdf_standards=standards, package_path=root
    )
    return pdf


def _said(error: Exception) -> str:
    return one_line(str(error))[:300]
