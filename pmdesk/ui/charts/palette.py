"""The colours and patterns of charts; graphics keep 3 : 1 on both grounds."""

from collections.abc import Mapping

from pmdesk.analytics.figures import Figure, FigureKind

# By service, in order; a pattern goes with each, so that no chart is told by colour alone.
SERVICES = ("#0072B2", "#B86E00", "#008A68", "#B0508A", "#7667C5", "#6B7785")
PATTERNS = ("", "//", "..", "\\\\", "xx", "--")

# One hue, for what is ordered: tiers and sizes.
STEPS = ("#8FB8DE", "#4A8BC2", "#1F5F99", "#0B3560")

# Tokens of `themes/*.toml` by state of consent, and their patterns.
STATES: Mapping[str, tuple[str, str]] = {
    "live": ("good", ""),
    "expiring": ("warn", "//"),
    "ended": ("plum", "\\\\"),
    "withdrawn": ("muted", ".."),
    "refused": ("neutral", "xx"),
    "never_asked": ("edge", ""),
}


def is_dark(theme: Mapping[str, str]) -> bool:
    """Whether the theme writes light on dark."""
    return light(theme["text"]) > light(theme["base"])


def steps(theme: Mapping[str, str]) -> tuple[str, ...]:
    """The ordered hue, the weakest nearest to the ground."""
    return STEPS[::-1] if is_dark(theme) else STEPS


def shade(theme: Mapping[str, str], share: float, count: int) -> str:
    """The colour of a share of the largest number, in so many steps from the ground on."""
    weak, strong = theme["hover"], steps(theme)[-2]
    step = 0 if share <= 0 else min(int(share * (count - 1)) + 1, count - 1)
    return _mixed(weak, strong, step / (count - 1))


def of_series(figure: Figure, place: int, theme: Mapping[str, str]) -> tuple[str, str]:
    """The colour and the pattern of a series."""
    if figure.kind is FigureKind.COVERAGE:
        token, pattern = STATES[figure.series[place].key]
        return theme[token], pattern
    return SERVICES[place % len(SERVICES)], PATTERNS[place % len(PATTERNS)]


def stripe_on(ground: str, theme: Mapping[str, str]) -> str:
    """The colour of a pattern that is seen on the ground without shouting."""
    return _mixed(ground, theme["base"], 0.45)


def ink_on(ground: str) -> str:
    """White or black, whichever is read better on the ground."""
    return "#ffffff" if light(ground) < 0.179 else "#000000"  # noqa: PLR2004  # equal contrast


def light(colour: str) -> float:
    """The relative luminance of WCAG."""
    parts = (channel / 255 for channel in _channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))
