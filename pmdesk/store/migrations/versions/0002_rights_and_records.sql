-- Rights, records and training. These statements stand as they are once released.

CREATE TABLE addon (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	unit TEXT NOT NULL,
	price INTEGER NOT NULL CHECK (price >= 0),
	since TEXT NOT NULL,
	until TEXT,
	PRIMARY KEY (id)
)
STRICT;

CREATE UNIQUE INDEX one_price_at_a_time ON addon (name) WHERE until IS NULL;

CREATE TABLE archive (
	person INTEGER NOT NULL,
	reason TEXT NOT NULL,
	archived_on TEXT NOT NULL,
	keep_until TEXT NOT NULL,
	blob BLOB NOT NULL,
	PRIMARY KEY (person)
)
STRICT;

CREATE INDEX archive_by_keep_until ON archive (keep_until);

CREATE TABLE calendar_day (
	day TEXT NOT NULL,
	working INTEGER NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (day)
)
STRICT;

CREATE TABLE erasure (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	field TEXT NOT NULL,
	reason TEXT NOT NULL,
	method TEXT NOT NULL,
	keep_until TEXT,
	certificate TEXT NOT NULL,
	PRIMARY KEY (id)
)
STRICT;

CREATE INDEX erasure_by_certificate ON erasure (certificate);

CREATE INDEX erasure_by_person ON erasure (person);

CREATE TABLE export_list (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	what TEXT NOT NULL,
	recipient TEXT NOT NULL,
	people INTEGER NOT NULL,
	masked INTEGER NOT NULL,
	recalled_since TEXT,
	recalled_at TEXT,
	recalled_by TEXT,
	PRIMARY KEY (id),
	UNIQUE (number)
)
STRICT;

CREATE INDEX export_list_by_at ON export_list (at);

CREATE TABLE field_switch (
	id INTEGER NOT NULL,
	field TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('proposed', 'on', 'refused', 'off')),
	necessity TEXT NOT NULL CHECK (length(necessity) >= 15),
	alternatives TEXT NOT NULL CHECK (length(alternatives) >= 15),
	proposed_by TEXT NOT NULL,
	proposed_at TEXT NOT NULL,
	decided_by TEXT DEFAULT '' NOT NULL,
	decided_at TEXT,
	words TEXT DEFAULT '' NOT NULL,
	ended_by TEXT DEFAULT '' NOT NULL,
	ended_at TEXT,
	PRIMARY KEY (id),
	CONSTRAINT four_eyes CHECK (decided_by <> proposed_by),
	CONSTRAINT decided CHECK (state = 'proposed' OR decided_by <> '')
)
STRICT;

CREATE UNIQUE INDEX one_open_switch ON field_switch (field) WHERE state IN ('proposed', 'on');

CREATE TABLE notice_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	purpose TEXT NOT NULL,
	version TEXT NOT NULL,
	asks_again INTEGER NOT NULL,
	document TEXT NOT NULL,
	made_at TEXT NOT NULL,
	made_on TEXT NOT NULL,
	"by" TEXT NOT NULL
)
STRICT;

CREATE TABLE optout (
	mark BLOB NOT NULL,
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	PRIMARY KEY (mark)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX optout_by_until ON optout (until);

ALTER TABLE person ADD COLUMN shielded INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE purpose_proposal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	purpose TEXT NOT NULL,
	status TEXT NOT NULL,
	document TEXT NOT NULL,
	base TEXT NOT NULL,
	author TEXT NOT NULL,
	created_at TEXT NOT NULL,
	decided_by TEXT DEFAULT '' NOT NULL,
	decided_at TEXT,
	words TEXT DEFAULT '' NOT NULL,
	version TEXT DEFAULT '' NOT NULL,
	CONSTRAINT plan_four_eyes CHECK (decided_by = '' OR decided_by <> author),
	CHECK (status IN ('draft', 'submitted', 'rejected', 'published'))
)
STRICT;

CREATE INDEX purpose_proposal_by_purpose ON purpose_proposal (purpose, id);

CREATE TABLE record (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	year INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	number TEXT NOT NULL,
	subject TEXT NOT NULL,
	second_person INTEGER NOT NULL,
	keeps_months INTEGER NOT NULL CHECK (keeps_months >= 36),
	status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'approved', 'rejected', 'closed')),
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	UNIQUE (number)
)
STRICT;

CREATE UNIQUE INDEX record_by_serial ON record (kind, year, serial);

CREATE INDEX record_by_subject ON record (kind, subject);

CREATE TABLE refused_word (
	id INTEGER NOT NULL,
	word TEXT NOT NULL,
	why TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_at TEXT NOT NULL,
	removal_by TEXT DEFAULT '' NOT NULL,
	removal_reason TEXT DEFAULT '' NOT NULL,
	proposed_at TEXT,
	removed_by TEXT DEFAULT '' NOT NULL,
	removed_at TEXT,
	PRIMARY KEY (id),
	CONSTRAINT four_eyes CHECK (removed_by = '' OR (removal_by <> '' AND removal_by <> removed_by AND removal_reason <> ''))
)
STRICT;

CREATE UNIQUE INDEX one_refused_word ON refused_word (word) WHERE removed_at IS NULL;

CREATE TABLE rights_desk (
	id INTEGER NOT NULL CHECK (id = 1),
	city TEXT NOT NULL,
	target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 15),
	PRIMARY KEY (id)
)
STRICT;

CREATE TABLE rights_request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL,
	code TEXT NOT NULL,
	"inner" TEXT DEFAULT '' NOT NULL,
	channel TEXT NOT NULL,
	state TEXT NOT NULL,
	received_at TEXT NOT NULL,
	received_by TEXT NOT NULL,
	person INTEGER,
	who TEXT DEFAULT '' NOT NULL,
	unit TEXT DEFAULT '' NOT NULL,
	requester TEXT NOT NULL,
	requester_name TEXT DEFAULT '' NOT NULL,
	relation TEXT DEFAULT '' NOT NULL,
	words TEXT DEFAULT '' NOT NULL,
	purposes TEXT DEFAULT '' NOT NULL,
	field TEXT DEFAULT '' NOT NULL,
	target TEXT DEFAULT '' NOT NULL,
	identity TEXT DEFAULT '' NOT NULL,
	handler TEXT DEFAULT '' NOT NULL,
	acted_by TEXT DEFAULT '' NOT NULL,
	checked_by TEXT DEFAULT '' NOT NULL,
	warn TEXT NOT NULL,
	due TEXT NOT NULL,
	stop TEXT NOT NULL,
	answer TEXT DEFAULT '' NOT NULL,
	answered_by TEXT DEFAULT '' NOT NULL,
	delivered_how TEXT DEFAULT '' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	reason_text TEXT DEFAULT '' NOT NULL,
	closed_on TEXT,
	CONSTRAINT second_person CHECK (checked_by = '' OR checked_by <> acted_by),
	CONSTRAINT nobody_judges_himself CHECK (target = '' OR handler <> target),
	CONSTRAINT refusal_reason CHECK (state <> 'refused' OR (reason <> '' AND trim(reason_text) <> '')),
	CONSTRAINT closed_day CHECK ((closed_on IS NOT NULL) = (state IN ('done', 'refused', 'withdrawn_by_person'))),
	UNIQUE (number)
)
STRICT;

CREATE INDEX rights_request_by_person ON rights_request (person);

CREATE INDEX rights_request_by_state ON rights_request (closed_on, due);

ALTER TABLE staff ADD COLUMN since TEXT;

CREATE TABLE sweep (
	id INTEGER NOT NULL CHECK (id = 1),
	day TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (id)
)
STRICT;

CREATE TABLE sweep_report (
	id INTEGER NOT NULL,
	day_from TEXT NOT NULL,
	day_to TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	document TEXT NOT NULL,
	PRIMARY KEY (id)
)
STRICT;

CREATE TABLE training_course (
	code TEXT NOT NULL,
	version TEXT NOT NULL,
	document TEXT NOT NULL,
	author TEXT NOT NULL,
	added_at TEXT NOT NULL,
	PRIMARY KEY (code, version)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE training_material (
	course TEXT NOT NULL,
	major INTEGER NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (course, major)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE addon_order (
	id INTEGER NOT NULL,
	person INTEGER NOT NULL,
	addon INTEGER NOT NULL,
	price INTEGER NOT NULL,
	ordered_on TEXT NOT NULL,
	ended_on TEXT,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (id),
	CHECK (ended_on IS NULL OR ended_on >= ordered_on),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
	FOREIGN KEY(addon) REFERENCES addon (id)
)
STRICT;

CREATE INDEX addon_order_by_person ON addon_order (person);

CREATE TABLE dispute (
	person INTEGER NOT NULL,
	field TEXT NOT NULL,
	purpose TEXT NOT NULL,
	since TEXT NOT NULL,
	request INTEGER,
	settled_on TEXT,
	statement BLOB,
	PRIMARY KEY (person, field),
	CHECK ((settled_on IS NULL) = (statement IS NULL)),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
	FOREIGN KEY(purpose) REFERENCES purpose (code)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX dispute_by_field ON dispute (field, person);

CREATE TABLE export_person (
	person INTEGER NOT NULL,
	export INTEGER NOT NULL,
	PRIMARY KEY (person, export),
	FOREIGN KEY(export) REFERENCES export_list (id)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX export_person_by_export ON export_person (export);

CREATE TABLE held (
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	decision TEXT NOT NULL CHECK (decision IN ('stale', 'expired')),
	blob BLOB NOT NULL,
	until TEXT NOT NULL,
	PRIMARY KEY (person, purpose),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
	FOREIGN KEY(purpose) REFERENCES purpose (code)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX held_by_until ON held (until);

CREATE TABLE notice_delivery (
	change INTEGER NOT NULL,
	person INTEGER NOT NULL,
	told_on TEXT,
	way TEXT DEFAULT '' NOT NULL,
	"by" TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (change, person),
	CHECK (way IN ('', 'person', 'board')),
	FOREIGN KEY(change) REFERENCES notice_change (id)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX notice_delivery_open ON notice_delivery (change, person) WHERE told_on IS NULL;

CREATE TABLE quarantine (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	field TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (reason IN ('minor', 'refused', 'other_person', 'not_needed', 'no_consent')),
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	until TEXT NOT NULL,
	blob BLOB NOT NULL,
	note INTEGER,
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
)
STRICT;

CREATE INDEX quarantine_by_person ON quarantine (person);

CREATE INDEX quarantine_by_until ON quarantine (until);

CREATE TABLE record_version (
	record INTEGER NOT NULL,
	number INTEGER NOT NULL,
	document TEXT NOT NULL,
	digest TEXT NOT NULL,
	author TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (record, number),
	FOREIGN KEY(record) REFERENCES record (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE request_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	request INTEGER NOT NULL,
	code TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	digest TEXT DEFAULT '' NOT NULL,
	counts TEXT DEFAULT '' NOT NULL,
	FOREIGN KEY(request) REFERENCES rights_request (id) ON DELETE CASCADE
)
STRICT;

CREATE INDEX request_step_by_request ON request_step (request);

CREATE TABLE restriction (
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	since TEXT NOT NULL,
	request INTEGER,
	PRIMARY KEY (person, purpose),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
	FOREIGN KEY(purpose) REFERENCES purpose (code)
)
 WITHOUT ROWID,
STRICT;

CREATE INDEX restriction_by_purpose ON restriction (purpose, person);

CREATE TABLE service_note (
	id INTEGER NOT NULL,
	person INTEGER NOT NULL,
	text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 100),
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
)
STRICT;

CREATE INDEX service_note_by_at ON service_note (at);

CREATE INDEX service_note_by_person ON service_note (person);

CREATE TABLE training_attempt (
	uid TEXT NOT NULL,
	course TEXT NOT NULL,
	number INTEGER NOT NULL,
	version TEXT NOT NULL,
	day TEXT NOT NULL,
	at TEXT NOT NULL,
	asked INTEGER NOT NULL,
	wrong TEXT NOT NULL,
	passed INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	trainer TEXT NOT NULL,
	PRIMARY KEY (uid, course, number),
	FOREIGN KEY(uid) REFERENCES staff (uid)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE undertaking (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version TEXT NOT NULL,
	digest TEXT NOT NULL,
	name TEXT NOT NULL,
	signed_at TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(uid) REFERENCES staff (uid)
)
STRICT;

CREATE INDEX undertaking_by_uid ON undertaking (uid);

ALTER TABLE consent_event ADD COLUMN item INTEGER;

ALTER TABLE consent_event ADD COLUMN representative TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent_event ADD COLUMN relation TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent_event ADD COLUMN authority TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent_event ADD COLUMN own_initiative INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE consent_event ADD COLUMN shown_at TEXT;

CREATE INDEX consent_event_by_at ON consent_event (at);

CREATE TABLE record_decision (
	id INTEGER NOT NULL,
	record INTEGER NOT NULL,
	version INTEGER NOT NULL,
	step TEXT NOT NULL CHECK (step IN ('draft', 'submitted', 'approved', 'rejected', 'closed')),
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	words TEXT NOT NULL,
	alone INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(record, version) REFERENCES record_version (record, number) ON DELETE CASCADE
)
STRICT;

CREATE INDEX record_decision_by_record ON record_decision (record);

CREATE TABLE consent_item (
	person INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	item INTEGER NOT NULL,
	event INTEGER NOT NULL,
	blob BLOB NOT NULL,
	PRIMARY KEY (person, purpose, item),
	UNIQUE (event),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE,
	FOREIGN KEY(event, person, purpose) REFERENCES consent_event (id, person, purpose)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE human_route (
	person INTEGER NOT NULL,
	purpose TEXT DEFAULT 'P2' NOT NULL CHECK (purpose = 'P2'),
	since TEXT NOT NULL,
	request INTEGER,
	tier TEXT,
	tags TEXT DEFAULT '[]' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	"by" TEXT DEFAULT '' NOT NULL,
	decided_at TEXT,
	PRIMARY KEY (person),
	CONSTRAINT named_person CHECK (tier IS NULL OR (by <> '' AND length(reason) >= 10)),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE
)
STRICT;

CREATE TABLE tag_block (
	person INTEGER NOT NULL,
	purpose TEXT DEFAULT 'P2' NOT NULL CHECK (purpose = 'P2'),
	tag TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (person, tag),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE
)
 WITHOUT ROWID,
STRICT;

CREATE TRIGGER sweep_goes_on BEFORE UPDATE ON sweep WHEN NEW.day < OLD.day
  BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END;

CREATE TRIGGER sweep_is_one BEFORE INSERT ON sweep WHEN EXISTS (SELECT 1 FROM sweep)
  BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END;

CREATE TRIGGER sweep_stays BEFORE DELETE ON sweep
  BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END;

CREATE TRIGGER sweep_report_stands BEFORE UPDATE ON sweep_report
  BEGIN SELECT RAISE(ABORT, 'sweep reports are append-only'); END;

CREATE TRIGGER erasure_stands BEFORE UPDATE ON erasure
  BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END;

CREATE TRIGGER erasure_is_new BEFORE INSERT ON erasure
  WHEN EXISTS (SELECT 1 FROM erasure WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END;

CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
  WHEN substr(OLD.at, 1, 10) > date(coalesce((SELECT day FROM sweep), '0001-01-01'), '-3 years')
  BEGIN SELECT RAISE(ABORT, 'the erasure journal is kept for three years'); END;

CREATE TRIGGER export_list_stays BEFORE DELETE ON export_list
  WHEN substr(OLD.at, 1, 10) > date(coalesce((SELECT day FROM sweep), '0001-01-01'), '-3 years')
  BEGIN SELECT RAISE(ABORT, 'lists of exports are kept for three years'); END;

CREATE TRIGGER consent_event_stays BEFORE DELETE ON consent_event
  WHEN EXISTS (SELECT 1 FROM consent_event
  WHERE person = OLD.person AND purpose = OLD.purpose
  AND substr(at, 1, 10) > date(coalesce((SELECT day FROM sweep), '0001-01-01'), '-3 years'))
  BEGIN SELECT RAISE(ABORT, 'consent evidence is kept for three years'); END;

CREATE TRIGGER held_goes_with_refusal AFTER INSERT ON consent_event
  WHEN NEW.decision IN ('refused', 'withdrawn')
  BEGIN DELETE FROM held WHERE person = NEW.person AND purpose = NEW.purpose; END;

CREATE TRIGGER dispute_goes_with_consent AFTER DELETE ON consent
  BEGIN
  DELETE FROM dispute WHERE person = OLD.person AND purpose = OLD.purpose;
  DELETE FROM restriction WHERE person = OLD.person AND purpose = OLD.purpose;
  END;

CREATE TRIGGER restriction_freezes AFTER INSERT ON restriction WHEN NEW.purpose = 'P2'
  BEGIN DELETE FROM classification WHERE person = NEW.person; END;

CREATE TRIGGER addon_price_stands BEFORE UPDATE OF name, unit, price, since ON addon
  BEGIN SELECT RAISE(ABORT, 'a published price never changes'); END;

CREATE TRIGGER addon_stays BEFORE DELETE ON addon
  BEGIN SELECT RAISE(ABORT, 'a published price stays on record'); END;

CREATE TRIGGER addon_order_at_public_price BEFORE INSERT ON addon_order
  WHEN NOT EXISTS (SELECT 1 FROM addon WHERE id = NEW.addon AND price = NEW.price
  AND since <= NEW.ordered_on
  AND (until IS NULL OR until >= NEW.ordered_on))
  BEGIN SELECT RAISE(ABORT, 'an order needs a published price'); END;

CREATE TRIGGER addon_order_keeps_price BEFORE UPDATE OF person, addon, price, ordered_on
  ON addon_order
  BEGIN SELECT RAISE(ABORT, 'an order keeps its price'); END;

CREATE TRIGGER undertaking_stands BEFORE UPDATE ON undertaking
  BEGIN SELECT RAISE(ABORT, 'undertakings never change'); END;

CREATE TRIGGER undertaking_is_new BEFORE INSERT ON undertaking
  WHEN EXISTS (SELECT 1 FROM undertaking WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'undertakings never change'); END;

CREATE TRIGGER undertaking_stays BEFORE DELETE ON undertaking
  WHEN (SELECT enabled FROM staff WHERE uid = OLD.uid) = 1
  OR date(OLD.valid_until, '+3 years') >= (SELECT day FROM sweep)
  OR NOT EXISTS (SELECT 1 FROM sweep)
  BEGIN SELECT RAISE(ABORT, 'undertakings are kept for three years'); END;

CREATE TRIGGER consent_item_follows_event BEFORE INSERT ON consent_item
  WHEN (SELECT decision = 'given' AND item = NEW.item FROM consent_event
  WHERE id = NEW.event) IS NOT 1
  BEGIN SELECT RAISE(ABORT, 'an item needs the event that gave it'); END;

CREATE TRIGGER consent_item_keeps_event BEFORE UPDATE ON consent_item
  WHEN (SELECT decision = 'given' AND item = NEW.item FROM consent_event
  WHERE id = NEW.event) IS NOT 1
  BEGIN SELECT RAISE(ABORT, 'an item needs the event that gave it'); END;

CREATE TRIGGER notice_stays BEFORE DELETE ON notice
  BEGIN SELECT RAISE(ABORT, 'notice versions are kept'); END;

CREATE TRIGGER purpose_proposal_stands
  BEFORE UPDATE OF purpose, document, base, author, created_at ON purpose_proposal
  WHEN OLD.status <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'only a draft may be edited'); END;

CREATE TRIGGER purpose_proposal_ends BEFORE UPDATE ON purpose_proposal
  WHEN OLD.status = 'published'
  BEGIN SELECT RAISE(ABORT, 'what is in force never changes'); END;

CREATE TRIGGER purpose_proposal_is_new BEFORE INSERT ON purpose_proposal
  WHEN EXISTS (SELECT 1 FROM purpose_proposal WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'what is in force never changes'); END;

CREATE TRIGGER purpose_proposal_stays BEFORE DELETE ON purpose_proposal
  WHEN OLD.status NOT IN ('draft', 'rejected')
  BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END;

CREATE TRIGGER notice_change_stands BEFORE UPDATE ON notice_change
  BEGIN SELECT RAISE(ABORT, 'change notices never change'); END;

CREATE TRIGGER notice_change_is_new BEFORE INSERT ON notice_change
  WHEN EXISTS (SELECT 1 FROM notice_change WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'change notices never change'); END;

CREATE TRIGGER notice_change_stays BEFORE DELETE ON notice_change
  WHEN date(OLD.made_on, '+3 years') >= coalesce((SELECT day FROM sweep), '0001-01-01')
  BEGIN SELECT RAISE(ABORT, 'change notices are kept for three years'); END;

CREATE TRIGGER notice_delivery_stands BEFORE UPDATE ON notice_delivery
  WHEN OLD.told_on IS NOT NULL OR NEW.person <> OLD.person OR NEW.change <> OLD.change
  BEGIN SELECT RAISE(ABORT, 'that somebody was told never changes'); END;

CREATE TRIGGER notice_delivery_stays BEFORE DELETE ON notice_delivery
  WHEN date(OLD.told_on, '+3 years') >= coalesce((SELECT day FROM sweep), '0001-01-01')
  BEGIN SELECT RAISE(ABORT, 'who was told is kept for three years'); END;

CREATE TRIGGER refused_word_stands BEFORE UPDATE OF word, why, added_by, added_at
  ON refused_word
  BEGIN SELECT RAISE(ABORT, 'refused words never change'); END;

CREATE TRIGGER refused_word_is_new BEFORE INSERT ON refused_word
  WHEN EXISTS (SELECT 1 FROM refused_word WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'refused words never change'); END;

CREATE TRIGGER refused_word_stays BEFORE DELETE ON refused_word
  BEGIN SELECT RAISE(ABORT, 'refused words are removed by two people'); END;

CREATE TRIGGER quarantine_stands BEFORE UPDATE ON quarantine
  BEGIN SELECT RAISE(ABORT, 'quarantine is erased or put back, never changed'); END;

CREATE TRIGGER field_switch_stands BEFORE UPDATE OF field, necessity, alternatives,
  proposed_by, proposed_at ON field_switch
  BEGIN SELECT RAISE(ABORT, 'a proposal never changes'); END;

CREATE TRIGGER field_switch_stays BEFORE DELETE ON field_switch
  BEGIN SELECT RAISE(ABORT, 'a proposal stays on record'); END;

CREATE TRIGGER record_is_new BEFORE INSERT ON record
  WHEN NEW.status <> 'draft' OR NEW.version <> 1
  OR EXISTS (SELECT 1 FROM record WHERE id = NEW.id OR number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'a record begins as a draft of its own'); END;

CREATE TRIGGER record_identity_stands BEFORE UPDATE OF id, kind, year, serial, number,
  subject, second_person, keeps_months, created_at ON record
  BEGIN SELECT RAISE(ABORT, 'what a record is never changes'); END;

CREATE TRIGGER record_follows_decisions BEFORE UPDATE OF status, version ON record
  WHEN NEW.status <> 'draft' AND NEW.status IS NOT (SELECT step FROM record_decision
  WHERE record = NEW.id AND version = NEW.version ORDER BY id DESC LIMIT 1)
  BEGIN SELECT RAISE(ABORT, 'a record stands where its last decision left it'); END;

CREATE TRIGGER record_stays_its_time BEFORE DELETE ON record
  WHEN OLD.status NOT IN ('closed', 'rejected') OR coalesce(
  (SELECT max(day) FROM sweep) < date((SELECT max(at) FROM (SELECT at FROM record_version WHERE record = OLD.id
  UNION ALL SELECT at FROM record_decision WHERE record = OLD.id)), '+' || OLD.keeps_months || ' months'), 1)
  BEGIN SELECT RAISE(ABORT, 'a record is kept for its minimum period'); END;

CREATE TRIGGER record_version_stands BEFORE UPDATE ON record_version
  BEGIN SELECT RAISE(ABORT, 'record versions never change'); END;

CREATE TRIGGER record_version_is_new BEFORE INSERT ON record_version
  WHEN EXISTS (SELECT 1 FROM record_version
  WHERE record = NEW.record AND number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'record versions never change'); END;

CREATE TRIGGER record_version_stays BEFORE DELETE ON record_version
  WHEN EXISTS (SELECT 1 FROM record WHERE id = OLD.record)
  BEGIN SELECT RAISE(ABORT, 'record versions stay with their record'); END;

CREATE TRIGGER record_decision_stands BEFORE UPDATE ON record_decision
  BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;

CREATE TRIGGER record_decision_stays BEFORE DELETE ON record_decision
  WHEN EXISTS (SELECT 1 FROM record WHERE id = OLD.record)
  BEGIN SELECT RAISE(ABORT, 'decisions stay with their record'); END;

CREATE TRIGGER record_decision_is_new BEFORE INSERT ON record_decision
  WHEN EXISTS (SELECT 1 FROM record_decision WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;

CREATE TRIGGER record_has_four_eyes BEFORE INSERT ON record_decision
  WHEN NEW.step IN ('approved', 'rejected')
  AND (SELECT second_person FROM record WHERE id = NEW.record) = 1
  AND (SELECT author FROM record_version
  WHERE record = NEW.record AND number = NEW.version) = NEW.by
  AND NOT (NEW.alone = 1 AND (SELECT count(*) FROM staff WHERE enabled = 1) = 1
  AND coalesce(julianday(NEW.at) - julianday((SELECT max(at) FROM record_decision WHERE
  record = NEW.record AND version = NEW.version AND step = 'submitted')) > 0.99999, 0))
  BEGIN SELECT RAISE(ABORT, 'nobody decides on a record of his own'); END;

CREATE TRIGGER rights_request_is_new BEFORE INSERT ON rights_request
  WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = NEW.id OR number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'requests are never replaced'); END;

CREATE TRIGGER rights_request_stays BEFORE DELETE ON rights_request
  WHEN OLD.closed_on IS NULL
  OR date(OLD.closed_on, '+3 years') > coalesce((SELECT day FROM sweep), '')
  BEGIN SELECT RAISE(ABORT, 'requests are kept for three years after closing'); END;

CREATE TRIGGER rights_request_closed BEFORE UPDATE OF state, reason, reason_text, answer,
  closed_on, number, code, received_at ON rights_request
  WHEN OLD.closed_on IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed request stands'); END;

CREATE TRIGGER request_step_is_new BEFORE INSERT ON request_step
  WHEN EXISTS (SELECT 1 FROM request_step WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END;

CREATE TRIGGER request_step_stands BEFORE UPDATE ON request_step
  BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END;

CREATE TRIGGER request_step_stays BEFORE DELETE ON request_step
  WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = OLD.request)
  BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END;

CREATE TRIGGER training_attempt_stands BEFORE UPDATE ON training_attempt
  BEGIN SELECT RAISE(ABORT, 'training records never change'); END;

CREATE TRIGGER training_attempt_is_new BEFORE INSERT ON training_attempt
  WHEN EXISTS (SELECT 1 FROM training_attempt
  WHERE uid = NEW.uid AND course = NEW.course AND number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'training records never change'); END;

CREATE TRIGGER training_attempt_stays BEFORE DELETE ON training_attempt
  WHEN OLD.day > date(coalesce((SELECT day FROM sweep), '0001-01-01'), '-3 years')
  BEGIN SELECT RAISE(ABORT, 'training records are kept for three years'); END;

CREATE TRIGGER training_course_stands BEFORE UPDATE ON training_course
  BEGIN SELECT RAISE(ABORT, 'versions of a course never change'); END;

CREATE TRIGGER training_course_is_new BEFORE INSERT ON training_course
  WHEN EXISTS (SELECT 1 FROM training_course WHERE code = NEW.code AND version = NEW.version)
  BEGIN SELECT RAISE(ABORT, 'versions of a course never change'); END;

CREATE TRIGGER training_course_stays BEFORE DELETE ON training_course
  WHEN EXISTS (SELECT 1 FROM training_attempt
  WHERE course = OLD.code AND version = OLD.version)
  BEGIN SELECT RAISE(ABORT, 'material stays with the records of who learnt it'); END;
