-- Each step begins with "-- step: <what>" and is one statement or several; :name stands for a size.
-- The same seed before every random() gives the same rows on every machine.

-- step: schema
create table accounts (
    account_id bigint not null,
    display_name text not null,
    country text not null,
    opened_at timestamptz not null
);
create table instruments (
    instrument_id bigint not null,
    symbol text not null,
    name text not null,
    asset_class text not null
);
create table quotes (
    instrument_id bigint not null,
    price numeric(14, 4) not null,
    previous_close numeric(14, 4) not null,
    quoted_at timestamptz not null
);
create table positions (
    account_id bigint not null,
    instrument_id bigint not null,
    quantity bigint not null,
    average_cost numeric(14, 4) not null,
    opened_at timestamptz not null
);
create table trades (
    trade_id bigint not null,
    account_id bigint not null,
    instrument_id bigint not null,
    side text not null,
    quantity bigint not null,
    price numeric(14, 4) not null,
    executed_at timestamptz not null
);
create table watchlist_items (
    account_id bigint not null,
    instrument_id bigint not null,
    added_at timestamptz not null
);
create table follows (
    follower_id bigint not null,
    followed_id bigint not null,
    followed_at timestamptz not null
);
create table activity (
    activity_id bigint not null,
    actor_id bigint not null,
    kind text not null,
    visibility text not null,
    headline text not null,
    published_at timestamptz not null
);

-- step: accounts
select setseed(0.1);
insert into accounts
select n,
       'Trader ' || n,
       (array['DE', 'FR', 'GB', 'US', 'US', 'JP'])[1 + floor(random() * 6)],
       timestamptz '2020-01-01 00:00:00+00' + random() * interval '5 years'
from generate_series(1, :accounts) as n;
alter table accounts add primary key (account_id);

-- step: instruments
select setseed(0.2);
insert into instruments
select n,
       chr(65 + (n / 676 % 26)::int) || chr(65 + (n / 26 % 26)::int) || chr(65 + (n % 26)::int) || n,
       'Instrument ' || n,
       case when random() < 0.7 then 'equity' when random() < 0.7 then 'fund' else 'bond' end
from generate_series(1, :instruments) as n;
alter table instruments add primary key (instrument_id), add unique (symbol);

-- step: quotes
select setseed(0.3);
insert into quotes
select n, price, price * (0.97 + random() * 0.06)::numeric,
       timestamptz '2026-01-02 17:30:00+00' - random() * interval '1 minute'
from (select n, (exp(1 + random() * 5))::numeric(14, 4) as price
      from generate_series(1, :instruments) as n offset 0) as latest;
alter table quotes
    add primary key (instrument_id),
    add foreign key (instrument_id) references instruments;

-- step: positions
-- Between half and one and a half times the mean, at different instruments: a random first one and a fixed stride.
select setseed(0.4);
insert into positions
select account_id,
       1 + (first + (:instruments / holding) * n) % :instruments,
       1 + floor(random() * random() * 500),
       (exp(1 + random() * 5))::numeric(14, 4),
       timestamptz '2025-12-31 00:00:00+00' - random() * interval '3 years'
from (select account_id,
             floor(random() * :instruments)::bigint as first,
             (:positions_per_account * (0.5 + random()))::bigint as holding
      from generate_series(1, :accounts) as account_id offset 0) as account,
     generate_series(0, holding - 1) as n;
alter table positions
    add primary key (account_id, instrument_id),
    add foreign key (account_id) references accounts,
    add foreign key (instrument_id) references instruments;
create index on positions (instrument_id);

-- step: trades
-- In the order of execution; a few accounts trade much more than the rest.
select setseed(0.5);
insert into trades
select n,
       1 + floor(power(random(), 2) * :accounts),
       1 + floor(random() * :instruments),
       case when random() < 0.52 then 'buy' else 'sell' end,
       1 + floor(random() * random() * 500),
       (exp(1 + random() * 5))::numeric(14, 4),
       timestamptz '2024-01-02 09:00:00+00' + (n::float8 / :trades) * interval '2 years'
from generate_series(1, :trades) as n;
alter table trades
    add primary key (trade_id),
    add foreign key (account_id) references accounts,
    add foreign key (instrument_id) references instruments;
create index on trades (instrument_id);

-- step: watchlist items
select setseed(0.6);
insert into watchlist_items
select account_id,
       1 + (first + (:instruments / 20) * n) % :instruments,
       timestamptz '2025-12-31 00:00:00+00' - random() * interval '1 year'
from (select account_id, floor(random() * :instruments)::bigint as first
      from generate_series(1, :accounts) as account_id offset 0) as account,
     generate_series(0, 19) as n;
alter table watchlist_items
    add primary key (account_id, instrument_id),
    add foreign key (account_id) references accounts,
    add foreign key (instrument_id) references instruments;
create index on watchlist_items (instrument_id);

-- step: follows
select setseed(0.7);
insert into follows
select distinct on (follower_id, followed_id) follower_id, followed_id, followed_at
from (select follower_id,
             1 + floor(power(random(), 2) * :accounts)::bigint as followed_id,
             timestamptz '2025-12-31 00:00:00+00' - random() * interval '2 years' as followed_at
      from generate_series(1, :accounts) as follower_id, generate_series(1, 20)) as follow
where follower_id <> followed_id;
alter table follows
    add primary key (follower_id, followed_id),
    add foreign key (follower_id) references accounts,
    add foreign key (followed_id) references accounts;
create index on follows (followed_id);

-- step: activity
select setseed(0.8);
insert into activity
select n,
       1 + floor(power(random(), 2) * :accounts),
       (array['trade', 'comment', 'milestone'])[1 + floor(random() * 3)],
       case when random() < 0.9 then 'public' when random() < 0.8 then 'followers' else 'private' end,
       'Headline of item ' || n,
       timestamptz '2024-01-02 09:00:00+00' + (n::float8 / :activities) * interval '2 years'
from generate_series(1, :activities) as n;
alter table activity
    add primary key (activity_id),
    add foreign key (actor_id) references accounts;
create index on activity (actor_id);

-- step: portfolio summaries
create materialized view portfolio_summary as
select account_id,
       count(*) as position_count,
       sum(quantity * price)::numeric(20, 2) as market_value,
       sum(quantity * average_cost)::numeric(20, 2) as cost,
       sum(quantity * (price - previous_close))::numeric(20, 2) as day_change
from positions join quotes using (instrument_id)
group by account_id;
create unique index on portfolio_summary (account_id);

-- step: leaderboard
create materialized view leaderboard as
select row_number() over (order by return_percent desc, account_id) as rank, account_id, display_name, return_percent
from (select account_id, display_name, round((market_value - cost) / nullif(cost, 0) * 100, 2) as return_percent
      from portfolio_summary join accounts using (account_id)) as account_return;
create unique index on leaderboard (rank);
create unique index on leaderboard (account_id);
