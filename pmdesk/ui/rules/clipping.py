"""Cells to and from the clipboard, as WPS and Excel have them."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules import pasting
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.blocks import Block, read_block, write_block
from pmdesk.ui.rules.grid import RulesGrid
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.pasting import Pasted


class Clipping:
    """Copies, cuts and pastes what is chosen in the grid; every paste is one undo step."""

    def __init__(
        self,
        model: RulesModel,
        grid: RulesGrid,
        acts: Actions,
        tell: Callable[[str], None],
    ) -> None:
        self._model, self._grid, self._acts, self._tell = model, grid, acts, tell
        self.offered: Sequence[Fact] = ()

    def copy(self) -> None:
        """The chosen cells are in the clipboard."""
        if self._grid.rows:
            self._put(self._acts.copied(self._grid.rows, self._grid.columns))

    def copy_with_headings(self) -> None:
        """The chosen cells are in the clipboard, with the headings of their columns above."""
        rows, columns = self._grid.rows, self._grid.columns
        if rows:
            self._put((self._acts.titles(columns), *self._acts.copied(rows, columns)))

    def cut(self) -> None:
        """The chosen cells are in the clipboard and ask for nothing any more."""
        self.copy()
        self._acts.clear(self._grid.rows, self._grid.columns, _("cut cells"))

    def paste(self) -> None:
        """The block stands where the cursor is; rows that it needs more are added below."""
        block = self._block()
        rows, columns = self._grid.rows, self._grid.columns
        if not block or not rows:
            return
        if len(block) == len(block[0]) == 1:
            self._fill(rows, columns, block[0][0])
            return
        self._put_down(lambda table: self._placed(table, block, rows[0], as_rows=False))

    def paste_rows(self) -> None:
        """The block stands in rows of its own, above the row where the cursor is."""
        block, rows = self._block(), self._grid.rows
        if block and rows:
            self._put_down(lambda table: self._placed(table, block, rows[0], as_rows=True))

    def _fill(self, rows: Sequence[int], columns: Sequence[int], text: str) -> None:
        """One value for all that is chosen."""
        if len(rows) == 1:
            self._acts.enter(rows[0], columns, text)
            return
        chosen = [row for row in rows if not self._model.is_last_row(row)]
        lines = [[text] * len(columns)] * len(chosen)
        self._put_down(lambda table: pasting.pasted(table, rows[0], columns, lines))

    def _placed(self, table: DecisionTable, block: Block, row: int, *, as_rows: bool) -> Pasted:
        way = pasting.inserted if as_rows else pasting.pasted
        named = pasting.with_headings(table, block, self.offered)
        if named is not None:
            return way(named[0], row, *named[1:])
        if as_rows and len(block[0]) == len(self._grid.visible_columns):
            return way(table, row, self._grid.visible_columns, block)
        return way(table, row, self._grid.columns_from(self._grid.columns[0]), block)

    def _put_down(self, put: Callable[[DecisionTable], Pasted]) -> None:
        if not self._model.editable:
            return
        before = self._model.table
        try:
            done = put(before)
        except PmdeskError as error:
            self._tell(told(error))
            return
        self._model.paste(done, _("paste"))
        if self._model.table.facts == before.facts:
            self._grid.choose(done.rows, done.columns)
        if done.refused:
            count = len(done.refused)
            words = ngettext(
                "{count} pasted cell cannot be read. It is marked and keeps its text: mend it, "
                "or press Esc there.",
                "{count} pasted cells cannot be read. They are marked and keep their text: mend "
                "them, or press Esc there.",
                count,
            )
            self._tell(words.format(count=count))

    def _put(self, block: Block) -> None:
        QGuiApplication.clipboard().setText(write_block(block))

    def _block(self) -> Block:
        text = QGuiApplication.clipboard().text()
        return read_block(text) if text else ()
