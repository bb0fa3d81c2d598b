"""How fast `coach score --batch` is with one worker and with two, and what memory the largest process takes.

    python benchmarks/batch.py [LINES]

The lines are the built-in model and weak answers, in turn. A tenth of them is scored first: the memory of the
full run must not be above it by more than the allowance, and the output must be the same for any number of
workers. Exit status 1 where either fails.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from hashlib import blake2b
from itertools import chain, cycle, islice
from pathlib import Path
from typing import NamedTuple

LINES = 1000
ALLOWANCE = 16
"""Megabytes."""
COACH = "import sys; from coach.cli import main; sys.exit(main(sys.argv[1:]))"


class Run(NamedTuple):
    lines: int
    workers: int
    seconds: float
    megabytes: float
    digest: str


def write_input(path: Path, count: int) -> None:
    from coach.knowledge.base import load_base

    cases = load_base().cases.values()
    answers = chain.from_iterable(((case.id, case.model_answer), (case.id, case.weak_answer.text)) for case in cases)
    with path.open("w") as file:
        for number, (case, answer) in enumerate(islice(cycle(list(answers)), count)):
            file.write(json.dumps({"id": f"{number}", "answer": answer, "case": case}) + "\n")


def run(folder: Path, count: int, workers: int) -> Run:
    source, target = folder / f"{count}.jsonl", folder / f"{count}-{workers}.jsonl"
    if not source.exists():
        write_input(source, count)
    options = ["score", "--batch", str(source), "--out", str(target), "--workers", str(workers)]
    begun = time.perf_counter()
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", COACH, *options], os.environ)
    # Its own figures and those of its workers, of which the largest counts.
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - begun
    assert status == 0, f"the batch ended with {os.waitstatus_to_exitcode(status)}"
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    digest = blake2b(target.read_bytes()).hexdigest()
    return Run(count, workers, seconds, kilobytes / 1024, digest)


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["COACH_HOME"] = f"{name}/home"
        runs = [run(folder, max(1, count // 10), 1), run(folder, count, 1), run(folder, count, 2)]
    print("lines   workers   seconds   lines a second   peak memory of a process")
    for one in runs:
        rate = one.lines / one.seconds
        print(f"{one.lines:>5}   {one.workers:>7}   {one.seconds:>7.1f}   {rate:>14.0f}   {one.megabytes:>7.1f} MB")
    few, alone, together = runs
    same, bounded = alone.digest == together.digest, alone.megabytes < few.megabytes + ALLOWANCE
    print(f"the output is {'the same' if same else 'NOT the same'} for one worker and two")
    print(f"ten times the lines take {alone.megabytes - few.megabytes:+.1f} MB, allowed {ALLOWANCE}")
    return 0 if same and bounded else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
