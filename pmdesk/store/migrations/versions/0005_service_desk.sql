-- The service desk: work orders, plans, measures. These statements stand as they are once released.

CREATE TABLE service_plan (
	version INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	document TEXT NOT NULL,
	author TEXT NOT NULL,
	since TEXT NOT NULL
)
STRICT;

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
