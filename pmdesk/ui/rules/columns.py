"""What can be done with columns: added, moved, removed, or about other options of their field."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from pmdesk.i18n import _
from pmdesk.rules.facts import Fact
from pmdesk.ui.rules import arrange
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.column_menu import fill_heading_menu
from pmdesk.ui.rules.grid import RulesGrid
from pmdesk.ui.rules.group_dialog import GroupDialog
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.places import Place


class Columns:
    """Acts on the columns of a grid; `offered` are the facts there are."""

    def __init__(
        self,
        owner: QWidget,
        model: RulesModel,
        grid: RulesGrid,
        acts: Actions,
        tell: Callable[[str], None],
    ) -> None:
        self._owner, self._model, self._grid = owner, model, grid
        self._acts, self._tell = acts, tell
        self.offered: Sequence[Fact] = ()

    def add(self, fact: Fact) -> None:
        """The table can ask about `fact`; the cursor is there, in the row where it was."""
        row = self._row()
        self._go(row, self._acts.add_column(fact))

    def move(self, by: int) -> None:
        """By one column that is seen; nothing happens in a line that is being typed into."""
        facts = [c for c in self._grid.visible_columns if self._model.fact_at(c) is not None]
        chosen = [column for column in self._grid.columns if column in facts]
        if not chosen or not self._grid.has_focus:
            return
        at = facts.index(chosen[0] if by < 0 else chosen[-1]) + by
        if 0 <= at < len(facts):
            self._acts.move_columns(chosen, facts[at] + (by > 0))

    def menu(self, column: int) -> QMenu:
        """What can be done with a column; nothing in a version that cannot be edited."""
        menu = QMenu(self._owner)
        fact = self._model.fact_at(column)
        if fact is None or not self._model.editable:
            return menu
        flags = arrange.lists(self.offered).get(fact.list, ())
        return fill_heading_menu(
            menu,
            fact,
            flags,
            remove=partial(self._acts.remove_column, fact),
            regroup=partial(self.ask_group, flags, fact),
        )

    def show_menu(self, column: int, at: QPoint) -> None:
        """The menu of a column is open there."""
        menu = self.menu(column)
        if not menu.isEmpty():
            menu.popup(at)

    def ask_group(self, flags: Sequence[Fact], column: Fact | None = None) -> GroupDialog:
        """Asks which options a column is about; a new one, or the present one changed."""
        ticked = arrange.members(column, flags) if column else ()
        dialog = GroupDialog(flags, ticked, self._owner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self._row()
        dialog.chosen.connect(lambda fact: self._go(row, self._grouped(column, fact)))
        dialog.open()
        return dialog

    def _row(self) -> str:
        """The id of the rule where the cursor is."""
        now = self._grid.current
        return self._model.rule_at(now.row()).id if now.isValid() else ""

    def _go(self, rule: str, place: Place | None) -> None:
        self._grid.lead(place and (rule or place[0], place[1]))

    def _grouped(self, column: Fact | None, fact: Fact) -> Place | None:
        if fact.key in {own.key for own in self._model.table.facts}:
            self._tell(_("There is a column for exactly these options already."))
            return None
        if column is None:
            return self._acts.add_column(fact)
        return self._acts.replace_column(column, fact)
