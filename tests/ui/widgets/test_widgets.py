"""The small pieces say what they show, also to those who hear it, and clip nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pmdesk.ui.theme import Scheme, Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card, Tile
from pmdesk.ui.widgets.choice import Chips, Segmented
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState, PageHeader
from pmdesk.ui.widgets.label import Picture, label, rule
from pmdesk.ui.widgets.page import Page, scrolled
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.steps import StepBar
from tests.ui.clipping import clipped


@pytest.fixture
def seen(qtbot, wear, qapp):
    wear()

    def _seen(widget, width=900, height=500):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qapp.processEvents()
        return widget

    return _seen


def _words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisible()]


def test_what_was_typed_is_never_read_as_markup(seen):
    made = seen(label("<b>王</b>", select=True))

    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_a_button_is_pressed_without_arguments_and_named_by_its_tip(seen, qtbot):
    pressed = []
    made = seen(button("", lambda: pressed.append(1), picture="x", tip="关闭"))

    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    assert pressed == [1]
    assert made.accessibleName() == "关闭"


def test_a_banner_without_a_sentence_is_not_there(seen):
    pressed = []
    made = Banner(action="去看", pressed=lambda: pressed.append(1))
    page = Page("标题")
    page.add(made)
    seen(page)
    assert not made.isVisible()

    made.show_sentence("口令不对。", Tone.PROBLEM)
    made.action.click()

    assert made.isVisible()
    assert made.sentence == made.accessibleName() == "口令不对。"
    assert pressed == [1]


def test_a_pill_is_as_wide_as_its_word_and_says_it(seen):
    made = seen(Pill(Badge(words="已同意", tone=Tone.GOOD, icon="check")))
    before = made.sizeHint().width()

    made.show_badge(Badge(words="已撤回同意", icon="x"))

    assert made.sizeHint().width() > before
    assert made.accessibleName() == "已撤回同意"


def test_the_present_step_is_marked_and_told(seen):
    made = seen(StepBar(["告知", "选择", "签字"]))

    made.show_step(1)

    assert _words(made)[:2] == ["✓", "告知"]
    assert made.accessibleName() == "第 2 步，共 3 步：选择"


def test_one_segment_is_chosen_and_told(seen, qtbot):
    made = seen(Segmented([(1, "一"), (2, "二"), (None, "未填写")]))
    assert made.value is None

    with qtbot.waitSignal(made.chosen) as heard:
        qtbot.mouseClick(made.buttons()[1], Qt.MouseButton.LeftButton)
    assert heard.args == [2]

    made.show_value(None)
    assert [one.isChecked() for one in made.buttons()] == [False, False, True]
    made.show_value("unknown")
    assert not any(one.isChecked() for one in made.buttons())


def test_arrow_keys_move_through_segments(seen, qtbot):
    made = seen(Segmented([(1, "一"), (2, "二")]))
    made.show_value(1)
    made.buttons()[0].setFocus()

    qtbot.keyClick(made.buttons()[0], Qt.Key.Key_Right)

    assert made.value == 2


def test_chips_break_into_lines_in_a_narrow_place(seen, qapp):
    made = seen(Chips([(n, f"选项 {n}") for n in range(8)]), width=1200)
    one_line = made.layout().heightForWidth(1200)

    made.resize(300, 400)
    qapp.processEvents()

    assert made.layout().heightForWidth(300) > 2 * one_line
    assert not clipped(made)
    made.show_value((3,))
    assert made.value == (3,)


def test_a_flow_finds_new_lines_when_a_word_grows_comes_or_goes(seen, qapp):
    made = seen(Chips([(n, f"选项 {n}") for n in range(3)]), width=600)
    flow, first = made.layout(), made.buttons()[0]
    one_line, width = flow.heightForWidth(600), flow.sizeHint().width()

    first.setText("很长的选项" * 12)
    qapp.processEvents()
    assert flow.heightForWidth(600) > one_line
    assert flow.sizeHint().width() > width

    first.hide()
    qapp.processEvents()
    assert flow.heightForWidth(600) == one_line
    assert flow.sizeHint().width() < width

    flow.addWidget(QLabel("很长的选项" * 12))
    qapp.processEvents()
    assert flow.heightForWidth(600) > one_line


def test_a_flow_gives_its_widgets_back(seen):
    made = seen(Chips([(1, "一")]))
    flow = made.layout()

    assert flow.itemAt(5) is None
    assert flow.takeAt(5) is None
    assert flow.takeAt(0).widget() is made.buttons()[0]
    assert flow.count() == 0


def test_a_tile_tells_name_number_and_remark(seen):
    made = seen(Tile("住户", "1,247", "↑ 3"))
    made.show_figure("1,248", "↑ 4", Tone.GOOD)

    assert _words(made) == ["住户", "1,248", "↑ 4"]
    assert made.accessibleName() == "住户 1,248 ↑ 4"


def test_tiles_go_below_each_other_when_there_is_no_room(seen, qapp, wear):
    tiles = [Tile(f"数 {n}") for n in range(4)]
    made = seen(Columns(tiles), width=1000)
    assert len({tile.y() for tile in tiles}) == 1

    made.resize(480, 500)
    qapp.processEvents()
    assert len({tile.y() for tile in tiles}) == 2
    wear(scale=2.0)
    qapp.processEvents()
    assert len({tile.y() for tile in tiles}) == 4


def test_a_card_holds_a_title_and_what_is_put_in(seen):
    card = Card("状态")
    card.add(label("好"))
    card.add(rule())
    card.aside.addWidget(Picture("check"))

    assert _words(seen(card)) == ["状态", "好"]


def test_a_head_puts_its_actions_below_when_narrow(seen, qapp):
    actions = [button("导出"), button("新增住户", look="primary")]
    head = seen(PageHeader("住户", "共 3 户", actions))
    title = head.findChild(QLabel)
    beside = actions[0].mapTo(head, actions[0].rect().topLeft()).x()
    assert beside > title.geometry().right()

    head.resize(180, 300)
    qapp.processEvents()

    assert actions[0].mapTo(head, actions[0].rect().topLeft()).x() == 0
    head.show_title("租户")
    head.show_subtitle("")
    assert _words(head) == ["租户"]


def test_a_mark_stands_beside_the_title_and_the_subtitle_has_the_whole_width(seen):
    mark, action = label("草稿"), button("导出")
    head = seen(PageHeader("规则", "最强的等级生效", [action], mark=mark))
    title, subtitle = (one for one in head.findChildren(QLabel) if one is not mark)
    placed = [mark, subtitle, action]
    at = {one: one.mapTo(head, one.rect().topLeft()) for one in (title, *placed)}

    assert at[mark].x() > at[title].x() + title.sizeHint().width()
    assert at[subtitle].y() > at[action].y()
    assert subtitle.width() > head.width() - 20


def test_in_a_flow_the_middles_of_a_line_are_level(seen):
    made, flow = QWidget(), FlowLayout(8)
    low, high = label("低"), button("高")
    high.setFixedHeight(60)
    flow.addWidget(high)
    flow.addWidget(low)
    made.setLayout(flow)
    seen(made)

    assert abs(low.geometry().center().y() - high.geometry().center().y()) <= 1


def test_an_empty_list_says_why_and_offers_the_next_step(seen, qtbot):
    pressed = []
    made = seen(EmptyState("还没有住户。", action="登记", pressed=lambda: pressed.append(1)))

    made.show_sentence("没有符合条件的住户。")
    qtbot.mouseClick(made.findChild(QPushButton), Qt.MouseButton.LeftButton)

    assert _words(made) == ["没有符合条件的住户。"]
    assert pressed == [1]


def test_the_body_stays_below_the_head_with_a_scroll_bar_or_without(seen, qapp):
    page = Page("标题", "副标题", [button("保存", look="primary")])
    card = Card("卡片")
    page.add(card)
    low = seen(page, height=900)
    free = card.mapTo(low, card.rect().topRight()).x()

    card.setMinimumHeight(2_000)
    for _round in range(3):
        qapp.processEvents()

    assert card.mapTo(low, card.rect().topRight()).x() == free


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 2.0])
def test_nothing_is_clipped_at_any_text_size(seen, wear, qapp, scheme, scale):
    wear(scheme, scale)
    window = QWidget()
    column = QVBoxLayout(window)
    picture = Picture("building-2", side=30)
    for widget in (
        PageHeader("客户分类表", "共 100,000 户，按房号排列", [button("导出", picture="download")]),
        Columns([Tile("住户", "1,247", "较上月 −6.2%") for _n in range(4)]),
        Banner("口令不对，请再试一次。", Tone.WARN, action="再试"),
        StepBar(["告知", "选择", "签字", "回执"]),
        Segmented([(1, "业主"), (2, "承租人"), (3, "其他使用人")]),
        Pill(Badge(words="专项", tone=Tone.PLUM, icon="star")),
        picture,
    ):
        column.addWidget(widget)
    seen(window, width=int(760 * scale), height=int(900 * scale))

    assert not clipped(window)
    assert picture.height() == round(30 * scale)


def test_what_scrolls_is_not_styled_before_it_has_its_place(qtbot, wear):
    wear()
    inside = QLabel("x")
    column = QVBoxLayout()
    column.addWidget(inside)

    area = scrolled(column)

    qtbot.addWidget(area)
    polished = Qt.WidgetAttribute.WA_WState_Polished
    assert not inside.testAttribute(polished)
    area.show()
    assert inside.testAttribute(polished)
    assert inside.isVisible()
