"""A metric as a pack would hold it; tests change one thing in it and count lines and columns."""

from __future__ import annotations

METRIC = """\
metrics:
  - id: reply-time
    name: Reply time
    question: How long does a citizen wait?
    layer: operations
    kind: duration
    formula:
      kind: simple
      unit_of_analysis: a letter
      measure: {agg: avg, event: reply_sent, field: hours}
    unit: hours
    direction: down
    timing: lagging
    cadence: daily
    segments:
      - {by: office, because: staff differ}
    gaming:
      - {path: easy letters first, sign: old letters pile up}
    logging:
      - {event: reply_sent, fields: [hours], when: the reply leaves}
"""


def with_change(old: str, new: str) -> str:
    """The sample with one thing changed."""
    assert METRIC.count(old) == 1, f"{old!r} is not in the sample once"
    return METRIC.replace(old, new)
