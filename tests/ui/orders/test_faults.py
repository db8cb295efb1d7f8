"""After a fault of the program what was typed is still there, and can be tried again."""

import pytest

from pmdesk.domain.orders.order import Move
from pmdesk.services.orders import moving, registering
from tests.services.orders.asked import moved, registered


@pytest.fixture
def page(look_at, office_session):
    """With a new order open."""
    return look_at(registered(office_session))


@pytest.fixture
def fault(monkeypatch, qtbot, settled):
    """Does something while a service is broken, and waits until that was told."""

    def _fault(place, name, act):
        def planted(*_args, **_more):
            raise ZeroDivisionError

        with monkeypatch.context() as broken, qtbot.capture_exceptions() as faults:
            broken.setattr(place, name, planted)
            act()
            settled()
        assert [kind for kind, _error, _trace in faults] == [ZeroDivisionError]

    return _fault


def test_a_step_can_be_tried_again(page, fault, settled, order_of):
    page.start_task(page.detail.detail.line, Move.CANCEL)
    page.panel.words.setText("弄错了")
    fault(moving, "step_on", page.panel.do)
    assert page.panel.words.text() == "弄错了"

    page.panel.confirm.click()
    settled()
    assert order_of(page.detail.detail.order.id).state.value == "cancelled"


def test_putting_right_can_be_tried_again(page, fault, settled, order_of):
    page.detail._start_amending()
    page.detail.amend.words.setText("灯不亮")
    fault(moving, "amend", page.detail.amend.do)

    page.detail.amend.confirm.click()
    settled()
    assert order_of(page.detail.detail.order.id).words == "灯不亮"


def test_a_step_at_once_can_be_tried_again(page, office_session, fault, settled, order_of):
    order = moved(office_session, page.detail.detail.order.id, Move.ASSIGN)
    page.reload()
    settled()
    fault(moving, "step_on", lambda: page.start_task(page.chosen, Move.START))

    page.start_task(page.chosen, Move.START)
    settled()
    assert order_of(order).state.value == "working"


def test_registering_can_be_tried_again(opened, fault):
    page = opened()
    page.start_order()
    page.intake.words.setText("大堂灯不亮")
    fault(registering, "problems", page.intake.save)

    assert page.intake.words.text() == "大堂灯不亮"
    assert page.intake.saver.isEnabled()
    assert page.intake.again.isEnabled()
