"""Themes, terminals without colours, and sizes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.color import Color

from coach.facade import KnowledgeBase
from coach.tui.screens.result import ResultScreen
from coach.tui.themes import THEMES
from tests.tui.driving import CASE, LARGE, Driver, opened


def colours(app: Driver) -> set[str]:
    """All colours on the screen, as they are sent to the terminal."""
    strips = app.app.screen._compositor.render_strips()
    found = set()
    for strip in strips:
        for filter_ in app.app._filters:
            if filter_.enabled:
                strip = strip.apply_filter(filter_, Color(0, 0, 0))
        for segment in strip:
            style = segment.style
            for colour in (style.color, style.bgcolor) if style else ():
                if colour is not None and not colour.is_default:
                    found.add(colour.name)
    return found


async def test_the_theme_goes_round_and_is_remembered(home: Path) -> None:
    async with opened() as app:
        assert app.app.theme == "dark"
        for expected in ("light", "terminal", "dark", "light"):
            await app.press("ctrl+t")
            assert app.app.theme == expected
    assert json.loads((home / "config" / "settings.json").read_text())["theme"] == "light"
    async with opened() as app:
        assert app.app.theme == "light"


async def test_the_terminal_theme_uses_the_terminals_own_colours_only(kb: KnowledgeBase) -> None:
    async with opened() as app:
        app.app.choose_theme("terminal")
        await app.judge(kb.cases[CASE].model_answer)
        await app.press("down", "m")
        await app.see("Model answer: ")
        assert colours(app)
        assert not [name for name in colours(app) if name.startswith(("#", "rgb"))]


async def test_no_color_sends_no_colour_at_all(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as app:
        await app.judge(kb.cases[CASE].model_answer)
        await app.press("down")
        await app.see("‹+1 ")
        assert colours(app) == set()


async def test_what_earned_and_what_cost_can_be_told_apart_without_colour(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    costly = [
        (id_, key)
        for id_, case in kb.cases.items()
        for key, item in kb.score(case.weak_answer.text, case=id_).criteria.items()
        if item.costs
    ]
    assert costly, "a weak answer should have words that cost something"
    case_id, criterion = costly[0]
    async with opened() as app:
        result = await app.judge(kb.cases[case_id].weak_answer.text, case_id)
        result.go_to(criterion)
        await app.see("‹−1 ", "−1 ")


@pytest.mark.parametrize("size", [LARGE, (30, 10)])
async def test_every_screen_can_be_painted_in_every_theme_and_size(size: tuple[int, int]) -> None:
    async with opened(size) as app:
        result = await app.judge("Reply rate.")
        assert result.size.width == size[0]
        for theme in THEMES:
            app.app.choose_theme(theme)
            await app.press("m", "m")
            assert app.shown().strip()
        await app.press("f1", "escape", "h", "escape", "ctrl+p", "escape")
        assert await app.reach(ResultScreen) is result


@pytest.mark.parametrize("name", ["dark", "light"])
def test_marked_words_stand_out_from_their_background(name: str) -> None:
    variables = THEMES[name][0].variables
    for kind in ("earned", "cost"):
        front, back = (Color.parse(variables[f"{kind}-{part}"]) for part in ("foreground", "background"))
        assert contrast(front, back) >= 7
    background = Color.parse(THEMES[name][0].background or "black")
    assert contrast(Color.parse(variables["quiet"]), background) >= 4.5


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines."""

    def luminance(colour: Color) -> float:
        channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]

    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
