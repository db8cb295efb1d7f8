-- Trust: exports that wait for a second person. These statements stand as they are once released.

CREATE INDEX audit_by_action ON audit (CASE WHEN json_valid(CAST(body AS TEXT)) THEN json_extract(CAST(body AS TEXT), '$.action') END);

CREATE INDEX audit_by_user ON audit (CASE WHEN json_valid(CAST(body AS TEXT)) THEN json_extract(CAST(body AS TEXT), '$.user') END);

ALTER TABLE export_list ADD COLUMN purpose TEXT;

ALTER TABLE export_list ADD COLUMN receiver TEXT;

CREATE TABLE export_request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	"query" TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	unmasked INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	recipient TEXT NOT NULL,
	receiver TEXT NOT NULL,
	reason TEXT NOT NULL,
	people INTEGER NOT NULL,
	economic INTEGER NOT NULL,
	asked_at TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	decided_at TEXT,
	decided_by TEXT,
	approved INTEGER DEFAULT '0' NOT NULL,
	words TEXT,
	alone INTEGER DEFAULT '0' NOT NULL,
	withdrawn_at TEXT,
	fetched_at TEXT,
	number TEXT,
	CHECK (approved = 0 OR decided_at IS NOT NULL),
	CHECK (approved = 0 OR alone = 1 OR decided_by <> asked_by),
	CHECK (fetched_at IS NULL OR approved = 1),
	CHECK (fetched_at IS NULL OR withdrawn_at IS NULL),
	CHECK ((fetched_at IS NULL) = (number IS NULL)),
	UNIQUE (number)
)
STRICT;

CREATE INDEX export_request_by_asked_at ON export_request (asked_at);

CREATE TABLE inspection_pack (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	authority TEXT NOT NULL,
	document TEXT NOT NULL,
	article TEXT NOT NULL,
	shown INTEGER NOT NULL,
	parts TEXT NOT NULL,
	names INTEGER NOT NULL,
	files INTEGER NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (number)
)
STRICT;

CREATE TABLE row_salt (
	tab TEXT NOT NULL,
	"key" TEXT NOT NULL,
	salt BLOB NOT NULL,
	PRIMARY KEY (tab, "key")
)
 WITHOUT ROWID,
STRICT;

ALTER TABLE export_person ADD COLUMN economic INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE row_leaves (
	seq INTEGER NOT NULL,
	tab TEXT NOT NULL,
	keys TEXT NOT NULL,
	digests BLOB NOT NULL,
	PRIMARY KEY (seq, tab),
	FOREIGN KEY(seq) REFERENCES audit (seq)
)
STRICT;

CREATE INDEX row_leaves_by_tab ON row_leaves (tab);

CREATE TRIGGER export_request_stands BEFORE UPDATE ON export_request
  WHEN OLD.fetched_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
  OR (OLD.decided_at IS NOT NULL
  AND (NEW.decided_at IS NOT OLD.decided_at OR NEW.approved IS NOT OLD.approved
  OR NEW.decided_by IS NOT OLD.decided_by OR NEW.alone IS NOT OLD.alone))
  OR NEW.kind IS NOT OLD.kind OR NEW.query IS NOT OLD.query OR NEW.fingerprint IS NOT OLD.fingerprint OR NEW.unmasked IS NOT OLD.unmasked OR NEW.purpose IS NOT OLD.purpose OR NEW.recipient IS NOT OLD.recipient OR NEW.receiver IS NOT OLD.receiver OR NEW.reason IS NOT OLD.reason OR NEW.people IS NOT OLD.people OR NEW.economic IS NOT OLD.economic OR NEW.asked_at IS NOT OLD.asked_at OR NEW.asked_by IS NOT OLD.asked_by
  BEGIN SELECT RAISE(ABORT, 'what was asked and decided never changes'); END;

CREATE TRIGGER export_request_stays BEFORE DELETE ON export_request
  WHEN substr(OLD.asked_at, 1, 10) > date(coalesce((SELECT day FROM sweep), '0001-01-01'), '-3 years')
  BEGIN SELECT RAISE(ABORT, 'requests for exports are kept for three years'); END;

CREATE TRIGGER inspection_pack_stands BEFORE UPDATE ON inspection_pack
  BEGIN SELECT RAISE(ABORT, 'the package log never changes'); END;

CREATE TRIGGER row_leaves_stand BEFORE UPDATE ON row_leaves
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER row_leaves_stay BEFORE DELETE ON row_leaves
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
