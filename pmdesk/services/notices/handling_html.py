"""The handling rules as one HTML file that needs nothing else, not even a network."""

from html import escape

from pmdesk.i18n import language
from pmdesk.services.notices.handling_rules import HandlingRules, Part, parts, title

_STYLE = (
    "body{max-width:46em;margin:2em auto;padding:0 1em;line-height:1.7;color:#1b2230;"
    'font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}'
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #c9d0da;padding:.35em .6em;text-align:left;vertical-align:top}"
    "h2{margin-top:1.8em}@media print{body{margin:0;max-width:none}}"
)


def page(rules: HandlingRules) -> str:
    """The whole file."""
    tongue = "en" if language() == "en" else "zh-CN"
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head><meta charset="utf-8">'
        f"<title>{escape(title(rules))}</title><style>{_STYLE}</style></head>"
        f"<body>{body(rules)}</body></html>"
    )


def body(rules: HandlingRules) -> str:
    """What stands on the page; markup in what people typed is shown, not obeyed."""
    return "".join(_of(part) for part in parts(rules))


def _of(part: Part) -> str:
    if part.rows:
        head, *rows = part.rows
        lines = [_line(head, "th"), *(_line(row, "td") for row in rows)]
        return f'<table width="100%" cellpadding="4">{"".join(lines)}</table>'
    tag = f"h{part.level}" if part.level else "p"
    return f"<{tag}>{escape(part.text)}</{tag}>"


def _line(cells: tuple[str, ...], tag: str) -> str:
    return (
        "<tr>" + "".join(f'<{tag} align="left">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"
    )
