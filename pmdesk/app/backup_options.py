"""What `pmdesk backup` takes; light to import, unlike what it does."""

import argparse
from pathlib import Path

from pmdesk.i18n import LANGUAGES


def options(parser: argparse.ArgumentParser) -> None:
    """The four acts and what they take."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    create = acts.add_parser("create", help="make a backup and prove it by restoring it")
    verify = acts.add_parser("verify", help="prove a backup by restoring it into a private folder")
    restore = acts.add_parser("restore", help="make a new office from a backup")
    listing = acts.add_parser("list", help="the backups of an office or in a folder")
    for made in (create, verify, restore, listing):
        made.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
    for made in (create, listing, restore):
        _office(made, required=made is create)
    create.add_argument("--to", type=Path, action="append", default=[], metavar="FOLDER")
    for made in (create, verify, restore):
        made.add_argument("--backup-passphrase-file", type=Path, metavar="FILE")
    for made in (verify, restore):
        made.add_argument("file", type=Path)
    listing.add_argument("folder", type=Path, nargs="?")
    restore.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    restore.add_argument("--admin", required=True, metavar="LOGIN")
    restore.add_argument("--admin-name", default="", metavar="NAME")
    restore.add_argument("--admin-passphrase-file", type=Path, metavar="FILE")


def _office(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--office", type=Path, required=required, metavar="PATH")
    parser.add_argument("--login", required=required)
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE")
