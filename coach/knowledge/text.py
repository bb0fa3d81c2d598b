"""The text of a file: UTF-8, without control characters."""

from __future__ import annotations

import re

from coach.knowledge.faults import UNPRINTABLE, Fault

MAX_FAULTS = 20
_HARMLESS = "\n\t"


def control_character(text: str) -> str:
    """The first control character of a value, as `U+001B`; empty where there is none."""
    found = next((found for found in UNPRINTABLE.finditer(text) if found.group() not in _HARMLESS), None)
    return _code(found) if found else ""


def decode(path: str, content: bytes) -> tuple[str | None, list[Fault]]:
    """The text with line feeds for line ends, and a fault for each byte or character that may not be there.

    There is no text where the bytes are not UTF-8. Control characters are replaced one for one, so that the
    places of what follows stay right.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        # The byte-order mark has been cut off what the error counts in.
        offset = error.start + len(content) - len(error.object)
        line_start = content.rfind(b"\n", 0, offset) + 1
        column = len(content[line_start:offset].decode("utf-8-sig", "replace")) + 1
        message = f"the file is not UTF-8: byte {content[offset]:#04x} at offset {offset}"
        return None, [Fault(path, content.count(b"\n", 0, offset) + 1, column, "", message, "save it as UTF-8")]
    faults: list[Fault] = []

    def replace(found: re.Match[str]) -> str:
        if found.group() in _HARMLESS:
            return found.group()
        if len(faults) < MAX_FAULTS:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            message = f"holds the control character {_code(found)}"
            faults.append(Fault(path, line, column, "", message, "remove it"))
        return "\ufffd"

    return UNPRINTABLE.sub(replace, text), faults


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"
