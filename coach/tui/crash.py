"""A fault of the program itself: told in two lines, with the details in a file."""

from __future__ import annotations

import traceback

from rich.text import Text

from coach import paths
from coach.files import write_atomically
from coach.tui.plain import shown


def report() -> Text:
    """Called while the exception is handled: writes it down and says where."""
    path = paths.data_dir() / "crash.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, traceback.format_exc().encode(errors="replace"), mode=0o600)
        where = f"please report what is in {path}"
    except OSError:
        where = f"please report: {traceback.format_exc(limit=-1).strip().splitlines()[-1]}"
    return Text(f"coach met a fault of its own and had to stop; your draft is kept\n{shown(where)}")
