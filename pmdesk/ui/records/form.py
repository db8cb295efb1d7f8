"""The form of a record: a card for each section, a small form for each row of a grid."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.fields import Field, Problem, Value
from pmdesk.domain.records import Grid, RecordKind, Section
from pmdesk.i18n import said
from pmdesk.ui.forms.form import Form
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule


class RecordForm(QWidget):
    """Shows a document and tells edits; it saves nothing."""

    edited = Signal()

    def __init__(self, kind: RecordKind) -> None:
        super().__init__()
        self.setProperty("look", "reading")  # what is locked is there to be read
        self.forms: list[Form] = []
        self.cards: dict[str, Card] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for section in kind.sections:
            self.cards[section.key] = self._card(section)
            column.addWidget(self.cards[section.key])

    def values(self) -> dict[str, Value]:
        """What the form shows, by key."""
        return {key: value for form in self.forms for key, value in form.values().items()}

    def show_values(self, values: Mapping[str, Value]) -> None:
        """The form shows these values, without a signal."""
        for form in self.forms:
            form.show_values(values)

    def show_problems(self, problems: Iterable[Problem]) -> QWidget | None:
        """Each problem stands below its field, and the cursor in the first, which is returned."""
        found = tuple(problems)
        for form in self.forms:
            form.show_problems(found)
        wrong = {problem.key for problem in found}
        for form in self.forms:
            if form.focus_first_problem():
                return next(form.editor(key) for key in form.rows if key in wrong)
        return None

    def lock(self, *, locked: bool) -> None:
        """Nothing can be edited; the page says why."""
        for form in self.forms:
            for row in form.rows.values():
                row.editor.setEnabled(not locked)

    def focus_first(self) -> None:
        """The cursor stands in the first field."""
        self.forms[0].focus_first()

    def _card(self, section: Section) -> Card:
        card = Card(said(section.title))
        if section.note:
            card.add(label(said(section.note), "muted", wrap=True))
        plain: list[Field] = []
        for part in section.parts:
            if isinstance(part, Grid):
                self._add(card, plain)
                plain = []
                self._add_grid(card, part)
            else:
                plain.append(part)
        self._add(card, plain)
        return card

    def _add_grid(self, card: Card, grid: Grid) -> None:
        card.add(label(said(grid.label), "label", wrap=True))
        for row in grid.rows:
            card.add(rule())
            card.add(label(said(row.label), "heading", wrap=True))
            self._add(card, grid.cells(row)).setAccessibleName(said(row.label))

    def _add(self, card: Card, fields: Sequence[Field]) -> QWidget:
        if not fields:
            return card
        form = Form(fields)
        form.changed.connect(lambda _key, _value: self.edited.emit())
        self.forms.append(form)
        card.add(form)
        return form
