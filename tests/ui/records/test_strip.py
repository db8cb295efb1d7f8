"""The strip above the records: the gravest first, the rest on demand."""

import pytest
from PySide6.QtWidgets import QPushButton

from pmdesk.domain.points import Point, Weight
from pmdesk.i18n import Words
from pmdesk.ui.records.strip import PointStrip, sentence


def point(number, weight=Weight.MUST):
    """Something to do."""
    return Point(
        weight=weight,
        sentence="No impact assessment yet: {what}",
        places={"what": Words(f"第{number}项", f"item {number}")},
        tab="pia",
    )


@pytest.fixture
def strip(qtbot, look):
    made = PointStrip()
    qtbot.addWidget(made)
    made.show()
    return made


def acts(strip):
    """The buttons that lead to something."""
    found = strip._lines.findChildren(QPushButton)
    return [one for one in found if one.property("look") != "link"]


def test_with_nothing_missing_the_strip_says_so(strip):
    strip.show_points(())

    assert strip.fine.isVisible()
    assert strip.fine.sentence == "没有缺项，也没有逾期。"


def test_the_first_few_are_shown_and_the_others_on_demand(strip):
    strip.show_points([point(number) for number in range(5)])
    assert len(acts(strip)) == 3
    assert acts(strip)[0].accessibleName() == "还没有影响评估：第0项"

    strip._toggle()
    assert len(acts(strip)) == 5
    strip._toggle()

    assert len(acts(strip)) == 3


def test_a_button_tells_its_point(strip, qtbot):
    strip.show_points([point(1), point(2, Weight.SOON), point(3, Weight.ASKED)])

    with qtbot.waitSignal(strip.chosen) as told:
        acts(strip)[1].click()

    assert sentence(told.args[0]) == "还没有影响评估：第2项"
