"""Self-contained pages of HTML: one file, no script, fit for a phone and for paper.

A page is a template that extends `page.html.jinja` (the frame with the style) and may import `parts.html.jinja`.
Every value is escaped; `None` is shown as a blank to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from coach.export.marks import kinds, labels, told
from coach.export.prose import one_line, parsed

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from coach.export.sandbox import Sandbox

BLANK = Markup('<span class="blank" title="yours to fill in"><span class="unseen">blank</span></span>')
_CODE = re.compile(r"`([^`]+)`")
_TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "strong": "strong",
    "em": "em",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}


def shown(value: Any) -> Any:
    """What a template prints for a value."""
    if value is None:
        return BLANK
    return inline(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def inline(text: str) -> Markup:
    """Text on one line in which nothing is markup but `code`."""
    parts = _CODE.split(one_line(text))
    marked = (Markup("<code>{}</code>").format(part) if odd % 2 else escape(part) for odd, part in enumerate(parts))
    return Markup("").join(marked)


def code(text: str) -> Markup:
    """A name in code type."""
    return Markup("<code>{}</code>").format(one_line(text))


def codes(names: Iterable[str]) -> Markup:
    """Names in code type, which may stand on several lines."""
    return Markup(" ").join(code(name) for name in names)


def passage(text: str, below: int = 0) -> Markup:
    """A passage of Markdown as HTML; headings sink by `below`."""
    return _html(parsed(text), below)


def marked(node: SyntaxTreeNode) -> Markup:
    """A block of a marked answer (`coach.export.marks`)."""
    return _html(node, 0)


def _html(node: SyntaxTreeNode, below: int) -> Markup:
    inside = Markup("").join(_html(child, below) for child in node.children)
    match node.type:
        case "text":
            return escape(node.content)
        case "code_inline":
            return code(node.content)
        case "fence" | "code_block":
            return Markup("<pre>{}</pre>").format(node.content)
        case "softbreak":
            return Markup("\n")
        case "hardbreak":
            return Markup("<br>")
        case "hr":
            return Markup("<hr>")
        case "mark":
            return Markup('<mark class="{}" title="{}">{}</mark>').format(
                kinds(node.meta["marks"]), told(node.meta["marks"]), inside
            )
        case "label":
            return Markup('<sup class="{}">{}</sup>').format(kinds(node.meta["marks"]), labels(node.meta["marks"]))
        case "ordered_list" if node.attrs.get("start", 1) != 1:
            return Markup('<ol start="{}">{}</ol>').format(node.attrs["start"], inside)
        case "heading":
            tag = f"h{min(int(node.tag[1:]) + below, 6)}"
        case "paragraph" if node.hidden:
            return inside
        case kind:
            tag = _TAGS.get(kind, "")
    # Tags come from the table above, never from the text.
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), inside) if tag else inside


@cache
def environment() -> Sandbox:
    """Where templates of HTML run."""
    from coach.export.drawing import coverage_svg, tree_svg
    from coach.export.judged.chart import progress_svg
    from coach.export.sandbox import sandbox

    filters: dict[str, Any] = {
        "code": code,
        "codes": codes,
        "marked": marked,
        "passage": passage,
        "progress_svg": progress_svg,
        "tree_svg": tree_svg,
        "coverage_svg": coverage_svg,
    }
    return sandbox(shown, filters, escape=True)


def render(template: str, own: Path | None = None, **values: Any) -> str:
    """A page filled in. `own` is the user's template in the place of the built-in one; `UsageError` for its faults."""
    from coach.export.sandbox import fill

    text = fill(environment(), template, values, own)
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"
