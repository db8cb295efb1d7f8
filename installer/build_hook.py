"""Compiles every translation beside its source: for a build, and for a checkout."""

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path("resources", "locale")


class CompiledTranslations(BuildHookInterface[Any]):
    """Makes every build carry fresh `.mo` files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's names
        """Every `.mo` of the tree says what its `.po` says."""
        compile_all(Path(self.root) / LOCALES)


def compile_all(locales: Path) -> tuple[Path, ...]:
    """The translations that were missing or said something else than their source.

    All are compiled each time, which takes a moment: the age of a file tells nothing, because an
    unpacked archive or another branch brings sources that are older than what was compiled.
    """
    return tuple(
        target
        for source in sorted(locales.rglob("*.po"))
        if _replaced(target := source.with_suffix(".mo"), _compiled(source))
    )


def _compiled(source: Path) -> bytes:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def _replaced(target: Path, content: bytes) -> bool:
    """Whether the file held anything else."""
    if target.exists() and target.read_bytes() == content:
        return False
    fresh = target.with_suffix(f".{os.getpid()}.tmp")  # two runs at once each write their own
    fresh.write_bytes(content)
    fresh.replace(target)
    return True


if __name__ == "__main__":
    for made in compile_all(Path(__file__).parents[1] / LOCALES):
        sys.stdout.write(f"{made.parents[1].name}: {made.name}\n")
