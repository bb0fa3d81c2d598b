"""How the scores of attempts at one case have gone, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from coach.export.drawing import ACCENT, INK, LINE, PAPER, QUIET, SANS

if TYPE_CHECKING:
    from coach.export.judged.report import Step

_TOP, _PLOT, _LEFT, _RIGHT = 26, 120, 30, 92


def progress_svg(
    steps: Sequence[Step], limits: Sequence[tuple[int, str]] = (), width: int = 640, font: str = SANS
) -> Markup:
    """The scores from the first attempt to the last, with the limits of the verdicts as dashed lines."""
    right = width - _RIGHT
    apart = (right - _LEFT - 50) / max(len(steps) - 1, 1)
    places = [(_LEFT + 25 + number * apart, _y(step.overall)) for number, step in enumerate(steps)]
    parts = [f'<path d="M{_LEFT} {_y(0):g}H{right}" stroke="{LINE}"/>', _text("0", _LEFT - 6, _y(0) + 4, "end")]
    for limit, words in limits:
        y = _y(limit)
        parts.append(f'<path d="M{_LEFT} {y:g}H{right}" stroke="{LINE}" stroke-dasharray="4 4"/>')
        parts.append(_text(str(limit), _LEFT - 6, y + 4, "end"))
        parts.append(_text(words, right + 8, y + 4, "start"))
    line = " ".join(f"{x:g},{y:g}" for x, y in places)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{ACCENT}" stroke-width="2"/>')
    for (x, y), step in zip(places, steps, strict=True):
        last = step is steps[-1]
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{5.5 if last else 4}" fill="{ACCENT if last else PAPER}" '
            f'stroke="{ACCENT}" stroke-width="2"><title>{escape(step.when)}</title></circle>'
        )
        parts.append(_text(str(step.overall), x, y - 11, "middle", "700" if last else "600", INK))
        parts.append(_text(str(step.number), x, _y(0) + 18, "middle"))
    parts.append(_text("attempt", right + 8, _y(0) + 18, "start"))
    told = "; ".join(f"attempt {step.number}: {step.overall} of 100, {step.verdict}" for step in steps)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_y(0) + 28:g}" width="{width}" '
        f'height="{_y(0) + 28:g}" role="img" aria-label="{escape("Scores. " + told)}" '
        f'font-family="{escape(font)}">{"".join(parts)}</svg>'
    )


def _y(score: float) -> float:
    return _TOP + _PLOT * (1 - score / 100)


def _text(text: str, x: float, y: float, anchor: str, weight: str = "400", fill: str = QUIET) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="12" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}" paint-order="stroke" stroke="{PAPER}" stroke-width="4">{escape(text)}</text>'
    )
