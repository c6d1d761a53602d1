-- The read model of a trading application, as the demo has it, with every index that its reads want.
create table accounts (
    account_id bigint primary key,
    display_name text not null,
    country text not null
);
create table instruments (
    instrument_id bigint primary key,
    symbol text not null unique,
    asset_class text not null
);
create table positions (
    account_id bigint not null references accounts,
    instrument_id bigint not null references instruments,
    quantity bigint not null,
    average_cost numeric(14, 4) not null,
    primary key (account_id, instrument_id)
);
create table trades (
    trade_id bigint primary key,
    account_id bigint not null references accounts,
    instrument_id bigint not null references instruments,
    side text not null,
    quantity bigint not null,
    price numeric(14, 4) not null,
    executed_at timestamptz not null
);
create table activity (
    activity_id bigint primary key,
    actor_id bigint not null references accounts,
    visibility text not null,
    headline text not null,
    published_at timestamptz not null
);

insert into accounts
select n, 'Trader ' || n, (array['DE', 'FR', 'GB', 'US', 'JP'])[1 + n % 5] from generate_series(1, 20000) as n;

insert into instruments
select n, 'SYM' || n, (array['equity', 'equity', 'fund', 'bond'])[1 + n % 4] from generate_series(1, 2000) as n;

select setseed(0.71);
insert into positions
select a, 1 + (a * 31 + i * 199) % 2000, 1 + floor(random() * 500), (exp(1 + random() * 5))::numeric(14, 4)
from generate_series(1, 20000) as a, generate_series(1, 10) as i;

select setseed(0.72);
insert into trades
select n, 1 + floor(power(random(), 2) * 20000), 1 + floor(random() * 2000),
       case when random() < 0.52 then 'buy' else 'sell' end, 1 + floor(random() * 500),
       (exp(1 + random() * 5))::numeric(14, 4), timestamptz '2024-01-02 09:00:00+00' + n * interval '2 minutes'
from generate_series(1, 400000) as n;

select setseed(0.73);
insert into activity
select n, 1 + floor(power(random(), 2) * 20000), case when random() < 0.9 then 'public' else 'private' end,
       'Headline of item ' || n, timestamptz '2024-01-02 09:00:00+00' + n * interval '3 minutes'
from generate_series(1, 200000) as n;

create index positions_instrument on positions (instrument_id);
create index trades_account on trades (account_id, executed_at);
create index trades_instrument on trades (instrument_id);
create index activity_actor on activity (actor_id, published_at);
create index activity_published on activity (published_at);
