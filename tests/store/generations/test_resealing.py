"""Everything sealed is sealed anew: no column is forgotten, and no blob inside a blob."""

import base64
import json

import pytest
from sqlalchemy import LargeBinary, create_engine, select

from pmdesk.domain.progress import silent
from pmdesk.errors import VaultDamagedError
from pmdesk.store import schema
from pmdesk.store.generations import resealing
from pmdesk.store.generations.resealing import COLUMNS, reseal
from pmdesk.store.vault.canonical import canon

# bytes that are no seals, and what they are
CLEAR = {
    ("audit", "body"): "the signed bytes of an entry",
    ("audit", "hash"): "its link of the chain",
    ("audit", "sig"): "its signature",
    ("audit_salt", "salt"): "random bytes beside what an entry commits to",
    ("signer", "key"): "a public key",
    ("consent_event", "signature"): "the picture of a signature",
    ("optout", "mark"): "a keyed hash of a phone number",
}


def test_each_column_of_bytes_is_sealed_anew_or_known_to_be_no_seal():
    binary = {
        (table.name, column.name)
        for table in schema.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    resealed = {(one.table.name, one.column.name) for one in COLUMNS}

    assert not resealed & CLEAR.keys()
    assert binary == resealed | CLEAR.keys(), "a new sealed column goes into resealing.COLUMNS"


def sealed(key, info, data):
    """A seal that everybody can read, to look through."""
    return canon([key, list(info), base64.b64encode(data).decode()])


def opened(key):
    def _open(info, blob):
        try:
            found, bound, data = json.loads(blob)
        except ValueError as error:
            raise VaultDamagedError("damaged") from error
        if (found, bound) != (key, list(info)):
            raise VaultDamagedError("another key or another place")
        return base64.b64decode(data)

    return _open


def field_info(person, purpose, field):
    """What binds a sealed value to its place."""
    return ("pmdesk-field", 1, person, purpose, field)


def item_info(person, purpose, slot):
    """What binds the consent to a single item to its place."""
    return ("pmdesk-item", 1, person, purpose, slot)


ROWS = {
    "sealed_value": {"person": 1, "purpose": "P1-plate", "field": "plate_no"},
    "consent_item": {"person": 1, "purpose": "P5", "item": 2, "event": 1},
    "held": {"person": 1, "purpose": "P3", "decision": "stale", "until": "2026-04-01"},
    "dispute": {
        "person": 1,
        "field": "plate_no",
        "purpose": "P1-plate",
        "since": "2026-03-01",
        "settled_on": "2026-03-02",
    },
    "archive": {
        "person": 7,
        "reason": "moved_out",
        "archived_on": "2026-03-01",
        "keep_until": "2029-03-01",
    },
    "fairness_sample": {"pseudonym": "a1b2", "person": 1, "since": "2026-03-01"},
    "quarantine": {
        "person": 1,
        "purpose": "P5",
        "field": "assist_need",
        "reason": "minor",
        "at": "2026-03-01T00:00:00.000000+00:00",
        "by": "u",
        "until": "2026-03-08",
    },
}
INNER = {
    "held": ("P3", "hobby", lambda blob: {"row": {"x": "甲"}, "sealed": {"hobby": blob}}),
    "archive": ("P1", "id_no", lambda blob: {"name": "甲", "answers": {"sealed": {"id_no": blob}}}),
}


@pytest.fixture
def connection():
    """The seven tables with nothing around them."""
    engine = create_engine("sqlite://")
    with engine.connect() as made:
        for one in COLUMNS:
            columns = ", ".join(
                f'"{column.name}"' + (" PRIMARY KEY" if column.name == "id" else "")
                for column in one.table.columns
            )
            made.exec_driver_sql(f'CREATE TABLE "{one.table.name}" ({columns})')
        yield made
    engine.dispose()


def put(connection, one, content, **other):
    """A row of that table whose blob is sealed with the old key."""
    values = ROWS[one.table.name] | other
    names = [*values, one.column.name]
    connection.exec_driver_sql(
        f'INSERT INTO "{one.table.name}" ({", ".join(names)}) '
        f"VALUES ({', '.join('?' for _ in names)})",
        (*values.values(), content),
    )


def stored(connection, one):
    return connection.execute(select(one.table)).one()


def content_of(name):
    """What lies in a blob of that table, with another blob in it where that can be."""
    if name not in INNER:
        return b'{"value":1}'
    purpose, field, document = INNER[name]
    person = ROWS[name]["person"]
    inner = sealed("old", field_info(person, purpose, field), b"inner")
    return json.dumps(document(base64.b64encode(inner).decode())).encode()


@pytest.mark.parametrize("one", COLUMNS, ids=lambda one: one.table.name)
def test_a_blob_opens_with_the_new_key_in_its_own_place_only(connection, one):
    name = one.table.name
    put(connection, one, b"")
    info = one.info(stored(connection, one))
    connection.exec_driver_sql(f'DELETE FROM "{name}"')
    put(connection, one, sealed("old", info, content_of(name)))

    done = reseal(connection, opened("old"), lambda i, data: sealed("new", i, data), silent)

    assert done == (1, 0)
    clear = opened("new")(info, stored(connection, one)._mapping[one.column.name])
    if name in INNER:
        purpose, field, _document = INNER[name]
        found = json.loads(clear)
        blobs = found["answers"]["sealed"] if name == "archive" else found["sealed"]
        own = field_info(ROWS[name]["person"], purpose, field)
        assert opened("new")(own, base64.b64decode(blobs[field])) == b"inner"
    else:
        assert clear == b'{"value":1}'


@pytest.mark.parametrize(
    ("field", "document", "own"),
    [
        ("plate_no", "sealed", field_info(1, "P5", "plate_no")),
        ("assist_need", "items", item_info(1, "P5", 3)),
    ],
)
def test_what_is_in_quarantine_unopened_is_sealed_anew_too(connection, field, document, own):
    one = next(one for one in COLUMNS if one.table.name == "quarantine")
    blob = base64.b64encode(sealed("old", own, b"inner")).decode()
    content = {"sealed": blob} if document == "sealed" else {"items": {"3": blob}}
    info = ("pmdesk-quarantine", 1, 1, field)
    put(connection, one, sealed("old", info, json.dumps(content).encode()), field=field)

    reseal(connection, opened("old"), lambda i, data: sealed("new", i, data), silent)

    found = json.loads(opened("new")(info, stored(connection, one).blob))
    inner = found["sealed"] if document == "sealed" else found["items"]["3"]
    assert opened("new")(own, base64.b64decode(inner)) == b"inner"


def test_a_blob_that_was_damaged_before_stays_and_is_counted(connection):
    one = COLUMNS[0]
    put(connection, one, b"damaged")

    done = reseal(connection, opened("old"), lambda i, data: sealed("new", i, data), silent)

    assert done == (0, 1)
    assert stored(connection, one).blob == b"damaged"


def test_many_are_reported_in_between(connection, monkeypatch):
    monkeypatch.setattr(resealing, "_BATCH", 2)
    one = COLUMNS[0]
    for person in range(1, 6):
        info = field_info(person, "P1-plate", "plate_no")
        put(connection, one, sealed("old", info, b"x"), person=person)
    heard = []

    reseal(
        connection,
        opened("old"),
        lambda i, data: sealed("new", i, data),
        lambda done, total: heard.append((done, total)),
    )

    assert heard == [(2, 5), (4, 5)]
