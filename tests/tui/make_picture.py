"""Make the README's picture from the app itself: `python -m tests.tui.make_picture`.

An answer is written, handed in and scored for real in a home of its own; the result screen, with the cursor on
the counter-metric, becomes `docs/result.svg`.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from tests.tui.driving import opened

PICTURE = Path(__file__).parents[2] / "docs" / "result.svg"
SIZE = (118, 34)
CASE, CRITERION = "crm-writing-assistant", "counter_metric"
ANSWER = """\
The user is a sales rep with a quota who wants replies from buyers, not prettier drafts. The company sells \
seats and wants reps to close more. I assume outbound mail to cold leads.

My one number is the share of drafts that go out with less than a third of the text changed and get a reply \
within five working days. It joins what the rep wants with what we can influence; plain acceptance would miss \
drafts that are sent and ignored.

Reps could push it up by mailing only easy, warm leads. So next to it I watch unsubscribes and spam complaints \
per hundred mails, which rise when the drafts turn pushy.

For quality I measure edit distance by segment and check product claims against the price list, since a wrong \
price costs more than a stiff sentence.

We run the same 100 briefs five times after every model change. If more than five of them differ in the offer \
they make, the change does not ship.

Latency p95 stays under two seconds, or the rep types it alone. We would A/B test it.

If replies rise while meetings booked stay flat for a month, I would stop the rollout and read fifty threads.
"""


async def paint() -> str:
    """The result screen as SVG."""
    async with opened(SIZE) as app:
        result = await app.submit(ANSWER, CASE)
        result.go_to(CRITERION)
        await app.see("‹+1 ")
        await app.pilot.pause()
        return app.app.export_screenshot(title="coach practice crm-writing-assistant")


def main() -> None:
    """Write the picture."""
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        svg = asyncio.run(paint())
    PICTURE.parent.mkdir(exist_ok=True)
    # Without the fonts from elsewhere: the picture is complete in itself and shows in the reader's own.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8")
    print(PICTURE)


if __name__ == "__main__":
    main()
