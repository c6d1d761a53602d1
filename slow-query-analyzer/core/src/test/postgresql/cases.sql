-- One case: a line "-- case: <name> | <first major version> | <EXPLAIN options> | <settings>",
-- then its statement.

-- case: seq-scan | 13 | ANALYZE, BUFFERS |
SELECT * FROM customer WHERE balance > 100 AND country = 'O''B';

-- case: estimates-only | 13 | COSTS ON |
SELECT * FROM customer c WHERE email LIKE 'a%b' ORDER BY created DESC, lower(country) NULLS FIRST;

-- case: costs-off | 13 | COSTS OFF |
SELECT c.id, count(*) FROM customer c JOIN purchase p ON p.customer_id = c.id AND p.amount > c.balance GROUP BY c.id HAVING count(*) > 3;

-- case: costs-off-analyze | 13 | ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF |
SELECT * FROM customer WHERE country IN ('DE', 'FR') LIMIT 5;

-- case: timing-off | 13 | ANALYZE, TIMING OFF, BUFFERS OFF |
SELECT * FROM customer WHERE NOT active;

-- case: verbose | 13 | ANALYZE, VERBOSE, BUFFERS |
SELECT c.email, 'a, b' AS comma, coalesce(p.amount, 0) FROM customer c LEFT JOIN purchase p ON p.customer_id = c.id WHERE c.id BETWEEN 10 AND 20;

-- case: everything | 13 | ANALYZE, VERBOSE, BUFFERS, SETTINGS, WAL, SUMMARY | work_mem = '64kB'; enable_mergejoin = off; random_page_cost = 1.5; search_path = "public", "Odd Schema"
SELECT status, count(DISTINCT customer_id), sum(amount) FILTER (WHERE amount > 10) FROM purchase GROUP BY status ORDER BY 2 DESC;

-- case: newest-options | 17 | ANALYZE, VERBOSE, BUFFERS, MEMORY, SERIALIZE TEXT, SETTINGS |
SELECT * FROM purchase WHERE customer_id < 100;

-- case: memory-only | 17 | MEMORY |
SELECT * FROM purchase WHERE customer_id = 100;

-- case: index-scan | 13 | ANALYZE, BUFFERS |
SELECT * FROM purchase WHERE id = 4711 AND status = 'new';

-- case: index-scan-backward | 13 | ANALYZE, BUFFERS |
SELECT * FROM purchase p WHERE status <> 'done' ORDER BY id DESC LIMIT 3;

-- case: index-only-scan | 13 | ANALYZE, BUFFERS | enable_seqscan = off; enable_bitmapscan = off
SELECT amount FROM purchase WHERE amount < 100;

-- case: index-order-by | 13 | ANALYZE, BUFFERS | enable_seqscan = off
SELECT id FROM place ORDER BY spot <-> point '(3,4)' LIMIT 3;

-- case: index-recheck | 13 | ANALYZE, BUFFERS | enable_seqscan = off; enable_bitmapscan = off
SELECT id FROM place WHERE spot <@ circle '((10,10),3)';

-- case: bitmap | 13 | ANALYZE, BUFFERS | enable_seqscan = off; enable_indexscan = off
SELECT * FROM purchase WHERE (status = 'new' AND amount < 300) OR customer_id = 7;

-- case: bitmap-and-lossy | 13 | ANALYZE, BUFFERS | enable_seqscan = off; enable_indexscan = off; work_mem = '64kB'
SELECT * FROM purchase WHERE amount < 4000 AND placed > '2024-02-01' AND tags @> ARRAY['t1'];

-- case: tid-scan | 13 | ANALYZE |
SELECT * FROM customer WHERE ctid IN ('(0,1)', '(0,2)');

-- case: tid-range-scan | 14 | ANALYZE | enable_seqscan = off
SELECT * FROM customer WHERE ctid < '(2,0)';

-- case: sample-scan | 13 | ANALYZE |
SELECT count(*) FROM customer TABLESAMPLE bernoulli (10) REPEATABLE (42);

-- case: nested-loop-memoize | 13 | ANALYZE, BUFFERS | enable_hashjoin = off; enable_mergejoin = off; enable_seqscan = off
SELECT count(*) FROM purchase p JOIN customer c ON c.id = p.customer_id WHERE p.amount < 500 AND c.active;

-- case: nested-loop-join-filter | 13 | ANALYZE, BUFFERS |
SELECT count(*) FROM place a JOIN place b ON a.id < b.id - 990 AND a.id % 2 = b.id % 3;

-- case: nested-loop-never-executed | 13 | ANALYZE, BUFFERS | enable_hashjoin = off; enable_mergejoin = off
SELECT * FROM customer c JOIN purchase p ON p.customer_id = c.id WHERE c.id = -5;

-- case: hash-join | 13 | ANALYZE, BUFFERS |
SELECT * FROM purchase p JOIN customer c ON c.id = p.customer_id AND p.amount <> c.balance WHERE c.country = 'IT';

-- case: hash-join-spills | 13 | ANALYZE, BUFFERS | work_mem = '64kB'; enable_mergejoin = off; max_parallel_workers_per_gather = 0
SELECT count(*) FROM purchase p FULL JOIN customer c ON c.id = p.customer_id;

-- case: merge-join | 13 | ANALYZE, BUFFERS | enable_hashjoin = off; enable_nestloop = off
SELECT count(*) FROM purchase p RIGHT JOIN customer c ON c.id = p.customer_id AND p.amount > 10;

-- case: semi-join | 13 | ANALYZE |
SELECT count(*) FROM customer c WHERE EXISTS (SELECT FROM purchase p WHERE p.customer_id = c.id AND p.amount > 4990);

-- case: anti-join | 13 | ANALYZE |
SELECT count(*) FROM customer c WHERE NOT EXISTS (SELECT FROM purchase p WHERE p.customer_id = c.id AND p.status = 'paid');

-- case: parallel-aggregate | 13 | ANALYZE, BUFFERS | min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2
SELECT status, avg(amount) FROM purchase WHERE customer_id % 10 = 3 GROUP BY status;

-- case: parallel-verbose | 13 | ANALYZE, VERBOSE, BUFFERS | min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2
SELECT count(*) FROM purchase WHERE amount > 100;

-- case: parallel-sort | 13 | ANALYZE, VERBOSE | min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2; work_mem = '64kB'; enable_indexscan = off
SELECT * FROM purchase ORDER BY tags, id;

-- case: parallel-hash-join | 13 | ANALYZE, BUFFERS | min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2; enable_mergejoin = off; enable_nestloop = off
SELECT count(*) FROM purchase p JOIN customer c ON c.id = p.customer_id WHERE c.country <> 'DE';

-- case: parallel-index-and-initplan | 13 | ANALYZE | min_parallel_table_scan_size = 0; min_parallel_index_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2; enable_seqscan = off; enable_bitmapscan = off
SELECT count(*) FROM purchase WHERE amount > (SELECT max(id) FROM place);

-- case: parallel-append | 13 | ANALYZE | min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2
SELECT count(*) FROM event WHERE kind = 3;

-- case: partitions-pruned | 13 | ANALYZE |
SELECT * FROM event WHERE at BETWEEN '2024-06-01' AND '2024-06-03';

-- case: partitions-pruned-at-start | 13 | ANALYZE |
SELECT * FROM event WHERE at = (current_date - current_date) + date '2024-06-01';

-- case: merge-append | 13 | ANALYZE | enable_seqscan = off; enable_sort = off
SELECT * FROM event e ORDER BY at DESC, kind LIMIT 4;

-- case: partition-update | 13 | ANALYZE |
UPDATE event SET note = 'changed' WHERE at IN ('2023-05-05', '2024-05-05');

-- case: cte | 13 | ANALYZE |
WITH recent AS MATERIALIZED (SELECT * FROM purchase WHERE placed > '2024-05-01'), "Odd: CTE" AS MATERIALIZED (SELECT 1 AS one) SELECT r.id, s.id FROM recent r JOIN recent s ON s.id = r.id + 1, "Odd: CTE" WHERE r.amount < 100;

-- case: recursive | 13 | ANALYZE |
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT sum(n) FROM r x;

-- case: writing-cte | 13 | ANALYZE |
WITH gone AS (DELETE FROM audited WHERE id < 5 RETURNING id) SELECT count(*) FROM gone;

-- case: subplans | 13 | ANALYZE |
SELECT c.id, (SELECT max(amount) FROM purchase p WHERE p.customer_id = c.id) FROM customer c WHERE c.id < 5 AND c.id NOT IN (SELECT parent FROM audited WHERE id > 90) AND c.balance > (SELECT min(amount) FROM purchase) - 1000;

-- case: subplans-multi | 13 | ANALYZE, VERBOSE |
SELECT (SELECT min(id) FROM place), (SELECT count(*) FROM audited), ARRAY(SELECT id FROM place WHERE id < 3) FROM customer WHERE id = 3 OR EXISTS (SELECT FROM audited WHERE audited.id = customer.id) LIMIT 2;

-- case: one-time-filter | 13 | ANALYZE |
SELECT * FROM customer WHERE current_date < '2000-01-01' AND id < 10;

-- case: constant-false | 13 | ANALYZE |
SELECT * FROM customer WHERE false;

-- case: result | 13 | ANALYZE |
SELECT 1;

-- case: window | 13 | ANALYZE |
SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY status ORDER BY amount) AS n, sum(amount) OVER (PARTITION BY customer_id) FROM purchase WHERE amount < 50) w WHERE n <= 3;

-- case: set-operations | 13 | ANALYZE |
(SELECT id FROM customer EXCEPT SELECT customer_id FROM purchase) UNION (SELECT id FROM place INTERSECT ALL SELECT id FROM audited);

-- case: set-operation-sorted | 13 | ANALYZE | enable_hashagg = off
SELECT country FROM customer EXCEPT SELECT status FROM purchase;

-- case: union-all | 13 | ANALYZE |
SELECT id FROM customer WHERE id < 3 UNION ALL SELECT id FROM purchase WHERE id < 3 UNION ALL VALUES (1), (2);

-- case: grouping-sets-mixed | 13 | ANALYZE |
SELECT status, customer_id % 3, sum(amount) FROM purchase GROUP BY GROUPING SETS ((status, customer_id % 3), (status), ());

-- case: rollup-sorted | 13 | ANALYZE | enable_hashagg = off
SELECT status, amount % 2, count(*) FROM purchase GROUP BY CUBE (status, amount % 2);

-- case: hash-aggregate-spills | 13 | ANALYZE | work_mem = '64kB'; max_parallel_workers_per_gather = 0; enable_sort = off
SELECT amount, customer_id, count(*) FROM purchase GROUP BY amount, customer_id;

-- case: group-sorted | 13 | ANALYZE | enable_hashagg = off
SELECT DISTINCT country, active FROM customer;

-- case: group-node | 13 | ANALYZE | enable_hashagg = off
SELECT country FROM customer GROUP BY country HAVING country <> 'FR';

-- case: incremental-sort | 13 | ANALYZE | enable_seqscan = off; enable_bitmapscan = off
SELECT * FROM purchase ORDER BY customer_id, placed, id LIMIT 500;

-- case: sort-top-n | 13 | ANALYZE |
SELECT * FROM purchase ORDER BY tags DESC NULLS LAST, substr(status, 1, 2) COLLATE "C" LIMIT 10;

-- case: sort-spills | 13 | ANALYZE, BUFFERS | work_mem = '64kB'; max_parallel_workers_per_gather = 0
SELECT * FROM purchase ORDER BY tags;

-- case: function-scan | 13 | ANALYZE, VERBOSE |
SELECT * FROM customer c, LATERAL generate_series(1, c.id) WITH ORDINALITY AS g(n, o) WHERE c.id < 4 AND g.n % 2 = 0;

-- case: function-scan-own | 13 | ANALYZE, BUFFERS OFF |
SELECT * FROM pairs(3) JOIN ROWS FROM (pairs(4), generate_series(1, 2)) AS both_of(a, b, c) ON pairs.a = both_of.a;

-- case: project-set | 13 | ANALYZE |
SELECT unnest(tags), id FROM purchase WHERE id < 5;

-- case: values-scan | 13 | ANALYZE |
SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (3, NULL)) AS v(n, word) WHERE n > 1;

-- case: table-function | 13 | ANALYZE, VERBOSE |
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"}]') AS x(a int, b text);

-- case: quoted-names | 13 | ANALYZE | enable_seqscan = off
SELECT * FROM "Order Items" AS "it's: an alias" WHERE "Order" = 5 AND "quoted""name" <> 'x: y  (cost=1.00..2.00 rows=1 width=1)';

-- case: quoted-names-verbose | 13 | ANALYZE, VERBOSE |
SELECT "quoted""name" FROM "Order Items" WHERE "quoted""name" LIKE 'item 1%';

-- case: newline-in-literal | 13 | ANALYZE |
SELECT * FROM customer WHERE email = E'first\n  ->  Seq Scan on second  (cost=0.00..1.00 rows=1 width=1)\nit''s \\ "third' AND id > 3;

-- case: insert | 13 | ANALYZE, BUFFERS, WAL |
INSERT INTO audited SELECT i, 'x', i FROM generate_series(101, 120) i;

-- case: upsert | 13 | ANALYZE |
INSERT INTO audited VALUES (1, 'x', 1), (500, 'y', 2) ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE audited.value <> 'secret';

-- case: update-with-triggers | 13 | ANALYZE, BUFFERS |
UPDATE audited a SET value = 'new', parent = p.id FROM place p WHERE p.id = a.id + 1 AND a.id < 20;

-- case: delete-cascade | 13 | ANALYZE, VERBOSE |
DELETE FROM customer WHERE id = 17;

-- case: merge | 15 | ANALYZE |
MERGE INTO audited t USING (SELECT i, 'm' || i AS value FROM generate_series(90, 110) i) s ON t.id = s.i WHEN MATCHED AND t.id < 95 THEN DELETE WHEN MATCHED THEN UPDATE SET value = s.value WHEN NOT MATCHED THEN INSERT VALUES (s.i, s.value, 1);

-- case: lock-rows | 13 | ANALYZE |
SELECT * FROM customer WHERE id < 4 FOR UPDATE SKIP LOCKED;

-- case: subquery-scan | 13 | ANALYZE |
SELECT * FROM (SELECT country, count(*) AS n FROM customer GROUP BY country ORDER BY 1 OFFSET 1) AS "By country" WHERE n > 10 AND random() < 2;

-- case: min-max | 13 | ANALYZE |
SELECT min(amount), max(amount) FROM purchase;

-- case: jit | 13 | ANALYZE, BUFFERS OFF | jit = on; jit_above_cost = 0; jit_inline_above_cost = 0; jit_optimize_above_cost = -1
SELECT sum(amount) FROM purchase WHERE status = 'new';

-- case: jit-parallel | 13 | ANALYZE, VERBOSE | jit = on; jit_above_cost = 0; min_parallel_table_scan_size = 0; parallel_setup_cost = 0; parallel_tuple_cost = 0; max_parallel_workers_per_gather = 2
SELECT sum(amount) FROM purchase WHERE status = 'new';

-- case: disabled-node | 13 | ANALYZE | enable_seqscan = off
SELECT count(*) FROM customer WHERE balance > 3;

-- case: io-timing | 13 | ANALYZE, BUFFERS, WAL | track_io_timing = on; work_mem = '64kB'; temp_buffers = 100
CREATE TEMPORARY TABLE copied AS SELECT * FROM purchase ORDER BY status, tags;

-- case: generic-plan | 16 | GENERIC_PLAN |
SELECT * FROM purchase WHERE status = $1 AND amount > $2;

-- case: rule-adds-plan | 13 | ANALYZE |
INSERT INTO redirected VALUES (3, 'three');

-- case: rule-to-nothing | 13 | ANALYZE |
DELETE FROM redirected;

-- case: utility | 13 | ANALYZE OFF |
REFRESH MATERIALIZED VIEW totals;
