"""The result screen: the verdict, and in the answer itself what earned and what cost each point."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import OptionList
from typing_extensions import override

from coach.knowledge.prose import reflowed
from coach.scoring.report import Report
from coach.tui.actions import Scope, bindings
from coach.tui.judged import Judged
from coach.tui.marks import all_marks, criterion_marks
from coach.tui.page import Page
from coach.tui.widgets.answer_pane import AnswerPane
from coach.tui.widgets.criteria_list import ALL, CriteriaList
from coach.tui.widgets.criterion_detail import CriterionDetail
from coach.tui.widgets.follow_ups import follow_ups_text, weak_reasons
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.title_bar import TitleBar
from coach.tui.widgets.verdict_banner import VerdictBanner

_TITLES = {"model": "Model answer", "weak": "A weak answer", "asked": "Follow-up questions"}


class ResultScreen(Page):
    """Move over the criteria to see the words that each was judged by."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("result",)
    ABOUT = (
        "Move over the criteria: the words of your answer that earned the level are marked ‹+1 …›, words "
        "that would have earned it and do not are marked ‹−1 …›, and the reason stands beside. ◆ marks the "
        "core criteria, which count double and decide the verdict. A click on marked words goes to their "
        "criterion."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("result")]

    def __init__(self, judged: Judged, warning: str | None = None) -> None:
        super().__init__()
        self.judged = judged
        self._warning = warning
        self._beside: str | None = None
        self._beside_report: Report | None = None

    def compose(self) -> ComposeResult:
        """Criteria and grounds, and the answer with room for another text beside it."""
        judged = self.judged
        yield TitleBar(judged.title, judged.when or "just now")
        yield VerdictBanner(judged.report, id="verdict")
        with Container(id="panes"):
            with Vertical(id="left"):
                yield CriteriaList(judged.report, id="criteria")
            with Container(id="texts"):
                yield AnswerPane(judged.answer, title="Your answer", id="answer")
            yield CriterionDetail(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with everything marked and the advice."""
        criteria = self.query_one(CriteriaList)
        criteria.highlighted = 0
        criteria.focus()
        if self._warning:
            self.coach.say(self._warning, severity="warning")

    @on(OptionList.OptionHighlighted, "#criteria")
    def _moved(self) -> None:
        self._mark()

    @property
    def criterion(self) -> str:
        """The id of the criterion under the cursor, or `*` for all."""
        option = self.query_one(CriteriaList).highlighted_option
        return option.id if option is not None and option.id is not None else ALL

    def _mark(self) -> None:
        key, report, detail = self.criterion, self.judged.report, self.query_one(CriterionDetail)
        if key == ALL:
            detail.show_all(report)
        else:
            known = self.coach.criteria.get((report.rubric, key))
            detail.show_criterion(report.criteria[key], known.question if known else "")
        self._mark_text("#answer", report)
        if self._beside_report is not None:
            self._mark_text("#beside", self._beside_report)

    def _mark_text(self, selector: str, report: Report) -> None:
        for pane in self.query(selector).results(AnswerPane):
            if self.criterion == ALL:
                pane.show_marks(all_marks(report))
            elif self.criterion in report.criteria:
                pane.show_marks(criterion_marks(report.criteria[self.criterion]))

    def on_answer_pane_clicked(self, event: AnswerPane.Clicked) -> None:
        """Go to the criterion that the words serve."""
        self.go_to(event.criterion)

    def go_to(self, criterion: str) -> None:
        """Put the cursor on a criterion."""
        criteria = self.query_one(CriteriaList)
        criteria.highlighted = criteria.get_option_index(criterion)
        criteria.focus()

    # The text beside the answer

    async def action_beside(self, what: str) -> None:
        """Show the model answer, the weak answer or the follow-ups; the same key hides it."""
        case = self.judged.task.case if self.judged.task else None
        if case is None:
            self.coach.say("Only cases of the bank have this; your own prompts do not.")
            return
        hide = what == self._beside
        with self.app.batch_update():
            await self.query("#beside").remove()
            self._beside_report = None
            self._beside = None if hide else what
            self.set_class(not hide, "-beside")
            if not hide:
                text = reflowed({"model": case.model_answer, "weak": case.weak_answer.text}.get(what, ""))
                after = {"weak": weak_reasons, "asked": follow_ups_text}.get(what, lambda _: None)(case)
                pane = AnswerPane(text, title=_TITLES[what], after=after, id="beside")
                await self.query_one("#texts").mount(pane)
        if text := "" if hide else {"model": case.model_answer, "weak": case.weak_answer.text}.get(what, ""):
            self._score_beside(what, text)
        else:
            self._mark()

    @work(thread=True, exclusive=True, group="beside")
    def _score_beside(self, what: str, text: str) -> None:
        """The same rules on the other text, so that both show the words for the chosen criterion."""
        assert self.judged.task is not None
        report = self.coach.desk.score(self.judged.task, text)
        self.app.call_from_thread(self._beside_scored, what, report)

    def _beside_scored(self, what: str, report: Report) -> None:
        if self.is_attached and self._beside == what:
            self._beside_report = report
            for pane in self.query("#beside").results(AnswerPane):
                pane.border_title = f"{_TITLES[what]}: {report.overall} of 100"
            self._mark()

    # Actions

    def action_read(self) -> None:
        """Give the whole width to the answer, or take it back."""
        self.toggle_class("-reading")
        self.query_one("#answer" if self.has_class("-reading") else "#criteria").focus()

    def action_reply(self) -> None:
        """Reply to the follow-up questions."""
        case = self.judged.task.case if self.judged.task else None
        if case is not None:
            self.coach.flow.reply(case, 1)

    def action_again(self) -> None:
        """Try the same question again."""
        from coach.tui.screens.again import AgainDialog

        if self.judged.task is None:
            self.coach.say("This case is no longer in the bank.", severity="warning")
            return
        self.app.push_screen(AgainDialog(), self._try_again)

    def _try_again(self, choice: str | None) -> None:
        if choice is not None:
            self.coach.flow.practise(self.judged.key, text=self.judged.answer if choice == "text" else "", replace=True)

    def action_copy(self) -> None:
        """Copy the feedback."""
        from coach.tui.feedback import as_markdown

        self.coach.flow.copy(as_markdown(self.judged), "The feedback")

    def action_export(self) -> None:
        """Write the feedback to a Markdown file."""
        from coach.tui.feedback import as_markdown

        self.coach.flow.export(as_markdown(self.judged), self.judged.key)

    def action_scorecard(self) -> None:
        """Write a scorecard for the case, or for the kind of product that an own question asks about."""
        task = self.judged.task
        case = task.case if task else None
        self.coach.flow.ask_scorecard(case.id if case is not None else self.judged.report.archetype)

    def action_report(self) -> None:
        """Write the report of this attempt."""
        if self.judged.attempt is None:
            self.coach.say("This attempt is not in the history, so it has no report.", severity="warning")
            return
        self.coach.flow.ask_report(self.judged.attempt)

    def action_history(self) -> None:
        """Attempts at this case."""
        self.coach.flow.show_history(self.judged.key)

    def action_leave(self) -> None:
        """Close the result."""
        if self.has_class("-reading"):
            self.action_read()
        else:
            self.dismiss()

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question of the user's own has no model answer, weak answer or follow-ups."""
        if action in ("beside", "reply"):
            return True if self.judged.task is not None and self.judged.task.case is not None else None
        return True
