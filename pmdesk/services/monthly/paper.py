"""The report of a month on A4: answers first, then each question with its charts, then proof."""

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer

from pmdesk.analytics.figures import Figure, FigureKind
from pmdesk.domain.dashboard import CARDS, CardKey
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
    drawn = dict[CardKey, int]()

    def drawing(card: Card) -> list[Flowable]:
        if card.key not in drawn:  # what waits today stands apart from its month
            progress(drawn.setdefault(card.key, len(drawn)), STEPS)
        return _card(card, draw)

    month, today = _headings(report)
    parts: list[Flowable] = [
        paragraph(report.name, 20),
        paragraph(report.office, 12),
        paragraph(_made(report), 9.5, grey=True),
        *_section(month, report.cards),
    ]
    for card in report.cards:
        parts += drawing(card)
    parts += _section(today, report.today)
    for card in report.today:
        parts += drawing(card)
    progress(len(CARDS), STEPS)
    parts += _watch(report.watch)
    parts += _proof(report)
    made = pdf(parts, report.name, f"{report.office} · {report.name} · {report.anchor.code}")
    progress(STEPS, STEPS)
    return made


def _made(report: MonthlyReport) -> str:
    return _("Made on {moment} by {name}. No person is named in it.").format(
        moment=f"{report.at:%Y-%m-%d %H:%M}", name=report.by
    )


def _headings(report: MonthlyReport) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is of the month, and what is of the day of the report; each with a remark."""
    month, day = f"{report.month:%Y-%m}", report.at.date().isoformat()
    return (
        (
            _("In {month}").format(month=month),
            _("Only what came in this month. Whether it was late is as known on {day}.").format(
                day=day
            ),
        ),
        (
            _("As of {day}").format(day=day),
            _(
                "Tiers, consents, open orders and the days to come are known only as they stand on"
                " the day of the report, not as they stood in {month}."
            ).format(month=month),
        ),
    )


def _section(heading: tuple[str, str], cards: Sequence[Card]) -> list[Flowable]:
    """The heading of a part with the answers in it."""
    title, remark = heading
    rows = [(_("The question"), _("The answer")), *((one.question, one.answer) for one in cards)]
    answers = table(rows, (54, _PAGE - 54))
    parts = [_gap(8), paragraph(title, 17), paragraph(remark, 9.5, grey=True), _gap(2), answers]
    return [KeepTogether(parts)]


def _card(card: Card, draw: Draw) -> list[Flowable]:
    """The question stays on the page of its first chart, each chart on that of its title."""
    charts = [one for one in card.figures if not one.is_empty and not _is_one_dot(one)]
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


def _is_one_dot(figure: Figure) -> bool:
    """Whether there is a line to be drawn of a single month: the answer has its number."""
    return figure.kind is FigureKind.SHARES and len(figure.categories) == 1


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
    told = [_gap(), table(rows, (_NAMES, _PAGE - _NAMES))]
    code = [_gap(2), paragraph(advice, 9.5, grey=True), qr(camera_text(report.anchor), 32)]
    return [KeepTogether([*told, *code])]


def _gap(millimetres: float = 5) -> Flowable:
    return Spacer(1, millimetres * mm)
