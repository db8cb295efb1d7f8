"""The row of small buttons above the grid, made from the commands of the page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact
from pmdesk.ui import theme
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label


class GridToolbar(QWidget):
    """Row and column acts at the left; at the right what is seen and when it was saved."""

    column_wanted = Signal(object)  # Fact
    used_only = Signal(bool)

    def __init__(self, actions: Sequence[QAction | None]) -> None:
        super().__init__()
        tools = [_tool(action) if action else None for action in actions]
        self.add_column = self._column_button()
        self.only_used = QCheckBox(_("Only columns in use"))
        self.only_used.setChecked(True)
        self.only_used.toggled.connect(self.used_only)
        self.saved = label("", "muted")
        row = FlowLayout(10)
        row.addWidget(_group(*tools, None, self.add_column))
        row.addWidget(_group(self.only_used, None, self.saved))
        self.setLayout(row)

    def show_facts(self, facts: Sequence[Fact], taken: Sequence[Fact], *, editable: bool) -> None:
        """The column menu offers the facts that the table does not have yet."""
        menu = self.add_column.menu()
        menu.clear()
        keys = {fact.key for fact in taken}
        for fact in facts:
            if fact.key not in keys:
                menu.addAction(said(fact.label), self._asks_for(fact))
        self.add_column.setEnabled(editable and not menu.isEmpty())

    def _asks_for(self, fact: Fact) -> Callable[[], None]:
        return lambda: self.column_wanted.emit(fact)

    def _column_button(self) -> QPushButton:
        made = button(_("Add column"), look="quiet", picture="plus")
        made.setToolTip(_("Let the rules ask about one more thing"))
        made.setMenu(QMenu(made))
        return made


def _group(*widgets: QWidget | None) -> QWidget:
    """Side by side, a gap for None; all groups are equally high."""
    made = QWidget()
    made.setMinimumHeight(theme.length(38))
    row = QHBoxLayout(made)
    row.setContentsMargins(4, 0, 4, 0)
    row.setSpacing(4)
    for widget in widgets:
        if widget is None:
            row.addSpacing(theme.length(10))
        else:
            row.addWidget(widget)
    return made


def _tool(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setAutoRaise(True)
    made.setIconSize(QSize(theme.length(18), theme.length(18)))
    made.setAccessibleName(action.text())
    return made
