"""Looks for words in bytes, in files and in what a program wrote, however they are spelled."""

import json
import re

ESCAPED = re.compile(rb"((?:\\x[0-9a-f]{2})+)")
PLACE = re.compile(rb"\w+\(\d+<([^>]*)>")  # what is behind a number of a file
CALL = re.compile(rb"^(?:\d+ +)?(\w+)\(")


def spellings(word):
    """(encoding, bytes) of each way in which a word could lie somewhere."""
    found = {}
    for encoding in ("utf-8", "utf-16-le", "gbk"):
        data = word.encode(encoding)
        found[encoding] = data
        found[f"{encoding} in hex"] = data.hex().encode()
        found[f"{encoding} in capital hex"] = data.hex().upper().encode()
    found["json"] = json.dumps(word)[1:-1].encode()
    return found.items()


def hits(data, words):
    """The names of the words that the bytes hold, with how they are spelled."""
    return sorted(
        f"{name} ({encoding})"
        for name, word in words.items()
        for encoding, spelled in spellings(word)
        if spelled in data
    )


def in_folder(folder, words, but=()):
    """The same for the names and the bytes of all files below; those below `but` left out."""
    found = []
    for path in sorted(folder.rglob("*")):
        if any(path.is_relative_to(other) for other in but):
            continue
        found += [f"name of {path.name}: {hit}" for hit in hits(bytes(path.name, "utf-8"), words)]
        if path.is_file():
            found += [f"{path.name}: {hit}" for hit in hits(path.read_bytes(), words)]
    return found


def _plain(escaped):
    return bytes.fromhex(b"".join(ESCAPED.findall(escaped)).replace(b"\\x", b"").decode())


def in_trace(trace, words, but=b"\0"):
    """The same for every call that strace saw, those that name the place `but` left out."""
    found = []
    for line in trace.splitlines():
        told = _plain(line)  # paths and data
        place = PLACE.search(line)
        if but not in (_plain(place[1]) if place else told) and (found_here := hits(told, words)):
            call = CALL.match(line)
            name = call[1].decode() if call else "?"
            found += [f"{name}: {hit}" for hit in found_here]
    return found
