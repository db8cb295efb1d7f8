"""What `pmdesk import` takes; light to import, unlike what it does."""

import argparse
from pathlib import Path

from pmdesk.app.parsing import Plain
from pmdesk.i18n import N_, _

_HELP = N_(
    """\
Enters the good rows of a list of residents; with --orders, of a list of past work orders. Bad rows
are told and stand in FILE.errors.xlsx: mend them there and import that file. An order that was
imported before is left as it is; an order without a number is known by its time, type and building.
Ctrl-C leaves everything as it was. Exit code: 0, also when all was known; 1 where rows are to be
mended or nothing could be entered; 2 for wrong options; 3 where the account may not.

The mapping file is one JSON object. For residents it leads columns, counted from 0, to what they
hold: {"0": "person_name"}. For orders it has up to three parts; what is not said is guessed:

  {"columns":   {"account": "building", "3": "closed_at", "zip": ""},
   "services":  {"Sanitation": "cleaning"},
   "buildings": {"Tower A": "1", "Tower B": "new"}}

  columns    by header, or by number from 0, to order_number, received_at, started_at, finished_at,
             closed_at, state, type, subtype, words, building, entrance, room, room_label, area,
             person_name, assignee, rating; "" leaves the column out
  services   types of the list: repair, cleaning, security, complaint, enquiry, other
  buildings  buildings of the list: the name of one in the register; new: as it is called; estate:
             counted for the estate as a whole; out: its orders are left out"""
)


def options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.description = _(_HELP)
    parser.formatter_class = Plain
    parser.set_defaults(wrong=parser.error)
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the table: xlsx or csv"))
    parser.add_argument(
        "--orders", action="store_true", help=_("the table holds past work orders, not residents")
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE", help=_("what columns and words mean (JSON)")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("look only, enter nothing"))
    parser.add_argument(
        "--create-buildings",
        action="store_true",
        help=_("orders of buildings that are not in the register are entered, as of new ones"),
    )
    parser.add_argument(
        "--cancel-old",
        action="store_true",
        help=_("orders open for more than a year are entered as cancelled today"),
    )


def wrong(chosen: argparse.Namespace) -> str:
    """What of these options does not go together; empty when all do."""
    only = {"--create-buildings": chosen.create_buildings, "--cancel-old": chosen.cancel_old}
    stray = [name for name, is_chosen in only.items() if is_chosen and not chosen.orders]
    return _("Only with --orders: {names}").format(names=", ".join(stray)) if stray else ""
