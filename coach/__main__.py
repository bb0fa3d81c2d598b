"""`python -m coach` is the command `coach`."""

from __future__ import annotations

import sys

from coach.cli import main

# Worker processes import this module under another name.
if __name__ == "__main__":
    sys.exit(main())
