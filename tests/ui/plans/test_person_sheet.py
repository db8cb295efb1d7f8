"""What a tier means for a person: a line on the page, and a sheet to hand over."""

import pytest

from pmdesk.domain.orders.plan_draft import Line, PlanCell
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.ui import printing
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import answers, consenting, tier
from tests.ui.plans.planned import published


@pytest.fixture
def person(office):
    values = answers(patrol_need=("doorstep",), repair_need=("water",))
    return consenting(office.session("clerk"), values=values)


@pytest.fixture
def page(office, tasks, prompts, shown, person):
    clerk = office.session("clerk")
    where = PlanCell(tier(clerk, person), Line(Aspect.RESPOND, "repair"))
    published(office, [(where, "4")])
    return shown(ResidentPage(clerk, tasks, prompts, person))


def test_the_page_of_a_person_says_what_the_tier_adds(page):
    assert page.tier.promises.text() == "维修：4 小时内有人答复（合同：24 小时）"
    assert not page.tier.promises.isHidden()


def test_the_sheet_is_looked_at_saved_and_logged(
    page, office, prompts, settled, monkeypatch, tmp_path, person
):
    seen = []
    monkeypatch.setattr(printing, "preview_letter", lambda made, _parent: seen.append(made))
    look, save = page.tier.sheet.button.menu().actions()
    with office.logged() as log:
        look.trigger()
        settled()
        prompts.path = tmp_path / "sheet.pdf"
        save.trigger()
        settled()
        assert page.note.sentence == "已存为 sheet.pdf。"
        prompts.path = None
        save.trigger()
        settled()

    assert "您的服务等级" in seen[0].opening
    assert prompts.asked == ["保存", "保存"]
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert log == [("plan.sheet", f"person:{person}", ())] * 2


def test_who_is_served_by_the_contract_alone_reads_no_addition(
    office, tasks, prompts, shown, enter
):
    page = shown(ResidentPage(office.session("clerk"), tasks, prompts, enter()))

    assert page.tier.promises.isHidden()
