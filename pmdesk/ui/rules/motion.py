"""Where a key leads in a sheet of rows and visible columns, as in a spreadsheet: no Qt widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt

_Key = Qt.Key


class Spot(NamedTuple):
    """A cell by its row and by its place among the columns that are seen."""

    row: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How large the sheet is, how many rows are seen at once, and which cells ask something."""

    rows: int
    columns: int
    page: int
    is_filled: Callable[[Spot], bool]

    def inside(self, spot: Spot) -> Spot:
        """The nearest cell that there is."""
        row = max(0, min(spot.row, self.rows - 1))
        return Spot(row, max(0, min(spot.at, self.columns - 1)))

    def has(self, spot: Spot) -> bool:
        """Whether there is such a cell."""
        return 0 <= spot.row < self.rows and 0 <= spot.at < self.columns


ARROWS: Mapping[Qt.Key, Spot] = {
    _Key.Key_Left: Spot(0, -1),
    _Key.Key_Right: Spot(0, 1),
    _Key.Key_Up: Spot(-1, 0),
    _Key.Key_Down: Spot(1, 0),
}


def target(key: Qt.Key, now: Spot, sheet: Sheet, *, ctrl: bool) -> Spot | None:
    """The cell that the key leads to from `now`; None for a key that leads nowhere."""
    if key in ARROWS:
        way = ARROWS[key]
        return jumped(now, way, sheet) if ctrl else sheet.inside(_added(now, way))
    first_row, last_row = (0, sheet.rows - 1) if ctrl else (now.row, now.row)
    pages = {_Key.Key_PageUp: -sheet.page, _Key.Key_PageDown: sheet.page}
    if key in pages:
        return sheet.inside(Spot(now.row + pages[key], now.at))
    ends = {
        _Key.Key_Home: Spot(first_row, 0),
        _Key.Key_End: Spot(last_row, sheet.columns - 1),
    }
    return ends.get(key)


def jumped(now: Spot, way: Spot, sheet: Sheet) -> Spot:
    """To the end of what is filled, over a gap to the next filled cell, or to the edge."""
    spot = _added(now, way)
    if not sheet.has(spot):
        return now
    runs = sheet.is_filled(now) and sheet.is_filled(spot)
    while sheet.has(following := _added(spot, way)):
        if sheet.is_filled(following if runs else spot) is not runs:
            return spot
        spot = following
    return spot


def tabbed(now: Spot, by: int, sheet: Sheet) -> Spot | None:
    """The next or previous cell, line after line; None where the sheet ends and Tab leads on."""
    row, at = divmod(now.row * sheet.columns + now.at + by, max(sheet.columns, 1))
    spot = Spot(row, at)
    return spot if sheet.has(spot) else None


def _added(spot: Spot, way: Spot) -> Spot:
    return Spot(spot.row + way.row, spot.at + way.at)
