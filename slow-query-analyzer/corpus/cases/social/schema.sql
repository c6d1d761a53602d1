-- A place to talk: posts, threads of replies, follows, likes, and a text search.
create table members (
    member_id bigint primary key,
    handle text not null unique,
    display_name text not null,
    country text not null,
    joined_at timestamptz not null
);
create table posts (
    post_id bigint primary key,
    author_id bigint not null references members,
    parent_id bigint references posts,
    body text not null,
    tags text[] not null,
    visibility text not null,
    search tsvector not null,
    likes int not null,
    published_at timestamptz not null
);
create table follows (
    follower_id bigint not null references members,
    followed_id bigint not null references members,
    primary key (follower_id, followed_id)
);

insert into members
select n, 'member' || n, 'Member ' || md5(n::text), 'Country ' || n % 30,
       timestamptz '2020-01-01 00:00:00+00' + n * interval '1 hour'
from generate_series(1, 30000) as n;

select setseed(0.51);
insert into posts
select n, 1 + floor(power(random(), 3) * 30000), case when n % 4 <> 0 and n > 100 then 1 + floor(power(random(), 2) * (n - 1))::bigint end,
       body, array['tag' || n % 900, 'topic' || n % 40],
       case when random() < 0.97 then 'public' else 'private' end,
       to_tsvector('simple', body), floor(random() * random() * 1000), timestamptz '2023-01-01 00:00:00+00' + n * interval '6 minutes'
from (select n, 'Post about ' || md5((n % 5000)::text) || ' and ' || md5(n::text) as body from generate_series(1, 200000) as n) as p;

select setseed(0.52);
insert into follows
select distinct n, 1 + floor(power(random(), 2) * 30000)::bigint
from generate_series(1, 30000) as n, generate_series(1, 10);

create index posts_author on posts (author_id, published_at);
create index posts_parent on posts (parent_id);
create index posts_published on posts (published_at);
create index posts_search on posts using gin (search);
create index posts_tags on posts using gin (tags);
create index follows_followed on follows (followed_id);
