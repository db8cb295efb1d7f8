"""The books on the records page and on the landing page, as people use them."""

import pytest
from PySide6.QtWidgets import QMenu

from pmdesk.domain.staff import Role
from pmdesk.services import undertakings
from pmdesk.services.audits import book_starts, record_points
from pmdesk.services.records import letters, policies, record_desk
from pmdesk.services.records.incidents import scenarios
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.undertaking import UndertakingPage
from pmdesk.ui.records.registry import special
from pmdesk.ui.theme import Scheme
from tests.pdf import text_of
from tests.services.bookkeeping import INCIDENT, filed
from tests.ui.clipping import clipped

OWN = (
    *("audit", "incident", "processor", "disclosure", "joint"),
    *("support", "policy", "poster", "plan", "leaving"),
)


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(RecordsPage(office.session("manager"), tasks, prompts))


def menu_of(page, key):
    return page.open_tab(key).findChild(QMenu)


def test_each_book_opens_empty_and_begins(page, settled):
    for key in OWN:
        panel = page.open_tab(key)
        settled()
        assert panel.isVisible()
        assert panel.model.rowCount() == 0
        panel.begin()
        settled()
        assert panel.view.isVisible()


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("incident", 1 + 2 * len(scenarios())),
        ("policy", len(policies.policies()) + 1),
        ("poster", len(letters.letters()) + 1),
    ],
)
def test_the_menu_offers_every_text_to_begin_with(page, settled, key, count):
    actions = [one for one in menu_of(page, key).actions() if not one.isSeparator()]
    assert len(actions) == count
    actions[1].trigger()
    settled()

    view = page.open_tab(key).view
    assert view.isVisible()
    assert any(value for value in view.document.values())


def test_a_drill_begun_from_the_menu_is_marked(page, settled):
    drill = next(one for one in menu_of(page, "incident").actions() if "演练" in one.text())
    drill.trigger()
    settled()

    document = page.open_tab("incident").view.document
    assert document["drill"] is True
    assert document["what"].startswith("演练：")


def test_the_self_audit_begins_with_evidence_and_is_filed_by_its_author(page, settled, office):
    panel = page.open_tab("audit")
    panel.begin()
    settled()
    view = panel.view
    assert "联网代码" in view.document["item.q14.evidence"]
    view.submit()
    settled()
    assert "没填" in view.message.sentence
    answers = {key: "ok" for key in view.document if key.endswith(".result")} | {"truth": True}
    for form in view.form.forms:
        for key in form.rows:
            if key in answers:
                form.editor(key).show_value(answers[key])
    view.submit()
    settled()

    (line,) = record_desk.lines(office.session("manager"), "audit")
    assert line.record.status == "approved"
    assert not view.buttons["renew"].isVisible()


@pytest.mark.parametrize(
    ("key", "start", "words"),
    [
        ("audit", book_starts.audit, ["自查", "不是认证"]),
        ("incident", lambda *_: INCIDENT, ["通知书", "可能造成的危害"]),
        ("incident", lambda *_: INCIDENT, ["报告表", "涉及人数"]),
        ("policy", lambda s, _: book_starts.policy(s, "gates"), ["门禁与视频", "尚未采用"]),
        ("poster", lambda s, _: book_starts.poster(s, "outage"), ["停水停电检修通知"]),
        ("leaving", lambda *_: {"name": "王芳"}, ["保密承诺提醒书", "王芳"]),
    ],
)
def test_each_paper_is_made(chinese, office, key, start, words):
    session = office.session("manager")
    record, _changes = record_desk.save(session, key, "", start(session, ""))
    shown = record_desk.opened(session, record)
    made = [paper.make(shown) for paper in special(key).papers]

    texts = ["".join("".join(text_of(pdf)).split()) for pdf in made]
    assert any(all(word in text for word in words) for text in texts)


def test_home_counts_down_a_larger_incident_and_leads_to_it(office, tasks, prompts, shown, qtbot):
    session = office.session("manager")
    record, _changes = record_desk.save(session, "incident", "", INCIDENT | {"severity": "larger"})
    home = shown(HomePage(session, tasks, prompts))

    assert home.records.isVisible()
    first = home.records.strip.points[0]
    assert first.record == record
    with qtbot.waitSignal(home.point_requested) as asked:
        home.records.strip.chosen.emit(first)
    assert asked.args == [first]


def test_home_is_red_until_the_internal_rules_are_adopted(office, tasks, prompts, shown, settled):
    session = office.session("manager")
    home = shown(HomePage(session, tasks, prompts))

    def wanting():
        home.reload()
        settled()
        return [one for one in home.records.strip.points if one.tab == "policy"]

    assert wanting()
    for one in policies.policies():
        filed(session, "policy", book_starts.policy(session, one.code), subject=one.code)
    assert not wanting()


def test_the_front_desk_sees_no_records(office_session, tasks, prompts, shown):
    assert office_session.staff.role is Role.CLERK
    home = shown(HomePage(office_session, tasks, prompts))

    assert not home.records.isVisible()


def test_the_undertakings_are_listed_with_their_end(chinese, page, settled):
    panel = page.open_tab("undertakings")
    settled()

    rows = [[panel.model.index(at, column).data() for column in (0, 3, 4)] for at in range(5)]
    assert ["王芳", "2027-03-02", "已签"] in rows


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_of_the_undertaking_is_cut_off(wear, shown, scale):
    wear(Scheme.LIGHT, scale)
    page = shown(UndertakingPage(undertakings.text(), "王芳"), 900, 580)

    assert clipped(page) == []
    assert page.go.isVisible()


def test_home_and_the_records_count_the_same(office, tasks, prompts, shown):
    session = office.session("manager")
    home = shown(HomePage(session, tasks, prompts))

    assert home.records.strip.points == record_points.points(session)
