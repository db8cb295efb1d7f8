"""The text of number boxes stands away from the edge, as in other fields."""

from PySide6.QtWidgets import QLineEdit, QSpinBox

from pmdesk.ui.widgets.spin import indented


def test_a_number_stands_away_from_the_edge(look, qtbot):
    box = indented(QSpinBox())
    qtbot.addWidget(box)

    line = box.findChild(QLineEdit)
    assert line is not None
    assert line.textMargins().left() > 0
