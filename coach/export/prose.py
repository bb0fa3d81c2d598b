"""Passages of Markdown, such as model answers, as a tree that each format renders."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coach.knowledge.faults import UNPRINTABLE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode


def parsed(text: str) -> SyntaxTreeNode:
    """The blocks of a passage: paragraphs, lists, tables, headings. HTML, links and pictures are plain text."""
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser().parse(clean(text)))


def clean(text: str) -> str:
    """Text without control characters, lines kept."""
    return UNPRINTABLE.sub(lambda found: "\n" if found.group() == "\n" else " ", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.disable(["html_block", "html_inline", "link", "image", "autolink", "reference"])
