-- The first schema. It stands as it was: what changed since is in the steps that follow.

CREATE TABLE office (
	id INTEGER NOT NULL CHECK (id = 1),
	document TEXT NOT NULL,
	PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE staff (
	uid TEXT NOT NULL,
	login TEXT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	enabled INTEGER NOT NULL,
	PRIMARY KEY (uid),
	UNIQUE (login)
)
 STRICT;

CREATE TABLE building (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	position TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
)
 STRICT;

CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	mobile TEXT NOT NULL,
	sound TEXT NOT NULL,
	place TEXT NOT NULL,
	revision INTEGER NOT NULL,
	updated_at TEXT NOT NULL,
	updated_by TEXT NOT NULL
)
 STRICT;

CREATE INDEX person_by_sound ON person (sound);

CREATE INDEX person_by_update ON person (updated_at);

CREATE INDEX person_by_place ON person (place);

CREATE INDEX person_by_mobile ON person (mobile);

CREATE TABLE catalogue (
	version INTEGER NOT NULL,
	document TEXT NOT NULL,
	installed_at TEXT NOT NULL,
	PRIMARY KEY (version)
)
 STRICT;

CREATE TABLE purpose (
	code TEXT NOT NULL,
	PRIMARY KEY (code)
)
 STRICT;

CREATE TABLE ruleset (
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	status TEXT NOT NULL,
	document TEXT NOT NULL,
	digest TEXT NOT NULL,
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	decided_by TEXT DEFAULT '' NOT NULL,
	decided_at TEXT,
	words TEXT DEFAULT '' NOT NULL,
	activated_at TEXT,
	PRIMARY KEY (id),
	CONSTRAINT four_eyes CHECK (decided_by = '' OR decided_by <> author),
	UNIQUE (version)
)
 STRICT;

CREATE UNIQUE INDEX one_active_ruleset ON ruleset (status) WHERE status = 'active';

CREATE TABLE draft (
	uid TEXT NOT NULL,
	page TEXT NOT NULL,
	subject TEXT NOT NULL,
	document TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	PRIMARY KEY (uid, page, subject)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE audit (
	seq INTEGER NOT NULL,
	body BLOB NOT NULL,
	hash BLOB NOT NULL,
	sig BLOB NOT NULL,
	target TEXT NOT NULL,
	PRIMARY KEY (seq)
)
 STRICT;

CREATE INDEX audit_by_target ON audit (target);

CREATE TABLE signer (
	uid TEXT NOT NULL,
	"key" BLOB NOT NULL,
	certificate TEXT NOT NULL,
	PRIMARY KEY (uid, "key")
)
 STRICT;

CREATE TABLE unit (
	id INTEGER NOT NULL,
	building INTEGER NOT NULL,
	entrance TEXT NOT NULL,
	room TEXT NOT NULL,
	position TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (building, entrance, room),
	FOREIGN KEY(building) REFERENCES building (id)
)
 STRICT;

CREATE TABLE notice (
	purpose TEXT NOT NULL,
	version TEXT NOT NULL,
	language TEXT NOT NULL,
	text TEXT NOT NULL,
	digest TEXT NOT NULL,
	fields TEXT NOT NULL,
	live_from TEXT NOT NULL,
	PRIMARY KEY (purpose, version, language),
	FOREIGN KEY(purpose) REFERENCES purpose (code)
)
 STRICT;

CREATE TABLE audit_salt (
	seq INTEGER NOT NULL,
	salt BLOB NOT NULL,
	"row" TEXT NOT NULL,
	PRIMARY KEY (seq),
	FOREIGN KEY(seq) REFERENCES audit (seq)
)
 STRICT;

CREATE TABLE occupancy (
	person INTEGER NOT NULL,
	unit INTEGER NOT NULL,
	role TEXT NOT NULL,
	since TEXT,
	until TEXT,
	rank INTEGER NOT NULL,
	PRIMARY KEY (person, unit),
	CHECK (role IN ('owner', 'tenant', 'occupant')),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
	FOREIGN KEY(unit) REFERENCES unit (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX occupancy_by_unit ON occupancy (unit);

CREATE TABLE consent_event (
	id INTEGER NOT NULL,
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	decision TEXT NOT NULL,
	notice_version TEXT NOT NULL,
	notice_language TEXT NOT NULL,
	notice_digest TEXT NOT NULL,
	channel TEXT NOT NULL,
	act TEXT NOT NULL,
	paper_ref TEXT NOT NULL,
	witness TEXT NOT NULL,
	given_by TEXT NOT NULL,
	adult_confirmed INTEGER NOT NULL,
	signature BLOB,
	strokes TEXT,
	receipt TEXT NOT NULL,
	valid_until TEXT,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (id, person, purpose),
	FOREIGN KEY(purpose, notice_version, notice_language) REFERENCES notice (purpose, version, language),
	FOREIGN KEY(purpose) REFERENCES purpose (code),
	UNIQUE (receipt)
)
 STRICT;

CREATE INDEX consent_event_by_person ON consent_event (person, purpose);

CREATE TABLE consent (
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	event INTEGER NOT NULL,
	notice_version TEXT NOT NULL,
	given_on TEXT NOT NULL,
	valid_until TEXT,
	PRIMARY KEY (person, purpose),
	FOREIGN KEY(event, person, purpose) REFERENCES consent_event (id, person, purpose),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX consent_by_purpose ON consent (purpose, person, notice_version, valid_until);

CREATE TABLE sealed_value (
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	field TEXT NOT NULL,
	blob BLOB NOT NULL,
	PRIMARY KEY (person, field),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE classification (
	person INTEGER NOT NULL,
	purpose TEXT DEFAULT 'P2' NOT NULL CHECK (purpose = 'P2'),
	ruleset INTEGER NOT NULL,
	rule INTEGER NOT NULL,
	tier INTEGER NOT NULL,
	tags INTEGER NOT NULL,
	decided_on TEXT NOT NULL,
	objected INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (person),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE,
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
 STRICT;

CREATE INDEX classification_by_tier ON classification (tier);

CREATE TRIGGER consent_event_stands BEFORE UPDATE ON consent_event
       BEGIN SELECT RAISE(ABORT, 'consent events are append-only'); END;

CREATE TRIGGER consent_event_is_new BEFORE INSERT ON consent_event
       WHEN EXISTS (SELECT 1 FROM consent_event WHERE id = NEW.id OR receipt = NEW.receipt)
       BEGIN SELECT RAISE(ABORT, 'consent events are append-only'); END;

CREATE TRIGGER consent_follows_event BEFORE INSERT ON consent
       WHEN (SELECT decision FROM consent_event WHERE id = NEW.event) IS NOT 'given'
       BEGIN SELECT RAISE(ABORT, 'a live consent needs an event that gave it'); END;

CREATE TRIGGER consent_keeps_event BEFORE UPDATE ON consent
       WHEN (SELECT decision FROM consent_event WHERE id = NEW.event) IS NOT 'given'
       BEGIN SELECT RAISE(ABORT, 'a live consent needs an event that gave it'); END;

CREATE TRIGGER notice_stands BEFORE UPDATE ON notice
       BEGIN SELECT RAISE(ABORT, 'notice versions never change'); END;

CREATE TRIGGER notice_is_new BEFORE INSERT ON notice
       WHEN EXISTS (SELECT 1 FROM notice WHERE purpose = NEW.purpose AND version = NEW.version
                    AND language = NEW.language)
       BEGIN SELECT RAISE(ABORT, 'notice versions never change'); END;

CREATE TRIGGER ruleset_is_new BEFORE INSERT ON ruleset
       WHEN EXISTS (SELECT 1 FROM ruleset WHERE id = NEW.id OR version = NEW.version
                    OR (status = 'active' AND NEW.status = 'active'))
       BEGIN SELECT RAISE(ABORT, 'rule-set versions never change'); END;

CREATE TRIGGER ruleset_document_stands BEFORE UPDATE OF document, digest, author, version
       ON ruleset WHEN OLD.status <> 'draft'
       BEGIN SELECT RAISE(ABORT, 'only a draft may be edited'); END;

CREATE TRIGGER ruleset_version_stays BEFORE DELETE ON ruleset WHEN OLD.status <> 'draft'
       BEGIN SELECT RAISE(ABORT, 'only a draft may be deleted'); END;

CREATE TRIGGER audit_is_new BEFORE INSERT ON audit
       WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE VIRTUAL TABLE person_search USING fts5(
  name, initials, syllables, room, phone,
  content='', contentless_delete=1, detail=full, prefix='1 2 3', tokenize="unicode61");
