-- The rules desk: reviews, fairness samples, history. These statements stand as they are once released.

ALTER TABLE ruleset ADD COLUMN examples TEXT DEFAULT '[]' NOT NULL;

ALTER TABLE ruleset ADD COLUMN active_from TEXT;

ALTER TABLE ruleset ADD COLUMN scheduled_by TEXT DEFAULT '' NOT NULL;

ALTER TABLE ruleset ADD COLUMN restored_from INTEGER;

ALTER TABLE ruleset ADD COLUMN submitted_at TEXT;

CREATE TABLE fairness_result (
	ruleset INTEGER NOT NULL,
	digest TEXT NOT NULL,
	people INTEGER NOT NULL,
	document TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (ruleset),
	FOREIGN KEY(ruleset) REFERENCES ruleset (id) ON DELETE CASCADE
)
STRICT;

CREATE TABLE review_answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ruleset INTEGER NOT NULL,
	digest TEXT NOT NULL,
	item TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'condition', 'fail')),
	reason TEXT NOT NULL CHECK (length(reason) >= 20),
	condition TEXT NOT NULL,
	rules TEXT NOT NULL,
	notes TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CHECK (verdict <> 'condition' OR condition <> ''),
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
STRICT;

CREATE INDEX review_answer_by_ruleset ON review_answer (ruleset);

CREATE TABLE review_signature (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ruleset INTEGER NOT NULL,
	digest TEXT NOT NULL,
	signer TEXT NOT NULL,
	alone INTEGER NOT NULL,
	note TEXT NOT NULL,
	signed_at TEXT NOT NULL,
	next_review TEXT NOT NULL,
	CHECK (next_review > substr(signed_at, 1, 10)),
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
STRICT;

CREATE INDEX review_signature_by_ruleset ON review_signature (ruleset);

ALTER TABLE classification ADD COLUMN since TEXT;

ALTER TABLE classification ADD COLUMN cause INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE classification ADD COLUMN step INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE fairness_sample (
	pseudonym TEXT NOT NULL,
	person INTEGER NOT NULL,
	purpose TEXT DEFAULT 'P6' NOT NULL CHECK (purpose = 'P6'),
	since TEXT NOT NULL,
	blob BLOB NOT NULL,
	reported_on TEXT,
	PRIMARY KEY (pseudonym),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE,
	UNIQUE (person)
)
 WITHOUT ROWID,
STRICT;

CREATE TABLE tier_history (
	person INTEGER NOT NULL,
	number INTEGER NOT NULL,
	purpose TEXT DEFAULT 'P2' NOT NULL CHECK (purpose = 'P2'),
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	ruleset INTEGER NOT NULL,
	rule INTEGER NOT NULL,
	tier INTEGER NOT NULL,
	tags INTEGER NOT NULL,
	cause INTEGER NOT NULL,
	PRIMARY KEY (person, number),
	FOREIGN KEY(person, purpose) REFERENCES consent (person, purpose) ON DELETE CASCADE,
	FOREIGN KEY(ruleset) REFERENCES ruleset (id)
)
 WITHOUT ROWID,
STRICT;

DROP TRIGGER ruleset_document_stands;

CREATE TRIGGER ruleset_document_stands BEFORE UPDATE
  OF document, digest, author, version, examples ON ruleset WHEN OLD.status <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'only a draft may be edited'); END;

CREATE TRIGGER fairness_sample_stays_apart BEFORE UPDATE OF pseudonym, person, purpose
  ON fairness_sample
  BEGIN SELECT RAISE(ABORT, 'a sample keeps its pseudonym'); END;

CREATE TRIGGER result_becomes_history AFTER UPDATE OF step ON classification
  WHEN NEW.step <> OLD.step
  AND NOT (coalesce(OLD.since, OLD.decided_on) = coalesce(NEW.since, NEW.decided_on)
  AND OLD.cause IN (2, 3) AND NEW.cause IN (2, 3))
  BEGIN
  INSERT INTO tier_history
  (person, number, since, until, ruleset, rule, tier, tags, cause)
  VALUES (OLD.person,
  (SELECT coalesce(max(number) + 1, 0) FROM tier_history WHERE person = OLD.person),
  coalesce(OLD.since, OLD.decided_on), coalesce(NEW.since, NEW.decided_on),
  OLD.ruleset, OLD.rule, OLD.tier, OLD.tags, OLD.cause);
  END;

CREATE TRIGGER tier_history_stands BEFORE UPDATE ON tier_history
  BEGIN SELECT RAISE(ABORT, 'the history of tiers is append-only'); END;

CREATE TRIGGER review_answer_is_about BEFORE INSERT ON review_answer
  WHEN NOT EXISTS (SELECT 1 FROM ruleset WHERE id = NEW.ruleset AND digest = NEW.digest
  AND status IN ('submitted', 'approved', 'active')) OR EXISTS (SELECT 1 FROM review_answer WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'an answer is about a version that stands'); END;

CREATE TRIGGER review_answer_has_four_eyes BEFORE INSERT ON review_answer
  WHEN NEW.by = (SELECT author FROM ruleset WHERE id = NEW.ruleset) AND (SELECT count(*) FROM staff
  WHERE enabled = 1 AND role IN ('manager', 'reviewer', 'admin')) <> 1
  BEGIN SELECT RAISE(ABORT, 'nobody reviews rules of his own'); END;

CREATE TRIGGER review_answer_stands BEFORE UPDATE ON review_answer
  BEGIN SELECT RAISE(ABORT, 'answers of a review never change'); END;

CREATE TRIGGER review_answer_stays BEFORE DELETE ON review_answer
  WHEN coalesce((SELECT max(day) FROM sweep) < date(OLD.at, '+36 months'), 1)
  BEGIN SELECT RAISE(ABORT, 'a review is kept for three years'); END;

CREATE TRIGGER review_signature_is_about BEFORE INSERT ON review_signature
  WHEN NOT EXISTS (SELECT 1 FROM ruleset WHERE id = NEW.ruleset AND digest = NEW.digest
  AND status IN ('submitted', 'approved', 'active')) OR EXISTS (SELECT 1 FROM review_signature WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'a signature is about a version that stands'); END;

CREATE TRIGGER review_signature_has_four_eyes BEFORE INSERT ON review_signature
  WHEN NEW.signer = (SELECT author FROM ruleset WHERE id = NEW.ruleset) AND NOT (NEW.alone = 1 AND (SELECT count(*) FROM staff
  WHERE enabled = 1 AND role IN ('manager', 'reviewer', 'admin')) = 1 AND coalesce(julianday(NEW.signed_at) - julianday(
  (SELECT submitted_at FROM ruleset WHERE id = NEW.ruleset)) > 0.99999, 0))
  BEGIN SELECT RAISE(ABORT, 'nobody signs a review of rules of his own'); END;

CREATE TRIGGER review_signature_stands BEFORE UPDATE ON review_signature
  BEGIN SELECT RAISE(ABORT, 'signatures never change'); END;

CREATE TRIGGER review_signature_stays BEFORE DELETE ON review_signature
  WHEN coalesce((SELECT max(day) FROM sweep) < date(OLD.signed_at, '+36 months'), 1)
  BEGIN SELECT RAISE(ABORT, 'a review is kept for three years'); END;

CREATE TRIGGER ruleset_is_decided BEFORE UPDATE OF status ON ruleset
  WHEN NEW.status = 'approved' AND NEW.decided_by = '' AND NOT EXISTS (
  SELECT 1 FROM review_signature
  WHERE ruleset = NEW.id AND digest = NEW.digest AND alone = 1)
  BEGIN SELECT RAISE(ABORT, 'somebody stands for an approved version'); END;
