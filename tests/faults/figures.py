"""The figures of a long run as a table for CONTRIBUTING.md, without names of the machine."""

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("sqlcipher3", "SQLAlchemy", "cryptography", "filelock")


def table(rows):
    """A Markdown table, under the day and the machine."""
    lines = [f"{_today()}, {machine()}", "", "| What | Attempts | Outcome |", "|---|---|---|"]
    lines += [f"| {what} | {count:,} | {outcome} |" for what, count, outcome in rows]
    return "\n".join(lines)


def machine():
    """The kind of machine and the versions that count, never its name."""
    named = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{_processor()}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {named}"
    )


def _today():
    return datetime.now(UTC).date().isoformat()  # noqa: TID251  # the day of a real run


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()
