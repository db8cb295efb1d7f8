"""Charts show every number they may, tell gaps from zeroes, and nothing runs out of the picture."""

import tomllib

import pytest

from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Series
from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.ui.charts import draw, palette
from pmdesk.ui.charts.spoken import spoken
from tests.analytics.offices import needs_of

THEMES = {
    name: tomllib.loads(asset(f"themes/{name}.toml").read_text(encoding="utf-8"))
    for name in ("light", "dark")
}


@pytest.fixture(autouse=True)
def _chinese():
    install("zh_CN", asset("locale"))


@pytest.fixture(params=["zh_CN", "en"])
def figures(request):
    install(request.param, asset("locale"))
    return needs_of().figures()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_text_runs_out_of_the_picture(figures, theme, scale):
    for figure in figures:
        canvas = draw.drawn(figure, THEMES[theme], scale=scale)
        canvas.draw_without_rendering()
        page = canvas.bbox.padded(1)
        for text in texts_of(canvas):
            box = text.get_window_extent()
            assert page.x0 <= box.x0, text
            assert box.x1 <= page.x1, text
            assert page.y0 <= box.y0, text
            assert box.y1 <= page.y1, text


def test_no_two_texts_lie_on_each_other(figures):
    for figure in figures:
        canvas = draw.drawn(figure, THEMES["light"])
        canvas.draw_without_rendering()
        boxes = [text.get_window_extent().padded(-1) for text in texts_of(canvas)]
        for place, box in enumerate(boxes):
            assert box.count_overlaps(boxes[place + 1 :]) == 0, figure.key


def test_every_letter_has_a_shape(figures, recwarn):
    for figure in figures:
        draw.drawn(figure, THEMES["light"]).draw_without_rendering()
    assert not [str(warning.message) for warning in recwarn]


def test_title_answer_and_numbers_are_written(figures):
    tiers = figures[3]
    words = words_of(draw.drawn(tiers, THEMES["light"]))
    assert {tiers.title, tiers.answer, "160", "74", "44", "14"} <= words


# in charts over time a day without a number is a gap in the line
GAPPED = set(FigureKind) - {FigureKind.OUTLOOK, FigureKind.SHARES}


@pytest.mark.parametrize("kind", sorted(GAPPED))
def test_zero_hidden_and_no_data_look_different(kind):
    canvas = draw.drawn(gaps(kind), THEMES["light"])
    canvas.draw_without_rendering()
    hatches = {patch.get_hatch() for axes in canvas.axes for patch in axes.patches}
    assert {"////", "...."} <= hatches
    assert {"为保护住户，不显示", "无数据"} <= words_of(canvas)


def test_a_bar_of_nothing_says_nought():
    assert "0" in words_of(draw.drawn(gaps(FigureKind.STACKED), THEMES["light"]))


def test_a_figure_without_numbers_says_why():
    figure = needs_of(tiers={"standard": 3, "care": 2, "enhanced": 0, "special": 0}).tiers()
    assert figure.is_empty
    assert figure.answer in words_of(draw.drawn(figure, THEMES["dark"]))


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_chart_is_exported_with_its_title(figures, tmp_path, ending):
    path = tmp_path / f"chart.{ending}"
    draw.save(figures[0], THEMES["light"], path)
    start = path.read_bytes()[:8]
    assert start.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_on_their_ground(theme):
    grounds = [*palette.SERVICES, *palette.steps(THEMES[theme])]
    grounds += [palette.shade(THEMES[theme], step / 5, 6) for step in range(6)]
    grounds += [THEMES[theme][token] for token, _pattern in palette.STATES.values()]
    for ground in grounds:
        assert contrast(palette.ink_on(ground), ground) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
def test_services_are_told_from_the_ground_and_from_each_other(theme):
    for colour in palette.SERVICES:
        assert contrast(colour, THEMES[theme]["base"]) >= 3
    pairs = list(zip(palette.SERVICES, palette.PATTERNS, strict=True))
    assert len({pattern for _colour, pattern in pairs}) == len(pairs)


def test_an_empty_figure_is_read_out_as_its_answer():
    figure = needs_of(tiers={"standard": 1}).tiers()
    assert spoken(figure) == figure.answer


def gaps(kind):
    """A figure with a number, a zero, a hidden cell and one without data."""
    cells = (Cell(value=60.0), Cell(value=0.0), HIDDEN, NO_DATA)
    key = "live" if kind is FigureKind.COVERAGE else "one"
    return Figure(
        key="gaps",
        title="？",
        answer="。",
        unit="位",
        kind=kind,
        axis="楼栋",
        categories=("甲", "乙", "丙", "丁"),
        category_keys=("a", "b", "c", "d"),
        series=(Series(key=key, label="住户", cells=cells),),
    )


def texts_of(canvas):
    """Everything written on the canvas."""
    from matplotlib.text import Text

    return [text for text in canvas.findobj(Text) if text.get_text() and text.get_visible()]


def words_of(canvas):
    return {text.get_text() for text in texts_of(canvas)}


def contrast(one, other):
    lighter, darker = sorted((palette.light(one), palette.light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
