"""Our template of a scorecard for Word, with the tags that a company's own may use too."""

from __future__ import annotations

from functools import cache

from coach.export.word import Builder

_MARK = "⟦ borrowed, not yours⟧"


@cache
def scorecard_template() -> bytes:
    """The template as a .docx file. Raises `UsageError` if python-docx is not installed."""
    made = Builder("Scorecard: {{ card.title }}")
    made.heading("{{ card.title }}", 0)
    made.text("Scorecard for a product of the kind {{ card.archetype_name }}. {{ card.context.job }}")
    made.text(
        "☐ marks what only you can fill in. ⟦Borrowed, not yours⟧ marks limits that somebody else stated, somewhere "
        "else: a place to start from, until you have a baseline of your own."
    )
    made.facts(
        [
            ("Main metric", "*{{ card.main.name }}"),
            ("Baseline, target", "{{ card.main.yours.baseline }} → {{ card.main.yours.target }}"),
            ("Kept honest by", _names("card.main.counters")),
            ("Owner", "{{ card.main.yours.owner }}"),
        ]
    )
    _context(made)
    _main(made)
    _metrics(made)
    _proof(made)
    _release(made)
    _people(made)
    _definitions(made)
    return made.bytes()


def _names(of: str) -> str:
    return f"{{{{ {of} | map(attribute='name') | join(', ') }}}}"


def _context(made: Builder) -> None:
    made.heading("Context: whose success")
    made.only("if card.context.case")
    made.text("{{ card.context.case.prompt }}", "Quote")
    made.table(
        ["What is known", "Answer"],
        "ask, answer in card.context.case.facts",
        ["{{ ask }}", "{{ answer }}"],
        (6, 11),
    )
    made.only("endif")
    made.text("{{ card.context.summary }}")
    made.facts(
        [
            ("The job it is hired for", "{{ card.context.job }}"),
            ("Who uses it", "{{ card.context.users | join(' ') }}"),
            ("Who pays for it", "{{ card.context.payer }}"),
            ("Who is affected", "{{ card.context.affected | join(' ') }}"),
            ("Segment in scope", "{{ card.context.segment }}"),
            ("Stage of the product", "{{ card.context.stage }}"),
            ("Why it takes AI", "{{ card.context.why_ai }}"),
            ("How the job is done without it", "{{ card.context.without_it }}"),
        ]
    )
    made.heading("What can go wrong", 2)
    made.table(
        ["Error", "Costs", "Borne by"],
        "error in card.context.errors",
        ["{{ error.error }}", "{{ error.cost }}", "{{ error.bearer }}"],
        (6.5, 6, 4.5),
    )
    made.text("Which is worse: {{ card.context.worse_error }}")


def _main(made: Builder) -> None:
    made.heading("The main metric: {{ card.main.name }}")
    made.only("if card.main.quoted")
    made.passage("card.main.quoted | passage(3)")
    made.only("endif")
    made.facts(
        [
            ("Definition", "{{ card.main.definition }}"),
            ("Why this one", "{{ card.main.why }}"),
            ("What it misses", "{{ card.main.misses }}"),
            ("How it is gamed, and how that would show", "{{ card.main.gaming }}"),
        ]
    )
    yours = ("baseline", "target", "floor", "actual", "runs", "spread", "sample", "owner")
    made.table(
        ["Baseline", "Target", "Floor", "Now", "Runs", "Spread over runs", "Smallest change", "Owner"],
        "",
        [f"{{{{ card.main.yours.{field} }}}}" for field in yours],
        (2.1,) * 7 + (2.3,),
    )
    made.only("if main_row")
    made.heading("Ways in which {{ main_row.name | lower }} has been made to look good", 2)
    made.table(
        ["How", "What gives it away"], "way in main_row.gaming", ["{{ way.path }}", "{{ way.sign }}"], (8.5, 8.5)
    )
    made.only("endif")
    made.heading("Why not its rivals", 2)
    made.table(
        ["Candidate", "For it", "Misses", "Gamed by"],
        "rival in card.main.rivals",
        [
            "*{{ rival.name }}\n{{ rival.definition }}",
            "{{ rival.captures }}",
            "{{ rival.misses }}",
            "{{ rival.gaming }}",
        ],
        (5.5, 3.8, 3.8, 3.9),
    )
    made.heading("Sounds right, and is wrong here", 2)
    made.table(["Metric", "Why not"], "trap in card.main.traps", ["*{{ trap.name }}", "{{ trap.why }}"], (5.2, 11.8))
    made.heading("Counter-metrics and their floors")
    made.text("A rise of {{ card.main.name }} counts only while each of these stays on the right side of its floor.")
    said = "{% for b in counter.borrowed %}{{ b.level }}: {{ b.limit }}{% if not loop.last %}; {% endif %}{% endfor %}"
    made.table(
        ["Counter-metric", "Better", "Your floor", "What happens there", "Said by others"],
        "counter in card.main.counters",
        [
            "*{{ counter.name }}\n{{ counter.question }}",
            "{{ good[counter.direction] }}",
            "{{ counter.floor }}",
            "{{ counter.when_crossed }}",
            said + "{% if counter.borrowed %}" + _MARK + "{% endif %}",
        ],
        (5.4, 2.2, 2, 2.8, 4.6),
    )
    made.heading("The tree")
    made.only("for line in tree_rows")
    made.text("{{ line }}", "No Spacing")
    made.only("endfor")
    made.heading("From the metric to money")
    made.points("card.chain.steps", "List Number", "{{ item.step | capitalize }}. {{ item.text }}")
    made.text("An example, to be done again with your figures. It assumes:")
    made.points("card.chain.assumptions")
    made.text("{{ card.chain.calculation }}")


def _metrics(made: Builder) -> None:
    made.heading("Layers")
    made.only("for layer, rows in layers.items()")
    made.heading("{{ layer }}", 2)
    yours = ("baseline", "target", "floor", "actual", "spread", "owner")
    mark = "{% if row.still_borrowed %}" + _MARK + "{% endif %}"
    made.table(
        ["Metric", "Better", "Baseline", "Target", "Floor", "Now", "Spread", "Owner"],
        "row in rows",
        [
            "*{{ row.name }}{% if 'main' in row.roles %} (main metric){% endif %}" + mark + "\n{{ row.question }}",
            "{{ good[row.direction] }}",
            *(f"{{{{ row.yours.{field} }}}}" for field in yours),
        ],
        (4.4, 2.1, 2, 1.7, 1.5, 1.5, 1.8, 2),
    )
    made.only("endfor")


def _proof(made: Builder) -> None:
    made.heading("Same input, different output")
    made.text("{{ card.variation }}")
    made.points("card.repeated_runs")
    made.heading("Adoption and reliance")
    made.table(
        ["What people do", "How to read it"],
        "signal in card.adoption",
        ["{{ signal.sign }}", "{{ signal.reading }}"],
        (7.5, 9.5),
    )
    made.text("Relying on it too much: {{ card.over_reliance }}")
    made.text("Relying on it too little: {{ card.under_reliance }}")
    made.heading("Evaluation")
    made.text("Before release:")
    made.points("card.evaluation.before")
    made.text("After release:")
    made.points("card.evaluation.after")
    made.facts(
        [
            ("Frozen set: how many, from where, since when", "{{ card.evaluation.frozen_set }}"),
            ("Runs of each input", "{{ card.evaluation.runs_per_input }}"),
            ("Raters: who, blind to what, by which guide", "{{ card.evaluation.raters }}"),
            ("Agreement of raters", "{{ card.evaluation.rater_agreement }}"),
            ("Agreement of a model judge with raters", "{{ card.evaluation.judge_agreement }}"),
            ("Sampled from live use", "{{ card.evaluation.online }}"),
            ("Last run", "{{ card.evaluation.last_run }}"),
        ]
    )
    made.heading("Instrumentation")
    made.table(
        ["Event and properties", "When it is sent", "Needed for", "Source, checked on"],
        "event in card.events",
        [
            "*{{ event.event }}\n{{ event.fields | join(', ') }}",
            "{{ event.when | join(' ') }}",
            _names("event.metrics"),
            "{{ event.source }} {{ event.verified }}",
        ],
        (5, 6.4, 3.2, 2.4),
    )


def _release(made: Builder) -> None:
    made.heading("Launch gates")
    made.only("for gate in card.gates")
    made.heading("{{ loop.index }}. {{ gate.stage }}", 2)
    made.text("{{ gate.question }}")
    made.table(
        ["Must hold", "Limit", "Actual", "Passed"],
        "criterion in gate.criteria",
        [
            "{{ criterion.text }}",
            "{{ criterion.limit }}{% if criterion.borrowed %}" + _MARK + "{% endif %}",
            "{{ criterion.actual }}",
            "{{ criterion.passed }}",
        ],
        (7.2, 5.8, 2, 2),
    )
    made.only("endfor")
    made.heading("Stop, or take back", 2)
    made.table(
        ["Sign", "Action", "Who bears it", "Owner"],
        "trigger in card.rollback",
        ["{{ trigger.sign }}", "{{ trigger.action }}", "{{ trigger.bearer or '' }}", "{{ trigger.owner }}"],
        (6, 5.6, 3.4, 2),
    )
    made.heading("Experiment")
    made.facts(
        [
            ("Decides on", "{{ card.experiment.metric }}"),
            ("Must not get worse", "{{ card.experiment.guardrails | join(', ') }}"),
            ("Unit of randomisation", "{{ card.experiment.unit }}"),
            ("Baseline", "{{ card.experiment.baseline }}"),
            ("Smallest effect worth having", "{{ card.experiment.smallest_effect }}"),
            ("Sample size", "{{ card.experiment.sample_size }}"),
            ("Duration", "{{ card.experiment.duration }}"),
        ]
    )
    made.text("Cases per arm to see a share move (two-sided, 5% significance, 80% power):")
    made.table(
        [
            "Baseline",
            *(
                f"{{{{ '+%d pts' | format((card.experiment.sizes.differences[{n}] * 100) | round | int) }}}}"
                for n in range(5)
            ),
        ],
        "size in card.experiment.sizes.rows",
        [
            "*{{ (size.baseline * 100) | round | int }}%",
            *(f"{{{{ '{{:,}}'.format(size.per_difference[{n}]) }}}}" for n in range(5)),
        ],
        (2.8,) * 6,
    )
    made.points("card.experiment.advice")
    made.text("When to stop:")
    made.points("card.experiment.stop_rules")


def _people(made: Builder) -> None:
    made.heading("Decision rules")
    made.table(
        ["When these pull apart", "We do this", "Agreed with"],
        "rule in card.decisions",
        ["{{ rule.between }}", "{{ rule.rule }}", "{{ rule.agreed_with }}"],
        (5.5, 9, 2.5),
    )
    made.heading("Owners and reviews")
    made.table(
        ["Role", "Answers for", "Name"],
        "owner in card.owners",
        ["*{{ owner.role }}", "{{ owner.answers_for }}", "{{ owner.name }}"],
        (3.5, 10.5, 3),
    )
    made.table(
        ["Looked at", "Metrics", "By"],
        "review in card.reviews",
        ["*{{ review.cadence | capitalize }}", "{{ review.metrics | join(', ') }}", "{{ review.who }}"],
        (3.5, 10.5, 3),
    )
    made.heading("Decision log")
    made.table(
        ["Date", "Decision", "Because", "By", "Look again on"],
        "entry in log",
        ["{{ entry.date }}", "{{ entry.decision }}", "{{ entry.because }}", "{{ entry.by }}", "{{ entry.revisit }}"],
        (2.3, 5.2, 5, 2.2, 2.3),
    )
    made.heading("Open questions")
    made.points("card.questions", text="☐ {{ item }}", style="No Spacing")


def _definitions(made: Builder) -> None:
    made.heading("Definitions")
    made.only("for row in card.rows")
    made.heading("{{ row.name }}", 2)
    made.text("{{ row.question }}")
    made.facts(
        [
            ("Id", "{{ row.id }}{% if row.aliases %}; also: {{ row.aliases | join(', ') }}{% endif %}"),
            ("Layer", "{{ layer_names[row.layer] }}, {{ row.timing }}, looked at {{ row.cadence }}"),
            ("Formula or procedure", "{{ row.formula.words }}"),
            ("Unit, values, better", "{{ row.unit }}; {{ row.values }}; {{ good[row.direction] }}"),
            ("Gamed", "{% for way in row.gaming %}{{ way.path }} It shows: {{ way.sign }} {% endfor %}"),
            ("Kept honest by", _names("row.countered_by")),
        ]
    )
    made.only("if row.borrowed")
    made.table(
        ["Borrowed", "Limit", "Said of", "Source", "Trust"],
        "b in row.borrowed",
        ["⟦{{ b.level }}⟧", "{{ b.limit }}", "{{ b.context }}", "{{ b.source }}", "{{ b.trust }}"],
        (1.8, 2.8, 6.4, 4, 2),
    )
    made.only("endif")
    made.only("endfor")
