"""XML as text: elements rendered the same way every time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with attributes in their order, and either children or text."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Element", ...] = ()
    text: str = ""


def element(tag: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """An element; the attribute `own_x` belongs to pmdesk's namespace, an empty one is left out."""
    named = {key.replace("own_", "pmdesk:", 1): text for key, text in attributes.items() if text}
    return Element(tag=tag, attributes=named, children=children, text=text)


def document(root: Element) -> bytes:
    """The file with this root; an ExchangeError where a text cannot stand in any XML file."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    _render(root, "", lines)
    return "\n".join((*lines, "")).encode()


def _render(part: Element, indent: str, lines: list[str]) -> None:
    """Children stand on lines of their own, but for a lone text."""
    if not part.children or (len(part.children) == 1 and part.children[0].text):
        lines.append(indent + _inline(part))
        return
    lines.append(f"{indent}<{part.tag}{_named(part)}>")
    for child in part.children:
        _render(child, indent + "  ", lines)
    lines.append(f"{indent}</{part.tag}>")


def _inline(part: Element) -> str:
    content = "".join(map(_inline, part.children)) or _safe(part.text, _TEXT)
    if not content:
        return f"<{part.tag}{_named(part)}/>"
    return f"<{part.tag}{_named(part)}>{content}</{part.tag}>"


def _named(part: Element) -> str:
    return "".join(f' {key}="{_safe(v, _ATTRIBUTE)}"' for key, v in part.attributes.items())


def _safe(text: str, table: Mapping[int, str]) -> str:
    if _UNSPEAKABLE.search(text):
        raise ExchangeError(
            N_("A reason or a text in this table holds a character that no file can carry."),
            N_("Look for text that was pasted from elsewhere, and type it anew."),
        )
    return text.translate(table)
