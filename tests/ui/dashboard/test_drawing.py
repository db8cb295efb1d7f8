"""Each question is drawn whole: numbers stay apart, gaps look like gaps, nothing hidden is told."""

import gc
import tomllib
from dataclasses import replace

import pytest
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from pmdesk.analytics.figures import Cell, FigureKind, Gap
from pmdesk.assets import asset
from pmdesk.domain.dashboard import CARDS, CardKey
from pmdesk.i18n import install
from pmdesk.ui.charts import draw, sheet
from pmdesk.ui.charts.sheet import Sheet
from pmdesk.ui.charts.spoken import spoken
from tests.ui.dashboard import answers

THEMES = {
    name: tomllib.loads(asset(f"themes/{name}.toml").read_text(encoding="utf-8"))
    for name in ("light", "dark")
}
ALL = [(key, at) for key in CARDS for at in range(len(answers.FIGURES[key]()))]


@pytest.fixture(autouse=True)
def _chinese():
    install("zh_CN", asset("locale"))
    yield
    install("zh_CN", asset("locale"))


@pytest.mark.parametrize(
    ("language", "theme", "scale"), [("zh_CN", "light", 1.0), ("en", "dark", 2.0)]
)
@pytest.mark.parametrize(("key", "at"), ALL)
def test_no_text_runs_out_of_the_picture_or_over_another(key, at, language, theme, scale):
    install(language, asset("locale"))
    figure = answers.FIGURES[key]()[at]

    canvas = draw.drawn(figure, THEMES[theme], scale=scale)

    canvas.draw_without_rendering()
    page = canvas.bbox.padded(1)
    texts = texts_of(canvas)
    boxes = [text.get_window_extent() for text in texts]
    for text, box in zip(texts, boxes, strict=True):
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, text
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, text
    inner = [box.padded(-1) for box in boxes]
    for place, box in enumerate(inner):
        assert box.count_overlaps(inner[place + 1 :]) == 0, (texts[place], figure.key)


@pytest.mark.parametrize("kind", [CardKey.FAIR, CardKey.DISPUTES])
def test_a_long_unit_is_wrapped_in_a_narrow_card_with_large_text(kind):
    install("en", asset("locale"))
    unit = "complaints of 100 orders, drawn to the mean of all buildings"
    figure = replace(answers.FIGURES[kind]()[0], unit=unit)
    canvas = Canvas(figsize=(5.2, draw.height(figure, 2.0, titled=False, wide=5.2)))

    draw.draw(canvas, figure, THEMES["light"], titled=False, scale=2.0)

    canvas.draw_without_rendering()
    page = canvas.bbox.padded(1)
    (written,) = [one for one in texts_of(canvas) if one.get_text().split() == unit.split()]
    assert written.get_window_extent().x1 <= page.x1


@pytest.mark.parametrize(("key", "at"), ALL)
def test_what_is_hidden_is_hatched_and_named(key, at):
    figure = answers.FIGURES[key]()[at]
    canvas = draw.drawn(figure, THEMES["light"])
    canvas.draw_without_rendering()
    hatches = {patch.get_hatch() for axes in canvas.axes for patch in axes.patches}
    has_hidden = any(cell.gap is Gap.HIDDEN for one in figure.series for cell in one.cells)
    assert ("////" in hatches) is has_hidden


def test_every_cell_of_a_heat_map_tells_its_number_and_nothing_stays_plain():
    figure = answers.heat(slots=6)
    words = [text.get_text() for text in texts_of(draw.drawn(figure, THEMES["light"]))]
    for series in figure.series:
        for cell in series.cells:
            if cell.value:
                assert cell.text in words
    assert words.count("0") == 1  # in the legend alone


def test_large_numbers_are_shortened_rather_than_left_out():
    figure = answers.heat(slots=24, most=9000)
    words = {text.get_text() for text in texts_of(draw.drawn(figure, THEMES["light"]))}
    assert any(word.endswith(("k", "千")) for word in words)


def test_a_turned_figure_has_the_same_numbers_the_other_way_round():
    figure = answers.moves()
    turned = figure.turned()
    assert turned.categories == tuple(one.label for one in figure.series)
    assert turned.series[2].cells[1] == figure.series[1].cells[2]
    assert turned.turned().table()[1:] == figure.table()[1:]


def test_those_who_kept_their_tier_are_pale_however_many():
    figure = answers.moves()
    canvas = draw.drawn(figure, THEMES["light"])
    stayed = [
        bar.get_facecolor()
        for bar in canvas.axes[0].patches
        if is_diagonal(bar) and isinstance(bar, Rectangle) and bar.get_width()
    ]
    assert len(set(stayed)) == 1


def test_a_place_to_be_watched_has_a_word_beside_its_number():
    words = " ".join(t.get_text() for t in texts_of(draw.drawn(answers.ranked(), THEMES["light"])))
    assert "关注" in words or "watch" in words


@pytest.mark.parametrize("key", CARDS)
@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_whole_card_is_written_as_a_sheet(key, ending, tmp_path):
    if ending != "png" and key not in {CARDS[0], CARDS[6]}:
        return
    made = Sheet(
        title="问题？",
        answer="答案。",
        figures=answers.FIGURES[key](),
        lines=("数据截至 2026-02-28",),
    )
    sheet.save(made, THEMES["light"], tmp_path / f"a.{ending}")
    start = (tmp_path / f"a.{ending}").read_bytes()[:5]
    assert start.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF-"}[ending])


def test_a_sheet_without_charts_is_its_words():
    words = [
        text.get_text()
        for text in texts_of(
            sheet.drawn(Sheet(title="问题？", answer="没有。", figures=()), THEMES["light"])
        )
    ]
    assert words == ["问题？", "没有。"]


def test_a_picture_has_as_many_pixels_as_the_screen_asks_for():
    made = sheet.picture(answers.ages(), THEMES["dark"], width=500, scale=1.0, ratio=2.0)
    assert made.width == 1000
    assert len(made.pixels) == made.width * made.height * 4


@pytest.mark.parametrize("key", CARDS)
def test_who_hears_a_chart_hears_every_number_and_no_hidden_one(key):
    for figure in answers.FIGURES[key]():
        heard = spoken(figure)
        assert all(cell in heard for row in figure.table() for cell in row)


def texts_of(canvas):
    return [text for text in canvas.findobj(Text) if text.get_text() and text.get_visible()]


def is_diagonal(bar):
    return round(bar.get_x()) == round(bar.get_y() + bar.get_height() / 2)


@pytest.mark.parametrize("value", [3.0, 40.0, 82.0, 88.0, 90.0, 93.0, 97.0, 100.0])
def test_the_single_share_does_not_lie_on_the_target(value):
    figure = answers.figure(
        "in_time",
        FigureKind.SHARES,
        ["12-01"],
        [("share", "按时", [Cell(value=value)]), ("target", "目标", [Cell(value=90.0)])],
    )
    canvas = draw.drawn(figure, THEMES["light"])
    canvas.draw_without_rendering()

    (axes,) = canvas.axes
    (written,) = [one for one in axes.texts if one.get_text() == f"{value:.0f}%"]
    box = written.get_window_extent().transformed(axes.transData.inverted())
    assert not box.y0 <= 90 <= box.y1
    assert box.y0 >= 0
    assert box.y1 <= axes.get_ylim()[1]


def test_a_drawing_leaves_hardly_any_garbage():
    """What it left would be collected on the window's own thread, a tenth of a second at a time."""
    sheet.picture(answers.ages(), THEMES["light"], width=500, scale=1.0, ratio=1.0)
    gc.collect()
    sheet.picture(answers.ages(), THEMES["light"], width=500, scale=1.0, ratio=1.0)
    assert gc.collect() < 2_000  # a sixth of what a drawing is made of
