"""The tab “合法性审查”: a calm checklist of 26 items, answered by others than the author."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.domain.reviews import SIGNED, Detail, ItemKind, Review, Spot, State, Verdict
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import review
from pmdesk.services.review.additive import ADDITIVE
from pmdesk.services.review.wording import LEGAL, NAME, REASON
from pmdesk.services.session import Session
from pmdesk.ui import ear
from pmdesk.ui.building import built
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.review.criterion_box import CriterionBox
from pmdesk.ui.rules.review.item_row import ItemRow
from pmdesk.ui.rules.review.looks import TITLES, progress
from pmdesk.ui.rules.review.papers import ReviewPapers
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown
from pmdesk.ui.widgets.working import working_bar

QUIET_MS = 300
# what a place is called where it is no column: the text of a row, or the row as a whole
_OUTPUTS = {REASON: Output.REASON.name, LEGAL: Output.LEGAL.name}
_OUTPUTS |= dict.fromkeys((NAME, ""), Output.TIER.name)
KINDS = {office.RULES, office.RECORDS, office.OFFICE, office.STAFF, office.PURPOSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the panel shows: the review and whether the present user may answer."""

    review: Review
    may_answer: bool


class ReviewPanel(QWidget):
    """Reads anew after each edit, once nobody types; what is being typed in an answer stays."""

    place_chosen = Signal(object)  # (rule, column) as the grid knows it
    shown = Signal()  # the panel shows what was read last

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._version: Shown | None = None
        self.seen: Seen | None = None
        self.rows: dict[str, ItemRow] = {}
        self.papers = ReviewPapers(self, session, tasks, prompts)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._read)

    def show_version(self, shown: Shown) -> None:
        """The panel is about this version, as it was last edited."""
        same = self._version is not None and self._version.ruleset.id == shown.ruleset.id
        self._version = shown
        if same:
            self._timer.start()
        else:
            self._read()

    def reload(self, changes: Changes) -> None:
        """What the office holds now is shown."""
        if changes.kinds & KINDS and self._version is not None:
            self._timer.start()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.banner = Banner()
        self.working = working_bar(_("Checking legality…"))
        self.state = label("", "heading", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self.save = button(_("Review sheet as PDF"), self._save, picture="download")
        self.again = button(_("Sign the review anew…"), self._renew, picture="signature")
        self.criterion = CriterionBox(self._session, self._tasks)
        self._cards: dict[ItemKind, Card] = {kind: Card(_(TITLES[kind][0])) for kind in ItemKind}
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for widget in (self._head(), self.criterion, *self._cards.values()):
            inside.addWidget(widget)
        inside.addStretch(1)
        for kind, card in self._cards.items():
            card.body.setSpacing(4)
            card.add(label(_(TITLES[kind][1]), "muted", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.banner, self.working):
            column.addWidget(widget)
        column.addWidget(scrolled(inside), 1)

    def _head(self) -> QWidget:
        made = Card(margin=14)
        row = QHBoxLayout()
        row.addWidget(self.state, 1)
        row.addWidget(self.again)
        row.addWidget(self.save)
        made.body.addLayout(row)
        made.add(self.hint)
        set_shown(self.save, shown=False)
        set_shown(self.again, shown=False)
        return made

    # ---- reading ---------------------------------------------------------------------------

    def _read(self) -> None:
        self._timer.stop()
        if self._version is None:
            return
        self.working.show()
        self._tasks.query(
            partial(_seen, self._session, self._version),
            owner=self,
            done=self._show,
            failed=self._explain,
            newest="review",
        )

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.working.hide()
        self.banner.show_sentence("")
        is_draft = seen.review.ruleset.status is RulesetStatus.DRAFT
        words, _tone = progress(seen.review)
        self.state.setText(_("Draft: the program checks while you write") if is_draft else words)
        self.hint.setText(_hint(seen, is_draft=is_draft))
        set_shown(self.save, not is_draft)
        set_shown(self.again, seen.may_answer and _is_due(seen.review))
        if is_draft and not _is_tried(seen.review):
            self._try_out()
        names = self._version.names if self._version else {}
        with ear.resting():
            for line in seen.review.lines:
                human = line.item.kind is not ItemKind.AUTOMATIC
                row = self._row(line.item.code, seen.review)
                row.show_line(line, names, editable=human and seen.may_answer)
        self.shown.emit()

    def _try_out(self) -> None:
        """The random people are tried while the rest can be read already."""
        if self._version is not None:
            self._tasks.query(
                partial(review.try_out, self._session, self._version.table),
                owner=self,
                done=lambda _trial: self._read(),
                newest="trial",
            )

    def _row(self, code: str, found: Review) -> ItemRow:
        if code not in self.rows:
            line = found.line(code)
            made = built(partial(ItemRow, line))
            made.answered.connect(self._answer)
            made.place_chosen.connect(self._go)
            card = self._cards[line.item.kind]
            card.add(rule())
            card.add(made)
            self.rows[code] = made
        return self.rows[code]

    def _explain(self, error: PmdeskError) -> None:
        self.working.hide()
        self.banner.show_sentence(told(error), Tone.PROBLEM)

    # ---- acting ----------------------------------------------------------------------------

    def _answer(self, item: str, verdict: Verdict, reason: str, detail: Detail) -> None:
        if self._version is None:
            return
        self._tasks.command(
            partial(
                review.answer,
                self._session,
                self._version.ruleset.id,
                item,
                verdict,
                reason,
                detail,
            ),
            owner=self,
            done=lambda _changes: self._answered(item),
            failed=self._explain,
        )

    def _answered(self, item: str) -> None:
        box = self.rows[item].box
        if box is not None:
            box.clear()
        self.rows[item].title.setFocus()  # before the button that has it is folded away
        self.rows[item].open(shown=False)

    def _renew(self) -> None:
        if self._version is None:
            return
        sentence = _("The review is due again. What did you look at, and what changed?")
        if note := self._prompts.ask_text(sentence):
            work = partial(review.renew, self._session, self._version.ruleset.id, note)
            self._tasks.command(work, owner=self, failed=self._explain)

    def _go(self, spot: Spot) -> None:
        if self._version is not None:
            column = _OUTPUTS.get(spot.fact, spot.fact)
            self.place_chosen.emit((spot.rule or self._version.table.rules[0].id, column))

    def _save(self) -> None:
        if self.seen is not None:
            self.papers.save(self.seen.review.ruleset)


def _seen(session: Session, shown: Shown) -> Seen:
    ruleset = shown.ruleset
    if ruleset.status is not RulesetStatus.DRAFT:
        found = review.standing(session, ruleset.id)
        return Seen(review=found, may_answer=review.may_answer(session, ruleset))
    return Seen(review=review.of_draft(session, ruleset, shown.table), may_answer=False)


def _is_due(found: Review) -> bool:
    """Whether it was signed, and its year is over."""
    result = found.line(SIGNED).result
    return result is not None and result.state is State.FAIL


def _is_tried(found: Review) -> bool:
    """Whether random people were tried, or there is no need because the proof fails already."""
    result = found.line(ADDITIVE).result
    return result is None or result.state is not State.PASS or "count" in result.fills


def _hint(seen: Seen, *, is_draft: bool) -> str:
    if is_draft:
        return _("After it was submitted, somebody who is not the author answers the other items.")
    if seen.may_answer:
        return _("Open an item, choose, and write a reason. An edit would void all answers.")
    return _(
        "You can read the review. Somebody who may approve rules and did not write them answers."
    )
