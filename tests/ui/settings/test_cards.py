"""The cards of the settings: the income band in four steps, and the price list."""

import pytest

from pmdesk.errors import StorageError
from pmdesk.services import addons, dimensions
from pmdesk.ui.pages.settings import SettingsPage
from pmdesk.ui.preferences import Preferences
from pmdesk.ui.settings.income import IncomeCard
from pmdesk.ui.settings.price_list import PriceListCard
from tests.ui.residents import words

WHY = "少数家庭需要多安排服务，没有这个区间就无法主动提出。"
ELSE = "考虑过只用预算意愿，但不能看出负担情况，所以不够。"


@pytest.fixture
def income(office, tasks, shown):
    """The card as an account sees it."""
    return lambda login="admin": shown(IncomeCard(office.session(login), tasks))


@pytest.fixture
def prices(office, tasks, shown):
    return shown(PriceListCard(office.session("admin"), tasks))


# ---- income band ----------------------------------------------------------------------------


def test_it_is_shown_as_off_with_its_bands(income):
    card = income()

    assert "未启用" in words(card) or card.proposing.isVisible()
    assert "5000 元以下" in words(card)
    assert card.deciding.isHidden()
    assert card.ending.isHidden()


def test_a_thin_necessity_is_sent_back_to_its_field(income, settled, office):
    card = income()
    card.necessity.setPlainText("因为需要")
    card.proposer.click()
    assert "为什么需要" in card.message.sentence
    card.necessity.setPlainText(WHY)
    card.proposer.click()
    settled()

    assert "影响更小" in card.message.sentence
    assert card.alternatives.hasFocus()
    assert dimensions.state(office.session("admin")).history == ()


def proposed(card, settled):
    card.necessity.setPlainText(WHY)
    card.alternatives.setPlainText(ELSE)
    card.proposer.click()
    settled()


def test_one_proposes_another_decides_and_it_can_be_switched_off(income, settled, office):
    card = income()
    proposed(card, settled)
    assert card.proposing.isHidden()
    assert "由周敏提议" in words(card)

    reviewer = income("reviewer")
    assert reviewer.deciding.isVisible()
    reviewer.approver.click()
    settled()
    assert "理由" in reviewer.message.sentence
    reviewer.words.setPlainText("同意试行一年")
    reviewer.approver.click()
    settled()
    assert "已启用" in reviewer.message.sentence
    assert dimensions.state(office.session("clerk")).is_on

    admin = income()
    assert admin.ending.isVisible()
    assert admin.confirmer.isHidden()
    admin.ender.click()
    admin.confirmer.click()
    settled()
    assert "全部删除" in admin.message.sentence
    assert not dimensions.state(office.session("clerk")).is_on
    assert "由周敏停用" in words(admin)


def test_a_reviewer_may_refuse(income, settled, office):
    proposed(income(), settled)
    reviewer = income("reviewer")
    reviewer.words.setPlainText("预算意愿已经够用")
    reviewer.refuser.click()
    settled()

    assert "预算意愿已经够用" in words(reviewer)
    assert not dimensions.state(office.session("clerk")).is_on


def test_only_the_two_roles_see_the_card(office, tasks, prompts, shown, tmp_path):
    def page(login):
        kept = Preferences(tmp_path / "pmdesk.ini")
        return shown(SettingsPage(office.session(login), tasks, prompts, kept))

    assert page("clerk").income is None
    assert page("manager").prices is None
    assert page("reviewer").income is not None
    assert page("admin").prices is not None


# ---- price list -----------------------------------------------------------------------------


def typed(prices, *texts):
    lines = (prices.name, prices.content, prices.unit, prices.price)
    for line, text in zip(lines, texts, strict=True):
        line.setText(text)


def test_a_price_is_published_and_listed(prices, settled, office):
    typed(prices, "入户保洁", "擦净地面", "次", "80")
    prices.publisher.click()
    settled()

    (row,) = prices.model.rows
    texts = [column.cell(row) for column in prices.model.columns]
    assert texts == ["入户保洁", "擦净地面", "次", "80.00", "2026-03-02", "在售"]
    assert "人人同价" in prices.message.sentence
    assert prices.name.text() == ""


@pytest.mark.parametrize(
    ("texts", "said", "field"),
    [
        (("", "擦净", "次", "80"), "填", "name"),
        (("保洁", "", "次", "80"), "填", "content"),
        (("保洁", "擦净", "长" * 11, "80"), "10", "unit"),
        (("保洁", "擦净", "次", "八十"), "80.00", "price"),
    ],
)
def test_what_is_missing_is_said_and_has_the_cursor(prices, texts, said, field):
    typed(prices, *texts)
    prices.publish()

    assert said in prices.message.sentence
    assert getattr(prices, field).hasFocus()


def test_a_ranking_name_is_refused_with_the_word(prices, settled):
    typed(prices, "VIP 保洁", "擦净", "次", "80")
    prices.publish()
    settled()

    assert "VIP" in prices.message.sentence
    assert prices.name.text() == "VIP 保洁"


def test_a_service_is_offered_no_longer(prices, settled, office):
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    prices.reload()
    settled()
    assert not prices.ender.isEnabled()
    prices.table.view.selectRow(0)
    prices.ender.click()
    settled()

    assert addons.price_list(office.session("admin"))[0].until is not None


def test_a_failure_is_said(prices, settled, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(addons, "publish", full)
    typed(prices, "保洁", "擦净", "次", "80")
    prices.publish()
    settled()

    assert "The disk is full." in prices.message.sentence
