"""What a reader of PDF files finds: the text by page and the pictures, read without a library."""

import base64
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_SHOWN = re.compile(rb"/(F[\w+]+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CODE = re.compile(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE | re.IGNORECASE)
_FONT = re.compile(rb"/(F[\w+]+) (\d+) 0 R")


def text_of(pdf):
    """The text of each page as a search in a viewer finds it: by the fonts' own tables."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = {
        name.decode(): _table(objects, objects[int(ref)])
        for body in objects.values()
        if b"/F" in body
        for name, ref in _FONT.findall(body)
    }
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return [_page(_content(objects, page), fonts) for page in pages]


def pictures_of(pdf):
    """(width, height, samples) of each picture."""
    found = []
    for _number, body in _OBJECT.findall(pdf):
        if b"/Subtype /Image" in body:
            size = [int(_found(rb"/%s (\d+)" % key, body)) for key in (b"Width", b"Height")]
            found.append((*size, _decoded(body)))
    return found


def _content(objects, page):
    return _decoded(objects[int(_found(rb"/Contents (\d+) 0 R", page))])


def _found(pattern, text):
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]


def _decoded(body):
    data = _found(_STREAM, body)
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    # the last byte of a check sum may look like a line end, and be missing
    return zlib.decompressobj().decompress(data) if b"/FlateDecode" in body else data


def _table(objects, font):
    """Code to character, from the font's ToUnicode table; without one: Latin."""
    reference = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if reference is None:
        return {code: chr(code) for code in range(256)}
    table = {}
    text = _decoded(objects[int(reference[1])])
    for code, letter in _CODE.findall(text):
        table[int(code, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return table


def _page(content, fonts):
    shown, table = [], {}
    for font, text in _SHOWN.findall(content):
        if font:
            table = fonts[font.decode()]
        else:
            plain = _ESCAPE.sub(_unescaped, text)
            shown.append("".join(table.get(code, "?") for code in plain))
    return "".join(shown)


def _unescaped(found):
    digits = found[1]
    if digits.isdigit():
        return bytes([int(digits, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(digits, digits)
