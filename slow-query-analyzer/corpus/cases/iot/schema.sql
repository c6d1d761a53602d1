-- Readings of devices: a partition for each month, two years of them.
create table device_models (
    model_id int primary key,
    name text not null,
    maker text not null
);
create table devices (
    device_id bigint primary key,
    model_id int not null references device_models,
    serial char(12) not null unique,
    site text not null,
    building text not null,
    floor int not null,
    installed_on date not null
);
create table readings (
    device_id bigint not null references devices,
    taken_at timestamptz not null,
    metric smallint not null,
    value double precision not null,
    quality int not null
) partition by range (taken_at);
create table alerts (
    alert_id bigint primary key,
    device_id bigint not null references devices,
    raised_at timestamptz not null,
    level text not null,
    details jsonb not null
);

do $$
declare month date;
begin
    for month in select generate_series(date '2024-01-01', date '2025-12-01', interval '1 month') loop
        execute format(
            'create table readings_%s partition of readings for values from (%L) to (%L)',
            to_char(month, 'YYYYMM'), month::timestamptz, (month + interval '1 month')::timestamptz);
    end loop;
end $$;

insert into device_models
select n, 'Model ' || n, 'Maker ' || n % 7 from generate_series(1, 40) as n;

select setseed(0.41);
insert into devices
select n, 1 + n % 40, upper(substr(md5(n::text), 1, 12)), 'Site ' || place, 'Building ' || place * 3, place % 12,
       date '2022-01-01' + n % 700
from (select n, floor(power(random(), 3) * 300)::int as place from generate_series(1, 5000) as n offset 0) as d;

select setseed(0.42);
insert into readings
select 1 + floor(random() * 5000), timestamptz '2024-01-01 00:00:00+00' + n * interval '105 seconds', n % 4,
       20 + 10 * sin(n / 1000.0) + random(), case when random() < 0.999 then 0 else 1 + floor(random() * 3)::int end
from generate_series(1, 600000) as n;

select setseed(0.43);
insert into alerts
select n, 1 + floor(power(random(), 2) * 5000), timestamptz '2024-01-01 00:00:00+00' + n * interval '5 minutes',
       case when random() < 0.98 then 'info' when random() < 0.8 then 'warning' else 'critical' end,
       jsonb_build_object('code', n % 500, 'source', 'sensor ' || n % 13, 'acknowledged', n % 1000 <> 0, 'text', md5(n::text))
from generate_series(1, 150000) as n;

create index readings_device on readings (device_id, taken_at);
create index devices_model on devices (model_id);
create index devices_site on devices (site);
create index alerts_device on alerts (device_id, raised_at);
create index alerts_raised on alerts (raised_at);
