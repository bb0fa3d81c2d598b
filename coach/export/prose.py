"""Passages of Markdown, such as model answers, as a tree that each format renders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from coach.knowledge.faults import UNPRINTABLE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_DEEPEST = 20


def parsed(text: str) -> SyntaxTreeNode:
    """The blocks of a passage: paragraphs, lists, tables, headings. HTML, links and pictures are plain text."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = parser().parse(clean(text))
    for token in tokens:
        if token.children is not None:
            token.children = shallow(token.children)
    return SyntaxTreeNode(tokens)


def shallow(tokens: Sequence[Token]) -> list[Token]:
    """Words of a line without emphasis that is nested deeper than anyone means it, which would fill the stack."""
    kept, depth = [], 0
    for token in tokens:
        depth += max(token.nesting, 0)
        if token.nesting == 0 or depth <= _DEEPEST:
            kept.append(token)
        depth += min(token.nesting, 0)
    return kept


def clean(text: str) -> str:
    """Text without control characters, lines kept."""
    return UNPRINTABLE.sub(lambda found: "\n" if found.group() == "\n" else " ", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


@cache
def parser(*, plain: bool = False) -> MarkdownIt:
    """What reads Markdown; a `plain` one takes code by its signs for text, which code in an answer is."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Entities could bring back the characters that `clean` has taken away.
    made.disable(["html_block", "html_inline", "link", "image", "autolink", "reference", "entity"])
    return made.disable(["code", "fence"]) if plain else made
