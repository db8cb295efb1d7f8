"""Starting texts of notices and letters, and the check that an edited one has to pass."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain import letter_check
from pmdesk.domain.fields import Problem
from pmdesk.domain.letter_check import Use
from pmdesk.domain.records import Document

KIND = "poster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A text that comes with the program."""

    code: str
    use: Use
    name: str  # Chinese, as the text is
    text: str


@cache
def letters() -> tuple[Letter, ...]:
    """All of them, in the order in which they are offered."""
    listed = tomllib.loads(asset("letters.toml").read_text(encoding="utf-8"))
    return tuple(
        Letter(
            code=entry["code"],
            use=Use(entry["use"]),
            name=entry["name"],
            text=entry["text"].strip(),
        )
        for entry in listed["letter"]
    )


def problems(document: Document) -> tuple[Problem, ...]:
    """The first passage of the text that may not stay; none when the text may be used."""
    use, text = document.get("use"), document.get("text")
    if not isinstance(use, str) or not isinstance(text, str):
        return ()
    found = letter_check.flaws(text, Use(use))
    return tuple(
        Problem(key="text", sentence=flaw.sentence, places={"passage": flaw.passage})
        for flaw in found[:1]
    )
