"""A chart as text for those who hear it; needs no drawing."""

from pmdesk.analytics.figures import Figure


def spoken(figure: Figure) -> str:
    """The answer, then the numbers row by row, hidden ones as hidden."""
    if figure.is_empty:
        return figure.answer
    rows = ("; ".join(row) for row in figure.table())
    return "\n".join(part for part in (figure.answer, *rows) if part)
