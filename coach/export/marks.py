"""Answers with marked words: Markdown as blocks, in which the words that earn or cost something are set apart.

The marks are laid into the tree of the passage, so that every format shows them with its own means: a node `mark`
around words, whose `meta` holds the marks that cover them, and a node `label` where a mark ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.export.prose import clean, one_line, parser, shallow

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

Kind = Literal["earned", "cost"]
_FIRST = 0xF0000
"""Letters for private use stand in the text where marks begin and end while it is parsed."""
_PRIVATE = re.compile("[\U000f0000-\U000fffff]")
_LIST_SIGN = re.compile(r"[ \t>]*\d{1,9}[.)](?=\s)")
_BEFORE = frozenset("\"'“‘«(£$€")
_AFTER = frozenset(".,;:!?%…\"'”’»)")


@dataclass(frozen=True)
class Mark:
    """Words by code points, end exclusive, and what they do for which criterion."""

    start: int
    end: int
    kind: Kind
    number: int
    """Of the criterion."""
    name: str
    why: str

    @property
    def label(self) -> str:
        """`3`, or `−3` for a cost."""
        return str(self.number) if self.kind == "earned" else f"−{self.number}"


@dataclass(frozen=True)
class Note:
    """What stands beside a block: a criterion, and why the words marked in it earn or cost."""

    label: str
    kind: Kind
    name: str
    whys: tuple[str, ...]


@dataclass(frozen=True)
class MarkedBlock:
    """A paragraph, a list entry, a table or a quotation, with the notes on it."""

    node: SyntaxTreeNode
    notes: tuple[Note, ...]
    wide: bool
    """A table, which needs the whole width."""


def marked_blocks(text: str, marks: Iterable[Mark] = (), *, keep_lines: bool) -> tuple[MarkedBlock, ...]:
    """A text that may be Markdown. `keep_lines` keeps ends of lines within paragraphs, as people type them.

    Headings become strong paragraphs and code keeps its signs, so that no answer breaks the outline of a document.
    Marks without a letter or digit within the text are left out.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = _PRIVATE.sub("\ufffd", text)
    signs = _signs(text, marks)
    states = [frozenset(covering) for _, covering, _ in signs]
    ends = [tuple(sorted(set(ending), key=_order)) for _, _, ending in signs]
    pieces, at = [], 0
    for number, (place, _, _) in enumerate(signs):
        pieces += [text[at:place], chr(_FIRST + number)]
        at = place
    tokens = parser(plain=True).parse(clean("".join([*pieces, text[at:]])))
    walker = _Walker(states, ends, keep_lines)
    made = []
    for group in _blocks(_without_headings(tokens)):
        walker.notes.clear()
        for token in group:
            if token.children is not None:
                token.children = shallow(list(walker.walk(token.children)))
        node = SyntaxTreeNode(group)
        made.append(MarkedBlock(node, _notes(walker.notes), group[0].type == "table_open"))
    return tuple(made)


class _Walker:
    """Goes through the words in order and wraps those that marks cover."""

    def __init__(self, states: Sequence[frozenset[Mark]], ends: Sequence[tuple[Mark, ...]], keep_lines: bool) -> None:
        self._states, self._ends, self._keep_lines = states, ends, keep_lines
        self._now: frozenset[Mark] = frozenset()
        self.notes: set[Mark] = set()

    def walk(self, children: Iterable[Token]) -> Iterator[Token]:
        from markdown_it.token import Token

        for child in children:
            if child.type == "softbreak":
                if self._keep_lines:
                    yield Token("hardbreak", "br", 0)
                else:
                    yield from self._wrapped("text", " ")
            elif child.type in ("text", "code_inline"):
                at = 0
                for found in _PRIVATE.finditer(child.content):
                    yield from self._wrapped(child.type, child.content[at : found.start()])
                    at = found.end()
                    number = ord(found[0]) - _FIRST
                    self._now = self._states[number]
                    if self._ends[number]:
                        yield Token("label", "", 0, meta={"marks": self._ends[number]})
                yield from self._wrapped(child.type, child.content[at:])
            else:
                yield child

    def _wrapped(self, kind: str, content: str) -> Iterator[Token]:
        from markdown_it.token import Token

        if not content:
            return
        words = Token(kind, "", 0, content=content)
        if not self._now:
            yield words
            return
        self.notes |= self._now
        yield Token("mark_open", "mark", 1, meta={"marks": tuple(sorted(self._now, key=_order))})
        yield words
        yield Token("mark_close", "mark", -1)


def kinds(marks: Iterable[Mark]) -> str:
    """The kinds of some marks, as names of classes."""
    return " ".join(sorted({mark.kind for mark in marks}, reverse=True))


def told(marks: Iterable[Mark]) -> str:
    """What some marks say, on one line."""
    return one_line("; ".join(dict.fromkeys(f"{mark.label} {mark.name}: {mark.why}" for mark in marks)))


def labels(marks: Iterable[Mark]) -> str:
    """The labels of marks that end together."""
    return ", ".join(dict.fromkeys(mark.label for mark in marks))


def _order(mark: Mark) -> tuple[bool, int, int, int, str]:
    return mark.kind == "cost", mark.number, mark.start, mark.end, mark.why


def _notes(marks: Iterable[Mark]) -> tuple[Note, ...]:
    whys: dict[tuple[Kind, int, str], list[str]] = {}
    for mark in sorted(marks, key=_order):
        whys.setdefault((mark.kind, mark.number, mark.name), []).append(mark.why)
    return tuple(
        Note(str(number) if kind == "earned" else f"−{number}", kind, name, tuple(dict.fromkeys(said)))
        for (kind, number, name), said in whys.items()
    )


def _signs(text: str, marks: Iterable[Mark]) -> list[tuple[int, list[Mark], list[Mark]]]:
    """Every place where a mark begins or ends: the marks that cover what follows, and those that end there."""
    placed = [(span, mark) for mark in marks if (span := _words(text, mark.start, mark.end)) is not None]
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for (start, end), mark in placed:
        starts.setdefault(start, []).append(mark)
        ends.setdefault(end, []).append(mark)
    now: list[Mark] = []
    found = []
    for place in sorted(starts.keys() | ends.keys()):
        over = ends.get(place, [])
        now = [mark for mark in now if mark not in over] + starts.get(place, [])
        found.append((place, list(now), over))
    return found


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span drawn to whole words, so that its ends stand beside letters and no sign of Markdown is torn."""
    start, end = max(start, 0), min(end, len(text))
    sign = _LIST_SIGN.match(text, text.rfind("\n", 0, start) + 1)
    if sign is not None and start < sign.end():
        start = sign.end()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start >= end:
        return None
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    first, last = start, end
    while first > 0 and text[first - 1] in _BEFORE:
        first -= 1
    while last < len(text) and text[last] in _AFTER:
        last += 1
    # Quotes and full stops belong to the words, unless signs of Markdown stand beside them.
    return (
        first if first == 0 or text[first - 1].isspace() else start,
        last if last == len(text) or text[last].isspace() else end,
    )


def _without_headings(tokens: Iterable[Token]) -> Iterator[Token]:
    from markdown_it.token import Token

    inside = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            inside = token.nesting == 1
            yield Token(f"paragraph_{'open' if inside else 'close'}", "p", token.nesting, block=True)
        else:
            if inside and token.children is not None:
                token.children = [
                    Token("strong_open", "strong", 1),
                    *token.children,
                    Token("strong_close", "strong", -1),
                ]
            yield token


def _blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each block on its own; of a list, of each entry, as a list that goes on counting."""
    from markdown_it.token import Token

    group: list[Token] = []
    depth = 0
    outer: Token | None = None
    count = 0
    for token in tokens:
        if depth == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            outer, count = token, int(token.attrGet("start") or 1)
            depth += 1
            continue
        if depth == 1 and outer is not None and token.nesting == -1:
            outer, depth = None, 0
            continue
        group.append(token)
        depth += token.nesting
        if outer is None and depth == 0:
            yield group
            group = []
        elif outer is not None and depth == 1:
            opened = Token(outer.type, outer.tag, 1, attrs={"start": count}, block=True)
            yield [opened, *group, Token(outer.type.replace("open", "close"), outer.tag, -1, block=True)]
            count += 1
            group = []
