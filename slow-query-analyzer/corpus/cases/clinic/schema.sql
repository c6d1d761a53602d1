-- A clinic: appointments, what was measured, and what was billed.
create table patients (
    patient_id bigint primary key,
    insurance_no varchar(12) not null unique,
    given_name text not null,
    family_name text not null,
    birth_date date not null,
    zip char(5) not null
);
create table practitioners (
    practitioner_id int primary key,
    full_name text not null,
    specialty text not null
);
create table appointments (
    appointment_id bigint primary key,
    patient_id bigint not null references patients,
    practitioner_id int not null references practitioners,
    starts_at timestamptz not null,
    state text not null,
    room int not null,
    reason text not null
);
create table observations (
    observation_id bigint primary key,
    patient_id bigint not null references patients,
    code varchar(10) not null,
    taken_at timestamptz not null,
    value numeric(8, 2) not null,
    abnormal boolean not null
);
create table invoices (
    invoice_id bigint primary key,
    patient_id bigint not null references patients,
    appointment_id bigint not null references appointments,
    amount numeric(10, 2) not null,
    issued_on date not null,
    paid_on date
);

select setseed(0.81);
insert into patients
select n, lpad((n::bigint * 7368787 % 999999937)::text, 12, '0'),
       (array['Anna', 'Ben', 'Clara', 'David', 'Ella', 'Finn', 'Greta', 'Hugo'])[1 + n % 8],
       initcap(substr(md5((n % 9000)::text), 1, 8)), date '1935-01-01' + floor(random() * 30000)::int,
       lpad((floor(random() * 400) * 211)::text, 5, '0')
from generate_series(1, 50000) as n;

insert into practitioners
select n, 'Practitioner ' || n, (array['general', 'cardiology', 'radiology', 'paediatrics'])[1 + n % 4]
from generate_series(1, 200) as n;

select setseed(0.82);
insert into appointments
select n, 1 + floor(power(random(), 2) * 50000), 1 + floor(random() * 180),
       timestamptz '2022-01-03 08:00:00+00' + n * interval '5 minutes',
       case when n > 390000 then 'open' when random() < 0.001 then 'missed' else 'done' end,
       floor(random() * 30), 'Reason ' || md5((n % 60000)::text)
from generate_series(1, 400000) as n;

select setseed(0.83);
insert into observations
select n, 1 + floor(power(random(), 2) * 50000),
       (array['GLU', 'GLU', 'GLU', 'HGB', 'HGB', 'NA', 'K', 'CRP', 'TSH', 'ALT'])[1 + floor(random() * 10)],
       timestamptz '2022-01-03 08:00:00+00' + n * interval '4 minutes', (random() * 200)::numeric(8, 2), random() < 0.004
from generate_series(1, 500000) as n;

select setseed(0.84);
insert into invoices
select n, a.patient_id, a.appointment_id, (20 + random() * 400)::numeric(10, 2), a.starts_at::date + 10,
       case when random() < 0.995 then a.starts_at::date + 20 + floor(random() * 40)::int end
from (select a.*, row_number() over (order by appointment_id) as n from appointments a where appointment_id % 4 <> 0) as a;

create index patients_name on patients (family_name);
create index appointments_patient on appointments (patient_id, starts_at);
create index appointments_practitioner on appointments (practitioner_id, starts_at);
create index observations_patient on observations (patient_id, code, taken_at);
create index invoices_patient on invoices (patient_id);
create index invoices_appointment on invoices (appointment_id);
create index invoices_issued on invoices (issued_on);
