"""The mapping file of an import: one JSON object, or one sentence that says so."""

import json
from collections.abc import Mapping
from pathlib import Path

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_


def read_object(path: Path, example: str) -> Mapping[str, object]:
    """What the file says; `example` shows how such a file looks."""
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise unreadable(example) from error
    if not isinstance(found, dict):
        raise unreadable(example)
    return found


def unreadable(example: str) -> ExchangeError:
    """The refusal of a file that is no mapping."""
    return ExchangeError(
        N_("The mapping file cannot be read."),
        N_("It holds one JSON object, for example {example}."),
        example=example,
    )
