"""A disk that keeps what was fsynced and may lose or tear whatever was not.

Of a file that was not synced since, any subset of the writes is left, each whole or in sectors of
512 bytes. Of the names in a folder, a prefix of the changes is left; a name is safe only once its
folder was synced, whatever more a given file system may promise.
"""

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
LOST, KEPT = 0.25, 0.5  # shares of cuts that lose, and that lose or keep, everything unsynced
DROPPED, TORN = 0.4, 0.6  # of the others: shares of single writes


@dataclass(eq=False)
class File:
    """What is surely on the disk, and the changes since: (at, data), or (size, None)."""

    kept: bytearray = field(default_factory=bytearray)
    waiting: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class Folder:
    """Names that are surely there, names as programs see them, and the changes between."""

    kept: dict[str, Any] = field(default_factory=dict)
    live: dict[str, Any] = field(default_factory=dict)
    waiting: list[Any] = field(default_factory=list)

    def change(self, names):
        """One change, whole or not at all: each name stands for this node now, or for none."""
        _apply(self.live, names)
        self.waiting.append(names)


class Disk:
    """The folder `root` as it was, and whatever is done to it; `deaf` calls sync nothing."""

    def __init__(self, root, before, deaf=lambda _path: False):
        self._root, self._deaf = str(root), deaf
        self._top = _loaded(Path(before))

    def do(self, call):
        """The call was made."""
        getattr(self, f"_{call.kind}")(call)

    def after_a_cut(self, chance, to):
        """What the next start finds is in the new folder `to`."""
        _put(self._top, chance, Path(to))

    def _told(self, call):
        """Nothing on the disk."""

    def _make(self, call):
        parent, name = self._parent(call.path)
        if name not in parent.live:
            parent.change({name: File()})

    def _folder(self, call):
        parent, name = self._parent(call.path)
        parent.change({name: Folder()})

    def _write(self, call):
        self._node(call.path).waiting.append((call.at, call.data))

    def _size(self, call):
        self._node(call.path).waiting.append((call.at, None))

    def _sync(self, call):
        node = self._node(call.path)
        if self._deaf(call.path):
            return
        for change in node.waiting:
            if isinstance(node, Folder):
                _apply(node.kept, change)
            else:
                _write(node.kept, *change)
        node.waiting.clear()

    def _drop(self, call):
        parent, name = self._parent(call.path)
        parent.change({name: None})

    def _move(self, call):
        (old, name), (new, wanted) = self._parent(call.path), self._parent(call.to)
        node = old.live[name]
        if old is new:
            old.change({name: None, wanted: node})
        else:  # both names for a moment, never none
            new.change({wanted: node})
            old.change({name: None})

    def _parent(self, path):
        return self._node(posixpath.dirname(path)), posixpath.basename(path)

    def _node(self, path):
        node = self._top
        below = posixpath.relpath(path, self._root)
        for name in below.split("/") if below != "." else ():
            node = node.live[name]
        return node


def _loaded(path):
    if path.is_dir():
        found = {one.name: _loaded(one) for one in path.iterdir()}
        return Folder(kept=found, live=dict(found))
    return File(kept=bytearray(path.read_bytes()))


def _apply(names, change):
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _write(content, at, data):
    if data is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    content.extend(bytes(max(at - len(content), 0)))
    content[at : at + len(data)] = data


def _put(node, chance, to):
    if isinstance(node, File):
        to.write_bytes(_survived(node, chance))
        return
    to.mkdir()
    names = dict(node.kept)
    for change in node.waiting[: chance.randint(0, len(node.waiting))]:
        _apply(names, change)
    for name, one in names.items():
        if not name.endswith("-shm"):  # shared memory of processes that are gone
            _put(one, chance, to / name)


def _survived(file, chance):
    mood = chance.random()
    if mood < LOST or not file.waiting:
        return file.kept
    content = bytearray(file.kept)
    for at, data in file.waiting:
        luck = 1.0 if mood < KEPT else chance.random()
        if luck < DROPPED:
            continue
        if data is not None and luck < TORN:
            _tear(content, at, data, chance)
        else:
            _write(content, at, data)
    return content


def _tear(content, at, data, chance):
    for start in range(0, len(data), SECTOR):
        if chance.random() < KEPT:
            _write(content, at + start, data[start : start + SECTOR])
