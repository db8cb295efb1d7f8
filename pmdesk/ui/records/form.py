"""The form of a record: a card for each section, a small form for each row of a grid."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.fields import Field, Problem, Value
from pmdesk.domain.records import Grid, RecordKind
from pmdesk.i18n import said
from pmdesk.ui.building import built
from pmdesk.ui.forms.form import Form
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule


class RecordForm(QWidget):
    """Shows a document and tells edits; it saves nothing.

    The first fields are there at once, the others with each step of `pieces`, or when something
    has to be known of all of them: the form of an assessment has seventy.
    """

    edited = Signal()

    def __init__(self, kind: RecordKind) -> None:
        super().__init__()
        self.setProperty("look", "reading")  # what is locked is there to be read
        self._kind = kind
        self._forms: list[Form] = []
        self._shown: Mapping[str, Value] = {}  # what fields that come later show
        self._locked = False
        self.is_whole = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.pieces = self._building()
        next(self.pieces)

    @property
    def forms(self) -> Sequence[Form]:
        """All the fields, in groups."""
        deque(self.pieces, maxlen=0)
        return self._forms

    def values(self) -> dict[str, Value]:
        """What the form shows, by key."""
        return {key: value for form in self.forms for key, value in form.values().items()}

    def show_values(self, values: Mapping[str, Value]) -> None:
        """The form shows these values, without a signal."""
        self._shown = values
        for form in self._forms:
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
        self._locked = locked
        for form in self._forms:
            _lock(form, locked=locked)

    def focus_first(self) -> None:
        """The cursor stands in the first field."""
        self._forms[0].focus_first()

    def _building(self) -> Iterator[None]:
        for section in self._kind.sections:
            card = Card(said(section.title))
            if section.note:
                card.add(label(said(section.note), "muted", wrap=True))
            self._column.addWidget(card)
            plain: list[Field] = []
            for part in section.parts:
                if isinstance(part, Grid):
                    yield from self._add(card, plain)
                    yield from self._add_grid(card, part)
                    plain = []
                else:
                    plain.append(part)
            yield from self._add(card, plain)
        self.is_whole = True

    def _add_grid(self, card: Card, grid: Grid) -> Iterator[None]:
        card.add(label(said(grid.label), "label", wrap=True))
        for row in grid.rows:
            card.add(rule())
            card.add(label(said(row.label), "heading", wrap=True))
            yield from self._add(card, grid.cells(row), said(row.label))

    def _add(self, card: Card, fields: Sequence[Field], name: str = "") -> Iterator[None]:
        if not fields:
            return
        form = built(partial(Form, fields))
        if name:
            form.setAccessibleName(name)
        if self._shown:
            form.show_values(self._shown)
        _lock(form, locked=self._locked)
        form.changed.connect(lambda _key, _value: self.edited.emit())
        self._forms.append(form)
        card.add(form)
        yield


def _lock(form: Form, *, locked: bool) -> None:
    for row in form.rows.values():
        row.editor.setEnabled(not locked)
