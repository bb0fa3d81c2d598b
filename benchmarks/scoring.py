"""How long scoring takes: a 300-word answer, after the first, beside a fixed piece of work for comparison.

python -m benchmarks.scoring
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import coach

REPEATS = 60


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of one call."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1e3)
    return statistics.median(times)


def yardstick() -> int:
    """A fixed amount of pure Python work, so that figures of different machines can be compared."""
    return sum(number * number % 7 for number in range(100_000))


def main() -> None:
    """Print the medians and their ratio."""
    started = time.perf_counter()
    kb = coach.load()
    loaded = time.perf_counter()
    case = kb.cases["crm-writing-assistant"]
    answer = " ".join(case.model_answer.split()[:300])
    kb.score(answer, case=case.id)
    first = time.perf_counter()
    words = len(answer.split())
    scoring = milliseconds(lambda: kb.score(answer, case=case.id))
    fixed = milliseconds(yardstick)
    print(f"load {(loaded - started) * 1e3:.0f} ms, first score {(first - loaded) * 1e3:.0f} ms")
    print(f"a {words}-word answer: {scoring:.2f} ms, {scoring / fixed:.2f} of the yardstick ({fixed:.2f} ms)")


if __name__ == "__main__":
    main()
