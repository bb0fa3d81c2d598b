"""Every rule and every idea does what its own examples say, and the linter says where one does not."""

from __future__ import annotations

from pathlib import Path

import coach
from coach.knowledge.builtin import builtin_roots
from coach.scoring.lint import lint


def test_nothing_is_wrong_with_the_built_in_knowledge() -> None:
    assert [str(fault) for fault in lint(builtin_roots())] == []


def test_every_criterion_has_rules_for_every_level() -> None:
    kb = coach.load()
    for rubric in kb.rubrics.values():
        for criterion in rubric.criteria:
            levels = {
                getattr(rule, "level", None)
                for id_, rules in kb.base.rule_sets.items()
                if id_.startswith(f"{rubric.id}/{criterion.id}")
                for rule in rules.rules
            }
            assert {1, 2, 3} <= levels, f"{rubric.id}/{criterion.id} lacks rules for some level"


def test_an_example_that_does_not_fire_is_named_by_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "rules.yaml"
    pack.write_text(
        """rule_sets:
  - id: metric-design/framing/ours
    rules:
      - id: tide
        kind: phrase
        level: 1
        why: speaks of the tide
        phrases: [low tide]
        fires:
          - At low tide the gate opens.
          - At high water it shuts.
        silent:
          - The tide turned at low tide.
"""
    )
    assert [str(fault).split(": ", 1)[0] for fault in lint([pack])] == [f"{pack}:11:13", f"{pack}:13:13"]


def test_a_phrase_that_cannot_be_read_is_named_by_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "lexicon.yaml"
    pack.write_text("concepts:\n  - id: tide\n    means: the tide\n    phrases:\n      - low-tide\n")
    (fault,) = lint([pack])
    assert str(fault).startswith(f"{pack}:5:9: tide.phrases")
    assert "hyphens" in fault.message
