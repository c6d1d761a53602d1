-- A parcel carrier: a few large merchants, depots, scans in a partition for each region, claims, and an outbox of events.
create table merchants (
    merchant_id int primary key,
    name text not null,
    plan text not null,
    country text not null,
    closed_at timestamptz
);
create table depots (
    depot_id int primary key,
    code char(5) not null unique,
    city text not null,
    region_no smallint not null,
    time_zone text not null
);
create table parcels (
    parcel_id bigint primary key,
    merchant_id int not null references merchants,
    tracking_no varchar(16) not null unique,
    depot_id int not null references depots,
    state text not null,
    service smallint not null,
    weight_g int not null,
    recipient text not null,
    email text,
    zip text not null,
    labels text[] not null,
    attributes jsonb not null,
    created_at timestamptz not null,
    promised_on date not null,
    delivered_at timestamptz,
    deleted_at timestamptz
);
create table scans (
    scan_id bigint not null,
    parcel_id bigint not null,
    region_no smallint not null,
    depot_id int not null,
    kind text not null,
    scanned_at timestamp not null,
    device text not null,
    note text
) partition by list (region_no);
create table claims (
    claim_id bigint primary key,
    parcel_id bigint not null references parcels on delete cascade,
    state text not null,
    reason text not null,
    amount numeric(10, 2) not null,
    opened_at timestamptz not null
);
create table outbox (
    event_id bigint primary key,
    topic text not null,
    parcel_id bigint not null,
    payload jsonb not null,
    created_at timestamptz not null,
    sent_at timestamptz
);

do $$
begin
    for region in 1..8 loop
        execute format('create table scans_%s partition of scans for values in (%s)', region, region);
    end loop;
end $$;

select setseed(0.21);
insert into merchants
select n, 'Merchant ' || substr(md5(n::text), 1, 8), (array['basic', 'plus', 'pro'])[1 + n % 3], chr(65 + n % 40 / 26) || chr(65 + n % 26),
       case when n % 100 = 99 then timestamptz '2025-03-01 00:00:00+00' + n * interval '1 hour' end
from generate_series(1, 3000) as n;

insert into depots
select n, 'D' || lpad(n::text, 4, '0'), 'City ' || n % 170, 1 + n % 8, (array['Europe/Berlin', 'Europe/Lisbon', 'Europe/Helsinki'])[1 + n % 3]
from generate_series(1, 400) as n;

select setseed(0.22);
insert into parcels
select n, merchant, 'PX' || lpad((n::bigint * 7919 % 1000003)::text, 9, '0'), depot,
       case when lot < 0.9 then 'delivered' when lot < 0.96 then 'in_transit' when lot < 0.995 then 'created' when lot < 0.998 then 'exception' else 'lost' end,
       1 + n % 5, 100 + n % 20000, initcap(substr(md5(n::text), 1, 7)) || ' ' || initcap(substr(md5((n % 30000)::text), 5, 9)),
       case when n % 4 <> 0 then 'to' || n % 140000 || '@mail.example' end, lpad((n::bigint * 31 % 99991)::text, 5, '0'),
       array_remove(array['zone' || n % 60, case when n % 13 = 0 then 'cold' end, case when n % 29 = 0 then 'live' end], null),
       case when n % 10 = 3
            then jsonb_build_object('insured', n % 7 = 0, 'customs', jsonb_build_object('hs_code', (8000 + n % 5000 / 10)::text, 'value', n % 900))
            else jsonb_build_object('insured', n % 7 = 0, 'size', n % 40) end,
       at, (at + interval '3 days')::date, case when lot < 0.9 then at + (1 + late * 4) * interval '1 day' end,
       case when late < 0.04 then timestamptz '2025-06-01 00:00:00+00' end
from (select n, 1 + floor(power(random(), 4) * 3000)::int as merchant, 1 + floor(power(random(), 2) * 400)::int as depot,
             random() as lot, random() as late, timestamptz '2024-06-01 00:00:00+00' + n * interval '100 seconds' as at
      from generate_series(1, 300000) as n offset 0) as p;

select setseed(0.23);
insert into scans
select 2 * p.parcel_id + s, p.parcel_id, d.region_no, d.depot_id,
       case when s = 0 then 'accepted' when p.state = 'delivered' then 'delivered' when random() < 0.3 then 'out_for_delivery' else 'sorted' end,
       (p.created_at at time zone 'UTC') + s * interval '1 day' + random() * interval '5 hours', 'handheld-' || floor(random() * 3000),
       case when random() < 0.02 then 'Note ' || p.parcel_id end
from parcels p cross join generate_series(0, 1) as s join depots d on d.depot_id = case when s = 0 then 1 + p.parcel_id * 17 % 400 else p.depot_id end
order by 1;

select setseed(0.24);
insert into claims
select n, 1 + floor(random() * 300000), case when random() < 0.01 then 'open' else 'settled' end,
       (array['damaged', 'late', 'missing'])[1 + n % 3], 10 + n % 400, timestamptz '2024-06-05 00:00:00+00' + n * interval '8 minutes'
from generate_series(1, 60000) as n;

insert into outbox
select n, (array['webhook', 'mail', 'invoice', 'metrics'])[1 + n % 4], 100000 + n, jsonb_build_object('parcel', 100000 + n, 'state', 'delivered', 'digest', md5(n::text)),
       timestamptz '2025-04-01 00:00:00+00' + n * interval '12 seconds', case when n <= 199960 then timestamptz '2025-04-01 00:01:00+00' + n * interval '12 seconds' end
from generate_series(1, 200000) as n;

create index parcels_merchant on parcels (merchant_id, created_at);
create index parcels_depot on parcels (depot_id);
create index parcels_created on parcels (created_at);
create index parcels_labels on parcels using gin (labels);
create index parcels_attributes on parcels using gin (attributes jsonb_path_ops);
create index scans_parcel on scans (parcel_id, scanned_at);
create index scans_depot on scans (depot_id, scanned_at);
create index claims_parcel on claims (parcel_id);
create index outbox_webhooks on outbox (event_id) where sent_at is null and topic = 'webhook';
