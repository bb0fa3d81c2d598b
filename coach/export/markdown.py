"""Markdown that shows outside text as text: escaping, and the sandbox that templates run in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from coach.knowledge.faults import UNPRINTABLE

if TYPE_CHECKING:
    from coach.export.sandbox import Sandbox

BLANK = "☐"
"""What stands where only the owner can write."""

_CODE = re.compile(r"`([^`]+)`")
_SPECIAL = re.compile(r"[\\`*|\[\]]|(?<!\w)_|_(?!\w)|~~")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=[(:\[])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MATHS = re.compile(r"\$(?=\S)[^$]*[^\s$]\$(?!\w)")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[+-](?=\s|$)|>|[-=~]{3,}|\d+[.)](?=\s|$))")
_HEADING = re.compile(r"^( {0,3})(#{1,6})(?=\s)", re.MULTILINE)


def inline(text: str) -> Markup:
    """Text on one line in which nothing is markup but `code`; fit for cells of tables."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    prose, *rest = _CODE.split(line)
    parts = [_escaped(prose)]
    for name, prose in zip(rest[::2], rest[1::2], strict=True):
        parts += [code(name), _escaped(prose)]
    line = "".join(parts)
    if (start := _START.match(line)) is not None:
        # The sign that makes it a list, a heading or a rule is the last of a number, else the first.
        place = start.end() - 1 if line[0].isdigit() else 0
        line = f"{line[:place]}\\{line[place:]}"
    return Markup(line)


def _escaped(prose: str) -> str:
    prose = _SPECIAL.sub(lambda found: "".join(f"\\{sign}" for sign in found.group()), prose)
    prose = _TAG.sub("&lt;", _ENTITY.sub("&amp;", prose))
    return prose.replace("$", "\\$") if _MATHS.search(prose) else prose


def code(text: str) -> Markup:
    """A name in code type."""
    bare = " ".join(UNPRINTABLE.sub(" ", text).replace("`", "").replace("|", "∣").split())
    return Markup(f"`{bare}`") if bare else Markup("")


def passage(text: str, below: int = 0) -> Markup:
    """Text that is Markdown: kept, but for HTML, links and control characters; headings sink by `below`."""
    clean = UNPRINTABLE.sub(lambda found: "\n" if found.group() == "\n" else " ", text.replace("\r\n", "\n"))
    clean = _LINK.sub(r"\]", _TAG.sub("&lt;", _ENTITY.sub("&amp;", clean.strip())))
    return Markup(_HEADING.sub(lambda h: h[1] + "#" * min(len(h[2]) + below, 6), clean))


def quote(text: str) -> Markup:
    """Every line set off as quoted; for text that is Markdown already."""
    return Markup("\n".join(f"> {line}".rstrip() for line in text.splitlines()))


def fenced(text: str) -> Markup:
    """The inside of a fenced block: what would close the fence, and control characters, are replaced."""
    clean = UNPRINTABLE.sub(lambda found: "\n" if found.group() == "\n" else " ", text)
    return Markup(clean.replace("`", "ˋ"))


def listed(texts: Iterable[str], separator: str = ", ") -> Markup:
    """Texts on one line, each escaped, with a separator that is Markdown already."""
    return Markup(separator).join(inline(text) for text in texts)


def codes(names: Iterable[str]) -> Markup:
    """Names in code type with commas between."""
    return Markup(", ").join(code(name) for name in names)


def shown(value: Any) -> Any:
    """What a template prints for a value: blanks as such, outside text as text."""
    if value is None:
        return BLANK
    return inline(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Sandbox:
    """Where templates of Markdown run: every value they print is escaped."""
    # Slower to import than the interpreter is to start, and only exports need it.
    from coach.export.sandbox import sandbox

    filters = {
        "code": code,
        "codes": codes,
        "fenced": fenced,
        "inline": inline,
        "listed": listed,
        "passage": passage,
        "quote": quote,
    }
    # Escapes for Markdown; its result is `Markup`, which the escaping for HTML leaves alone.
    return sandbox(shown, filters, escape=True)


def render(template: str, own: Path | None = None, **values: Any) -> str:
    """A template filled in, with at most one empty line between blocks and one line feed at the end.

    `own` is the user's template in the place of the built-in one; raises `UsageError` for its faults.
    """
    from coach.export.sandbox import fill

    return re.sub(r"\n{3,}", "\n\n", fill(environment(), template, values, own)).strip() + "\n"
