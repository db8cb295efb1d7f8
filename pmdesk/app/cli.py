"""The command line: the same services without a window (design: exit codes 0, 1, 2, 3)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pmdesk import i18n
from pmdesk.app import backup_options, fairness, key_options
from pmdesk.app.typed import typed_in
from pmdesk.assets import asset
from pmdesk.errors import PmdeskError, report
from pmdesk.i18n import LANGUAGES, _, told

DONE, FINDING, USAGE, REFUSED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; errors go to stderr as one sentence plus what to do."""
    chosen = _parser().parse_args(arguments)
    i18n.install(chosen.lang or i18n.DEFAULT, asset("locale"))
    try:
        return _COMMANDS[chosen.command](chosen)
    except PmdeskError as error:
        print(told(error), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(_("Cancelled."), file=sys.stderr)
        return FINDING
    except Exception as error:  # noqa: BLE001  # a traceback would show what was typed or imported
        print(_("Something went wrong in pmdesk. What was saved before is safe."), file=sys.stderr)
        print(_("Please try again; if it happens again, send this:"), file=sys.stderr)
        print(report(type(error), error.__traceback__), file=sys.stderr)
        return FINDING


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pmdesk", description="物业客户分类表 · customer classification table"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="")
    parser.set_defaults(command="open")
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, text: str, *, office: bool = False) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text)
        made.set_defaults(command=name)
        # suppressed: the default must not overwrite what stood before the command
        made.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
        if office:
            made.add_argument("--office", type=Path, required=True, metavar="PATH")
            made.add_argument("--login", required=True)
            made.add_argument("--passphrase-file", type=Path, metavar="FILE")
        return made

    demo = command("demo", "make and open a demo office")
    demo.add_argument("--people", type=_count, default=300)
    demo.add_argument("--seed", type=int, default=7)
    demo.add_argument("--out", type=Path, default=Path("demo-out"))
    bring = command("import", "import residents from xlsx or csv", office=True)
    bring.add_argument("file", type=Path)
    bring.add_argument("--mapping", type=Path, metavar="M")
    bring.add_argument("--dry-run", action="store_true")
    command("classify", "re-classify everyone; people per tier", office=True)
    fairness.options(command("fairness", "does an outcome come to groups in different shares?"))
    backup_options.options(command("backup", "make, prove, restore and list backups"))
    key_options.options(command("keys", "change the keys of an office, or go back to before"))
    _add_dmn(command("dmn", "check or evaluate a DMN file"))
    _add_audit(command("audit", "does the log of an office hold?"))
    tour = command("tour", "a picture of every page in every state")
    tour.add_argument("--out", type=Path, required=True)
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--scale", type=int, choices=(1, 2), default=1)
    return parser


_LINES = """\
Results for JSON lines (UTF-8) on standard input: one object a line, "inputs" by the names that
the decision requires, and an "id" of your own that comes back with the result. Example:

  {"id": 1, "inputs": {"repair_need": ["water"], "pet_kind": "dog"}}

Inputs left out are unknown. A name or value that the decision does not know is told once on
standard error; results and exit code stay as they are."""


def _add_dmn(dmn: argparse.ArgumentParser) -> None:
    acts = dmn.add_subparsers(dest="act", metavar="ACT", required=True)
    checking = acts.add_parser("check", help="what is outside the profile, gaps and overlaps")
    evaluating = acts.add_parser(
        "evaluate",
        help="results for JSON lines on standard input",
        description=_LINES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for made in (checking, evaluating):
        made.add_argument("file", type=Path)
        made.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
    evaluating.add_argument("--decision", required=True, metavar="NAME")
    evaluating.add_argument("--engine", choices=("reference", "sql"), default="reference")


def _add_audit(audit: argparse.ArgumentParser) -> None:
    acts = audit.add_subparsers(dest="act", metavar="ACT", required=True)
    verifying = acts.add_parser("verify", help="every entry, signature, anchor and row")
    verifying.add_argument("--office", type=Path, required=True, metavar="PATH")
    verifying.add_argument("--login", required=True)
    verifying.add_argument("--passphrase-file", type=Path, metavar="FILE")
    verifying.add_argument("--json", action="store_true")
    verifying.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 1_000_000:  # noqa: PLR2004  # what a demo can hold
        raise argparse.ArgumentTypeError("1 … 1000000")
    return number


def _open(chosen: argparse.Namespace) -> int:
    from pmdesk.app import window  # noqa: PLC0415  # Qt only where a window is wanted

    return window.run(language=chosen.lang)


def _demo(chosen: argparse.Namespace) -> int:
    from pmdesk.app import showcase  # noqa: PLC0415  # see _open

    shown = showcase.window if _has_display() else showcase.files
    return shown(chosen.people, chosen.seed, chosen.out)


def _tour(chosen: argparse.Namespace) -> int:
    from pmdesk.app import tour  # noqa: PLC0415  # see _open

    # read by Qt once, when the application is made
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    if not _has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for picture in tour.take(chosen.out, theme=chosen.theme, language=i18n.language()):
        print(picture)
    return DONE


def _classify(chosen: argparse.Namespace) -> int:
    from pmdesk.app import batch  # noqa: PLC0415  # the store is slow to import

    return batch.classify(chosen.office, chosen.login, _passphrase(chosen))


def _import(chosen: argparse.Namespace) -> int:
    from pmdesk.app import batch  # noqa: PLC0415  # the store is slow to import

    return batch.bring(
        chosen.office,
        chosen.login,
        _passphrase(chosen),
        chosen.file,
        mapping=chosen.mapping,
        dry_run=chosen.dry_run,
    )


def _dmn(chosen: argparse.Namespace) -> int:
    from pmdesk.app import dmn  # noqa: PLC0415  # the reader is for this command only

    if chosen.act == "check":
        return dmn.check(chosen.file)
    return dmn.evaluate(chosen.file, chosen.decision, chosen.engine)


def _backup(chosen: argparse.Namespace) -> int:
    from pmdesk.app import backups  # noqa: PLC0415  # the store is slow to import

    return backups.run(chosen)


def _keys(chosen: argparse.Namespace) -> int:
    from pmdesk.app import keys  # noqa: PLC0415  # the store is slow to import

    return keys.run(chosen)


def _audit(chosen: argparse.Namespace) -> int:
    from pmdesk.app import audit  # noqa: PLC0415  # the store is slow to import

    return audit.verify(chosen.office, chosen.login, _passphrase(chosen), as_json=chosen.json)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": _open,
    "demo": _demo,
    "import": _import,
    "classify": _classify,
    "fairness": fairness.run,
    "dmn": _dmn,
    "audit": _audit,
    "backup": _backup,
    "keys": _keys,
    "tour": _tour,
}


def _passphrase(chosen: argparse.Namespace) -> str:
    return typed_in(chosen.passphrase_file, _("Passphrase: "))


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return shown and chosen != "offscreen"
