"""The row of small buttons above the grid, made from the commands of the page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from pmdesk.i18n import _
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable
from pmdesk.ui import theme
from pmdesk.ui.rules.column_menu import AddColumn
from pmdesk.ui.rules.fold_button import FoldButton
from pmdesk.ui.rules.policy_box import PolicyBox
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label


class GridToolbar(QWidget):
    """Row and column acts at the left; then how rows decide, and what is seen.

    `saved` and `fold` stand where the page has room for them.
    """

    used_only = Signal(bool)
    expert_wanted = Signal(bool)

    def __init__(self, actions: Sequence[QAction | None]) -> None:
        super().__init__()
        tools = [_tool(action) if action else None for action in actions]
        self.add_column = AddColumn()
        self.policy = PolicyBox()
        self.only_used = QCheckBox(_("Only columns in use"))
        self.only_used.setChecked(True)
        self.only_used.toggled.connect(self.used_only)
        self.expert = QCheckBox(_("S-FEEL"))
        self.expert.setToolTip(_("Show and type cells in S-FEEL, the language of DMN files"))
        self.expert.toggled.connect(self.expert_wanted)
        self.saved = label("", "muted")
        self.fold = FoldButton()
        row = FlowLayout(10)
        row.addWidget(_group(*tools, None, self.add_column))
        row.addWidget(_group(self.policy))
        row.addWidget(_group(self.only_used, None, self.expert))
        self.setLayout(row)

    def show_table(self, table: DecisionTable, offered: Sequence[Fact], *, editable: bool) -> None:
        """The menus and the policy are those of this table."""
        self.add_column.show_facts(offered, table.facts, editable=editable)
        self.policy.show_policy(table.policy, editable=editable)


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
