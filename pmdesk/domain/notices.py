"""Notices: what a person was told before deciding, in versions that never change."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pmdesk.domain.purposes import PurposeCode

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One version of the notice of a purpose, in one language, as shown to people."""

    purpose: PurposeCode
    version: str  # major.minor; a new major version makes older consents stale
    language: str
    text: str
    fields: tuple[str, ...]  # the field keys that it names

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the proof of what was shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def imprint(self) -> str:
        """One line for the signed log that proves the text and what it covers."""
        covered = hashlib.sha256(json.dumps([self.text, self.fields]).encode()).hexdigest()
        return f"{self.purpose} {self.version} {self.language} {covered}"

    @property
    def major(self) -> int:
        """The part of the version whose change ends older consents (PIPL 14(2))."""
        return major_of(self.version)

    def filled(self, places: Mapping[str, str]) -> "Notice":
        """The notice with the office's own particulars; unknown ones stay visible as {name}."""
        text = _PLACE.sub(lambda found: places.get(found[1], found[0]), self.text)
        return replace(self, text=text)


def placeholders(text: str) -> frozenset[str]:
    """The names in braces that a notice text still has to be given."""
    return frozenset(_PLACE.findall(text))


def major_of(version: str) -> int:
    """The number before the dot."""
    return int(version.split(".", 1)[0])


def next_version(version: str, *, major: bool) -> str:
    """The version that follows."""
    first, second = (int(part) for part in version.split(".", 1))
    return f"{first + 1}.0" if major else f"{first}.{second + 1}"


def newest_version(versions: tuple[str, ...]) -> str:
    """The highest of them by number; "0.0" of none."""
    pairs = (tuple(int(part) for part in version.split(".", 1)) for version in versions)
    first, second = max(pairs, default=(0, 0))
    return f"{first}.{second}"
