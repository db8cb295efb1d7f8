"""Compiles every translation beside its source: for a build, and for a checkout."""

import os
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path("resources", "locale")


class CompiledTranslations(BuildHookInterface[Any]):
    """Makes every build carry fresh `.mo` files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's names
        """No `.po` of the tree is newer than its `.mo`."""
        compile_stale(Path(self.root) / LOCALES)


def compile_stale(locales: Path) -> tuple[Path, ...]:
    """The translations that were older than their source, or missing, and now are not."""
    return tuple(_compiled(source) for source in sorted(locales.rglob("*.po")) if _is_stale(source))


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compiled(source: Path) -> Path:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
    target = source.with_suffix(".mo")
    fresh = source.with_suffix(f".{os.getpid()}.tmp")  # two runs at once each write their own
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(target)
    return target


if __name__ == "__main__":
    for made in compile_stale(Path(__file__).parents[1] / LOCALES):
        sys.stdout.write(f"{made.parents[1].name}: {made.name}\n")
