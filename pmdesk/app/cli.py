"""The command line: the same services without a window (design: exit codes 0, 1, 2, 3)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pmdesk import i18n
from pmdesk.app import backup_options, fairness, forecast, import_options, key_options
from pmdesk.app.parsing import Parser, Plain, language_of, language_option, office_options
from pmdesk.app.threads import keep_to_one
from pmdesk.app.typed import typed_in
from pmdesk.assets import asset
from pmdesk.errors import PmdeskError, report
from pmdesk.i18n import N_, _, told

DONE, FINDING, USAGE, REFUSED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; errors go to stderr as one sentence plus what to do."""
    keep_to_one()
    given = sys.argv[1:] if arguments is None else arguments
    i18n.install(language_of(given) or i18n.DEFAULT, asset("locale"))  # help speaks it too
    chosen = _parser().parse_args(given)
    i18n.install(chosen.lang or i18n.DEFAULT, asset("locale"))  # the last word on it counts
    try:
        code = _COMMANDS[chosen.command](chosen)
        if sys.stdout is not None:  # a window's program on Windows has none
            sys.stdout.flush()
        return code  # noqa: TRY300  # what follows are the ways in which that fails
    except BrokenPipeError:  # whoever read it, such as `head`, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDING
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


def _parser() -> Parser:
    parser = Parser(prog="pmdesk", description=_("The customer classification table."))
    language_option(parser, default="")
    parser.set_defaults(command="open")
    commands = parser.add_subparsers(metavar="COMMAND", title=_("Commands"))

    def command(name: str, text: str, *, office: bool = False) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=name)
        language_option(made)
        if office:
            office_options(made)
        return made

    _add_demo(command("demo", _("make and open a demo office")))
    import_options.options(
        command("import", _("import residents or past orders from xlsx or csv"), office=True)
    )
    command("classify", _("re-classify everyone; people per tier"), office=True)
    forecast.options(command("forecast", _("what comes in the next days"), office=True))
    fairness.options(command("fairness", _("does an outcome come to groups in different shares?")))
    backup_options.options(command("backup", _("make, prove, restore and list backups")))
    key_options.options(command("keys", _("change the keys of an office, or go back to before")))
    _add_dmn(command("dmn", _("check or evaluate a DMN file")))
    _add_audit(command("audit", _("does the log of an office hold?")))
    _add_tour(command("tour", _("a picture of every page in every state")))
    return parser


_LINES = N_(
    """\
Results for JSON lines (UTF-8) on standard input: one object a line, "inputs" by the names that
the decision requires, and an "id" of your own that comes back with the result. Example:

  {"id": 1, "inputs": {"repair_need": ["water"], "pet_kind": "dog"}}

Inputs left out are unknown. A name or value that the decision does not know is told once on
standard error; results and exit code stay as they are."""
)


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "--people", type=_count, default=300, metavar="N", help=_("how many residents")
    )
    demo.add_argument(
        "--seed", type=int, default=7, metavar="N", help=_("the same number, the same office")
    )
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("demo-out"),
        metavar="FOLDER",
        help=_("where the files go when there is no display"),
    )


def _add_tour(tour: argparse.ArgumentParser) -> None:
    tour.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help=_("where the pictures go")
    )
    tour.add_argument(
        "--theme", choices=("light", "dark"), default="light", help=_("light or dark colours")
    )
    tour.add_argument(
        "--text", type=int, choices=(100, 200), default=100, help=_("size of the text in percent")
    )
    tour.add_argument(
        "--scale", type=int, choices=(1, 2), default=1, help=_("2: for a screen with fine dots")
    )


def _add_dmn(dmn: argparse.ArgumentParser) -> None:
    acts = dmn.add_subparsers(dest="act", metavar="ACT", required=True, title=_("Acts"))
    checking = acts.add_parser("check", help=_("what is outside the profile, gaps and overlaps"))
    evaluating = acts.add_parser(
        "evaluate",
        help=_("results for JSON lines on standard input"),
        description=_(_LINES),
        formatter_class=Plain,
    )
    for made in (checking, evaluating):
        made.add_argument("file", type=Path, metavar="FILE", help=_("the DMN file"))
        language_option(made)
    evaluating.add_argument(
        "--decision", required=True, metavar="NAME", help=_("the decision by its name")
    )
    evaluating.add_argument(
        "--engine",
        choices=("reference", "sql"),
        default="reference",
        help=_("what computes: this program, or the database"),
    )


def _add_audit(audit: argparse.ArgumentParser) -> None:
    acts = audit.add_subparsers(dest="act", metavar="ACT", required=True, title=_("Acts"))
    verifying = acts.add_parser("verify", help=_("every entry, signature, anchor and row"))
    office_options(verifying)
    verifying.add_argument("--json", action="store_true", help=_("the answer as JSON"))
    language_option(verifying)


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
    text = chosen.text / 100
    for picture in tour.take(chosen.out, theme=chosen.theme, language=i18n.language(), text=text):
        print(picture)
    return DONE


def _classify(chosen: argparse.Namespace) -> int:
    from pmdesk.app import batch  # noqa: PLC0415  # the store is slow to import

    return batch.classify(chosen.office, chosen.login, _passphrase(chosen))


def _import(chosen: argparse.Namespace) -> int:
    from pmdesk.app import batch, batch_orders  # noqa: PLC0415  # the store is slow to import

    if words := import_options.wrong(chosen):
        chosen.wrong(words)
    given = (chosen.office, chosen.login, _passphrase(chosen), chosen.file)
    if not chosen.orders:
        return batch.bring(*given, mapping=chosen.mapping, dry_run=chosen.dry_run)
    wishes = batch_orders.Wishes(
        mapping=chosen.mapping,
        dry_run=chosen.dry_run,
        creates_buildings=chosen.create_buildings,
        cancels_old=chosen.cancel_old,
    )
    return batch_orders.bring(*given, wishes)


def _forecast(chosen: argparse.Namespace) -> int:
    return forecast.run(chosen, _passphrase(chosen))


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
    "forecast": _forecast,
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
