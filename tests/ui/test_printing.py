"""What goes to paper keeps its lines, and shows markup instead of obeying it."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewWidget
from PySide6.QtWidgets import QWidget

from pmdesk.services.paper.letter_text import Letter
from pmdesk.ui import printing
from pmdesk.ui.theme import Scheme

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    "made",
    [
        printing.table((("看了", "值"), ("信息", "维修关注：防水\n<b>使用状态</b>：自住"))),
        printing.paragraph("维修关注：防水\n<b>使用状态</b>：自住"),
        printing.heading("维修关注：防水\n<b>使用状态</b>：自住"),
    ],
)
def test_each_line_stays_a_line(made):
    lines = printing.document([made]).toPlainText().splitlines()

    assert "维修关注：防水" in lines
    assert "<b>使用状态</b>：自住" in lines


def test_what_is_looked_at_before_printing_outlives_who_made_it(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    letter = Letter(
        title="增值服务价目",
        number="2026-03-08",
        opening="任何人都可以订购。",
        rows=(("服务", "价格"), ("入户保洁", "80.00")),
        closing=("人人同价。",),
        footer="阳光花园",
    )

    dialog = printing.seen_first(printing.letter_document(letter), letter.title, parent)
    gc.collect()
    dialog.show()

    assert dialog.windowTitle() == letter.title
    preview = dialog.findChild(QPrintPreviewWidget)
    assert preview is not None
    assert preview.pageCount() == 1


def test_paper_is_written_in_black_from_a_dark_window_too(wear):
    wear(scheme=Scheme.DARK)
    rows = (("服务",), ("保洁",))

    made = printing.document(
        [printing.heading("价目"), printing.paragraph("说明"), printing.table(rows)]
    )

    block, inks = made.begin(), {}
    while block.isValid():
        if block.text():
            inks[block.text()] = block.begin().fragment().charFormat().foreground()
        block = block.next()
    assert set(inks) == {"价目", "说明", "服务", "保洁"}
    assert all(ink.style() is Qt.BrushStyle.SolidPattern for ink in inks.values())
    assert {ink.color().name() for ink in inks.values()} == {"#000000"}
