"""`coach calibrate`: fit a rubric's weights to a panel's labels."""

from __future__ import annotations

from argparse import Namespace

from coach.cli import output
from coach.cli.arguments import Commands, add_command, add_force, add_packs
from coach.errors import UsageError


def add(commands: Commands) -> None:
    """Add `calibrate`."""
    parser = add_command(
        commands,
        "calibrate",
        run,
        help="fit a rubric's weights to your own panel's labels",
        about=(
            "Fit a rubric's weights and cuts to labelled answers (JSON lines) and write them as a pack.\n"
            "Rules, lexicon and criteria stay as they are. Reports the agreement on products held out."
        ),
        example="coach calibrate labelled.jsonl --rubric metric-design --out our-pack/fit.yaml",
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help='lines as for `coach agreement`, best with "topic" and "evidence"'
    )
    parser.add_argument("--rubric", metavar="ID", default="metric-design", help="the rubric of the labels")
    parser.add_argument("--out", metavar="PATH", required=True, help="the file to write, a pack of its own")
    parser.add_argument(
        "--beside", metavar="FILE", action="append", default=[], help="more labelled answers that only help to fit"
    )
    add_force(parser)
    add_packs(parser)


def run(args: Namespace) -> int:
    """Fit, report and write."""
    from coach.cli.text_input import read_text
    from coach.facade import load
    from coach.scoring.labelled import Labelled, read_labelled

    try:
        from coach.scoring.calibration import as_yaml, calibrate
    except ImportError:
        raise UsageError("fitting needs scikit-learn: pip install 'metric-coach[fit]'") from None
    kb = load(packs=args.packs)

    def labelled(name: str) -> list[Labelled]:
        rows = read_labelled(read_text(name).split("\n"), name)
        return [row for row in rows if (row.rubric or args.rubric) == args.rubric]

    rows = [row for name in args.files for row in labelled(name)]
    beside = [row for name in args.beside for row in labelled(name)]
    output.tell(f"fitting {len(rows)} answers; this takes a minute or a few")
    found = calibrate(kb.workshop, args.rubric, rows, beside)
    output.export(as_yaml(found.fits), args.out, force=args.force)
    output.print_lines(
        f"{name}: mean kappa {one.mean_kappa:.3f} ({one.mean_kappa_low:.3f} to {one.mean_kappa_high:.3f})"
        + (f", verdict {one.verdict_kappa:.3f}" if one.verdict_kappa is not None else "")
        for name, one in (("before", found.before), ("after, products held out", found.after))
    )
    if found.after.mean_kappa <= found.before.mean_kappa:
        output.tell(
            "the fit does not agree better on products held out: keep the weights you have, "
            "unless they were fitted to these very answers"
        )
    return 0
