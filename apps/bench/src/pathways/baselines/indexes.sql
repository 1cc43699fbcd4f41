create index on micro_credential (issuer, subject);
create index on thing (micro_credential);
create index on thing (agreement);
create index on granted (agreement);
create index on granted (receiver, course);
create index on granted (receiver, subject);
create index on asked_course (credential);
analyze;
