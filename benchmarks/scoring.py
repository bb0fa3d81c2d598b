"""How long scoring takes: a 300-word answer, after the first, beside a fixed piece of work for comparison.

python -m benchmarks.scoring
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import coach

REPEATS = 11


def milliseconds(work: Callable[[], object]) -> float:
    """The time of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


def yardstick() -> int:
    """A fixed amount of pure Python work, so that figures of different machines can be compared."""
    return sum(number * number % 7 for number in range(100_000))


def turned(answer: str) -> list[str]:
    """The answer with the words of every dozen in another order, a different one each time."""
    words = answer.split()
    dozens = [words[i : i + 12] for i in range(0, len(words), 12)]
    return [
        " ".join(word for dozen in dozens for word in (*dozen[turn % 11 + 1 :], *dozen[: turn % 11 + 1]))
        for turn in range(REPEATS)
    ]


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
    # In turn, so that both see the same machine: these speed up and slow down by the second. Words are turned round,
    # since what was found in a sentence is kept and would not be looked for again.
    pairs = [(milliseconds(partial(kb.score, text, case=case.id)), milliseconds(yardstick)) for text in turned(answer)]
    again = statistics.median(milliseconds(partial(kb.score, answer, case=case.id)) for _ in range(REPEATS))
    scoring = statistics.median(ours for ours, _ in pairs)
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    print(f"load {(loaded - started) * 1e3:.0f} ms, first score {(first - loaded) * 1e3:.0f} ms")
    print(f"a {words}-word answer: median {scoring:.2f} ms, fastest {min(ours for ours, _ in pairs):.2f} ms")
    print(f"the same answer again, as while it is being written: median {again:.2f} ms")
    print(f"ratio to a yardstick of pure Python, pair by pair: {ratio:.2f} (it takes about 10 ms on a quiet machine)")


if __name__ == "__main__":
    main()
