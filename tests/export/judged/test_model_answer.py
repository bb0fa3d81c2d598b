from __future__ import annotations

import re

from markdown_it import MarkdownIt

from coach.export.judged.documents import render
from coach.export.judged.model_answer import model_answer
from coach.export.judged.view import EXCERPT, excerpt
from coach.knowledge.base import Base
from coach.knowledge.models.case import Case
from coach.scoring.report import CriterionResult, Evidence, Report, Routing


def model_answer_markdown(case: Case, report: Report) -> str:
    return render(model_answer(case, report), "md").decode()


def judged(case: Case, passages: dict[str, str], missing: tuple[str, ...] = ()) -> Report:
    """A report in which each criterion is earned by one passage of the model answer; by none if empty."""
    text = case.model_answer
    criteria = {}
    for name, passage in passages.items():
        start = text.index(passage)
        evidence = (Evidence(start=start, end=start + len(passage), why=f"why {name}"),) if passage else ()
        criteria[name] = CriterionResult(
            name=name.title(), core=name == "north star", weight=2, level=3 if passage else 0,
            evidence=evidence, missing=missing,
        )  # fmt: skip
    return Report(
        rubric="metric-design",
        rubric_version="v",
        case=case.id,
        archetype=case.archetype,
        routing=Routing(archetype=case.archetype, by="case", confidence=1),
        overall=92,
        verdict="strong_hire",
        criteria=criteria,
        advice="",
    )


def test_the_answer_is_marked_and_every_criterion_quotes_what_earns_it(base: Base) -> None:
    case = base.cases["crm-writing-assistant"]
    passages = {
        "framing": "200 outbound reps selling to mid-size firms",
        "north star": "Today it's 0.50",
        "decision": "",
    }
    page = model_answer_markdown(case, judged(case, passages, missing=("name a second number",)))
    assert "cold emails and follow-ups only. [1]" in page
    assert "by hand. [2]" in page
    assert "| 2 | North Star | 3 of 3, argued | 2 (core) |" in page
    assert "- “200 outbound reps selling to mid-size firms” — why framing\n" in page
    assert "**[3] Decision: absent**\n\n- Nothing in this answer earns it.\n" in page
    assert "- *More would take:* name a second number" in page
    assert "**92 of 100: strong hire.**" in page


def test_without_the_marks_the_answer_is_the_cases_own_to_the_letter(base: Base) -> None:
    for case in base.cases.values():
        first = case.model_answer.split()[0]
        page = model_answer_markdown(case, judged(case, {"framing": first}))
        answer = page.split("## A model answer\n\n")[1].split("\n\n**92 of 100")[0]
        own = re.sub(r"^(#+) ", r"##\1 ", case.model_answer.strip(), flags=re.MULTILINE)
        assert answer.replace(" [1]", "") == own, case.id


def test_the_page_tells_question_facts_weak_answer_and_follow_ups(base: Base) -> None:
    for case in base.cases.values():
        page = model_answer_markdown(case, judged(case, {"framing": case.model_answer.split()[0]}))
        headings = re.findall(r"^## (.*)$", page, flags=re.MULTILINE)
        assert headings == [
            "The question",
            "A model answer",
            "What earns the points",
            "A weak answer, and what is wrong with it",
            "What you will be asked next",
        ]
        assert page.count("\n   - ") == sum(len(follow_up.good_reply) for follow_up in case.follow_ups)
        assert page.startswith(f"# {case.title}\n")


def test_a_hostile_case_brings_no_html_links_or_control_characters(base: Base) -> None:
    evil = "<img src=x onerror=y> [a](javascript:b) ![c](http://d)\n<script>\n\x1b[31m | e"
    case = base.cases["crm-writing-assistant"].model_copy(
        update={"title": evil, "prompt": evil, "model_answer": f"Fine. {evil}", "main_metric": evil}
    )
    case = case.model_copy(update={"weak_answer": case.weak_answer.model_copy(update={"text": evil, "why": (evil,)})})
    page = model_answer_markdown(case, judged(case, {"framing": "Fine. <img src=x onerror=y>"}))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)
    inner = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inner]}
    assert not kinds & {"html_inline", "html_block", "link_open", "image"}
    assert "\x1b" not in page


def test_an_excerpt_is_whole_words_on_one_line_and_not_too_long() -> None:
    assert excerpt("**The number**\nI'd defend.", 3, 18) == "The number I'd"
    text = "word " * 100
    assert excerpt(text, 0, len(text)) == ("word " * 32).strip() + " …"
    assert len(excerpt("x" * 500 + " end", 0, 504)) <= EXCERPT + 2
