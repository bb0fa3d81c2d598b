"""How long `coach --version` takes beside a bare interpreter: medians of starts in turn, under the same load.

    python benchmarks/startup.py [RUNS]

Byte code is compiled beforehand, as it is in an installed package. Exit status 1 where the ratio is not
under the limit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

LIMIT = 3.0
"""Bare interpreter starts."""
RUNS = 30
BARE = [sys.executable, "-c", "pass"]
VERSION = [sys.executable, "-c", "import sys; from coach.cli import main; sys.exit(main(['--version']))"]
CASES = [sys.executable, "-c", "import sys; from coach.cli import main; sys.exit(main(['cases']))"]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begun


def main(runs: int) -> int:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    commands = {"python -c pass": BARE, "coach --version": VERSION, "coach cases": CASES}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**kept, "PYTHONPYCACHEPREFIX": f"{folder}/byte-code", "COACH_HOME": f"{folder}/home"}
        for command in commands.values():
            seconds(command, environment)
        rounds = [[seconds(command, environment) for command in commands.values()] for _ in range(runs)]
    medians = [median(times) for times in zip(*rounds, strict=True)]
    for name, value in zip(commands, medians, strict=True):
        print(f"{name:<16} {value * 1000:7.1f} ms  {value / medians[0]:5.2f} bare starts, median of {runs}")
    ratio = medians[1] / medians[0]
    print(f"coach --version takes {ratio:.2f} bare starts; the limit is {LIMIT:g}")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
