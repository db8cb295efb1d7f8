"""Proposals to suspend the rules in force: on the rules page, where a person decides."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.drafts import BESIDE
from pmdesk.services.session import Session
from pmdesk.services.watch import reviews
from pmdesk.services.watch.reviews import Proposal
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.watch.decide_dialog import DecideDialog, sort_of
from pmdesk.ui.widgets.banner import Banner

_KINDS = frozenset({office.RULES, office.WATCH, office.REQUESTS})


class ProposalBanner(Banner):
    """Hidden while nothing is proposed; the button is for who may decide."""

    decided = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        may = session.staff.may(Permission.APPROVE_RULES)
        super().__init__(action=_("Decide…") if may else "", pressed=self.decide)
        self._session = session
        self._tasks = tasks
        self.proposal: Proposal | None = None
        self.dialog: DecideDialog | None = None
        self._wanted = ""  # subject of a draft to go on with once the proposals are read
        tasks.changed.connect(self.reload)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        if changes is None or changes.kinds & _KINDS:
            self._tasks.query(
                partial(reviews.proposals, self._session),
                owner=self,
                done=self.show_proposals,
                newest="proposals",
            )

    def show_proposals(self, found: tuple[Proposal, ...]) -> None:
        """The first of them is told; none hides the banner."""
        self.proposal = found[0] if found else None
        self.show_sentence(sentence(found[0]) if found else "", Tone.PROBLEM)
        subject, self._wanted = self._wanted, ""
        sort = subject.partition(BESIDE)[0]
        wanted = next((one for one in found if sort_of(one) == sort), None)
        if wanted is not None:
            self._ask(wanted).kept.offer(subject)

    def go_on_with(self, subject: str) -> None:
        """The question is open in which the draft of this subject is offered, once all is read."""
        self._wanted = subject
        self.reload()

    def decide(self) -> None:
        """The question is open."""
        if self.proposal is not None:
            self._ask(self.proposal)

    def _ask(self, proposal: Proposal) -> DecideDialog:
        made = self.dialog = DecideDialog(self._session, self._tasks, proposal, self.window())
        made.finished.connect(made.deleteLater)
        made.open()
        return made


def sentence(proposal: Proposal) -> str:
    """What is proposed, and why."""
    words = _("It is proposed to suspend version {version}: {why} A person decides.")
    return words.format(version=proposal.version, why=proposal.sentence)
