"""Notices: what a person was told before deciding, in versions that never change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from pmdesk.domain.purposes import PurposeCode


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
    def major(self) -> int:
        """The part of the version whose change ends older consents (PIPL 14(2))."""
        return int(self.version.split(".", 1)[0])

    def filled(self, places: Mapping[str, str]) -> "Notice":
        """The notice with the office's own particulars; unknown ones stay visible as {name}."""
        known = {name: places.get(name, "{" + name + "}") for name in placeholders(self.text)}
        return Notice(
            purpose=self.purpose,
            version=self.version,
            language=self.language,
            text=self.text.format_map(known),
            fields=self.fields,
        )


def placeholders(text: str) -> frozenset[str]:
    """The names in braces that a notice text still has to be given."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
