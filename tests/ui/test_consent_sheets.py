"""On the consent page: separate sheets, items, people who said no, guardians and visits."""

import pytest

from pmdesk.domain.consents import Act, Channel, ConsentState, Decision, GivenBy
from pmdesk.services import residents
from pmdesk.ui.consent.decisions import Step
from pmdesk.ui.consent.page import ConsentPage
from tests.offices import P2, P3, P5, PLATE, decide, resident, witness
from tests.ui.consenting import SIGNATURE, chosen, draw, number, prove, read, state, words


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ConsentPage(office_session, tasks, prompts, person, "3-2-501 曾国强", first=P2))


def _items(page, *agreed):
    for code, pair in page.choices_step.lines[P5].items.items():
        (pair.agree if code in agreed else pair.refuse).click()


def _choose(page, *, items=(), **rest):
    read(page, P2, P5, PLATE)
    page.next()
    page.choices_step.adult.click()
    for code in rest.get("agree", ()):
        page.choices_step.lines[code].agree.click()
    if items:
        _items(page, *items)
    page.next()


def test_each_separate_consent_is_signed_apart_and_the_record_shows_it(
    page, office_session, person, settled
):
    _choose(page, agree=(P2, PLATE), items=("ramp",))
    assert "3" in page.proof_step.title.text()
    for name in ("服务需求分类", "车牌号", "特殊协助"):
        assert name in page.proof_step.title.text()
        if page.proof_step.act.value is not Act.DRAWN:
            prove(page, Act.DRAWN)
        assert not page.forward.isEnabled()
        draw(page.proof_step.pad, [(x, y + len(name)) for x, y in SIGNATURE])
        page.next()
    settled()

    assert page.step is Step.RECEIPT
    assert {state(office_session, person, code) for code in (P2, P5, PLATE)} == {ConsentState.LIVE}
    assert "坡道" in words(page.receipt_step)


def test_going_back_to_a_sheet_finds_its_signature(page):
    _choose(page, agree=(P2, PLATE))
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    page.next()
    assert page.proof_step.pad.is_blank
    page.backward.click()

    assert not page.proof_step.pad.is_blank
    assert page.forward.isEnabled()
    page.backward.click()
    assert page.step is Step.CHOICES


def test_one_number_cannot_serve_two_sheets(page, settled):
    _choose(page, agree=(P2, PLATE))
    prove(page, Act.PAPER)
    number(page, "A-1")
    page.next()
    number(page, "A-1")
    page.next()
    settled()

    assert page.step is Step.PROOF
    assert "单独签字" in page.note.sentence


def test_items_are_decided_one_by_one_and_none_is_one_press(page):
    read(page, P2, P5)
    page.next()
    line = page.choices_step.lines[P5]
    assert line.agree.isHidden()
    line.items["ramp"].refuse.click()
    assert "特殊协助：还有" in page.hint.text()
    line.refuse.click()

    assert page.decisions.agreed == {P5: False}
    assert page.forward.isEnabled()


def test_one_item_agreed_leads_to_a_no_to_all_the_others(page):
    read(page, P2, P5)
    page.next()
    line = page.choices_step.lines[P5]
    assert line.rest.isHidden()
    line.items["ramp"].agree.click()
    page.choices_step.adult.click()
    page.resize(900, 420)
    assert f"特殊协助：还有 {len(line.items) - 1} 项没有选" in page.hint.text()
    page.finder.click()
    assert not line.rest.visibleRegion().isEmpty()
    line.rest.click()

    assert page.finder.isHidden()
    answers = page.decisions.items[P5]
    assert answers == {code: code == "ramp" for code in line.items}
    assert page.forward.isEnabled()


def test_who_said_no_is_not_asked_again_unless_they_come_forward(
    office_session, tasks, prompts, shown, person, settled
):
    decide(office_session, person, {P3: False})
    page = shown(ConsentPage(office_session, tasks, prompts, person, first=P3))
    read(page, P3)
    page.next()
    line = page.choices_step.lines[P3]
    assert not line.agree.isEnabled()
    assert "2027-03-02" in words(line)
    line.own.click()
    line.agree.click()
    page.choices_step.adult.click()
    page.next()
    prove(page, Act.PAPER)
    number(page, "A-2")
    page.next()
    settled()

    event = residents.detail(office_session, person).events[0]
    assert (event.decision, event.own_initiative) == (Decision.GIVEN, True)


def test_a_guardian_is_named_and_the_document_only_seen(page, office_session, person, settled):
    read(page)
    page.next()
    decider = page.choices_step.decider
    decider.who.buttons()[list(GivenBy).index(GivenBy.GUARDIAN)].click()
    page.choices_step.lines[P2].agree.click()
    decider.adult.click()
    assert "不复印" in words(decider)
    for line, text in (
        (decider.name, "王小红"),
        (decider.relation, "女儿"),
        (decider.document, "监护判决书"),
    ):
        assert not page.forward.isEnabled()
        line.setText(text)
        line.textEdited.emit(text)
    page.next()
    prove(page, Act.DRAWN)
    assert "请监护人在" in page.hint.text()
    prove(page, Act.PAPER)
    number(page, "A-3")
    page.next()
    settled()

    event = residents.detail(office_session, person).events[0]
    assert event.representative is not None
    assert (event.given_by, event.representative.name) == (GivenBy.GUARDIAN, "王小红")


def test_word_of_mouth_names_a_colleague_as_witness(page, office_session, person, settled):
    chosen(page, agree=(P3,), refuse=(P2,))
    prove(page, Act.ORAL)
    assert not page.forward.isEnabled()
    box = page.proof_step.witness
    assert box.itemText(0) == "没有"
    assert "王芳" not in [box.itemText(at) for at in range(box.count())]
    box.setCurrentIndex(box.findData(witness(office_session)))
    box.activated.emit(box.currentIndex())
    page.next()
    settled()

    assert residents.detail(office_session, person).events[0].witness == witness(office_session)


def test_a_visit_asks_for_one_more_tick(page):
    chosen(page)
    prove(page, Act.PAPER)
    number(page, "A-4")
    assert page.forward.isEnabled()
    page.proof_step.channel.buttons()[list(Channel).index(Channel.VISIT)].click()
    assert not page.forward.isEnabled()
    page.proof_step.respected.click()

    assert page.forward.isEnabled()


def test_at_night_only_who_rang_us_is_taken_by_phone(page, clock, office_session, person, settled):
    chosen(page, agree=(P3,), refuse=(P2,))
    clock.advance(hours=11, minutes=30)
    prove(page, Act.ORAL)
    box = page.proof_step.witness
    box.setCurrentIndex(1)
    box.activated.emit(1)
    page.proof_step.channel.buttons()[list(Channel).index(Channel.PHONE)].click()
    page.next()
    settled()
    assert "晚上" in page.note.sentence
    page.proof_step.called.click()
    page.next()
    settled()

    assert state(office_session, person, P3) is ConsentState.LIVE
