-- Rights, records and training. These statements stand as they are once released.

ALTER TABLE staff ADD COLUMN since TEXT;
