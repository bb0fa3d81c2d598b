"""The layout of an answer: headings, list items, table cells, turns of a conversation, paragraphs.

Nothing is rewritten: every block is a span of the original text, with marks such as `-`, `##` or `|` left outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

BlockKind = Literal["heading", "item", "cell", "paragraph"]

_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LINE_END: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_BOLD_LINE: Final = re.compile(r"\s{0,3}(?P<mark>\*\*|__)(?P<text>[^*_]{1,80}?)(?P=mark)\s*:?\s*$")
_ITEM: Final = re.compile(r"\s*(?:[-*+•‣◦▪–—·→➜➤✓✔]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_RULE: Final = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_TABLE_RULE: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_QUOTE: Final = re.compile(r"\s{0,3}>+\s?")
_TURN: Final = re.compile(
    r"\s*(?:\*\*|__)?\[?(?P<who>interviewer|candidate|interviewee|me|you|pm|q|a|i|c|speaker ?\d)\]?"
    r"(?:\*\*|__)?\s*:(?:\*\*|__)?\s+(?=\S)",
    re.IGNORECASE,
)
_OTHERS_TURN: Final = frozenset({"interviewer", "q", "you", "i"})
_LABEL_LINE_WORDS: Final = 7
_FENCE: Final = re.compile(r"\s*(?:```|~~~)")


class Block(NamedTuple):
    """A span of the text that belongs together; `start` and `end` in code points, end exclusive."""

    start: int
    end: int
    kind: BlockKind
    others: bool = False
    """Said by somebody else: an interviewer's turn."""
    gap: bool = False
    """A blank line, a heading or a turn stands before it."""


def blocks(text: str) -> Iterator[Block]:
    """The blocks of an answer in reading order. Lines that go on are joined to the block they belong to."""
    running: Block | None = None
    previous_end = 0
    others = False
    gap = True
    turns = len({m["who"].lower() for line in _LINE.finditer(text) if (m := _TURN.match(line.group()))}) >= 2

    def flush() -> Iterator[Block]:
        nonlocal running, gap
        if running is not None:
            yield running
            running, gap = None, False

    for match in _LINE.finditer(text):
        line, start = match.group(), match.start()
        blank_before = len(_LINE_END.findall(text, previous_end, start)) > 1
        previous_end = match.end()
        if blank_before or not line.strip():
            yield from flush()
            gap = True
        if not line.strip() or _RULE.match(line) or _FENCE.match(line) or _TABLE_RULE.match(line):
            yield from flush()
            continue
        if quote := _QUOTE.match(line):
            start, line = start + quote.end(), line[quote.end() :]
        if turns and (turn := _TURN.match(line)):
            yield from flush()
            others, gap = turn["who"].lower() in _OTHERS_TURN, True
            start, line = start + turn.end(), line[turn.end() :]
        if heading := _HEADING.match(line) or _BOLD_LINE.match(line):
            yield from flush()
            yield Block(start + heading.start("text"), start + heading.end("text"), "heading", others, gap)
            gap = True
        elif line.count("|") >= 2 or (line.count("\t") >= 1 and line.strip().count("\t") >= 1):
            yield from flush()
            separator = "|" if line.count("|") >= 2 else "\t"
            position = 0
            for piece in line.split(separator):
                if piece.strip():
                    left = position + len(piece) - len(piece.lstrip())
                    yield Block(start + left, start + position + len(piece.rstrip()), "cell", others, gap)
                    gap = False
                position += len(piece) + 1
        elif item := _ITEM.match(line):
            yield from flush()
            running = Block(start + item.end(), start + len(line.rstrip()), "item", others, gap)
        elif line.rstrip().endswith(":") and len(line.split()) <= _LABEL_LINE_WORDS:
            yield from flush()
            yield Block(start, start + len(line.rstrip()), "heading", others, gap)
            gap = True
        else:
            left = len(line) - len(line.lstrip())
            if running is None:
                running = Block(start + left, start + len(line.rstrip()), "paragraph", others, gap)
            else:
                running = running._replace(end=start + len(line.rstrip()))
    yield from flush()
