-- A double-entry ledger: every transfer has two entries, every reference its index.
create table currencies (
    code char(3) primary key,
    name text not null
);
create table customers (
    customer_id bigint primary key,
    name text not null,
    city text not null,
    opened_on date not null
);
create table accounts (
    account_id bigint primary key,
    customer_id bigint not null references customers,
    currency char(3) not null references currencies,
    iban varchar(34) not null unique,
    status text not null,
    opened_at timestamptz not null
);
create table transfers (
    transfer_id bigint primary key,
    reference char(16) not null,
    from_account bigint not null references accounts,
    to_account bigint not null references accounts,
    amount numeric(14, 2) not null,
    booked_at timestamptz not null,
    memo text not null
);
create table entries (
    entry_id bigint primary key,
    transfer_id bigint not null references transfers,
    account_id bigint not null references accounts,
    amount numeric(14, 2) not null,
    booked_at timestamptz not null
);
create table disputes (
    dispute_id bigint primary key,
    transfer_id bigint not null references transfers,
    reason text not null,
    opened_at timestamptz not null
);

insert into currencies
values ('EUR', 'Euro'), ('USD', 'US dollar'), ('GBP', 'Pound sterling'), ('CHF', 'Swiss franc'), ('JPY', 'Yen');

select setseed(0.11);
insert into customers
select n, 'Customer ' || n, 'City ' || floor(random() * 400), date '2015-01-01' + floor(random() * 3650)::int
from generate_series(1, 40000) as n;

select setseed(0.12);
insert into accounts
select n,
       1 + (n * 7919) % 40000,
       (array['EUR', 'EUR', 'EUR', 'USD', 'USD', 'GBP', 'CHF', 'JPY'])[1 + floor(random() * 8)],
       'DE' || lpad((n::bigint * 104729 % 1000000007)::text, 20, '0'),
       case when random() < 0.97 then 'open' when random() < 0.5 then 'frozen' else 'closed' end,
       timestamptz '2015-01-01 00:00:00+00' + random() * interval '10 years'
from generate_series(1, 60000) as n;

select setseed(0.13);
insert into transfers
select n,
       upper(substr(md5(n::text), 1, 16)),
       1 + floor(power(random(), 2) * 60000),
       1 + floor(random() * 60000),
       (exp(random() * 8))::numeric(14, 2),
       timestamptz '2024-01-01 00:00:00+00' + n * interval '3 minutes',
       'Payment of invoice ' || n % 9973
from generate_series(1, 300000) as n;

insert into entries
select 2 * transfer_id - 1, transfer_id, from_account, -amount, booked_at from transfers
union all
select 2 * transfer_id, transfer_id, to_account, amount, booked_at from transfers
order by 1;

insert into disputes
select n, 1 + (n * 7) % 300000, 'Reason ' || n % 12, timestamptz '2025-01-01 00:00:00+00' + n * interval '1 hour'
from generate_series(1, 5000) as n;

create index accounts_customer on accounts (customer_id);
create index accounts_currency on accounts (currency);
create unique index transfers_reference on transfers (reference);
create index transfers_from on transfers (from_account, booked_at);
create index transfers_to on transfers (to_account, booked_at);
create index transfers_booked on transfers (booked_at);
create index entries_transfer on entries (transfer_id);
create index entries_account on entries (account_id, booked_at);
create index disputes_transfer on disputes (transfer_id);
