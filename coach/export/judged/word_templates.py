"""Our templates of judged answers for Word."""

from __future__ import annotations

from functools import cache

from coach.export.word import Builder

_NAME = "*{{ c.number }}. {{ c.name }}{% if c.core %} (core){% endif %}"
_LEVEL = "{{ c.dots }} {{ c.level_name }}"
_LEGEND = (
    "Underlined words earn the criterion whose number follows them; words underlined with dashes, with a minus, "
    "could have earned a level and do not."
)
_POINTS = "{{ '%.1f' | format(c.worth) }}"


@cache
def model_answer_template() -> bytes:
    """The template of a model answer. Raises `UsageError` if python-docx is not installed."""
    made = Builder("Model answer: {{ case.title }}")
    made.heading("{{ case.title }}", 0)
    made.text(
        "Model answer for the {{ case.round | replace('-', ' ') }} round, {{ case.level }} level, "
        "{{ case.minutes }} minutes. Main metric: {{ case.main_metric }}."
    )
    made.heading("The question")
    made.text("{{ case.prompt }}", "Quote")
    made.heading("What you would be told if you asked", 2)
    made.table(["You ask", "You are told"], "fact in case.facts", ["{{ fact.ask }}", "{{ fact.answer }}"], (6, 11))
    made.heading("A model answer")
    made.text("{{ report.overall }} of 100: {{ judged.verdict }}. " + _LEGEND)
    made.marked("judged.blocks")
    made.heading("What earns the points")
    made.table(
        ["Criterion", "Level", "Weight", "Because"],
        "c in judged.criteria",
        [
            _NAME,
            _LEVEL,
            "{{ c.weight }}",
            "{{ c.earned | map(attribute='why') | join('; ') or 'Nothing in this answer earns it.' }}"
            "{% if c.missing %} More would take: {{ c.missing | join('; ') }}{% endif %}",
        ],
        (4.2, 2.8, 1.8, 8.2),
    )
    made.heading("A weak answer, and what is wrong with it")
    made.only("for block in weak")
    made.passage("block.node | marked")
    made.only("endfor")
    made.heading("What is wrong with it", 2)
    made.points("case.weak_answer.why")
    made.heading("What you will be asked next")
    made.only("for question in case.follow_ups")
    made.heading("{{ loop.index }}. {{ question.question }}", 2)
    made.text("A good reply:")
    made.points("question.good_reply", text="{{ item.point }}")
    made.only("endfor")
    return made.bytes()


@cache
def report_template() -> bytes:
    """The template of a practice report. Raises `UsageError` if python-docx is not installed."""
    made = Builder("Practice report: {{ title }}")
    made.heading("{{ title }}", 0)
    made.text("Practice report. Answered {{ when }}.")
    made.facts(
        [
            ("Score", "*{{ attempt.overall }} of 100: {{ judged.verdict }}"),
            (
                "Attempt",
                "No. {{ count }} at this question"
                "{% if count > 1 %}, {{ steps[-1].changed }} points since the last{% endif %}",
            ),
            (
                "Time",
                "{{ minutes }}{% if case %} of {{ case.minutes }}{% endif %} minutes, "
                "hints used: {{ attempt.hints_used }}",
            ),
            ("Advice", "{{ report.advice }}"),
        ]
    )
    made.points("report.notes")
    made.heading("The question")
    made.text("{{ prompt }}", "Quote")
    _criteria(made)
    made.heading("The answer")
    made.text(_LEGEND)
    made.marked("judged.blocks")
    _progress(made)
    made.only("if model")
    made.heading("A model answer")
    made.text("{{ model.report.overall }} of 100: {{ model.verdict }}. Main metric: {{ case.main_metric }}.")
    made.marked("model.blocks")
    made.only("endif")
    made.heading("How it was judged")
    made.text(
        "By the rubric {{ report.rubric }}, version {{ report.rubric_version }}, as a product of the kind "
        "{{ report.archetype }}.{% if changed_rubric %} The rubric has changed since then; the model answer is judged "
        "by the present one.{% endif %}"
    )
    made.text("Levels: ○○○ absent, ●○○ named, ●●○ applied to this product, ●●● argued.")
    return made.bytes()


def _criteria(made: Builder) -> None:
    made.heading("Criteria")
    made.table(
        ["Criterion", "Level", "Weight", "Since last time", "Still to gain"],
        "c in judged.criteria",
        [_NAME, _LEVEL, "{{ c.weight }}", "{{ c.changed or '–' }}", f"{{% if c.worth %}}{_POINTS} points{{% endif %}}"],
        (6, 3.6, 1.8, 2.8, 2.8),
    )
    made.heading("What was missing")
    made.only("if judged.gaps")
    made.table(
        ["Criterion", "Reached", "What more would take"],
        "c in judged.gaps",
        [f"*{{{{ c.name }}}}\nup to {_POINTS} points", _LEVEL, "{{ c.missing | join(' ') }}"],
        (4.6, 3.2, 9.2),
    )
    made.only("else")
    made.text("Nothing: every criterion is argued.")
    made.only("endif")


def _progress(made: Builder) -> None:
    made.heading("Progress")
    made.only("if count > 1")
    made.table(
        ["Attempt", "Answered", "Score", "Change", "Verdict", "Minutes", "Hints"],
        "step in steps",
        [
            "{{ step.number }}{% if step.other_rubric %}*{% endif %}",
            "{{ step.when }}",
            "{{ step.overall }}",
            "{{ step.changed or '–' }}",
            "{{ step.verdict }}",
            "{{ step.minutes }}",
            "{{ step.hints }}",
        ],
        (1.8, 5, 1.6, 1.8, 2.8, 2, 2),
    )
    made.only("endif")
    made.only("if left_out")
    made.text("{{ left_out }} attempts in between are left out.")
    made.only("endif")
    made.only("if several_rubrics")
    made.text("* Judged by another version of the rubric, so the scores compare only roughly.")
    made.only("endif")
    made.only("if count == 1")
    made.text("This is the first attempt at this question.")
    made.only("endif")
