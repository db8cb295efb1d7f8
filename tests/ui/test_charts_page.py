"""The charts page as a manager uses it: questions, answers, tables, exports, and what it hides."""

import csv
import io

import pytest
from PySide6.QtGui import QGuiApplication

from pmdesk.domain import office as kinds
from pmdesk.domain.office import Changes
from pmdesk.errors import StorageError
from pmdesk.services import charts, demo
from pmdesk.ui import theme
from pmdesk.ui.charts import draw
from pmdesk.ui.charts.files import write_charts
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.theme import Scheme


@pytest.fixture(scope="module")
def peopled(founded, tmp_path_factory):
    """An office with enough people for charts; only looked at."""
    made = founded.copied(tmp_path_factory.mktemp("charts") / "office")
    admin = made.session("admin")
    demo.fill(admin, 160, 11)
    with admin.store.writing() as work:
        work.classifications.classify(work.rulesets.active(), today=admin.clock.today())
        work.commit()
    yield made
    made.close()


@pytest.fixture
def manager(peopled):
    return peopled.session("manager")


@pytest.fixture
def drawn(manager, tasks, prompts, shown):
    """The page with its charts."""
    return shown(ChartsPage(manager, tasks, prompts))


@pytest.fixture
def undrawn(monkeypatch):
    """Charts stay white where a test does not look at them: drawing is slow."""
    monkeypatch.setattr(draw, "draw", lambda *_, **__: None)


@pytest.fixture
def page(undrawn, manager, tasks, prompts, shown):
    return shown(ChartsPage(manager, tasks, prompts))


def test_four_questions_are_answered_with_their_source(page, manager):
    board = charts.board(manager)
    assert [card.figure for card in page.cards] == list(board.figures)
    assert [card.answer.text() for card in page.cards] == [f.answer for f in board.figures]
    words = page.header._subtitle.text()
    assert all(part in words for part in ("2026-03-02", "规则版本 1", "5 人"))
    assert not page.working.isVisible()
    assert not page.waiting.isVisible()


def test_the_table_shows_the_same_suppressed_numbers(page):
    card = page.cards[0]
    card.toggle.click()
    model = card._table.table
    shown = [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    head, *rows = card.figure.table()
    assert shown == rows
    assert tuple(column.title for column in model.columns) == head
    assert any("人数过少" in cell for row in rows for cell in row)
    assert not card._canvas.isVisible()
    card.toggle.click()
    assert card._canvas.isVisible()
    assert not card._table.isVisible()


def test_a_chart_can_be_heard(page):
    card = page.cards[3]
    assert card.accessibleName() == card.figure.title
    assert card.figure.answer in card._canvas.accessibleDescription()


@pytest.mark.parametrize("form", ["png", "svg", "csv"])
def test_a_chart_is_saved_in_each_form_and_the_log_knows(
    form, page, prompts, settled, peopled, tmp_path
):
    prompts.path = tmp_path / "图"
    with peopled.logged() as acts:
        page.cards[3]._export(form)
        settled()
    path = tmp_path / f"图.{form}"
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbf"}
    assert path.read_bytes().startswith(starts[form])
    assert [(act, target) for act, target, _fields in acts] == [("export.chart", "tier_sizes")]
    assert f"图.{form}" in page.banner.sentence


def test_the_exported_table_is_the_one_on_the_card(page, prompts, settled, tmp_path):
    prompts.path = tmp_path / "a.csv"
    page.cards[0]._export("csv")
    settled()
    rows = list(csv.reader(io.StringIO(prompts.path.read_text("utf-8-sig"))))
    assert tuple(map(tuple, rows[3:])) == page.cards[0].figure.table()


def test_going_back_from_the_file_dialog_exports_nothing(page, prompts, peopled):
    with peopled.logged() as acts:
        page.cards[0]._export("png")
    assert not acts


def test_a_place_that_cannot_be_written_is_one_sentence(page, prompts, settled, tmp_path):
    prompts.path = tmp_path / "no" / "a.csv"
    page.cards[0]._export("csv")
    settled()
    assert "没有写成" in page.banner.sentence


def test_a_copied_chart_is_in_the_clipboard_and_in_the_log(page, settled, peopled):
    with peopled.logged() as acts:
        page.cards[3]._menu().actions()[-1].trigger()
        settled()
    assert not QGuiApplication.clipboard().image().isNull()
    assert [act for act, _target, _fields in acts] == ["export.chart"]


def test_who_may_not_export_has_no_menu(undrawn, peopled, tasks, prompts, shown):
    page = shown(ChartsPage(peopled.session("reviewer"), tasks, prompts))
    assert not any(card.menu.isVisible() for card in page.cards)
    assert all(card.toggle.isVisible() for card in page.cards)


def test_charts_follow_the_theme_the_text_size_and_the_width(drawn, qtbot, qapp):
    page = drawn
    canvas = page.cards[3]._canvas
    theme.apply(theme.loaded(Scheme.DARK, 2.0), qapp)
    qtbot.waitUntil(lambda: page.cards[3]._canvas is not canvas)
    dark = page.cards[3]._canvas
    assert dark.figure.get_facecolor()[0] < 0.3
    assert page._across == 1
    assert page.grid.itemAtPosition(3, 0).widget() is page.cards[3]
    theme.apply(theme.loaded(Scheme.LIGHT), qapp)
    page.resize(1500, 800)
    qtbot.waitUntil(lambda: page._across == 2)


def test_what_changes_in_the_office_is_counted_anew(page, settled, qtbot):
    with qtbot.assertNotEmitted(page.shown, wait=50):
        page.reload(Changes.of(kinds.STAFF))
    with qtbot.waitSignal(page.shown):
        page.reload(Changes.of(kinds.CONSENTS))
    assert len(page.cards) == 4


def test_an_office_with_few_people_says_so_instead_of_drawing(office, tasks, prompts, shown):
    page = shown(ChartsPage(office.session("manager"), tasks, prompts))
    assert not any(card.toggle.isVisible() for card in page.cards)
    card = page.cards[3]
    assert card.place.itemAt(0).widget()._sentence.text() == card.figure.answer
    assert "20" in card.figure.answer


def test_a_fault_keeps_the_old_charts_and_says_what_to_do(page, settled, monkeypatch):
    def fails(session):
        raise StorageError("gone", "again")

    monkeypatch.setattr(charts, "board", fails)
    page.reload()
    settled()
    assert page.banner.sentence
    assert len(page.cards) == 4
    assert not page.working.isVisible()


def test_files_for_a_computer_without_a_display(manager, tmp_path):
    for dark in (False, True):
        made = write_charts(manager, tmp_path / str(dark), dark=dark)
        assert len(made) == 4
        assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_long_legends_take_more_lines_in_a_narrow_card(manager):
    figure = charts.figures(manager)[0]
    narrow = draw.height(figure, titled=False, wide=4.0)
    assert narrow > draw.height(figure, titled=False, wide=12.0)
