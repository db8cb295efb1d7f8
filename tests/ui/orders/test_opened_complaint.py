"""A complaint that was opened also says what the plan of its resident promises."""

from PySide6.QtWidgets import QLabel

from pmdesk.domain.orders.plan_reading import Aspect
from tests.offices import SPECIAL, consenting
from tests.services.orders.asked import complaint, registered
from tests.ui.plans.planned import cell, published


def test_a_sooner_answer_is_shown_once_the_complaint_is_opened(
    opened, office, office_session, settled
):
    published(office, [(cell("care", Aspect.RESPOND, "complaint"), "2")])
    cared = consenting(office_session, values=SPECIAL, room="3-1-602", mobile="13800000072")
    order = registered(office_session, complaint(person=cared))
    page = opened("manager")
    page.show_order(order)
    settled()

    def told():
        return [one.text() for one in page.detail.facts.findChildren(QLabel) if one.isVisible()]

    assert not any("服务方案" in one for one in told())
    page.detail.facts.closed.action.click()
    settled()
    assert any("服务方案：关怀，2 小时" in one for one in told())
