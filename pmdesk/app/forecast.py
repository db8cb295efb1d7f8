"""`pmdesk forecast`: what is expected of the coming days, without a window."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk.app.parsing import Plain
from pmdesk.errors import RefusedError, StorageError
from pmdesk.i18n import N_, _, said

if TYPE_CHECKING:
    from pmdesk.analytics.demand.expected import Expected
    from pmdesk.analytics.demand.scores import Score
    from pmdesk.services.forecasting import Foretold, Hourly, Past

DONE = 0
_MOST_DAYS = 60
_HELP = N_(
    """\
What is expected of the coming days, by service and building, from the orders of the office.
DATE is taken as today: orders of earlier days are known, the first day foretold is DATE itself.

With --json one object a line (UTF-8), service by service, building by building, in order of time:

  service         repair, cleaning, security, complaint, enquiry, other
  building        its name; "" for what belongs to no building
  date            the day, YYYY-MM-DD
  hour            0 to 23, only with --hours; the hours of a day add up to its mean
  mean            orders expected; means of days and buildings add up
  median          the single number that is closest to what comes; mase is measured with it
  low, high       whole numbers; at least 8 of 10 days lie between them, both included
  method          model; last_week where the model was not better in that building over the last
                  12 weeks; mean under 4 weeks of orders
  mase            error of the model over the last 12 weeks, in units of the error that copying
  mase_last_week  last week had before; the same of copying last week. Both are of the service:
                  of all its buildings with at least 5 orders in two weeks. null: none has them,
                  or there are too few weeks

Sentences about missing holidays, a silent book and the errors of all services go to standard
error. --holidays names a text file of days off, one a line, or `2027-02-05 to 2027-02-12`; a line
that also says `working` is a weekend that is worked. They count for this run only."""
)


def options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.description = _(_HELP)
    parser.formatter_class = Plain
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help=_("the day that is taken as today")
    )
    parser.add_argument(
        "--days", type=_days, default=7, metavar="N", help=_("how many days: 1 to 60, usually 7")
    )
    parser.add_argument("--hours", action="store_true", help=_("by the hours of each day"))
    parser.add_argument(
        "--holidays", type=Path, metavar="FILE", help=_("days off that count for this run")
    )
    parser.add_argument("--json", action="store_true", help=_("JSON lines instead of a table"))


def run(chosen: argparse.Namespace, passphrase: str) -> int:
    """Prints the forecast; 3 when there is nothing to forecast from."""
    # the sign-in window, which starts from the same command line, needs none of it
    from pmdesk.analytics.demand.scores import together  # noqa: PLC0415
    from pmdesk.app import offices  # noqa: PLC0415
    from pmdesk.app.clock import SystemClock  # noqa: PLC0415
    from pmdesk.services import forecast_words, forecasting  # noqa: PLC0415

    days = _holidays(chosen.holidays)
    opened = offices.sign_in(chosen.office, chosen.login, passphrase, SystemClock())
    today = opened.session.clock.today()
    try:
        ahead = max(chosen.days, forecasting.SOON)
        seen = forecasting.past(
            opened.session, chosen.as_of, hours=chosen.hours, days=days, ahead=ahead
        )
    finally:
        opened.close()
    found = [
        forecasting.foretold(seen, service, chosen.days, hours=chosen.hours)
        for service in seen.services
    ]
    for one in found:
        sys.stdout.writelines(_as_json(one) if chosen.json else _as_text(one, seen))
    whole = together(one.score for one in found)
    doubts = (*_to_come(chosen.as_of, today), *forecast_words.warnings(seen))
    for sentence in (*doubts, forecast_words.score_words(whole)):
        sys.stderr.write(sentence + "\n")
    return DONE


def _to_come(as_of: date | None, today: date) -> Iterator[str]:
    """That the day taken as today is not here yet."""
    if as_of is not None and as_of > today:
        words = _("{day} is still to come: the days until then count as days without orders.")
        yield words.format(day=as_of.isoformat())


def _as_json(found: "Foretold") -> Iterator[str]:
    for one in found.outlook.days:
        for row in found.hours.get(one, (None,)):
            yield json.dumps(_row(found, one, row), ensure_ascii=False, allow_nan=False) + "\n"


def _row(found: "Foretold", one: "Expected", hour: "Hourly | None") -> dict[str, object]:
    shown = hour or one
    return {
        "service": found.service.value,
        "building": one.group,
        "date": one.day.isoformat(),
        **({"hour": hour.hour} if hour else {}),
        "mean": round(shown.mean, 4),
        "median": shown.median,
        "low": shown.low,
        "high": shown.high,
        "method": one.method.value,
        **_mase(found.score),
    }


def _mase(score: "Score") -> dict[str, float | None]:
    if not score.series:
        return {"mase": None, "mase_last_week": None}
    return {"mase": round(score.model, 4), "mase_last_week": round(score.last_week, 4)}


def _as_text(found: "Foretold", seen: "Past") -> Iterator[str]:
    from pmdesk.analytics.buildings import building_words  # noqa: PLC0415  # see run
    from pmdesk.domain.orders.names import SERVICES  # noqa: PLC0415  # see run
    from pmdesk.services import forecast_words  # noqa: PLC0415  # see run

    yield f"{said(SERVICES[found.service])}\n"
    yield f"  {forecast_words.skill_words(found.outlook, seen.days)}\n"
    heads = (_("Day"), _("Building"), _("Expected orders"), _("80 % range"), _("Method"))
    yield "  " + "\t".join(heads) + "\n"
    for one in found.outlook.days:
        if not (one.group or any(day.mean for day in found.outlook.days if not day.group)):
            continue
        where = building_words(one.group) if one.group else _("no building")
        method = _(forecast_words.METHODS[one.method])
        for row in found.hours.get(one, (None,)):
            shown = row or one
            clock = f" {row.hour:02d}:00" if row else ""
            cells = (f"{shown.mean:.2f}", f"{shown.low}–{shown.high}", method)
            yield "\t".join((f"  {one.day}{clock}", where, *cells)) + "\n"


def _holidays(path: Path | None) -> dict[date, bool]:
    from pmdesk.domain import day_lists  # noqa: PLC0415  # see run

    if path is None:
        return {}
    try:
        found = day_lists.read(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(
            N_("The list of days cannot be read."), N_("Name a text file in UTF-8.")
        ) from error
    if found.faults:
        raise RefusedError(
            N_("Line {line} of the list of days names no day."),
            N_("Write one day a line, such as 2027-01-01."),
            line=found.faults[0],
        )
    return dict(found.days)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("a day such as 2027-01-31")) from error


def _days(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= _MOST_DAYS:
        words = _("a whole number from 1 to {most}").format(most=_MOST_DAYS)
        raise argparse.ArgumentTypeError(words)
    return number
