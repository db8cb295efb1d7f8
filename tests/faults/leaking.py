"""A program that does a day's work with words that nobody else may ever read in the clear.

It is told over stdin where to work and with which words. It does so through the real use-cases and
the real window, provokes errors, prints, locks; then it tells what it did in a report. Told to
`plant`, it leaks a word in one place instead, so that the scan can be seen to find it.
"""

import contextlib
import json
import os
import socket
import sys
import tempfile
import traceback
from pathlib import Path

from tests.faults.scanning import hits


def main():
    """One line on stdin; a report beside the place of work."""
    told = json.loads(sys.stdin.readline())
    told = {name: Path(value) if name in PATHS else value for name, value in told.items()}
    report = plant(told) if told["plant"] else work(told)
    told["report"].write_text(json.dumps(report), encoding="utf-8")


PATHS = {"office", "fresh", "chosen", "report"}


# ---- a day's work --------------------------------------------------------------------------------


def work(told):
    """Everything below, in the order of a day."""
    from tests.faults import leaking_office, leaking_window

    words = told["words"]
    done: dict[str, object] = {}
    leaking_office.at_the_desk(told["office"], words, done)
    leaking_office.in_the_back_room(told, words, done)
    leaking_office.gone_wrong(told["office"], words, done, said)
    leaking_window.in_the_window(told, words, done)
    leaking_office.lost_the_passphrase(told, words, done)
    return done


@contextlib.contextmanager
def said(done, name):
    """An error of the block is printed as a traceback, and its sentence as a user reads it."""
    from pmdesk.errors import PmdeskError
    from pmdesk.i18n import told

    try:
        yield
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the scan looks at
        traceback.print_exception(error)
        if isinstance(error, PmdeskError):
            sys.stdout.write(f"{told(error)} {error.places!r}\n")
        done[name] = type(error).__name__
    else:
        done[name] = ""


# ---- leaks on purpose ----------------------------------------------------------------------------


def plant(told):
    """The first word lies in that place, in that encoding."""
    word = next(iter(told["words"].values()))
    data = word.encode(told["encoding"])
    return PLANTS[told["plant"]](told, word, data) or {}


def _in_office(told, _word, data):
    (told["office"] / "notes.tmp").write_bytes(data)


def _in_temp(_told, _word, data):
    handle, _name = tempfile.mkstemp()
    os.write(handle, data)


def _in_settings(_told, word, _data):
    from PySide6.QtCore import QSettings

    settings = QSettings(str(Path.home() / ".config" / "pmdesk" / "pmdesk.ini"), _ini())
    settings.setValue("recent/search", word)
    settings.sync()


def _ini():
    from PySide6.QtCore import QSettings

    return QSettings.Format.IniFormat


def _in_cache(_told, _word, data):
    path = Path(os.environ["XDG_CACHE_HOME"]) / "recently-used.xbel"
    path.write_bytes(data)


def _on_stdout(_told, _word, data):
    sys.stdout.buffer.write(data)


def _in_exception(_told, word, _data):
    try:
        int(word)
    except ValueError as error:
        traceback.print_exception(error)


def _written_and_removed(_told, _word, data):
    with tempfile.TemporaryFile() as file:
        file.write(data)


def _in_a_file_name(_told, word, _data):
    path = Path(tempfile.gettempdir()) / word
    path.touch()
    path.unlink()


def _sent(_told, _word, data):
    one, other = socket.socketpair()
    one.sendall(data)
    one.close()
    other.close()


def _in_clipboard(told, word, _data):
    return {"clipboard": hits(word.encode(), told["words"])}


PLANTS = {
    "office": _in_office,
    "temp": _in_temp,
    "settings": _in_settings,
    "cache": _in_cache,
    "stdout": _on_stdout,
    "exception": _in_exception,
    "removed": _written_and_removed,
    "name": _in_a_file_name,
    "network": _sent,
    "clipboard": _in_clipboard,
}

if __name__ == "__main__":
    main()
