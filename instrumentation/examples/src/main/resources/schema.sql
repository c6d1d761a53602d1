create table if not exists watchlists (account text primary key, version bigint not null, symbols text[] not null);
