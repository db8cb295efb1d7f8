"""The charts page as a manager uses it: questions, filters, tables, exports, and what it hides."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pmdesk.domain import office as kinds
from pmdesk.domain.dashboard import CARDS, OF_THE_WHOLE, CardKey, CardState, Period
from pmdesk.domain.dashboard_views import USUAL
from pmdesk.domain.office import Changes
from pmdesk.errors import StorageError
from pmdesk.services import charts
from pmdesk.ui import theme
from pmdesk.ui.charts import draw
from pmdesk.ui.charts.files import write_charts
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.theme import Scheme

ASKED_AGAIN = [key for key in CARDS if key not in OF_THE_WHOLE]


def test_eight_questions_are_answered_from_the_book_of_orders(manager, tasks, prompts, shown):
    page = shown(ChartsPage(manager, tasks, prompts), 1400, 900)
    assert list(page.cards) == list(CARDS)
    for key, card in page.cards.items():
        assert not card.trouble.sentence, key
        assert card.shown.answer
        assert not card.working.isVisible()
    assert page.cards[CardKey.CONSENT].shown.state is CardState.SHOWN
    first = page.cards[CardKey.WHEN].views[0]
    assert first.is_drawn
    needs = [card.figure.key for card in page.needs.cards]
    assert needs == ["needs_by_tier", "needs_by_building", "tier_sizes"]  # consent stands above
    assert page.header._subtitle.text() == "数据截至 2026-02-28"
    assert "现行规则第 1 版" in page.cards[CardKey.TIERS].source.text()


def test_a_card_has_question_answer_source_and_remarks(page):
    card = page.cards[CardKey.LOAD]
    assert card.accessibleName() == card.shown.question
    assert card.answer.text() == "load：答案。"
    assert card.note.text() == "备注。"
    assert "2026-02-28" in card.source.text()
    assert [words.text() for words in card._titles] == [one.title for one in card.shown.figures]


def test_the_table_shows_the_same_suppressed_numbers(page):
    card = page.cards[CardKey.LOAD]
    card.toggle.click()
    assert not any(view.isVisible() for view in card.views)
    for table, figure in zip(card._tables, card.shown.figures, strict=True):
        model = table.table
        rows = [
            tuple(model.index(row, column).data() for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]
        assert tuple(rows) == figure.table()[1:]
        assert any("不显示" in cell for row in rows for cell in row)
    card.toggle.click()
    assert all(view.isVisible() for view in card.views)
    assert not any(table.isVisible() for table in card._tables)


def test_the_table_stays_open_when_the_numbers_are_others(page, said, settled):
    card = page.cards[CardKey.TIERS]
    card.toggle.click()
    page.filters.services.buttons()[0].click()
    settled()
    assert card._tables[0].isVisible()
    assert not card.views[0].isVisible()


@pytest.mark.parametrize(
    ("state", "icon"), [(CardState.EMPTY, 0), (CardState.TOO_SMALL, 1), (CardState.REFUSED, 2)]
)
def test_a_card_without_numbers_says_why_and_what_to_do(page, said, settled, state, icon):
    del icon
    said.states[CardKey.STAFF] = state
    page.reload()
    settled()
    card = page.cards[CardKey.STAFF]
    sentence = card.empty._sentence.text()
    assert sentence == "staff：答案。\n先登记工单。"
    assert card.empty.isVisible()
    assert not card.toggle.isVisible()
    assert not card.menu.isVisible()
    said.states.clear()
    page.reload()
    settled()
    assert not card.empty.isVisible()
    assert card.views[0].isVisible()


def test_one_card_that_fails_keeps_its_chart_and_leaves_the_others(page, said, settled):
    said.states[CardKey.TIERS] = StorageError("gone", "again")
    page.reload()
    settled()
    card = page.cards[CardKey.TIERS]
    assert card.trouble.sentence
    assert card.views[0].isVisible()
    assert not page.cards[CardKey.WHEN].trouble.sentence
    said.states.clear()
    said.asked.clear()
    card.trouble.action.click()
    settled()
    assert not card.trouble.sentence
    assert [key for key, _scope in said.asked] == [CardKey.TIERS]


def test_the_old_chart_stays_under_a_thin_line_while_counting(page, said, settled):
    before = page.cards[CardKey.TIERS].shown
    page.filters.services.buttons()[0].click()
    card = page.cards[CardKey.TIERS]
    assert card.working.isVisible()
    assert card.shown is before
    assert card.views[0].isVisible()
    assert not page.cards[CardKey.CONSENT].working.isVisible()
    settled()
    assert not card.working.isVisible()


def test_a_filter_asks_again_only_what_it_changes_and_is_said_loudly(page, said, settled):
    said.asked.clear()
    page.filters.show_buildings(("1栋", "2栋"))
    page.filters.building.setCurrentIndex(2)
    page.filters.building.activated.emit(2)
    settled()
    assert [key for key, _scope in said.asked] == ASKED_AGAIN
    assert all(scope.buildings == ("2栋",) for _key, scope in said.asked)
    assert "2栋" in page.filters.state.sentence
    assert "2栋" in page.cards[CardKey.WHEN].source.text()
    page.filters.state.action.click()
    settled()
    assert not page.filters.state.isVisible()
    assert not page.filters.choice.is_filtered


def test_a_building_is_taken_off_by_its_chip_and_the_cursor_stays_in_the_bar(page, settled):
    filters = page.filters
    filters.show_choice(replace(USUAL, buildings=("1栋", "2栋")))
    chip = filters._chosen.itemAt(0).widget()
    filters.building.setFocus()
    QTest.keyClick(filters.building, Qt.Key.Key_Tab)
    assert page.focusWidget() is chip
    QTest.keyClick(chip, Qt.Key.Key_Space)
    settled()
    assert filters.choice.buildings == ("2栋",)
    assert page.focusWidget() is filters.building

    filters.state.action.setFocus()
    QTest.keyClick(filters.state.action, Qt.Key.Key_Space)
    settled()
    assert page.focusWidget() is filters.building


def test_a_period_is_chosen_by_name_or_by_its_days(page, said, settled):
    filters = page.filters
    filters.period.setCurrentIndex(filters.period.findData(Period.YEAR.value))
    filters.period.activated.emit(0)
    settled()
    assert filters.choice.period is Period.YEAR
    assert not filters.days.isVisible()
    filters.period.setCurrentIndex(filters.period.count() - 1)
    filters.period.activated.emit(0)
    settled()
    assert filters.days.isVisible()
    said.asked.clear()
    filters.first.line.setText("2026-02-0")
    filters.first.edited.emit()
    settled()
    assert not said.asked
    filters.first.line.setText("2026-02-03")
    filters.first.edited.emit()
    settled()
    assert said.asked[0][1].since.isoformat() == "2026-02-03"


def test_of_quick_changes_only_the_last_is_counted_to_the_end(page, said, settled):
    said.asked.clear()
    for made in page.filters.services.buttons()[:3]:
        made.click()
    settled()
    last = page.scope
    assert [key for key, scope in said.asked if scope == last] == ASKED_AGAIN
    assert len(said.asked) < 3 * len(ASKED_AGAIN)
    assert page.cards[CardKey.WHEN].shown.scope == last


def test_a_filter_chosen_while_the_page_opens_leaves_no_card_uncounted(
    said, manager, tasks, prompts, shown, settled
):
    page = ChartsPage(manager, tasks, prompts)
    page.filters.services.buttons()[0].click()
    shown(page)
    settled()

    assert all(card.shown is not None for card in page.cards.values())
    assert not any(card.working.isVisible() for card in page.cards.values())


# ---- the whole page ----------------------------------------------------------------------------


def test_cards_follow_the_theme_the_text_size_and_the_width(page, qtbot, qapp):
    page.resize(1500, 800)
    qtbot.waitUntil(lambda: page._across == 2)
    assert page.grid.itemAtPosition(1, 1).widget() is page.cards[CardKey.MOVES]
    theme.apply(theme.loaded(Scheme.DARK, 2.0), qapp)
    qtbot.waitUntil(lambda: page._across == 1)
    drawn = page.cards[CardKey.WHEN].views[0]
    qtbot.waitUntil(lambda: drawn.is_drawn)
    theme.apply(theme.loaded(Scheme.LIGHT), qapp)


def test_what_changes_while_nobody_looks_is_counted_when_somebody_does(page, said, settled):
    said.asked.clear()
    page.reload(Changes.of(kinds.STAFF))
    settled()
    assert not said.asked
    page.hide()
    page.reload(Changes.of(kinds.ORDERS))
    settled()
    assert not said.asked
    page.show()
    settled()
    assert [key for key, _scope in said.asked] == list(CARDS)


def test_an_office_with_few_people_says_so_instead_of_drawing(office, tasks, prompts, shown):
    page = shown(ChartsPage(office.session("manager"), tasks, prompts))
    for key in (CardKey.WHEN, CardKey.STAFF):
        card = page.cards[key]
        assert card.shown.state is not CardState.SHOWN
        assert card.shown.answer in card.empty._sentence.text()
        assert card.shown.remedy in card.empty._sentence.text()


def test_needs_that_fail_say_so_below_the_eight(page, settled, monkeypatch):
    def fails(session):
        raise StorageError("gone", "again")

    monkeypatch.setattr(charts, "board", fails)
    page.reload()
    settled()
    assert page.needs.trouble.sentence
    assert len(page.needs.cards) == 3


def test_needs_are_counted_once_because_no_filter_of_the_page_counts_for_them(
    page, settled, monkeypatch
):
    counted, board = [], charts.board

    def counting(session):
        counted.append(session)
        return board(session)

    monkeypatch.setattr(charts, "board", counting)
    page.reload()
    settled()
    page.show_choice(replace(USUAL, period=Period.YEAR))
    page.cards[CardKey.LOAD].retry_requested.emit(CardKey.LOAD)
    settled()
    assert len(counted) == 1


@pytest.mark.parametrize("form", ["png", "csv"])
def test_needs_are_saved_as_before(form, page, prompts, settled, peopled, tmp_path):
    prompts.path = tmp_path / f"a.{form}"
    with peopled.logged() as acts:
        page.needs.cards[2]._export(form)
        settled()
    assert prompts.path.stat().st_size
    assert [(act, target) for act, target, _fields in acts] == [("export.chart", "tier_sizes")]


def test_files_for_a_computer_without_a_display(manager, tmp_path):
    for dark in (False, True):
        made = write_charts(manager, tmp_path / str(dark), dark=dark)
        assert len(made) == 4
        assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_long_legends_take_more_lines_in_a_narrow_card(manager):
    figure = charts.figures(manager)[0]
    narrow = draw.height(figure, titled=False, wide=4.0)
    assert narrow > draw.height(figure, titled=False, wide=12.0)


# ---- faults of the program -----------------------------------------------------------------------


def test_a_fault_in_one_card_ends_that_card_and_no_other(page, said, qtbot, settled):
    said.states[CardKey.TIERS] = ZeroDivisionError("planted")
    with qtbot.capture_exceptions() as faults:
        page.reload()
        settled()

    assert [kind for kind, _error, _trace in faults] == [ZeroDivisionError]
    assert page.cards[CardKey.TIERS].trouble.sentence
    assert not any(card.working.isVisible() for card in page.cards.values())
    assert [key for key, card in page.cards.items() if card.trouble.sentence] == [CardKey.TIERS]
    said.states.clear()
    page.cards[CardKey.TIERS].trouble.action.click()
    settled()
    assert not page.cards[CardKey.TIERS].trouble.sentence


def test_an_answer_that_cannot_be_shown_stops_no_other_card(
    page, said, qtbot, settled, monkeypatch
):
    def fails(_answer):
        raise ZeroDivisionError

    monkeypatch.setattr(page.cards[CardKey.WHEN], "show_answer", fails)
    with qtbot.capture_exceptions() as faults:
        page.reload()
        settled()

    assert len(faults) == 1
    assert page.cards[CardKey.WHEN].trouble.sentence
    assert not any(card.working.isVisible() for card in page.cards.values())


def test_the_thin_line_lies_at_the_edge_and_takes_no_room(page):
    card = page.cards[CardKey.TIERS]
    card.show_working(working=True)

    assert card.working.geometry().top() == 0
    assert card.working.width() > card.width() * 0.8
    assert card.aside.geometry().top() <= card.body.contentsMargins().top() + 2


def test_the_cards_end_below_the_head(page):
    card = page.cards[CARDS[0]]
    ends = [one.mapTo(page, one.rect().topRight()).x() for one in (page.header, card)]

    assert ends[0] == ends[1]
