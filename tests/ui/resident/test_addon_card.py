"""Add-on services on the resident's page: the published price, ordering and ending."""

import pytest

from pmdesk.errors import StorageError
from pmdesk.services import addons
from pmdesk.ui.resident.addons import AddonCard
from tests.offices import resident
from tests.ui.residents import words


@pytest.fixture
def person(office_session):
    return resident(office_session)


@pytest.fixture
def card(office, office_session, tasks, prompts, shown, person):
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    return shown(AddonCard(office_session, tasks, prompts, person))


def chosen(card):
    """The card with its first service chosen, whose content is shown."""
    card.choice.setCurrentIndex(0)
    assert card.choice.currentText() == "入户保洁　80.00 元/次"
    assert "擦净地面和台面" in words(card)
    return card


def test_without_a_price_list_nothing_can_be_ordered(office_session, tasks, prompts, shown, person):
    card = shown(AddonCard(office_session, tasks, prompts, person))

    assert "还没有公布价格" in words(card)
    assert card.ordering.isHidden()


def test_a_service_is_ordered_at_its_published_price_and_ended(
    card, office_session, person, prompts, settled
):
    chosen(card).orderer.click()
    settled()
    assert "入户保洁　80.00 元　2026-03-02 起" in words(card)
    next(one for one in card.findChildren(type(card.orderer)) if one.text() == "结束").click()
    settled()

    assert "至 2026-03-02" in words(card)
    assert addons.orders(office_session, person)[0].ended_on is not None


def test_nothing_is_chosen_before_somebody_chooses(card, office_session, person, settled):
    assert card.choice.currentIndex() == -1
    assert not card.orderer.isEnabled()
    card.order()
    settled()

    assert addons.orders(office_session, person) == ()


def test_an_order_is_entered_only_after_it_was_all_confirmed(
    card, office_session, person, prompts, settled, monkeypatch
):
    details: list[str] = []

    def confirm(sentence, *, yes, detail=""):
        details.extend((sentence, yes, detail))
        return False

    monkeypatch.setattr(prompts, "confirm", confirm)
    chosen(card).orderer.click()
    settled()

    sentence, yes, detail = details
    assert "王小明" in sentence
    assert yes == "订购"
    assert all(part in detail for part in ("入户保洁", "80.00 元/次", "擦净地面和台面"))
    assert addons.orders(office_session, person) == ()


def test_what_failed_is_said(card, settled, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(addons, "order", full)
    chosen(card).order()
    settled()

    assert "The disk is full." in card.message.sentence


def test_who_may_not_edit_sees_the_orders_only(
    office, tasks, prompts, shown, person, card, settled
):
    chosen(card).order()
    settled()
    seen = shown(AddonCard(office.session("reviewer"), tasks, prompts, person))

    assert "入户保洁" in words(seen)
    assert seen.ordering.isHidden()
    assert "结束" not in {
        one.text() for one in seen.findChildren(type(card.orderer)) if one.isVisible()
    }
