"""How long `coach --version` takes beside a bare interpreter: medians of starts in turn, under the same load.

    python benchmarks/startup.py [RUNS]

Exit status 1 where the ratio is not under the limit.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

LIMIT = 3.0
"""Bare interpreter starts."""
RUNS = 30


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main(runs: int) -> int:
    bare = [sys.executable, "-c", "pass"]
    ours = [sys.executable, "-c", "import sys; from coach.cli import main; sys.exit(main(['--version']))"]
    for command in (bare, ours):
        seconds(command)  # The first start writes byte code.
    pairs = [(seconds(bare), seconds(ours)) for _ in range(runs)]
    base, version = (median(times) for times in zip(*pairs, strict=True))
    ratio = version / base
    print(f"python -c pass   {base * 1000:6.1f} ms, median of {runs}")
    print(f"coach --version  {version * 1000:6.1f} ms")
    print(f"ratio            {ratio:6.2f}, limit {LIMIT:g}")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
