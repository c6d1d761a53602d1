-- An online shop: nearly all orders are done, places go together, a few customers buy very much.
create table customers (
    customer_id bigint primary key,
    email text not null,
    full_name text not null,
    city text not null,
    postcode text not null,
    country text not null,
    created_at timestamptz not null
);
create table products (
    product_id bigint primary key,
    sku varchar(20) not null unique,
    title text not null,
    category int not null,
    price numeric(10, 2) not null
);
create table orders (
    order_id bigint primary key,
    customer_id bigint not null references customers,
    status text not null,
    total numeric(12, 2) not null,
    placed_at timestamptz not null,
    note text not null
);
create table order_items (
    order_id bigint not null references orders,
    line int not null,
    product_id bigint not null references products,
    quantity int not null,
    price numeric(10, 2) not null,
    primary key (order_id, line)
);
create table reviews (
    review_id bigint primary key,
    product_id bigint not null references products,
    customer_id bigint not null references customers,
    stars int not null,
    body text not null,
    written_at timestamptz not null
);

select setseed(0.31);
insert into customers
select n, 'user' || n || '@Example.org', 'Customer ' || md5(n::text),
       'City ' || place, lpad((place * 17)::text, 5, '0'), 'Country ' || place % 20,
       timestamptz '2020-01-01 00:00:00+00' + n * interval '20 minutes'
from (select n, floor(power(random(), 3) * 1000)::int as place from generate_series(1, 100000) as n offset 0) as c;

select setseed(0.32);
insert into products
select n, 'SKU-' || lpad(n::text, 8, '0'), 'Product ' || md5(n::text) || ' ' || (array['red', 'green', 'blue'])[1 + n % 3],
       1 + n % 150, (5 + random() * 300)::numeric(10, 2)
from generate_series(1, 20000) as n;

select setseed(0.33);
insert into orders
select n, 1 + floor(power(random(), 2) * 100000),
       case when n > 299500 then 'open' when random() < 0.995 then 'done' else 'returned' end,
       (10 + random() * 500)::numeric(12, 2),
       timestamptz '2023-01-01 00:00:00+00' + n * interval '4 minutes',
       'Deliver to the door ' || md5(n::text)
from generate_series(1, 300000) as n;

select setseed(0.34);
insert into order_items
select o, l, 1 + floor(power(random(), 2) * 20000), 1 + floor(random() * 4), (5 + random() * 300)::numeric(10, 2)
from generate_series(1, 300000) as o, generate_series(1, 1 + o % 3) as l;

select setseed(0.35);
insert into reviews
select n, 1 + floor(power(random(), 2) * 20000), 1 + floor(random() * 100000), 1 + floor(random() * 5),
       'It is ' || (array['good', 'fine', 'poor', 'great'])[1 + n % 4] || ', says ' || md5(n::text),
       timestamptz '2023-01-01 00:00:00+00' + n * interval '10 minutes'
from generate_series(1, 100000) as n;

create unique index customers_email on customers (email);
create index customers_place on customers (city, postcode);
create index customers_created on customers (created_at);
create index products_category on products (category, price);
create index orders_customer on orders (customer_id, placed_at);
create index orders_placed on orders (placed_at);
create index orders_status on orders (status);
create index order_items_product on order_items (product_id);
create index reviews_product on reviews (product_id, written_at);
create index reviews_customer on reviews (customer_id);
