"""One step that can be undone: a table in place of another."""

from typing import Protocol

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules.places import Marks


class Shows(Protocol):
    """What shows a table, with entries in it that cannot be read."""

    def show(self, table: DecisionTable, *, without: Marks, marks: Marks) -> None:
        """Shows `table`; these marks go and those come."""
        ...


class TableStep(QUndoCommand):
    """Puts one table in place of another; undo is never wrong because it restores a value.

    With it come and go the entries that cannot be read; one that was mended stays away.
    """

    def __init__(
        self, model: "Shows", tables: tuple[DecisionTable, DecisionTable], words: str
    ) -> None:
        super().__init__(words)
        self._model = model
        self._before, self._after = tables
        self.mended: Marks = {}
        self.lost: Marks = {}  # their row or column goes
        self.come: Marks = {}

    @override
    def redo(self) -> None:
        self._model.show(self._after, without={**self.mended, **self.lost}, marks=self.come)

    @override
    def undo(self) -> None:
        self._model.show(self._before, without=self.come, marks=self.lost)
