"""What `pmdesk keys` takes; light to import, unlike what it does."""

import argparse

from pmdesk.app.parsing import language_option, office_options
from pmdesk.i18n import _


def options(parser: argparse.ArgumentParser) -> None:
    """The three acts and what they take."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True, title=_("Acts"))
    rotate = acts.add_parser("rotate", help=_("encrypt the office anew under a new key"))
    listing = acts.add_parser(
        "list", help=_("how old the keys are, and copies of how it was before")
    )
    back = acts.add_parser("bring-back", help=_("the office as in a copy made before an upgrade"))
    for made in (rotate, listing, back):
        language_option(made)
        office_options(made)
    rotate.add_argument(
        "--sealed", action="store_true", help=_("also change the key of sealed fields")
    )
    back.add_argument("name", metavar="NAME", help=_("the name of a copy, as `list` says it"))
