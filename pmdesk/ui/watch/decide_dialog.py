"""The question whether the rules in force go on: a person answers it, with a reason."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.domain.reviews import SHORTEST_REASON, length
from pmdesk.domain.watch import Verdict
from pmdesk.i18n import _
from pmdesk.services.session import Session
from pmdesk.services.watch import reviews
from pmdesk.services.watch.reviews import Proposal
from pmdesk.ui.forms.cell import cell
from pmdesk.ui.forms.line import is_typed, named_line
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.kept_words import KeptWords
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label


class DecideDialog(SmallDialog):
    """Shows why, asks for one of two answers and its reason; nothing is chosen beforehand."""

    def __init__(
        self, session: Session, tasks: Tasks, proposal: Proposal, parent: QWidget | None = None
    ) -> None:
        title = _("Shall version {version} go on?").format(version=proposal.version)
        super().__init__(title, parent, button(_("Decide"), self.save, look="primary"))
        self._session, self._tasks, self._proposal = session, tasks, proposal
        self.verdict = Segmented(
            ((Verdict.KEEP, _("It goes on")), (Verdict.SUSPEND, _("Suspend it")))
        )
        self.verdict.chosen.connect(self._tell)
        self.reason = named_line(_("Your reason"))
        self.meaning = label(_neither(), "muted", wrap=True)
        kept = self.kept = KeptWords(session, tasks, self, "proposal", self.reason)
        self.arrange(
            label(proposal.sentence, wrap=True),
            cell(_("Your decision"), self.verdict),
            cell(_("Your reason"), self.reason),
            self.meaning,
            kept,
        )
        kept.watch(sort_of(proposal))

    @property
    @override
    def is_edited(self) -> bool:
        return is_typed(self.reason)

    def save(self) -> None:
        """The decision is on record; or the dialog says what is missing."""
        verdict = self.verdict.value
        if not isinstance(verdict, Verdict):
            self.warn(_("Please choose one of the two."))
            return
        if length(self.reason.text()) < SHORTEST_REASON:
            words = _("Please write a reason of at least {count} characters.")
            self.warn(words.format(count=SHORTEST_REASON))
            self.reason.setFocus()
            return
        work = partial(
            reviews.decide,
            self._session,
            self._proposal.ruleset,
            self._proposal.ground,
            verdict,
            self.reason.text(),
        )
        self.do(self._tasks, work)

    def _tell(self, verdict: object) -> None:
        self.meaning.setText(_suspended() if verdict is Verdict.SUSPEND else _kept())
        self.fit_soon()


def sort_of(proposal: Proposal) -> str:
    """The sort of the drafts of reasons for what is decided about it."""
    return f"{proposal.ruleset}:{proposal.ground}"


def _neither() -> str:
    return _("The program never decides this by itself: it only asks.")


def _kept() -> str:
    return _("The rules go on. The question comes back when something new is added to it.")


def _suspended() -> str:
    return _(
        "From now on these rules decide about nobody: everybody is served by the contract's"
        " standard, and what a person decided about somebody stands. The version can be brought"
        " back as a draft, which two people approve."
    )
