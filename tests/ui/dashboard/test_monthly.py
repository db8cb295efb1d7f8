"""The report of a month: what the page may show, and an anchor that the log answers to."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from pmdesk.analytics.figures import Cell, FigureKind
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.dashboard import CARDS, OF_TODAY, CardKey, CardState
from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.services import demo, demo_orders, log_anchors
from pmdesk.services.dashboard import desk, going_out
from pmdesk.services.log_anchors import Verdict
from pmdesk.services.monthly import report
from pmdesk.services.monthly.paper import monthly_pdf
from pmdesk.ui import theme
from pmdesk.ui.dashboard import monthly
from pmdesk.ui.dashboard.monthly import MonthlyMenu
from pmdesk.ui.theme import Scheme
from tests.pdf import text_of
from tests.ui.dashboard import answers

FEBRUARY = date(2026, 2, 1)  # the clock of tests shows 2 March 2026


@pytest.fixture
def peopled(office):
    """An office with residents and a year of orders."""
    admin = office.session("admin")
    demo.fill(admin, 40, 11)
    demo_orders.fill(admin, 11)
    return office


@pytest.fixture
def made_up(monkeypatch):
    """The answers of the desk are made up; which were asked for."""
    asked = []

    def card(_session, key, scope):
        asked.append((key, scope))
        state = CardState.TOO_SMALL if key is CardKey.LOAD else CardState.SHOWN
        return answers.answer(key, state, scope)

    monkeypatch.setattr(desk, "card", card)
    return asked


@dataclass
class Heard:
    """What the page was told."""

    said: list[str] = field(default_factory=list)
    failed: list[PmdeskError] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def menu(office, tasks, prompts, chinese, made_up, monkeypatch, qtbot, tmp_path, heard):
    """The button of a manager; pictures are blank."""
    monkeypatch.setattr(monthly, "drawn", lambda _colours, _figure: (PNG, 0.5))
    manager = office.session("manager")
    hearers = (heard.said.append, heard.failed.append, heard.opened.append)
    one = MonthlyMenu(manager, tasks, prompts, *hearers)
    qtbot.addWidget(one)
    qtbot.addWidget(one.working)
    prompts.path = tmp_path / "monthly.pdf"
    return one


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea7359d790000000049454e44ae426082"
)


def compiled(session, month=FEBRUARY):
    return report.compiled(session, month, silent)


def test_the_page_s_own_answers_of_that_month_stand_in_it(office, made_up):
    made = compiled(office.session("manager"))

    assert [key for key, _scope in made_up] == list(CARDS)
    assert {(scope.since, scope.until) for _key, scope in made_up} == {
        (date(2026, 2, 1), date(2026, 3, 1))
    }
    assert made.cards[0] == answers.answer(CARDS[0], scope=made_up[0][1])


def test_what_is_known_only_as_of_today_stands_apart_from_the_month(office, made_up, monkeypatch):
    def card(_session, key, scope):
        made = answers.answer(key, CardState.SHOWN, scope)
        if key is not CardKey.LOAD:
            return made
        waiting, shares = made.figures
        waiting = replace(waiting, key="open_by_age", answer="28 open.")
        shares = replace(shares, key="in_time", answer="94 % not late.", note="By the week.")
        return replace(
            made,
            answer="28 open. 94 % not late.",
            figures=(waiting, shares),
            notes=("By the week.", "Rounded."),
        )

    monkeypatch.setattr(desk, "card", card)

    made = compiled(office.session("manager"))

    assert [one.key for one in made.cards] == [CardKey.WHEN, CardKey.LOAD, CardKey.DISPUTES]
    assert {one.scope.since for one in made.cards} == {FEBRUARY}
    waiting, *others = made.today
    assert [one.key for one in others] == [
        *(CardKey.TIERS, CardKey.MOVES, CardKey.STAFF, CardKey.FAIR, CardKey.CONSENT)
    ]
    in_time = made.cards[1]
    assert (in_time.answer, [one.key for one in in_time.figures]) == (
        *("94 % not late.", ["in_time"]),
    )
    assert (waiting.answer, [one.key for one in waiting.figures]) == ("28 open.", ["open_by_age"])
    assert waiting.notes == ("Rounded.",)
    assert waiting.as_of == date(2026, 3, 2)
    assert "2026-02" not in going_out.source(waiting)


@pytest.mark.parametrize(
    "month",
    [date(2026, 3, 1), date(2026, 2, 2), date(2025, 2, 1)],
    ids=["not over", "a day", "old"],
)
def test_only_months_that_are_over_are_reported_and_a_refusal_leaves_no_trace(office, month):
    with office.logged() as log, pytest.raises(RefusedError):
        compiled(office.session("manager"), month)

    assert not log


def test_the_code_of_a_report_is_found_in_the_log_later(office, made_up):
    made = compiled(office.session("manager"))
    reviewer = office.session("reviewer")

    found = log_anchors.check_code(reviewer, made.anchor.code, silent)

    assert found.verdict is Verdict.CONTAINED


def test_no_resident_and_no_room_is_in_the_file(peopled, chinese):
    manager = peopled.session("manager")
    colours = theme.loaded(Scheme.LIGHT).colours
    made = compiled(manager)
    with manager.store.reading() as work:
        today = manager.clock.today()
        ids = work.people.ids(ResidentQuery(), today=today)
        people = work.people.rows(list(ids), today=today)

    pages = monthly_pdf(made, lambda one: monthly.drawn(colours, one), lambda _at, _of: None)

    text = "".join(text_of(pages))
    assert made.office in text
    assert made.anchor.code in text
    assert all(card.question in text for card in (*made.cards, *made.today))
    month, today = text.index("2026-02 当月"), text.index("截至 2026-03-02")
    asked = {one.key: text.index(one.question) for one in (*made.cards, *made.today)}
    assert month < asked[CardKey.WHEN] < today < min(asked[key] for key in OF_TODAY)
    assert today < text.index("值得关注")
    names = {one.name for one in people if len(one.name) > 2}  # two characters may be a word
    assert names
    assert not [one for one in names if one in text]


def test_a_line_of_a_single_month_is_left_to_its_sentence(office, made_up, chinese):
    made = compiled(office.session("manager"))
    months = ("2026-02",)
    share = [("share", "没有超时", [Cell(value=93.0)]), ("target", "目标", [Cell(value=90.0)])]
    dot = answers.figure("in_time", FigureKind.SHARES, months, share)
    card = replace(made.cards[0], key=CardKey.LOAD, answer="没有超时的占 93%。", figures=(dot,))
    drawn: list[str] = []

    def draw(one):
        drawn.append(one.key)
        return PNG, 0.5

    pages = monthly_pdf(replace(made, cards=(card,)), draw, lambda _at, _of: None)

    assert "没有超时的占 93%" in "".join(text_of(pages))
    assert drawn
    assert "in_time" not in drawn


def test_a_report_is_saved_told_opened_and_on_record(menu, heard, settled, tmp_path, office):
    with office.logged() as log:
        menu.list.actions()[0].trigger()
        settled()

    assert not heard.failed
    path = tmp_path / "monthly.pdf"
    text = "".join(text_of(path.read_bytes()))
    assert "月报 2026-02" in text
    assert "load：答案。" in text
    assert heard.opened == [path]
    assert "monthly.pdf" in heard.said[0]
    assert [act for act, *_ in log] == ["report.made", "anchor.exported"]
    assert menu.isEnabled()


def test_the_way_of_a_report_is_told_once_from_nothing_to_the_end(
    office, made_up, tmp_path, monkeypatch
):
    monkeypatch.setattr(monthly, "drawn", lambda _colours, _figure: (PNG, 0.5))
    heard = []
    monthly.made(
        office.session("manager"),
        FEBRUARY,
        tmp_path / "monthly.pdf",
        {},
        lambda done, total: heard.append((done, total)),
    )

    steps = [done for done, _total in heard]
    assert {total for _done, total in heard} == {steps[-1]}
    assert steps == list(range(steps[-1] + 1))


def test_a_report_that_is_stopped_is_not_there(menu, heard, settled, monkeypatch, tmp_path):
    def stopped(_colours, _figure):
        menu.cancel()
        return PNG, 0.5

    monkeypatch.setattr(monthly, "drawn", stopped)
    menu.list.actions()[0].trigger()
    settled()

    assert not (tmp_path / "monthly.pdf").exists()
    assert heard.said == ["已停止，没有生成月报。"]
    assert menu.isEnabled()


def test_a_place_where_nothing_can_be_written_is_told(menu, heard, settled, prompts, tmp_path):
    prompts.path = tmp_path / "gone" / "monthly.pdf"
    menu.list.actions()[0].trigger()
    settled()

    assert heard.failed
    assert not heard.said


def test_nothing_happens_when_no_place_is_chosen(menu, prompts, office, settled):
    prompts.path = None
    with office.logged() as log:
        menu.list.actions()[0].trigger()
        settled()

    assert not log


def test_a_report_can_be_tried_again_after_a_fault_of_the_program(
    menu, heard, settled, monkeypatch, qtbot
):
    def planted(*_args):
        raise ZeroDivisionError

    with monkeypatch.context() as broken, qtbot.capture_exceptions() as faults:
        broken.setattr(report, "compiled", planted)
        menu.begin(FEBRUARY)
        settled()
    assert len(faults) == 1
    assert menu.isEnabled()
    assert menu.working.isHidden()

    menu.begin(FEBRUARY)
    settled()
    assert [path.name for path in heard.opened] == ["monthly.pdf"]
