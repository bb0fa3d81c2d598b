"""Outside text made harmless for the screen: answers and packs may hold sequences that command a terminal."""

from __future__ import annotations

from textual.content import Content

_REPLACEMENT = "\ufffd"
# Bidirectional controls can make a line read differently from what it says.
_BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]

# One character for one character, so that evidence offsets keep pointing at the same words.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys(_BIDI, _REPLACEMENT),
    0x7F: "\u2421",
    0x09: " ",
    0x0A: "\n",
    0x0D: " ",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_DROPPED = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *_BIDI]),
    0x09: "    ",
    0x0A: "\n",
}


def shown(text: str) -> str:
    """The text with every control character replaced by one that can be seen; the length stays the same."""
    # A lone carriage return ends a line; in a pair it is the line feed that does.
    if "\r" in text:
        text = "".join(
            "\n" if character == "\r" and text[index + 1 : index + 2] != "\n" else character
            for index, character in enumerate(text)
        )
    return text.translate(_SHOWN)


def content(text: str) -> Content:
    """Outside text for a widget: harmless, and never read as markup."""
    return Content(shown(text))


def typed(text: str) -> str:
    """Text taken into the editor: control characters dropped, line ends as line feeds, tabs as spaces."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)


def one_line(text: str) -> str:
    """Outside text on one line, with runs of white space as one space."""
    return " ".join(shown(text).split())
