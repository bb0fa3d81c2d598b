"""`coach agreement`: how far the scorer agrees with labelled answers."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_json, add_packs

if TYPE_CHECKING:
    from coach.scoring.agreement import Agreement

MOST_SHOWN = 20


def add(commands: Commands) -> None:
    """Add `agreement`."""
    parser = add_command(
        commands,
        "agreement",
        run,
        help="score labelled answers and report the agreement with the labels",
        about="Score labelled answers (JSON lines) and report how far the levels agree with the labels.",
        example="coach agreement labelled.jsonl --by topic",
    )
    parser.add_argument("file", metavar="FILE", help='lines as for `coach score --batch`, with "labels"')
    parser.add_argument("--by", metavar="KEY", choices=["topic"], help="report each topic as well")
    parser.add_argument("--rubric", metavar="ID", default="metric-design", help="the rubric of the labels")
    parser.add_argument("--all", action="store_true", help=f"every disagreement, not only the {MOST_SHOWN} widest")
    add_packs(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Measure the agreement."""
    from coach.cli.text_input import read_text
    from coach.facade import load
    from coach.scoring.agreement import measure
    from coach.scoring.labelled import read_labelled

    kb = load(packs=args.packs)
    rubric = kb.rubrics[args.rubric]
    rows = [
        row
        for row in read_labelled(read_text(args.file).split("\n"), args.file)
        if (row.rubric or args.rubric) == rubric.id
    ]
    found = measure(rubric, rows, lambda row: kb.score(row.answer, case=row.case, prompt=row.prompt, rubric=rubric.id))
    if args.json:
        output.print_json(found.model_dump())
    else:
        output.print_lines(_text(found, by_topic=args.by == "topic", every=args.all))
    return 0


def _text(found: Agreement, *, by_topic: bool, every: bool) -> list[str]:
    width = max(len(key) for key in found.criteria)
    lines = [
        f"{found.answers} answers on {found.topics} products, rubric {found.rubric}",
        "",
        f"{'criterion':{width}}  kappa  (95% interval)  exact  adjacent  evidence F1",
    ]
    for key, one in found.criteria.items():
        f1 = "    –" if one.evidence_f1 is None else f"{one.evidence_f1:5.2f}"
        lines.append(
            f"{key:{width}}  {one.kappa:5.2f}  ({one.kappa_low:5.2f} {one.kappa_high:5.2f})  "
            f"{one.exact:6.0%}  {one.adjacent:8.0%}  {f1}"
        )
    lines += [
        "",
        f"mean kappa {found.mean_kappa:.3f} ({found.mean_kappa_low:.3f} to {found.mean_kappa_high:.3f})",
    ]
    if found.verdict_kappa is not None:
        lines += [
            f"verdict kappa {found.verdict_kappa:.3f}"
            f" ({found.verdict_kappa_low:.3f} to {found.verdict_kappa_high:.3f}), exact {found.verdict_exact:.0%}",
            f"correlation of the score {found.overall_correlation:.3f},"
            f" with length given the panel's score {found.length_given_panel:+.2f}",
        ]
    if found.evidence_f1 is not None:
        lines.append(f"evidence F1 {found.evidence_f1:.3f}")
    lines += ["", "panel's level by row, ours by column:"]
    for key, one in found.criteria.items():
        lines.append(f"{key:{width}}  " + "  ".join(" ".join(f"{n:3d}" for n in row) for row in one.confusion))
    if by_topic:
        lines += ["", "mean difference in levels by product:"]
        lines += [f"{gap:5.2f}  {topic}" for topic, gap in found.by_topic.items()]
    shown = found.disagreements if every else found.disagreements[:MOST_SHOWN]
    lines += ["", f"disagreements ({len(shown)} of {len(found.disagreements)}):"]
    for one_of in shown:
        lines.append(f"{one_of.id}  {one_of.criterion}  panel {one_of.panel}, ours {one_of.scorer}")
        lines += [f"    panel: {' '.join(text.split())}" for text in one_of.panel_evidence]
        lines += [f"    ours:  {' '.join(text.split())}" for text in one_of.scorer_evidence]
    return lines
