"""Charts say what each stroke means, at every text size, in the letters of the window."""

import tomllib

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure as Canvas

from pmdesk.analytics.figures import NO_DATA, Cell, Figure, FigureKind, Series
from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.ui.application import FAMILIES
from pmdesk.ui.charts import draw
from pmdesk.ui.charts.pen import letters_of

LIGHT = tomllib.loads(asset("themes/light.toml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _english():
    install("en", asset("locale"))


def figure(kind, categories, series):
    return Figure(
        key="made_up",
        title="A question",
        answer="An answer.",
        unit="orders",
        kind=kind,
        axis="Day",
        categories=categories,
        category_keys=categories,
        series=tuple(
            Series(key=key, label=key, cells=tuple(cells)) for key, cells in series.items()
        ),
    )


def outlook(roster):
    past = [Cell(value=4.0), Cell(value=6.0), NO_DATA, NO_DATA]
    ahead = [NO_DATA, NO_DATA, Cell(value=5.0), Cell(value=5.0)]
    can = [NO_DATA, NO_DATA, Cell(value=roster), Cell(value=roster)]
    series = {"past": past, "expected": ahead, "low": ahead, "high": ahead, "roster": can}
    return figure(FigureKind.OUTLOOK, ("11-21", "11-22", "11-23", "11-24"), series)


def axes_of(made, scale=1.0):
    [axes] = draw.drawn(made, LIGHT, scale=scale).axes
    return axes


@pytest.mark.parametrize("roster", [6.0, 60.0])
def test_each_name_in_the_legend_has_a_mark_before_it(roster):
    legend = axes_of(outlook(roster)).get_legend()

    for mark in legend.legend_handles:
        is_line = mark.__class__.__name__ == "Line2D"
        assert not is_line or mark.get_marker() != "None" or mark.get_linestyle() != "None"
        assert not is_line or mark.get_color() != "none"


def test_a_legend_on_several_lines_is_read_line_by_line():
    """matplotlib itself goes on below the first name, not beside it."""
    series = {f"{hour:02}": [Cell(value=float(hour)), Cell(value=20.0)] for hour in range(24)}
    heat = figure(FigureKind.HEAT, ("Monday", "Tuesday"), series)
    canvas = Canvas(figsize=(4.0, draw.height(heat, wide=4.0)))
    draw.draw(canvas, heat, LIGHT)
    [axes] = canvas.axes
    canvas.draw_without_rendering()
    legend = axes.get_legend()
    assert legend is not None
    boxes = [(text.get_text(), text.get_window_extent()) for text in legend.get_texts()]
    read = sorted(boxes, key=lambda one: (-round(one[1].y0), one[1].x0))
    lows = [int(name.replace(",", "").split("–")[0]) for name, _box in read]

    assert len({round(box.y0) for _name, box in boxes}) > 1
    assert lows == sorted(lows)


def test_shares_stand_on_an_axis_up_to_a_hundred():
    series = {"share": [Cell(value=94.0)] * 3, "target": [Cell(value=90.0)] * 3}
    axes = axes_of(figure(FigureKind.SHARES, ("2026-08", "2026-09", "2026-10"), series))

    assert [text.get_text() for text in axes.get_yticklabels()] == ["0", "25", "50", "75", "100"]


def test_strokes_grow_with_the_text():
    made = outlook(6.0)

    small, large = (
        max(line.get_linewidth() for line in axes_of(made, scale).get_lines())
        for scale in (1.0, 2.0)
    )

    assert large == 2 * small


def test_a_part_that_is_nearly_as_pale_as_the_ground_has_an_outline():
    states = {key: [Cell(value=50.0)] for key in ("live", "never_asked")}
    axes = axes_of(figure(FigureKind.COVERAGE, ("P2",), states))

    edges = {mpl.colors.to_hex(bar.get_edgecolor()) for bar in axes.patches}

    assert edges == {LIGHT["base"], LIGHT["muted"]}


def test_charts_are_written_in_the_letters_of_the_window():
    draw.prepare()

    first = mpl.rcParams["font.family"][0]
    assert first.removesuffix(" UI") in {name.removesuffix(" UI") for name in FAMILIES}


def test_english_quotation_marks_do_not_tear_words_apart():
    assert draw.wrapped("agreed to “Repairs”.", 40) == ['agreed to "Repairs".']
    install("zh_CN", asset("locale"))
    assert draw.wrapped("同意“维修”。", 40) == ["同意“维修”。"]


def test_chinese_lines_are_full_and_break_neither_numbers_nor_before_a_mark():
    install("zh_CN", asset("locale"))
    text = "“关注”指本期和上期都至少有 5 件投诉，且明显高于平均。2026-10-31 · 全部楼栋"

    for room in range(10, 40):
        lines = draw.wrapped(text, room)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。”" for line in lines)
        assert sum("2026-10-31" in line for line in lines) == 1
        assert all(letters_of(line) <= room for line in lines)
    assert draw.wrapped(text, 20)[0] == "“关注”指本期和上期都至少有 5 件投诉，"
    assert draw.wrapped("", 20) == [""]
