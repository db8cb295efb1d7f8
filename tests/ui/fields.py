"""Fields of every kind, for forms that stand alone."""

from pmdesk.domain.fields import (
    Dimension,
    Field,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.i18n import Words


def field(key, kind, **more):
    """A field of that kind; what the catalogue also wants is filled in."""
    facts = {
        "label": Words(key, key),
        "dimension": Dimension.BASIC,
        "sensitivity": Sensitivity.GENERAL,
        "purposes": ("P1",),
        "purpose": "P1",
        "home": Home.ANSWERS,
        "retention": "R",
        "rule_use": RuleUse.NO,
        "necessity": Words("", ""),
    }
    return Field(key=key, kind=kind, **{**facts, **more})


def options(*codes):
    return tuple(Option(code=code, label=Words(code, code)) for code in codes)


NAME = field("name", Kind.TEXT, required=True, longest=5, hint=Words("同证件", "as on the card"))
MOBILE = field("mobile", Kind.PHONE)
MAIL = field("mail", Kind.EMAIL)
ELDER = field("elder", Kind.FLAG)
STORY = field("story", Kind.PROSE, longest=4000)
ROLE = field("role", Kind.CHOICE, required=True, options=options("owner", "tenant"))
WAY = field("way", Kind.CHOICE, options=options("a", "b", "c", "d", "e"))
WISHES = field("wishes", Kind.CHOICES, options=options("x", "y", "z"))
AREA = field("area", Kind.NUMBER, scale=1, low=0, high=9999, unit=Words("平方米", "m²"))
DAY = field("day", Kind.DATE)
LEASE = field("lease", Kind.PERIOD)
ALL = (NAME, MOBILE, MAIL, ELDER, ROLE, WAY, WISHES, AREA, DAY, LEASE)
