"""`pmdesk fairness`: what a sample from outside says about an outcome and groups of people."""

import argparse
import json
import sys
from pathlib import Path

from pmdesk.i18n import _

DONE, FINDING = 0, 1


def options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "file", type=Path, metavar="SAMPLE.csv", help=_("the sample: a row for each person")
    )
    parser.add_argument(
        "--group", required=True, metavar="COL", help=_("the column that names the group")
    )
    parser.add_argument(
        "--outcome", required=True, metavar="COL", help=_("the column with what came of it")
    )
    value = parser.add_mutually_exclusive_group(required=True)
    value.add_argument("--favourable", metavar="VALUE", help=_("the outcome that people want"))
    value.add_argument("--burden", metavar="VALUE", help=_("the outcome that people do not want"))
    parser.add_argument(
        "--stratum", default="", metavar="COL", help=_("compare equals with equals")
    )
    parser.add_argument(
        "--count", default="", metavar="COL", help=_("people that a row stands for")
    )
    parser.add_argument(
        "--proxy", action="append", default=[], metavar="COL", help=_("does it tell the group?")
    )
    parser.add_argument("--json", action="store_true", help=_("the answer as JSON"))


def run(chosen: argparse.Namespace) -> int:
    """Prints the figures; 1 when people have to look again."""
    # the sign-in window, which starts from the same command line, needs none of it
    from pmdesk.services.fairness import findings  # noqa: PLC0415
    from pmdesk.services.fairness.sample_file import Columns, read  # noqa: PLC0415

    burden = chosen.favourable is None
    value = chosen.burden if burden else chosen.favourable
    columns = Columns(
        group=chosen.group,
        outcome=chosen.outcome,
        stratum=chosen.stratum,
        count=chosen.count,
        proxies=tuple(chosen.proxy),
    )
    found = findings.found(read(chosen.file, columns, value), value, burden=burden)
    text = (
        json.dumps(findings.as_json(found), ensure_ascii=False, indent=2, allow_nan=False)
        if chosen.json
        else findings.as_text(found)
    )
    sys.stdout.write(text + "\n")
    return FINDING if found.needs_review else DONE
