"""Charts as files, without a window: for the export menu and for computers without a display."""

import tomllib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from pmdesk.analytics.figures import Figure
from pmdesk.assets import asset
from pmdesk.services import charts
from pmdesk.services.files import write_whole
from pmdesk.services.session import Session


def writer(figure: Figure, form: str, colours: Mapping[str, str]) -> Callable[[Path], object]:
    """What writes the figure in that form: png, svg or csv."""
    if form == "csv":
        return lambda path: write_whole(path, charts.as_csv(figure))
    from pmdesk.ui.charts import draw  # noqa: PLC0415  # matplotlib takes its time

    return lambda path: draw.save(figure, colours, path)


def png(figure: Figure, colours: Mapping[str, str]) -> bytes:
    """The figure with title and answer as a picture."""
    from pmdesk.ui.charts import draw  # noqa: PLC0415  # as above

    made = BytesIO()
    draw.drawn(figure, colours).savefig(made, format="png", dpi=200, facecolor=colours["base"])
    return made.getvalue()


def write_charts(session: Session, folder: Path, *, dark: bool = False) -> list[Path]:
    """A PNG of each figure is in the folder, numbers below k hidden; each is in the log."""
    name = "dark" if dark else "light"
    colours = tomllib.loads(asset(f"themes/{name}.toml").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    return [
        charts.export(session, figure, folder / f"{figure.key}.png", writer(figure, "png", colours))
        for figure in charts.figures(session)
    ]
