"""Free text of an inspection pack without what names a person: nobody wrote it for an authority."""

import re
from collections.abc import Collection, Iterable, Mapping

from pmdesk.domain.fields import Kind, Value
from pmdesk.domain.patterns import placed
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import RecordKind

GONE = "■■"
# answers that hold the name or phone of a person by what they are asked for
NAMED = frozenset(
    {
        *("contact", "officer", "discoverer", "assessor", "auditor", "signatory"),
        *("lead", "deputy", "helper", "consents", "receipt", "owner"),
    }
)

_ENDS = " ，。；,;\n"
_LONGEST = 12  # characters of a name that is looked for
_SHORTEST = 2
_NUMBER = re.compile(r"(?<![0-9A-Za-z\-])[0-9][0-9 \-]{5,}[0-9]")  # a phone or a card
_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


class Scrub:
    """Leaves out names of residents, rooms and numbers, and those of the staff unless wanted."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = {word for word in words if _SHORTEST <= len(word) <= _LONGEST}
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    @classmethod
    def of(cls, work: UnitOfWork, staff: Iterable[str]) -> "Scrub":
        """Of this office: everybody in the register, every room somebody lives in, and these."""
        words = set(staff)
        for building, entrance, room, name in work.people.existing():
            words.add(name.strip())
            label = "-".join(part for part in (building, entrance, room) if part)
            words.add(label)
        return cls(words)

    def text(self, words: str) -> str:
        """The words with a block in place of each name, room and number."""
        while found := placed(words):
            at = found[0][1]
            end = next((n for n in range(at, len(words)) if words[n] in _ENDS), len(words))
            words = words[:at] + GONE + words[max(end, at + 1) :]
        words = _NUMBER.sub(lambda m: m.group() if _DAY.search(m.group()) else GONE, words)
        return self._named(words)

    def document(
        self, kind: RecordKind, document: Mapping[str, Value], *, names: bool
    ) -> dict[str, Value]:
        """The answers of a record; those that are a name by themselves only with `names`."""
        fields = {field.key: field for field in kind.fields}
        found = dict(document)
        for key, value in document.items():
            field = fields.get(key)  # type: ignore[call-overload]  # a key of an older form is text
            free = field is None or field.kind in {Kind.TEXT, Kind.PROSE}
            if isinstance(value, str) and value and free:
                is_name = key.rpartition(".")[2] in NAMED
                found[key] = GONE if is_name and not names else self.text(value)
        return found

    def _named(self, words: str) -> str:
        parts, at = [], 0
        while at < len(words):
            length = next((n for n in self._lengths if words[at : at + n] in self._words), 0)
            parts.append(GONE if length else words[at])
            at += length or 1
        return "".join(parts)
