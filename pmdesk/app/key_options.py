"""What `pmdesk keys` takes; light to import, unlike what it does."""

import argparse
from pathlib import Path

from pmdesk.i18n import LANGUAGES


def options(parser: argparse.ArgumentParser) -> None:
    """The three acts and what they take."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    rotate = acts.add_parser("rotate", help="encrypt the office anew under a new key")
    listing = acts.add_parser("list", help="how old the keys are, and copies of how it was before")
    back = acts.add_parser("bring-back", help="the office as in a copy made before an upgrade")
    for made in (rotate, listing, back):
        made.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
        made.add_argument("--office", type=Path, required=True, metavar="PATH")
        made.add_argument("--login", required=True)
        made.add_argument("--passphrase-file", type=Path, metavar="FILE")
    rotate.add_argument(
        "--sealed", action="store_true", help="also change the key of sealed fields"
    )
    back.add_argument("name", metavar="NAME", help="the name of a copy, as `list` says it")
