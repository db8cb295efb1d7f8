"""The tab “examples”: for each row somebody who fits and somebody who just misses it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said, told
from pmdesk.rules.examples import Example, Verdict, accepted, proposed
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rule_examples
from pmdesk.services.rule_examples import Examples
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.expected.lines import Line, badge, lines, side
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label


class ExamplesPanel(QWidget):
    """The list, and below it the chosen person with the question which tier it should get."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        del prompts  # nothing here is destroyed without a way back
        self._session, self._tasks = session, tasks
        self._shown: Shown | None = None
        self._examples: tuple[Example, ...] | None = None  # None while they are being read
        self._found: Examples | None = None
        self._seeks = True  # whether the next one that is not as expected is gone to
        self.summary = Banner()
        self.model: RowsModel[Line] = RowsModel(_columns())
        self.table = Table(self.model, EmptyState(_nothing(), picture="users"))
        self.fill = button(_("Complete the examples"), self.complete, picture="plus")
        self.take = button(_("Fill in what the rules give now"), self.accept, look="quiet")
        self.remove = button(_("Remove"), self.delete, look="quiet", picture="trash-2")
        self._card = Card(margin=14)
        self.person = label("", wrap=True)
        self.question = label(_("Which tier should this person get?"), "muted")
        self.tiers = Segmented(())
        self._lay_out()
        self.table.view.installEventFilter(self)
        self.table.view.picked.connect(self._show_line)

    def show_version(self, shown: Shown) -> None:
        """The examples of this version, beside its table as last edited."""
        before, self._shown = self._shown, shown
        if before is not None and before.ruleset.id == shown.ruleset.id and self._found:
            self._weigh()
        else:
            self._load()

    def reload(self, changes: Changes) -> None:
        """The examples as they are stored now; one's own draft knows them already."""
        if self._shown is not None and office.RULES in changes.kinds and not self._editable:
            self._load()

    def complete(self) -> None:
        """Each row has somebody on both sides; what is expected is still to be said."""
        if self._shown is not None and self._examples is not None:
            self.setFocus()  # else the next button has the cursor, which removes
            self.fill.setEnabled(False)
            self._tasks.query(
                partial(proposed, self._shown.table, self._examples),
                owner=self,
                done=self._keep,
                newest="proposed",
            )

    def accept(self) -> None:
        """Whatever nobody answered yet is expected as the rules give it now."""
        if self._found is not None:
            self._keep(accepted(self._found.table, self._found.examples))

    def delete(self) -> None:
        """The chosen examples are gone."""
        places = {line.place for line in self.table.view.chosen}
        if self._editable and places and self._examples is not None:
            known = enumerate(self._examples)
            self._keep(tuple(one for place, one in known if place not in places))

    def expect(self, tier: str) -> None:
        """The chosen person should get this tier; the next open one is chosen."""
        line = self._line
        if line is None or self._examples is None or not self._editable:
            return
        known = list(self._examples)
        known[line.place] = replace(known[line.place], tier=tier)
        self._seeks = True
        self._keep(tuple(known))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_answer(event):
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit in the list answers; the list itself would go to a row that begins with it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._is_answer(event)
        return super().eventFilter(watched, event)

    def _is_answer(self, event: QKeyEvent) -> bool:
        """Whether the key was one that answers or removes, which then is done."""
        number = event.key() - Qt.Key.Key_1
        choices = self.tiers.buttons()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._editable and not held and 0 <= number < len(choices):
            choices[number].click()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete()
        else:
            return False
        return True

    # ---- building --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.fill)
        acts.addWidget(self.take)
        acts.addStretch(1)
        acts.addWidget(self.remove)
        self._asking = QVBoxLayout()
        self._asking.setSpacing(8)
        self._asking.addWidget(self.person)
        self._asking.addWidget(self.question)
        self._asking.addWidget(self.tiers)
        self._card.body.addLayout(self._asking)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        column.addLayout(acts)
        column.addWidget(self.table, 1)
        column.addWidget(self._card)
        self._card.hide()

    # ---- showing ---------------------------------------------------------------------------

    @property
    def _editable(self) -> bool:
        return self._shown is not None and self._shown.desk.editable

    @property
    def _line(self) -> Line | None:
        return self.model.row(self.table.view.currentIndex().row())

    def _load(self) -> None:
        if self._shown is None:
            return
        self._examples, self._found, self._seeks = None, None, True
        self._tasks.query(
            partial(rule_examples.of, self._session, self._shown.ruleset.id),
            owner=self,
            done=self._show_stored,
            failed=self._show_problem,
            newest="examples",
        )

    def _show_stored(self, found: Examples) -> None:
        self._examples = found.examples
        self._weigh()

    def _weigh(self) -> None:
        if self._shown is not None and self._examples is not None:
            self._tasks.query(
                partial(rule_examples.weighed, self._shown.table, self._examples),
                owner=self,
                done=self._show_found,
                failed=self._show_problem,
                newest="weighed",
            )

    def _show_problem(self, error: PmdeskError) -> None:
        self.summary.show_sentence(told(error), Tone.PROBLEM)

    def _show_found(self, found: Examples) -> None:
        at = self.table.view.currentIndex().row()
        self._found = found
        self._offer_tiers(found.table)
        self.model.set_rows(lines(found))
        self.summary.show_sentence(*_summary(found, editable=self._editable))
        self.fill.setVisible(self._editable)
        self.fill.setEnabled(_is_thin(found))
        self.take.setVisible(self._editable and Verdict.OPEN in found.verdicts)
        self.remove.setVisible(self._editable and bool(found.examples))
        self._card.setVisible(bool(found.examples))
        self._go(_next(found, at, seeks=self._seeks))
        if self.hasFocus():
            self.table.view.setFocus()
        self._seeks = False

    def _go(self, row: int) -> None:
        if self.model.rowCount():
            self.table.view.selectRow(min(max(row, 0), self.model.rowCount() - 1))

    def _offer_tiers(self, table: DecisionTable) -> None:
        choices = [(key, said(words)) for key, words in table.scheme.tiers]
        if [made.text() for made in self.tiers.buttons()] == [words for _key, words in choices]:
            return
        fresh = Segmented(choices)
        fresh.chosen.connect(lambda tier: self.expect(str(tier)))
        self._asking.replaceWidget(self.tiers, fresh)
        self.tiers.deleteLater()
        self.tiers = fresh

    def _show_line(self, line: Line | None) -> None:
        if line is not None:
            whose = _("Row {row}, {side}: {person}.")
            self.person.setText(
                whose.format(row=line.row, side=side(line.example), person=line.person)
            )
            self.tiers.show_value(line.example.tier)
            self.tiers.setEnabled(self._editable and line.verdict is not Verdict.GONE)

    # ---- keeping ---------------------------------------------------------------------------

    def _keep(self, known: Sequence[Example]) -> None:
        if self._shown is None or not self._editable:
            return
        self._examples = tuple(known)
        self._tasks.command(
            partial(rule_examples.keep, self._session, self._shown.ruleset.id, self._examples),
            owner=self,
            done=lambda _changes: self._weigh(),
            failed=self._show_problem,
        )


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(key="row", title=_("Row"), cell=lambda line: line.row, width=5),
        Column(key="side", title=_("Should"), cell=lambda line: side(line.example), width=16),
        Column(key="person", title=_("Made-up person"), cell=_person, tip=_person),
        Column(key="expected", title=_("Expected"), cell=lambda line: line.expected, width=10),
        Column(key="given", title=_("The rules give"), cell=lambda line: line.given, width=12),
        Column(
            key="verdict",
            title=_("Result"),
            cell=lambda line: badge(line.verdict).words,
            badge=lambda line: badge(line.verdict),
            width=16,
        ),
    )


def _person(line: Line) -> str:
    return line.person


def _is_thin(found: Examples) -> bool:
    """Whether completing would change anything."""
    pairs = zip(found.examples, found.verdicts, strict=True)
    there = {(one.rule, one.fires) for one, verdict in pairs if verdict is not Verdict.GONE}
    return Verdict.GONE in found.verdicts or not there >= set(found.lacking)


def _next(found: Examples, at: int, *, seeks: bool) -> int:
    """The next one to be answered; where there is none, perhaps one that is not as expected."""
    opened, failing = (
        [place for place, verdict in enumerate(found.verdicts) if verdict is wanted]
        for wanted in (Verdict.OPEN, Verdict.FAILS)
    )
    places = opened or (failing if seeks else [])
    after = [place for place in places if place >= at]
    return (after or places or [at])[0]


def _summary(found: Examples, *, editable: bool) -> tuple[str, Tone]:
    if found.is_whole:
        return _("Every row has its examples, and all are as expected."), Tone.GOOD
    failing = found.verdicts.count(Verdict.FAILS)
    if failing:
        words = ngettext(
            "{count} example is not as expected: mend the rules, or what you expected.",
            "{count} examples are not as expected: mend the rules, or what you expected.",
            failing,
        )
        return words.format(count=failing), Tone.PROBLEM
    opened = found.verdicts.count(Verdict.OPEN)
    if opened:
        words = ngettext(
            "{count} example waits for an answer: keys 1 to 4 choose the tier.",
            "{count} examples wait for an answer: keys 1 to 4 choose the tier.",
            opened,
        )
        return words.format(count=opened), Tone.WARN
    count = len({rule for rule, _fires in found.lacking})
    words = ngettext(
        "{count} row lacks an example of somebody who fits or of somebody who just misses it.",
        "{count} rows lack an example of somebody who fits or of somebody who just misses it.",
        count,
    )
    more = _("Press “Complete the examples”: the program makes up the people.") if editable else ""
    return f"{words.format(count=count)} {more}".strip(), Tone.WARN


def _nothing() -> str:
    return _(
        "Examples say what you expect of the rules: for each row somebody who fits, and somebody"
        " who just misses it. When the rules change, you see at once which no longer agree."
    )
