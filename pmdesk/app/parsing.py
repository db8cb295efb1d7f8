"""The command line's own words: the parser speaks the language of the program."""

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

from pmdesk.i18n import LANGUAGES, N_, _

# what argparse says of a mistake, and how this program says it
_MISTAKES: Mapping[str, str] = {
    r"the following arguments are required: (?P<what>.+)": N_("This is missing: {what}"),
    r"one of the arguments (?P<what>.+) is required": N_("One of these is missing: {what}"),
    r"unrecognized arguments: (?P<what>.+)": N_("Nobody knows this here: {what}"),
    r"argument (?P<name>.+?): invalid choice: (?P<what>.+) \(choose from (?P<of>.+)\)": N_(
        "{what} is none of the choices of {name}: {of}"
    ),
    r"argument (?P<name>.+?): expected .*argument.*": N_("Something has to stand after {name}"),
    r"argument (?P<name>.+?): not allowed with argument (?P<what>.+)": N_(
        "Only one of the two: {name}, {what}"
    ),
    r"argument (?P<name>.+?): (?P<what>.+)": N_("{name} does not fit: {what}"),
}


class Formatter(argparse.HelpFormatter):
    """Help in the user's language."""

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],  # the type that argparse itself names
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class Plain(Formatter, argparse.RawDescriptionHelpFormatter):
    """The same, with the lines of the description as they are written."""


class Parser(argparse.ArgumentParser):
    """A parser whose every word is translated; made after the language is known."""

    def __init__(self, *rest: Any, **named: Any) -> None:  # as argparse takes them
        super().__init__(*rest, **{"formatter_class": Formatter, **named, "add_help": False})
        self._positionals.title = _("What to give")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and stop"))

    @override
    def error(self, message: str) -> NoReturn:
        """Prints what is wrong and how the help is called; exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {_told(message)}\n{_more(self.prog)}\n")


def language_option(parser: argparse.ArgumentParser, default: str = argparse.SUPPRESS) -> None:
    """`--lang`; suppressed behind a command, so that it leaves what stood before it."""
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=_("the language"))


def office_options(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Which office, and who signs in to it."""
    parser.add_argument(
        "--office", type=Path, required=required, metavar="PATH", help=_("folder of the office")
    )
    parser.add_argument("--login", required=required, metavar="LOGIN", help=_("who signs in"))
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("a file with the passphrase; without one it is asked for"),
    )


def language_of(arguments: Iterable[str]) -> str:
    """The language that is asked for, known before anything is parsed; empty for none."""
    given = list(arguments)
    for at, word in enumerate(given):
        if word == "--lang":
            return next(iter(given[at + 1 : at + 2]), "")
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""


def _more(prog: str) -> str:
    return _("More: {command}").format(command=f"{prog} --help")


def _told(message: str) -> str:
    """What is wrong, in the user's language; as it is where nobody foresaw it."""
    for pattern, words in _MISTAKES.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(words).format(**found.groupdict())
    return message
