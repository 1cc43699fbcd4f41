-- What the generated province says, in tables as one would lay them out first: no twins, groups or conditions, which it has not.
create table micro_credential (
  id text primary key, issuer text not null, subject text not null, credits integer not null, cost integer not null
);
create table agreement (
  id text primary key, kind text not null, receiver text not null, valid_from integer not null, valid_until integer,
  priority integer not null, recorded_on integer not null, units text[] not null, kind_rank integer not null
);
create table thing (agreement text not null, micro_credential text not null, min_grade integer);
create table granted (agreement text not null, receiver text not null, course text, subject text not null, credits integer not null);
-- One line for each course that is asked for: alone, or one of a set of which so many are needed.
create table asked_course (credential text not null, course text not null, set_of text, needed integer not null, place integer not null);
create table asked_credit (credential text primary key, institution text not null, subjects text[] not null, electives integer not null, residency integer not null);
