"""Blocks of cells as WPS and Excel put them into the clipboard: lines, tabs, quoted line breaks."""

from collections.abc import Iterator, Sequence

Block = Sequence[Sequence[str]]
_QUOTE = '"'
_ENDS = "\t\r\n"


def read_block(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a copied block, without the empty lines that spreadsheets leave at its end."""
    lines: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        lines[-1].append(" ".join(cell.split()))
        end = text[at : at + 1]
        at += 2 if text.startswith("\r\n", at) else 1
        if end in {"\r", "\n"} and at < len(text):
            lines.append([])
        elif end in {"\r", "\n"}:
            break
    while len(lines) > 1 and not any(lines[-1]):
        lines.pop()
    return tuple(tuple(line) for line in lines)


def write_block(block: Block) -> str:
    """The cells as a spreadsheet reads them; reading them again gives the same."""
    return "\n".join("\t".join(_written(cell) for cell in line) for line in block)


def _written(cell: str) -> str:
    if cell.startswith(_QUOTE) or any(end in cell for end in _ENDS):
        return _QUOTE + cell.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return cell


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at `at`, and where it ends."""
    if text.startswith(_QUOTE, at):
        quoted = _quoted(text, at)
        if quoted is not None:
            return quoted
    end = next(_places(text, at), len(text))
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """A cell in quotes that hide a line break, a tab or quotes; other quotes are its own."""
    close = text.find(_QUOTE, at + 1)
    while close >= 0 and text.startswith(_QUOTE, close + 1):
        close = text.find(_QUOTE, close + 2)
    if close < 0 or text[close + 1 : close + 2] not in {"", *_ENDS}:
        return None
    inside = text[at + 1 : close]
    if _QUOTE not in inside and not any(end in inside for end in _ENDS):
        return None
    return inside.replace(_QUOTE * 2, _QUOTE), close + 1


def _places(text: str, at: int) -> Iterator[int]:
    return (place for place in range(at, len(text)) if text[place] in _ENDS)
