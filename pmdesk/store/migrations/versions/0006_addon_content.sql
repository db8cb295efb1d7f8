-- What an add-on service consists of. These statements stand as they are once released.

ALTER TABLE addon ADD COLUMN content TEXT DEFAULT '' NOT NULL;

DROP TRIGGER addon_price_stands;

CREATE TRIGGER addon_price_stands BEFORE UPDATE OF name, unit, price, since, content
  ON addon
  BEGIN SELECT RAISE(ABORT, 'a published price never changes'); END;
