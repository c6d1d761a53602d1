-- Many tenants in one database: a few large ones, soft deletes, documents with a payload.
create table tenants (
    tenant_id int primary key,
    name text not null,
    plan text not null
);
create table users (
    user_id bigint primary key,
    tenant_id int not null references tenants,
    email text not null,
    last_seen_at timestamptz not null,
    deleted_at timestamptz
);
create table documents (
    document_id bigint primary key,
    tenant_id int not null references tenants,
    owner_id bigint not null references users,
    external_id numeric(20) not null,
    state text not null,
    payload jsonb not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

insert into tenants
select n, 'Tenant ' || n, (array['free', 'team', 'enterprise'])[1 + n % 3] from generate_series(1, 500) as n;

select setseed(0.61);
insert into users
select n, 1 + floor(power(random(), 3) * 500), 'user' || n || '@tenant.example',
       timestamptz '2025-01-01 00:00:00+00' + random() * interval '300 days',
       case when random() < 0.3 then timestamptz '2025-06-01 00:00:00+00' end
from generate_series(1, 60000) as n;

select setseed(0.62);
insert into documents
select n, u.tenant_id, u.user_id, n * 1000003::numeric, case when random() < 0.9 then 'published' when random() < 0.9 then 'draft' else 'failed' end,
       jsonb_build_object('kind', 'kind ' || n % 50, 'size', n % 10000, 'owner', u.user_id, 'title', md5(n::text)),
       timestamptz '2024-01-01 00:00:00+00' + n * interval '3 minutes',
       case when random() < 0.8 then timestamptz '2025-06-01 00:00:00+00' end
from (select n, 1 + (n * 7919::bigint) % 60000 as owner from generate_series(1, 250000) as n) as d join users u on u.user_id = d.owner
order by n;

create unique index users_email on users (tenant_id, email);
create index documents_tenant on documents (tenant_id, updated_at) where deleted_at is null;
create index documents_tenant_all on documents (tenant_id);
create index documents_owner on documents (owner_id);
create unique index documents_external on documents (external_id);
