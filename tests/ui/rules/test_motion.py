"""Where keys lead in a sheet, as in a spreadsheet."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.ui.rules.motion import Sheet, Spot, tabbed, target

_Key = Qt.Key
ROWS = ("XX..X", ".....", "..X..", "XXXXX")
SHEET = Sheet(rows=4, columns=5, page=2, is_filled=lambda spot: ROWS[spot.row][spot.at] == "X")


@pytest.mark.parametrize(
    ("key", "ctrl", "start", "end"),
    [
        (_Key.Key_Left, False, (2, 0), (2, 0)),
        (_Key.Key_Down, False, (1, 3), (2, 3)),
        (_Key.Key_Right, True, (0, 0), (0, 1)),
        (_Key.Key_Right, True, (0, 1), (0, 4)),
        (_Key.Key_Left, True, (0, 4), (0, 1)),
        (_Key.Key_Right, True, (1, 0), (1, 4)),
        (_Key.Key_Down, True, (0, 2), (2, 2)),
        (_Key.Key_Down, True, (2, 2), (3, 2)),
        (_Key.Key_Up, True, (0, 2), (0, 2)),
        (_Key.Key_Home, False, (2, 3), (2, 0)),
        (_Key.Key_End, False, (2, 3), (2, 4)),
        (_Key.Key_Home, True, (2, 3), (0, 0)),
        (_Key.Key_End, True, (2, 3), (3, 4)),
        (_Key.Key_PageDown, False, (0, 3), (2, 3)),
        (_Key.Key_PageUp, False, (1, 3), (0, 3)),
    ],
)
def test_a_key_leads_where_a_spreadsheet_leads(key, ctrl, start, end):
    assert target(key, Spot(*start), SHEET, ctrl=ctrl) == Spot(*end)


def test_other_keys_lead_nowhere():
    assert target(_Key.Key_A, Spot(0, 0), SHEET, ctrl=False) is None


def test_tab_goes_line_by_line_and_out_at_the_end():
    assert tabbed(Spot(0, 4), 1, SHEET) == Spot(1, 0)
    assert tabbed(Spot(1, 0), -1, SHEET) == Spot(0, 4)
    assert tabbed(Spot(3, 4), 1, SHEET) is None
    assert tabbed(Spot(0, 0), -1, SHEET) is None
