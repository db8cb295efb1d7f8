"""Tiers and tags: they describe service need, never people."""

from dataclasses import dataclass

from pmdesk.i18n import Words

STANDARD = "standard"  # 标准: the floor that the contract promises everyone
NEED = "need"  # says only that something is needed; the tags beside it say what


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One of an ordered few; `meaning` says which service it adds."""

    code: str
    name: Words
    meaning: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A need beside the tier; tags only ever add."""

    code: str
    name: Words
    meaning: Words
