"""The report of a month on A4: answers first, then each question with its charts, then proof."""

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer

from pmdesk.analytics.figures import Figure
from pmdesk.domain.dashboard import CARDS
from pmdesk.i18n import _
from pmdesk.services.dashboard import going_out
from pmdesk.services.dashboard.card import Card
from pmdesk.services.log_anchors import camera_text
from pmdesk.services.monthly.report import MonthlyReport
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table

_PAGE = 170.0  # millimetres between the edges
_WIDE, _HIGHEST = 140.0, 88.0  # of a chart: two questions fit on a page
_NAMES = 46.0
STEPS = len(CARDS) + 1  # of the paper, as `progress` hears of them

Drawn = tuple[bytes, float]  # a PNG, and its height as a share of its width
Draw = Callable[[Figure], Drawn]


def monthly_pdf(report: MonthlyReport, draw: Draw, progress: Callable[[int, int], None]) -> bytes:
    """The finished file; `progress` hears of each card, and of the end."""
    parts: list[Flowable] = [
        paragraph(report.name, 20),
        paragraph(report.office, 12),
        paragraph(_made(report), 9.5, grey=True),
        _gap(),
        table([(_("The question"), _("The answer")), *_answers(report.cards)], (54, _PAGE - 54)),
    ]
    for place, card in enumerate(report.cards):
        progress(place, STEPS)
        parts += _card(card, draw)
    progress(len(report.cards), STEPS)
    parts += _watch(report.watch)
    parts += _proof(report)
    made = pdf(parts, report.name, f"{report.office} · {report.name} · {report.anchor.code}")
    progress(STEPS, STEPS)
    return made


def _made(report: MonthlyReport) -> str:
    return _("Made on {moment} by {name}. No person is named in it.").format(
        moment=f"{report.at:%Y-%m-%d %H:%M}", name=report.by
    )


def _answers(cards: Sequence[Card]) -> list[tuple[str, str]]:
    return [(card.question, card.answer) for card in cards]


def _card(card: Card, draw: Draw) -> list[Flowable]:
    """The question stays on the page of its first chart, each chart on that of its title."""
    charts = [one for one in card.figures if not one.is_empty]
    head: list[Flowable] = [_gap(), paragraph(card.question, 14), paragraph(card.answer)]
    if card.remedy:
        head.append(paragraph(card.remedy, 9.5, grey=True))
    shown = [_chart(figure, draw, titled=len(charts) > 1) for figure in charts]
    small = [paragraph(line, 8.5, grey=True) for line in going_out.lines(card)]
    first = shown[0] if shown else []
    rest = [KeepTogether(one) for one in shown[1:]]
    return [
        KeepTogether([*head, *first, *([] if rest else small)]),
        *rest,
        *(small if rest else []),
    ]


def _chart(figure: Figure, draw: Draw, *, titled: bool) -> list[Flowable]:
    png, share = draw(figure)
    wide = min(_WIDE, _HIGHEST / share)
    picture = Image(BytesIO(png), width=wide * mm, height=wide * share * mm)
    title = [paragraph(figure.title, 11)] if titled else []
    return [_gap(2), *title, picture]


def _watch(sentences: Sequence[str]) -> list[Flowable]:
    head = [_gap(), paragraph(_("To keep an eye on"), 14)]
    note = _("As it stands on the day of the report. Nobody's tier depends on it.")
    lines = [paragraph(f"· {one}") for one in sentences]
    return [KeepTogether([*head, *lines, paragraph(note, 8.5, grey=True)])]


def _proof(report: MonthlyReport) -> list[Flowable]:
    """By which rules, and what the log was: whoever compares the code later finds every change."""
    advice = _(
        "Type the code on the log page to see whether the record of acts still holds what it held"
        " when this report was made."
    )
    rows = [
        (_("Rules and record"), ""),
        *report.rules,
        (_("Entries in the log"), f"{report.anchor.count:,}"),
        (_("Code of the log"), report.anchor.code),
    ]
    parts = [_gap(), table(rows, (_NAMES, _PAGE - _NAMES)), paragraph(advice, 9.5, grey=True)]
    return [KeepTogether([*parts, qr(camera_text(report.anchor), 32)])]


def _gap(millimetres: float = 5) -> Flowable:
    return Spacer(1, millimetres * mm)
