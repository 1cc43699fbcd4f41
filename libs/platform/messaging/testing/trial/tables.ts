import type { Migration, SchemaPlan } from '@mcr/database';
import { logHeadMigrations, messagingMigrations, standbySchema } from '../../src/index.ts';
import { readerTopics, trialTopics } from './contract.ts';

const trialTables: Migration = {
  number: 1,
  name: 'trial-tables',
  sql: () => `
    create table counter (key text primary key, number int not null);
    -- For the control: the outbox whose numbers are given when a row is written, not when it is committed.
    create table outbox (seq bigserial primary key, key text not null, version int not null);
  `,
};

const readerTables: Migration = {
  number: 1,
  name: 'reader-tables',
  sql: () => `
    -- Nothing here is unique: what is done twice, is there twice. Numbered in the order in which it was done.
    create table effect (
      id bigserial primary key, consumer text not null, key text not null, version int not null, process int not null
    );
    -- What waits to be mended, works once its key is here.
    create table mended (key text primary key);
    create table person (consumer text, person text, name text, versions int[], primary key (consumer, person));
    create table course (consumer text, course text, title text, versions int[], primary key (consumer, course));
    create table enrolment (
      consumer text, enrolment text, person text, course text, status text, versions int[], primary key (consumer, enrolment)
    );
    -- For the control: how far the naive cursor came.
    create table cursor_position (reader text primary key, seq bigint not null);
    -- For the controls that follow the log: how far each came.
    create table control_position (reader text, partition int, pos bigint not null, primary key (reader, partition));
  `,
};

/** The databases of the two services, as the runtime would plan them. */
export const trialPlans: readonly SchemaPlan[] = [
  {
    schema: 'trial',
    service: 'trial',
    migrations: [
      { owner: 'messaging', steps: messagingMigrations },
      { owner: 'topics', steps: logHeadMigrations(trialTopics) },
      { owner: 'trial', steps: [trialTables] },
    ],
  },
  {
    schema: 'reader',
    service: 'reader',
    migrations: [
      { owner: 'messaging', steps: messagingMigrations },
      { owner: 'topics', steps: logHeadMigrations(readerTopics) },
      { owner: 'reader', steps: [readerTables] },
    ],
  },
  { schema: standbySchema('reader'), service: 'reader', migrations: [] },
];
