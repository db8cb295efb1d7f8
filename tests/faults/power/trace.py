"""What strace wrote, as a list of the calls that change files and of the lines that were told."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRACED = (
    *("openat", "open", "creat", "write", "pwrite64", "writev", "pwritev", "pwritev2"),
    *("fsync", "fdatasync", "ftruncate", "truncate", "rename", "renameat", "renameat2"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "lseek", "fallocate"),
    *("copy_file_range", "sendfile", "link", "linkat", "symlink", "symlinkat"),
)
LONGEST = 4 << 20  # bytes of one write

_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?")
_BEGUN = re.compile(r"(\d+) +(\w+\(.*) <unfinished \.\.\.>$")
_ENDED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
_HANDLE = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>(\(deleted\))?$")


class UnknownCallError(Exception):
    """A call changed a file in a way that the simulated disk does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One change; `kind` is make, write, size, sync, move, drop, folder or told."""

    kind: str
    path: str
    data: bytes = b""
    at: int = 0
    to: str = ""


def calls(trace, root):
    """The changes below `root`, in their order, and what was told to whoever listened."""
    reader = _Reader(str(root))
    waiting = {}
    with Path(trace).open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            begun, ended = _BEGUN.match(line), _ENDED.match(line)
            if begun:
                waiting[begun[1]] = begun[2]
            elif ended:
                reader.read(f"{ended[1]} {waiting.pop(ended[1])}{ended[2]}")
            else:
                reader.read(line.rstrip("\n"))
    return reader.found


class _Reader:
    """Follows where each open file is being written."""

    def __init__(self, root):
        self.found = []
        self._root = root
        self._places = {}

    def read(self, line):
        """One finished call; those that failed changed nothing."""
        parts = _LINE.match(line)
        if parts is None or int(parts[4]) < 0:
            return
        name, arguments, result = parts[2], parts[3].split(", "), int(parts[4])
        known = getattr(self, f"_{name}", None)
        if known is not None:
            known(arguments, result)
        elif any(self._is_ours(_plain(one)) for one in arguments):
            raise UnknownCallError(name)

    def _openat(self, arguments, result):
        path, flags = _below(arguments[0], arguments[1]), arguments[2]
        self._places[result, path] = 0
        if "O_CREAT" in flags:
            self._add("make", path)
        if "O_TRUNC" in flags:
            self._add("size", path)

    def _write(self, arguments, result):
        number, path = _handle(arguments[0])
        data = _bytes(arguments[1])[:result]
        if path.startswith("pipe:") and number == 1:
            for told in data.decode().splitlines():
                self.found.append(Call(kind="told", path=told))
            return
        at = self._places.get((number, path), 0)
        self._places[number, path] = at + result
        self._add("write", path, data=data, at=at)

    def _pwrite64(self, arguments, result):
        data = _bytes(arguments[1])[:result]
        self._add("write", _handle(arguments[0])[1], data=data, at=int(arguments[3]))

    def _lseek(self, arguments, result):
        self._places[_handle(arguments[0])] = result

    def _fsync(self, arguments, _result):
        self._add("sync", _handle(arguments[0])[1])

    _fdatasync = _fsync

    def _ftruncate(self, arguments, _result):
        self._add("size", _handle(arguments[0])[1], at=int(arguments[1]))

    def _rename(self, arguments, _result):
        old, new = (_bytes(one).decode() for one in arguments)
        self._add("move", old, to=new)

    def _unlink(self, arguments, _result):
        self._add("drop", _bytes(arguments[0]).decode())

    _rmdir = _unlink

    def _unlinkat(self, arguments, _result):
        self._add("drop", _below(arguments[0], arguments[1]))

    def _mkdir(self, arguments, _result):
        self._add("folder", _bytes(arguments[0]).decode())

    def _add(self, kind, path, **rest):
        if self._is_ours(path):
            self.found.append(Call(kind=kind, path=path, **rest))

    def _is_ours(self, path):
        return path == self._root or path.startswith(self._root + os.sep)


def _below(handle, name):
    return str(Path(_handle(handle)[1], _bytes(name).decode()))


def _handle(text):
    found: Any = _HANDLE.match(text)
    number = -1 if found[1] == "AT_FDCWD" else int(found[1])
    return number, "" if found[3] else _unhexed(found[2]).decode()


def _bytes(text):
    if text.endswith("..."):
        raise UnknownCallError("a write was too long to be recorded whole")
    return _unhexed(text.strip('"'))


def _plain(text):
    """The path in an argument of any kind."""
    inside = re.search(r'[<"]((?:\\x..)+)[>"]', text)
    return _unhexed(inside[1]).decode("utf-8", "replace") if inside else ""


def _unhexed(text):
    return bytes.fromhex(text.replace("\\x", ""))
