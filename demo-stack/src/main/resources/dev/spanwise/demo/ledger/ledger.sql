-- The system of record. Each row names the trace that wrote it: what captures the row goes on with that trace.

create table orders (
    order_id bigint generated always as identity primary key,
    account_id bigint not null,
    instrument_id bigint not null,
    side text not null check (side in ('buy', 'sell')),
    quantity bigint not null check (quantity > 0),
    placed_at timestamptz not null default clock_timestamp(),
    traceparent text
);

-- A fill says all that the read model wants of it: whoever captures it has no order at hand.
create table fills (
    fill_id bigint generated always as identity primary key,
    order_id bigint not null references orders,
    account_id bigint not null,
    instrument_id bigint not null,
    side text not null,
    quantity bigint not null,
    price numeric(14, 4) not null,
    filled_at timestamptz not null default clock_timestamp(),
    traceparent text
);
create index on fills (order_id);

create table quotes (
    instrument_id bigint primary key,
    price numeric(14, 4) not null,
    quoted_at timestamptz not null default clock_timestamp(),
    traceparent text
) with (fillfactor = 70);

-- One row: how long it takes until a change of it is seen is how long any change takes.
create table freshness_probe (
    id smallint primary key check (id = 1),
    probe text not null
);

-- What the library's ReplicationMonitor asks for; not captured.
create table heartbeat (
    id smallint primary key check (id = 1),
    written_at timestamptz not null
);

create publication demo_capture for table orders, fills, quotes, freshness_probe;
