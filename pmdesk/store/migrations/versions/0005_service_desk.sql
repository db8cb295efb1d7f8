-- The service desk: work orders, plans, measures. These statements stand as they are once released.

CREATE TABLE month_count (
	month TEXT NOT NULL,
	document TEXT NOT NULL,
	PRIMARY KEY (month)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE order_import (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	withdrawn_at TEXT,
	withdrawn_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT some CHECK (last >= first),
	CONSTRAINT withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by = ''))
)
STRICT;

CREATE TABLE saved_view (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 30),
	document TEXT NOT NULL,
	published INTEGER DEFAULT '0' NOT NULL,
	at TEXT NOT NULL,
	UNIQUE (owner, name)
)
STRICT;

CREATE TABLE service_plan (
	version INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	document TEXT NOT NULL,
	author TEXT NOT NULL,
	since TEXT NOT NULL
)
STRICT;

CREATE TABLE shown_view (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	cut TEXT NOT NULL,
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	buildings TEXT NOT NULL,
	services TEXT NOT NULL,
	hidden TEXT NOT NULL,
	"on" TEXT NOT NULL,
	PRIMARY KEY (id)
)
STRICT;

CREATE INDEX shown_view_by_uid ON shown_view (uid);

CREATE TABLE staffing_plan (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('crew', 'roster', 'patrol')),
	week TEXT,
	document TEXT NOT NULL,
	author TEXT NOT NULL,
	at TEXT NOT NULL,
	parent INTEGER,
	CONSTRAINT week CHECK ((kind = 'crew') = (week IS NULL))
)
STRICT;

CREATE INDEX staffing_plan_newest ON staffing_plan (kind, week, id);

CREATE TABLE complaint_finding (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	request INTEGER NOT NULL,
	about TEXT NOT NULL CHECK (about IN ('other', 'classification', 'discrimination')),
	upheld INTEGER NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	FOREIGN KEY(request) REFERENCES rights_request (id) ON DELETE CASCADE
)
STRICT;

CREATE INDEX complaint_finding_by_request ON complaint_finding (request);

CREATE TABLE human_review (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ruleset INTEGER NOT NULL,
	day TEXT NOT NULL,
	changed INTEGER NOT NULL,
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
STRICT;

CREATE INDEX human_review_by_ruleset ON human_review (ruleset, day);

CREATE TABLE risk_measure (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	building INTEGER NOT NULL,
	topic TEXT NOT NULL,
	words TEXT NOT NULL CHECK (length(words) BETWEEN 4 AND 200),
	owner TEXT NOT NULL CHECK (owner <> ''),
	due TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
	made_by TEXT NOT NULL,
	made_on TEXT NOT NULL,
	ended_by TEXT DEFAULT '' NOT NULL,
	ended_on TEXT,
	note TEXT DEFAULT '' NOT NULL,
	CONSTRAINT ended CHECK ((ended_on IS NULL) = (state = 'open')),
	CONSTRAINT ended_after CHECK (ended_on IS NULL OR ended_on >= made_on),
	FOREIGN KEY(building) REFERENCES building (id)
)
STRICT;

CREATE INDEX risk_measure_by_state ON risk_measure (state, due);

CREATE TABLE suspension_decision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ruleset INTEGER NOT NULL,
	ground TEXT NOT NULL CHECK (ground IN ('reversals', 'discrimination')),
	verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'suspend')),
	reason TEXT NOT NULL CHECK (length(reason) >= 20),
	upto INTEGER NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
STRICT;

CREATE INDEX suspension_decision_by_ruleset ON suspension_decision (ruleset);

CREATE TABLE work_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL,
	service TEXT NOT NULL,
	kind TEXT NOT NULL,
	urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 2),
	state TEXT NOT NULL,
	channel TEXT NOT NULL,
	unit INTEGER,
	building INTEGER,
	area TEXT DEFAULT '' NOT NULL,
	person INTEGER,
	words TEXT DEFAULT '' NOT NULL,
	callback TEXT DEFAULT '' NOT NULL,
	received_at TEXT NOT NULL,
	received_by TEXT NOT NULL,
	day TEXT NOT NULL,
	hour INTEGER CHECK (hour BETWEEN 0 AND 23),
	due_at TEXT,
	assignee TEXT DEFAULT '' NOT NULL,
	appointment TEXT,
	started_at TEXT,
	finished_at TEXT,
	closed_at TEXT,
	paused_since TEXT,
	paused INTEGER DEFAULT '0' NOT NULL,
	urged INTEGER DEFAULT '0' NOT NULL,
	reopened INTEGER DEFAULT '0' NOT NULL,
	rating INTEGER CHECK (rating BETWEEN 1 AND 5),
	parent INTEGER,
	source TEXT DEFAULT '' NOT NULL,
	CONSTRAINT closed CHECK ((closed_at IS NOT NULL) = (state IN ('closed', 'cancelled', 'merged'))),
	CONSTRAINT paused CHECK ((paused_since IS NOT NULL) = (state = 'waiting')),
	CONSTRAINT other_parent CHECK (parent IS NULL OR parent <> id),
	CONSTRAINT done_after CHECK (finished_at IS NULL OR finished_at >= received_at),
	CONSTRAINT closed_after CHECK (closed_at IS NULL OR closed_at >= received_at),
	CONSTRAINT nobody_where_all_share CHECK (person IS NULL OR unit IS NOT NULL),
	UNIQUE (number),
	FOREIGN KEY(unit) REFERENCES unit (id),
	FOREIGN KEY(building) REFERENCES building (id),
	FOREIGN KEY(person) REFERENCES person (id) ON DELETE SET NULL,
	FOREIGN KEY(parent) REFERENCES work_order (id)
)
STRICT;

CREATE INDEX work_order_by_person ON work_order (person) WHERE person IS NOT NULL;

CREATE INDEX work_order_by_source ON work_order (source) WHERE source <> '';

CREATE INDEX work_order_by_unit ON work_order (unit, day) WHERE unit IS NOT NULL;

CREATE INDEX work_order_counted ON work_order (day, service, building, hour, kind);

CREATE INDEX work_order_open ON work_order (urgency, received_at, state) WHERE closed_at IS NULL;

CREATE TABLE order_mark (
	day INTEGER NOT NULL,
	work_order INTEGER NOT NULL,
	what INTEGER NOT NULL,
	PRIMARY KEY (day, work_order),
	FOREIGN KEY(work_order) REFERENCES work_order (id)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE order_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	work_order INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	act TEXT NOT NULL,
	words TEXT DEFAULT '' NOT NULL,
	FOREIGN KEY(work_order) REFERENCES work_order (id) ON DELETE CASCADE
)
STRICT;

CREATE INDEX order_step_by_order ON order_step (work_order);

CREATE TRIGGER order_mark_is_made AFTER INSERT ON work_order
  BEGIN INSERT INTO order_mark VALUES (CAST(julianday(NEW.day) - julianday('2000-01-01') AS INTEGER), NEW.id, ((((CAST(julianday(NEW.day) - julianday('2000-01-01') AS INTEGER) * 32 + coalesce(NEW.hour + 1, 0)) * 8
  + CASE NEW.service WHEN 'repair' THEN 0 WHEN 'cleaning' THEN 1 WHEN 'security' THEN 2 WHEN 'complaint' THEN 3 WHEN 'enquiry' THEN 4 WHEN 'other' THEN 5 ELSE 7 END) * 4
  + CASE WHEN NEW.state IN ('merged', 'cancelled') THEN 3
  WHEN NEW.state NOT IN ('closed', 'callback') OR NEW.due_at IS NULL
  OR coalesce(NEW.finished_at, NEW.closed_at) IS NULL THEN 0
  WHEN julianday(coalesce(NEW.finished_at, NEW.closed_at)) <= julianday(NEW.due_at) + NEW.paused / 86400.0 THEN 1 ELSE 2 END) * 16384
  + coalesce(NEW.building & 16383, 0)) * 16777216
  + coalesce(NEW.unit & 16777215, 0)); END;

CREATE TRIGGER order_mark_follows
  AFTER UPDATE OF service, unit, building, state, due_at, finished_at, closed_at, paused
  ON work_order
  BEGIN
  UPDATE order_mark SET what = ((((CAST(julianday(NEW.day) - julianday('2000-01-01') AS INTEGER) * 32 + coalesce(NEW.hour + 1, 0)) * 8
  + CASE NEW.service WHEN 'repair' THEN 0 WHEN 'cleaning' THEN 1 WHEN 'security' THEN 2 WHEN 'complaint' THEN 3 WHEN 'enquiry' THEN 4 WHEN 'other' THEN 5 ELSE 7 END) * 4
  + CASE WHEN NEW.state IN ('merged', 'cancelled') THEN 3
  WHEN NEW.state NOT IN ('closed', 'callback') OR NEW.due_at IS NULL
  OR coalesce(NEW.finished_at, NEW.closed_at) IS NULL THEN 0
  WHEN julianday(coalesce(NEW.finished_at, NEW.closed_at)) <= julianday(NEW.due_at) + NEW.paused / 86400.0 THEN 1 ELSE 2 END) * 16384
  + coalesce(NEW.building & 16383, 0)) * 16777216
  + coalesce(NEW.unit & 16777215, 0) WHERE day = CAST(julianday(NEW.day) - julianday('2000-01-01') AS INTEGER) AND work_order = NEW.id;
  END;

CREATE TRIGGER order_import_stands BEFORE UPDATE OF id, at, by, first, last ON order_import
  BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;

CREATE TRIGGER order_import_is_withdrawn_once BEFORE UPDATE ON order_import
  WHEN OLD.withdrawn_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'an import is withdrawn once'); END;

CREATE TRIGGER order_import_stays BEFORE DELETE ON order_import
  BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END;

CREATE TRIGGER order_import_counts_no_more AFTER UPDATE OF withdrawn_at ON order_import
  BEGIN DELETE FROM order_mark WHERE work_order BETWEEN NEW.first AND NEW.last; END;

CREATE TRIGGER work_order_without_person BEFORE DELETE ON person
  BEGIN
  UPDATE order_step SET words = '' WHERE words <> ''
  AND work_order IN (SELECT id FROM work_order WHERE person = OLD.id OR (person IS NULL
  AND unit IN (SELECT unit FROM occupancy WHERE person = OLD.id)
  AND NOT EXISTS (SELECT 1 FROM occupancy AS other
  WHERE other.unit = work_order.unit AND other.person <> OLD.id)));
  UPDATE work_order SET person = NULL, unit = NULL, words = '', callback = ''
  WHERE person = OLD.id OR (person IS NULL
  AND unit IN (SELECT unit FROM occupancy WHERE person = OLD.id)
  AND NOT EXISTS (SELECT 1 FROM occupancy AS other
  WHERE other.unit = work_order.unit AND other.person <> OLD.id));
  END;

CREATE TRIGGER order_step_is_new BEFORE INSERT ON order_step
  WHEN EXISTS (SELECT 1 FROM order_step WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END;

CREATE TRIGGER order_step_stands BEFORE UPDATE OF id, work_order, at, by, act ON order_step
  BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END;

CREATE TRIGGER order_step_words_only_go BEFORE UPDATE OF words ON order_step
  WHEN NEW.words <> ''
  BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END;

CREATE TRIGGER work_order_keeps_number BEFORE UPDATE OF id, number, received_at, received_by,
  day, hour, source ON work_order
  BEGIN SELECT RAISE(ABORT, 'an order keeps its number and when it came'); END;

CREATE TRIGGER work_order_stays BEFORE DELETE ON work_order
  BEGIN SELECT RAISE(ABORT, 'an order stays on record'); END;

CREATE TRIGGER order_step_stays BEFORE DELETE ON order_step
  BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END;

CREATE TRIGGER work_order_is_new BEFORE INSERT ON work_order
  WHEN EXISTS (SELECT 1 FROM work_order WHERE id = NEW.id OR number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'an order keeps its number and when it came'); END;

CREATE TRIGGER service_plan_stands BEFORE UPDATE ON service_plan
  BEGIN SELECT RAISE(ABORT, 'a published plan never changes'); END;

CREATE TRIGGER service_plan_stays BEFORE DELETE ON service_plan
  BEGIN SELECT RAISE(ABORT, 'a published plan stays on record'); END;

CREATE TRIGGER staffing_plan_stands BEFORE UPDATE ON staffing_plan
  BEGIN SELECT RAISE(ABORT, 'a saved plan never changes'); END;

CREATE TRIGGER risk_measure_keeps_place BEFORE UPDATE OF id, building, topic, made_by,
  made_on ON risk_measure
  BEGIN SELECT RAISE(ABORT, 'a measure keeps its place and its beginning'); END;

CREATE TRIGGER risk_measure_stays BEFORE DELETE ON risk_measure
  BEGIN SELECT RAISE(ABORT, 'a measure stays on record'); END;

CREATE TRIGGER complaint_finding_stands BEFORE UPDATE ON complaint_finding
  BEGIN SELECT RAISE(ABORT, 'a finding never changes'); END;

CREATE TRIGGER complaint_finding_stays BEFORE DELETE ON complaint_finding
  WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = OLD.request)
  BEGIN SELECT RAISE(ABORT, 'a finding stays with its complaint'); END;

CREATE TRIGGER human_review_stands BEFORE UPDATE ON human_review
  BEGIN SELECT RAISE(ABORT, 'a review never changes'); END;

CREATE TRIGGER human_review_stays BEFORE DELETE ON human_review
  BEGIN SELECT RAISE(ABORT, 'a review stays on record'); END;

CREATE TRIGGER suspension_decision_stands BEFORE UPDATE ON suspension_decision
  BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;

CREATE TRIGGER suspension_decision_stays BEFORE DELETE ON suspension_decision
  BEGIN SELECT RAISE(ABORT, 'a decision stays on record'); END;

CREATE TRIGGER month_count_stands BEFORE UPDATE ON month_count
  BEGIN SELECT RAISE(ABORT, 'the counts of a month never change'); END;
