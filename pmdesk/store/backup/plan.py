"""Where backups go and when: a small file beside the office, for this computer alone."""

from pathlib import Path

from pmdesk.domain.backups import Plan, When
from pmdesk.store.vault.canonical import LONGEST, canon, parse
from pmdesk.store.vault.folder import write_atomic

FILE = "backup-plan.json"

_HOURS = 24
_MOST = 16  # places


def load(office: Path) -> Plan:
    """The plan; the usual one where none or nonsense is."""
    try:
        with (office / FILE).open("rb") as file:
            doc = parse(file.read(LONGEST + 1))
        return _plan(doc)
    except (OSError, ValueError, KeyError, TypeError):
        return Plan()


def save(office: Path, plan: Plan) -> None:
    """The plan stands from now on."""
    places = [str(place) for place in plan.places]
    doc = {"when": plan.when.value, "hour": plan.hour, "places": places}
    write_atomic(office / FILE, canon(doc))


def _plan(doc: dict[str, object]) -> Plan:
    hour, places = doc["hour"], doc["places"]
    if not isinstance(hour, int) or not isinstance(places, list) or len(places) > _MOST:
        raise ValueError(doc)
    return Plan(
        when=When(str(doc["when"])),
        hour=hour % _HOURS,
        places=tuple(Path(str(place)) for place in places),
    )
