-- A hotel booking site: a few large hotels, stays with extras in a document, charges in monthly partitions, reviews.
create table markets (
    country text primary key,
    currency text not null,
    language text not null
);
create table seasons (
    day date not null,
    season text not null,
    factor numeric(4, 2) not null
);
create table hotels (
    hotel_id int primary key,
    name text not null,
    country text not null,
    city text not null,
    stars int not null,
    attributes jsonb not null,
    deleted_at timestamptz
);
create table rooms (
    room_id bigint primary key,
    hotel_id int not null,
    room_no varchar(10) not null,
    kind text not null,
    beds int not null
);
create table room_blocks (
    block_id bigint primary key,
    room_id bigint not null,
    from_day date not null,
    to_day date not null,
    reason text
);
create table guests (
    guest_id bigint primary key,
    email text not null,
    full_name text not null,
    phone text,
    country text not null,
    created_at timestamptz not null,
    deleted_at timestamptz
);
create table bookings (
    booking_id bigint primary key,
    hotel_id int not null,
    guest_id bigint not null,
    token uuid not null,
    status text not null,
    check_in date not null,
    check_out date not null,
    total numeric(10, 2) not null,
    country text not null,
    currency text not null,
    language text not null,
    details jsonb not null,
    created_at timestamptz not null,
    cancelled_at timestamptz
);
create table booking_guests (
    booking_id bigint not null,
    guest_id bigint not null,
    primary key (booking_id, guest_id)
);
create table charges (
    charge_id bigint not null,
    booking_id bigint not null,
    kind text not null,
    amount numeric(10, 2) not null,
    posted_at timestamptz not null,
    primary key (charge_id, posted_at)
) partition by range (posted_at);
create table reviews (
    review_id bigint primary key,
    hotel_id int not null,
    guest_id bigint not null,
    score int not null,
    country text not null,
    language text not null,
    topics text[] not null,
    body text not null,
    flags int,
    moderation text,
    created_at timestamptz not null,
    replied_at timestamptz
);

do $$
declare month timestamptz;
begin
    for month in select timestamptz '2023-01-01 00:00:00+00' + n * interval '1 month' from generate_series(0, 28) as n loop
        execute format(
            'create table charges_%s partition of charges for values from (%L) to (%L)',
            to_char(month, 'YYYYMM'), month, month + interval '1 month');
    end loop;
end $$;

insert into markets
select chr(65 + n / 26) || chr(65 + n % 26), 'CU' || n / 5, 'l' || n from generate_series(0, 119) as n;

insert into seasons
select date '2023-01-01' + n, (array['low', 'middle', 'high'])[1 + n / 40 % 3], 1 + n / 40 % 3 * 0.2
from generate_series(0, 1099) as n;

select setseed(0.91);
insert into hotels
select n, 'Hotel ' || initcap(substr(md5(n::text), 1, 8)), chr(65 + place / 26) || chr(65 + place % 26), 'City ' || n % 900,
       1 + n % 5, jsonb_build_object('pool', n % 3 = 0, 'parking', n % 4, 'text', md5(n::text)),
       case when lot < 0.05 then timestamptz '2025-01-01 00:00:00+00' end
from (select n, floor(power(random(), 3) * 120)::int as place, random() as lot from generate_series(1, 20000) as n offset 0) as h;

insert into rooms
select row_number() over (order by h, r), h, r::text, (array['single', 'double', 'suite'])[1 + r % 3], 1 + r % 4
from generate_series(1, 20000) as h, generate_series(1, 150) as r
where h <= 20 or r <= 5;

select setseed(0.92);
insert into room_blocks
select n, 1 + floor(random() * 100000), day, day + 1 + n % 9, case when n % 5 = 0 then 'Renovation ' || n % 300 end
from (select n, date '2023-01-01' + floor(random() * 900)::int as day from generate_series(1, 200000) as n offset 0) as b;

select setseed(0.93);
insert into guests
select n, 'Guest' || n || '@mail' || n % 50 || '.example', initcap(substr(md5(n::text), 1, 7)) || ' ' || initcap(substr(md5((n % 20000)::text), 5, 9)),
       case when random() < 0.7 then '+49' || (n * 7368787::bigint % 9999999967)::text end,
       chr(65 + n % 120 / 26) || chr(65 + n % 120 % 26), timestamptz '2022-01-01 00:00:00+00' + n * interval '10 minutes',
       case when random() < 0.05 then timestamptz '2025-01-01 00:00:00+00' end
from generate_series(1, 150000) as n;

select setseed(0.94);
insert into bookings
select n, hotel, guest, md5('booking ' || n)::uuid,
       case when lot < 0.1 then 'cancelled' when lot < 0.105 then 'no_show' when check_in + nights < date '2025-04-13' then 'checked_out' else 'confirmed' end,
       check_in, check_in + nights, price,
       chr(65 + market / 26) || chr(65 + market % 26), 'CU' || market / 5, 'l' || market,
       jsonb_build_object('source', 'site ' || n % 7, 'agent', 'Agent ' || n % 500, 'extras',
           case when extra < 0.2
                then jsonb_build_array(jsonb_build_object('kind', 'parking', 'nights', jsonb_build_array(
                         jsonb_build_object('date', check_in, 'price', 12), jsonb_build_object('date', check_in + 1, 'price', 14))))
                else '[]'::jsonb end),
       created_at, case when lot < 0.1 then created_at + interval '2 days' end
from (select n, case when random() < 0.05 then 1 else 1 + floor(power(random(), 2) * 20000)::int end as hotel,
             1 + floor(power(random(), 2) * 120000)::bigint as guest, random() as lot, random() as extra,
             floor(power(random(), 3) * 120)::int as market, (40 + random() * 900)::numeric(10, 2) as price,
             date '2023-01-01' + n / 360 + 1 + floor(random() * 60)::int as check_in, 1 + floor(random() * 13)::int as nights,
             timestamptz '2023-01-01 00:00:00+00' + n * interval '4 minutes' as created_at
      from generate_series(1, 300000) as n offset 0) as b;

select setseed(0.95);
insert into booking_guests
select distinct 1 + floor(random() * 300000)::bigint, 1 + floor(random() * 150000)::bigint
from generate_series(1, 100000);

select setseed(0.96);
insert into charges
select n, booking, (array['room', 'room', 'room', 'breakfast', 'minibar', 'parking', 'tax'])[1 + n % 7], amount,
       timestamptz '2023-01-01 00:00:00+00' + booking * interval '4 minutes' + delay * interval '1 day'
from (select n, 1 + floor(random() * 300000)::bigint as booking, (3 + random() * 200)::numeric(10, 2) as amount, random() * 16 as delay
      from generate_series(1, 400000) as n offset 0) as c;

select setseed(0.97);
insert into reviews
select n, hotel, guest, 1 + floor(power(random(), 0.4) * 10)::int, chr(65 + market / 26) || chr(65 + market % 26),
       case when n between 1000 and 6000 and lot < 0.05 then 'fi'
            else (array['en', 'en', 'en', 'en', 'de', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'])[1 + n % 12] end,
       array['topic' || n % 700] || case when topic < 0.3 then array['breakfast'] else '{}'::text[] end,
       'We found it ' || (array['fine', 'poor', 'loud', 'great'])[1 + n % 4] || ', said ' || md5(n::text) || ' to ' || md5((n % 999)::text),
       case when lot > 0.98 then 1 when lot > 0.9 then 0 end, case when lot > 0.99 then 'blocked' when lot > 0.5 then 'passed' end,
       created_at, case when topic > 0.8 then created_at + interval '3 days' end
from (select n, case when random() < 0.05 then 1 else 1 + floor(power(random(), 2) * 20000)::int end as hotel,
             1 + floor(power(random(), 2) * 120000)::bigint as guest, random() as lot, random() as topic,
             floor(power(random(), 3) * 120)::int as market,
             timestamptz '2023-01-01 00:00:00+00' + n * interval '8 minutes' as created_at
      from generate_series(1, 150000) as n offset 0) as r;

create index rooms_hotel on rooms (hotel_id);
create index room_blocks_room on room_blocks (room_id);
create unique index guests_email on guests (lower(email));
create index bookings_hotel on bookings (hotel_id, created_at);
create index bookings_guest on bookings (guest_id);
create index bookings_created on bookings (created_at);
create index bookings_cancelled on bookings (cancelled_at);
create unique index bookings_token on bookings (token);
create index booking_guests_guest on booking_guests (guest_id);
create index charges_booking on charges (booking_id);
create index reviews_hotel on reviews (hotel_id);
create index reviews_guest on reviews (guest_id);
create index reviews_created on reviews (created_at);
create index reviews_topics on reviews using gin (topics);

alter table rooms add foreign key (hotel_id) references hotels on delete cascade;
alter table room_blocks add foreign key (room_id) references rooms on delete cascade;
alter table bookings add foreign key (hotel_id) references hotels, add foreign key (guest_id) references guests;
alter table booking_guests
    add foreign key (booking_id) references bookings on delete cascade, add foreign key (guest_id) references guests;
alter table charges add foreign key (booking_id) references bookings on delete cascade;
alter table reviews add foreign key (hotel_id) references hotels, add foreign key (guest_id) references guests;
