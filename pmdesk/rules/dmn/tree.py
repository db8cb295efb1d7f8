"""Opens a DMN file as XML without ever following what the file points to."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_

LARGEST = 20_000_000  # bytes; pmdesk itself writes half of it for the largest tables
DEEPEST = 60
NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_STARTS = (b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<", b"\xef\xbb\xbf", b"<")

Element: TypeAlias = Any  # lxml publishes no types


class UnreadableError(ExchangeError):
    """The file is refused as a whole."""

    exit_code = 3


def opened(data: bytes) -> Element:
    """The root of the file; an UnreadableError where it is no DMN file or no safe one."""
    _require_plain(data)
    from lxml import etree  # noqa: PLC0415  # slow to load, and needed for DMN files only

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise _damaged() from None
    if root.getroottree().docinfo.doctype:
        raise _declared()
    _require_shallow(root)
    _require_dmn(root)
    _require_single_ids(root)
    return root


def named(parent: Element, *names: str) -> Iterator[Element]:
    """The children of these local names that are written in the file's own namespace."""
    space = _space(parent)
    for child in parent:
        if _space(child) == space and _local(child) in names:
            yield child


def first(parent: Element | None, name: str) -> Element | None:
    """The first child of this local name."""
    return None if parent is None else next(named(parent, name), None)


def text_of(parent: Element | None, *path: str) -> str | None:
    """The text of the element that the path leads to; None where there is none."""
    for name in path:
        parent = first(parent, name)
    return None if parent is None else parent.text or ""


def logic_of(parent: Element, names: frozenset[str]) -> Element | None:
    """The first child that is one of these expressions."""
    return next(named(parent, *names), None)


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return _local(element)


def _require_plain(data: bytes) -> None:
    if len(data) > LARGEST:
        raise too_large()
    if not data.strip():
        raise UnreadableError(N_("The file is empty."), N_("Choose a DMN file."))
    if any(mark in data for mark in _DECLARATIONS):
        raise _declared()
    if not data.lstrip(b" \t\r\n").startswith(_STARTS):
        raise _damaged()


def too_large() -> UnreadableError:
    """The error for a file of more than the largest size."""
    return UnreadableError(
        N_("The file is larger than {most} MB, too large for a decision table."),
        N_("Export only the decision tables."),
        most=LARGEST // 1_000_000,
    )


def _damaged() -> UnreadableError:
    return UnreadableError(
        N_("This is no XML file, or it is damaged."),
        N_("Export it again from the program that made it."),
    )


def _declared() -> UnreadableError:
    return UnreadableError(
        N_("The file has a document type declaration (DOCTYPE), which can hide harmful content."),
        N_("Remove the declaration, or export the file again from a DMN tool."),
    )


def _require_shallow(root: Element) -> None:
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > DEEPEST:
            raise UnreadableError(
                N_("The elements of the file are nested too deeply."),
                N_("Export it again from a DMN tool."),
            )


def _require_dmn(root: Element) -> None:
    if _local(root) != "definitions" or not ({*root.nsmap.values()} & {*NAMESPACES}):
        raise UnreadableError(
            N_("This is no DMN file of version 1.1 to 1.5."),
            N_("Choose a file that a DMN tool has exported."),
        )


def _require_single_ids(root: Element) -> None:
    space = _space(root)
    ids = sorted(element.get("id", "") for element in root.iter() if _space(element) == space)
    for one, next_one in pairwise(ids):
        if one and one == next_one:
            raise UnreadableError(
                N_("The id “{name}” stands at two elements of the file."),
                N_("Give each element an id of its own."),
                name=one,
            )


def _space(element: Element) -> str:
    tag = element.tag
    return tag[1 : tag.index("}")] if isinstance(tag, str) and tag.startswith("{") else ""


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
