"""What `pmdesk backup` takes; light to import, unlike what it does."""

import argparse
from pathlib import Path

from pmdesk.app.parsing import language_option, office_options
from pmdesk.i18n import _


def options(parser: argparse.ArgumentParser) -> None:
    """The four acts and what they take."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True, title=_("Acts"))
    create = acts.add_parser("create", help=_("make a backup and prove it by restoring it"))
    verify = acts.add_parser(
        "verify", help=_("prove a backup by restoring it into a private folder")
    )
    restore = acts.add_parser("restore", help=_("make a new office from a backup"))
    listing = acts.add_parser("list", help=_("the backups of an office or in a folder"))
    for made in (create, verify, restore, listing):
        language_option(made)
    for made in (create, listing, restore):
        office_options(made, required=made is create)
    create.add_argument(
        "--to",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help=_("a further place for a copy; may be given several times"),
    )
    for made in (create, verify, restore):
        made.add_argument(
            "--backup-passphrase-file",
            type=Path,
            metavar="FILE",
            help=_("a file with what opens the backup; without one it is asked for"),
        )
    for made in (verify, restore):
        made.add_argument("file", type=Path, metavar="FILE", help=_("the backup (.pmbak)"))
    listing.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help=_("a folder to look into instead of an office"),
    )
    _add_owner(restore)


def _add_owner(restore: argparse.ArgumentParser) -> None:
    restore.add_argument(
        "--into",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=_("the folder of the new office; empty or not there yet"),
    )
    restore.add_argument(
        "--admin", required=True, metavar="LOGIN", help=_("who administers the new office")
    )
    restore.add_argument(
        "--admin-name",
        default="",
        metavar="NAME",
        help=_("the name of an administrator who is not in the backup"),
    )
    restore.add_argument(
        "--admin-passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("a file with the administrator's new passphrase; without one it is asked for"),
    )
