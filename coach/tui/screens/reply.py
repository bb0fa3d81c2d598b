"""The reply screen: a follow-up question, a place to reply, and the points of a good reply once it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static
from typing_extensions import override

from coach.errors import AnswerTooLongError
from coach.practice.task import reply_key
from coach.tui.actions import Scope, bindings
from coach.tui.keeper import Page as KeptPage
from coach.tui.widgets.answer_pane import AnswerPane
from coach.tui.widgets.editor import Editor
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.points_made import PointsMade, point_marks
from coach.tui.widgets.prompt_panel import PromptPanel
from coach.tui.widgets.title_bar import TitleBar
from coach.tui.writing_page import WritingPage

if TYPE_CHECKING:
    from coach.knowledge.models.case import Case
    from coach.practice.models import Draft
    from coach.scoring.follow_up_report import FollowUpReport


class ReplyScreen(WritingPage):
    """Write a reply, then see which points of a good one it makes; what is typed is kept."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("reply",)
    ABOUT = (
        "Reply to a question that would be asked after your answer. Once judged, the words that make a point are "
        "marked ‹+1 …› under the point's number, and words that would have made it and do not ‹−1 …›. F5 again "
        "lets you write on; what you write is kept."
    )
    A_TEXT, THIS_TEXT = "a reply", "this reply"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reply")]

    def __init__(self, case: Case, number: int, draft: Draft | None) -> None:
        super().__init__(draft.text if draft else "")
        self.case, self.number = case, number
        self._question = case.follow_up(number).question
        self._resumed = bool(draft and draft.text.strip())
        self._judging = False

    def compose(self) -> ComposeResult:
        """The question, and under it the reply as it is written or as it was judged."""
        yield TitleBar(self.case.title, f"follow-up {self.number} of {len(self.case.follow_ups)}")
        yield PromptPanel(self._question, id="prompt")
        with Vertical(id="work"):
            yield Editor(self.text, id="editor", placeholder="Your reply…")
            yield Container(id="judged")
        with Horizontal(id="status"):
            yield Static("", id="kept", markup=False)
            yield Static("", id="words", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready to type at the end of what was written."""
        self.open_editor()
        if self._resumed:
            self.state("draft goes on")

    def page(self) -> KeptPage:
        """What is to be kept of this screen."""
        return KeptPage(reply_key(self.case.id, self.number), self.editor.text, 0, 0)

    # Judging

    def action_submit(self) -> None:
        """Judge the reply, or write on."""
        if self.has_class("-judged"):
            self.remove_class("-judged")
            self.editor.focus()
        elif not self.editor.text.strip():
            self.coach.say("There is nothing to judge yet: write your reply first.", severity="warning")
        elif not self._judging:
            self._judging = True
            self.state("judging…")
            self._judge(self.editor.text)

    @work(thread=True, exclusive=True, group="judge")
    def _judge(self, text: str) -> None:
        try:
            report = self.coach.desk.judge_reply(self.case.id, self.number, text)
        except AnswerTooLongError as error:
            self.app.call_from_thread(self._refused_to_judge, str(error))
            return
        self.app.call_from_thread(self.call_later, self._show, text, report)

    def _refused_to_judge(self, reason: str) -> None:
        self._judging = False
        self.coach.say(reason, severity="error")

    async def _show(self, text: str, report: FollowUpReport) -> None:
        """The reply with its marks, and the points."""
        self._judging = False
        # The screen may be on its way out by now.
        for judged in self.query("#judged").results(Container):
            with self.app.batch_update():
                await judged.remove_children()
                pane = AnswerPane(text, title=f"Your reply: {report.overall} of 100", id="reply")
                points = PointsMade(id="points")
                await judged.mount(pane, points)
                self.add_class("-judged")
                points.show(report)
                points.focus()
            self.call_after_refresh(pane.show_marks, point_marks(report))
            self.state("judged: F5 lets you write on")

    # Actions

    def action_go(self, step: int) -> None:
        """Another of the questions."""
        self.coach.flow.reply(self.case, self.number + step, self.page())

    def cleared(self) -> None:
        """Nothing is judged any more."""
        self.remove_class("-judged")
        self.editor.focus()

    def action_leave(self) -> None:
        """Back to the result; the reply stays."""
        self.coach.flow.leave_practice(self.page())

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first question, nor after the last."""
        if action == "go":
            [step] = parameters
            return True if isinstance(step, int) and 1 <= self.number + step <= len(self.case.follow_ups) else None
        return True
