-- What recorded.log was recorded on. Six-digit literals that begin with 91 are varied when the log is generated.
CREATE TABLE accounts (id bigint PRIMARY KEY, owner text NOT NULL, region text NOT NULL, opened date NOT NULL);
CREATE TABLE instruments (id bigint PRIMARY KEY, symbol text NOT NULL UNIQUE, kind text NOT NULL);
CREATE TABLE trades (
  id bigint NOT NULL, account_id bigint NOT NULL REFERENCES accounts, instrument_id bigint NOT NULL REFERENCES instruments,
  side text NOT NULL, quantity numeric NOT NULL, price numeric NOT NULL, executed_at timestamptz NOT NULL
) PARTITION BY RANGE (executed_at);
SELECT format('CREATE TABLE trades_%s PARTITION OF trades FOR VALUES FROM (%L) TO (%L)',
  m, date '2026-01-01' + (m - 1) * interval '1 month', date '2026-01-01' + m * interval '1 month')
FROM generate_series(1, 12) AS m \gexec
CREATE TABLE positions (account_id bigint REFERENCES accounts, instrument_id bigint REFERENCES instruments,
  quantity numeric NOT NULL, PRIMARY KEY (account_id, instrument_id));
INSERT INTO accounts SELECT n, 'owner ' || n, (ARRAY['north', 'south', 'east', 'west'])[1 + n % 4], date '2020-01-01' + n % 1000
  FROM generate_series(910001, 915000) AS n;
INSERT INTO instruments SELECT n, 'SYM' || n, (ARRAY['bond', 'share', 'fund'])[1 + n % 3] FROM generate_series(910001, 910500) AS n;
INSERT INTO trades SELECT n, 910001 + n % 5000, 910001 + n % 500, (ARRAY['buy', 'sell'])[1 + n % 2], n % 100, n % 977,
  timestamptz '2026-01-01 00:00:00Z' + n * interval '100 seconds' FROM generate_series(1, 300000) AS n;
INSERT INTO positions SELECT 910001 + n % 5000, 910001 + n / 5000, n % 100 FROM generate_series(1, 99999) AS n;
CREATE VIEW exposure AS
  SELECT a.region, i.kind, a.id AS account_id, sum(p.quantity) AS held, max(t.traded) AS traded
  FROM positions p JOIN accounts a ON a.id = p.account_id JOIN instruments i ON i.id = p.instrument_id
  LEFT JOIN (SELECT account_id, sum(quantity * price) AS traded FROM trades GROUP BY account_id) t ON t.account_id = a.id
  GROUP BY a.region, i.kind, a.id;
ANALYZE;
