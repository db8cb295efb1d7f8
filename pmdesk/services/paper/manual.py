"""The manual on paper."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from pmdesk.domain.manual import Chapter, Kind, Piece
from pmdesk.i18n import _, said
from pmdesk.services.manual import pieces
from pmdesk.services.paper.sheet import paragraph, pdf, table

_BODY, _HEADING, _CHAPTER = 10.5, 13.0, 18.0
_WIDTH = 170.0  # millimetres between the margins
_UNDER_CHAPTER, _UNDER_HEADING = 55.0, 30.0  # millimetres that a heading needs to begin
_FIRST = 0.24  # of the width, for who or what a row is about


def manual_pdf(chapters: Sequence[Chapter]) -> bytes:
    """All of these chapters, one after the other."""
    made: list[Flowable] = []
    for chapter in chapters:
        made += [*_room(_UNDER_CHAPTER, 8), paragraph(said(chapter.title), _CHAPTER)]
        step = 0
        for piece in pieces(chapter):
            if piece.kind is Kind.HEADING:
                made += _room(_UNDER_HEADING, 3)
            step = step + 1 if piece.kind is Kind.STEP else 0
            made.append(_made(piece, step))
    return pdf(made, _("Manual"), f"pmdesk · {_('Manual')}")


def _room(below: float, above: float) -> tuple[Flowable, ...]:
    """No heading stands alone at the foot of a page; both in millimetres."""
    return CondPageBreak(below * mm), Spacer(0, above * mm)


def _made(piece: Piece, step: int) -> Flowable:
    if piece.kind is Kind.TABLE:
        return table(piece.rows, _widths(len(piece.rows[0])))
    if piece.kind is Kind.HEADING:
        return paragraph(piece.text, _HEADING)
    marks = {Kind.BULLET: "·  ", Kind.STEP: f"{step}.  "}
    return paragraph(marks.get(piece.kind, "") + piece.text, _BODY)


def _widths(columns: int) -> tuple[float, ...]:
    rest = _WIDTH * (1 - _FIRST) / (columns - 1)
    return (_WIDTH * _FIRST, *[rest] * (columns - 1))
