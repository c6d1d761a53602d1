-- The schema of the recorded plans. Small, and the same on each major version.
CREATE TABLE customer (
  id bigint PRIMARY KEY,
  email text NOT NULL,
  country text NOT NULL,
  created date NOT NULL,
  active boolean NOT NULL,
  balance numeric(10, 2) NOT NULL
);
INSERT INTO customer
SELECT i, 'user' || i || '@example.org', (ARRAY['DE', 'FR', 'IT', 'O''B'])[i % 4 + 1],
       date '2024-01-01' + i % 365, i % 10 <> 0, (i % 1000) - 500
FROM generate_series(1, 2000) i;
CREATE INDEX customer_country ON customer (country);
CREATE INDEX customer_created ON customer (created DESC);
CREATE INDEX customer_lower ON customer (lower(email));

CREATE TABLE purchase (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
  status text NOT NULL,
  placed timestamp NOT NULL,
  amount integer NOT NULL,
  tags text[] NOT NULL
);
INSERT INTO purchase
SELECT i, 1 + (i * 7919) % 2000, (ARRAY['new', 'paid', 'sent', 'done'])[1 + (i * 31) % 4],
       timestamp '2024-01-01' + i * interval '10 minutes', i % 5000, ARRAY['t' || i % 10]
FROM generate_series(1, 20000) i;
CREATE INDEX purchase_customer ON purchase (customer_id);
CREATE INDEX purchase_status_amount ON purchase (status, amount);
CREATE INDEX purchase_placed ON purchase (placed);
CREATE INDEX purchase_amount ON purchase (amount);

CREATE TABLE "Order Items" (
  "Item Id" bigint PRIMARY KEY,
  "Order" bigint NOT NULL,
  "quoted""name" text
);
INSERT INTO "Order Items" SELECT i, i % 100, 'item ' || i FROM generate_series(1, 500) i;
CREATE INDEX "Items by: Order" ON "Order Items" ("Order");

CREATE TABLE event (at date NOT NULL, kind integer NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE event_2023 PARTITION OF event FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO event
SELECT date '2023-01-01' + i % 1095, i % 7, 'note ' || i FROM generate_series(1, 3000) i;
CREATE INDEX event_at ON event (at);

CREATE TABLE place (id integer PRIMARY KEY, spot point NOT NULL);
INSERT INTO place SELECT i, point(i % 50, i / 50) FROM generate_series(1, 1000) i;
CREATE INDEX place_spot ON place USING gist (spot);

CREATE TABLE audited (id integer PRIMARY KEY, value text, parent integer REFERENCES place);
INSERT INTO audited SELECT i, 'v' || i, i FROM generate_series(1, 100) i;
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER "note: change" BEFORE UPDATE ON audited
  FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER note_after AFTER UPDATE ON audited FOR EACH ROW EXECUTE FUNCTION note_change();

CREATE TABLE redirected (id integer, value text);
CREATE RULE twice AS ON INSERT TO redirected DO ALSO
  UPDATE audited SET value = NEW.value WHERE id = NEW.id;
CREATE RULE never AS ON DELETE TO redirected DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW totals AS SELECT status, sum(amount) AS amount FROM purchase GROUP BY status;

CREATE FUNCTION pairs(n integer) RETURNS TABLE (a integer, b text) LANGUAGE plpgsql ROWS 5
  AS 'BEGIN RETURN QUERY SELECT i, ''p'' || i FROM generate_series(1, n) i; END';

VACUUM ANALYZE;
