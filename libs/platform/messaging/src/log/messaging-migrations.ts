import type { Topic } from '@mcr/event-kit';
import type { Migration } from '@mcr/database';
import { attempts } from '../processing/attempts/attempts-migration.ts';
import { rebuilding } from '../operating/rebuild/rebuild-migration.ts';
import { operating } from '../operating/operating-migrations.ts';

/**
 * The tables of messaging in a service's schema.
 *
 * The log is append-only: the running role may read it and execute `append_events`, nothing more, and a trigger
 * refuses every change even to the owner. A partition's head is locked from numbering to commit, so positions
 * become visible in order and without gaps; a rollback leaves none.
 */
const eventLog: Migration = {
  number: 1,
  name: 'event-log',
  sql: ({ schema, running }) => `
    create table log_identity (
      only_row boolean primary key default true check (only_row),
      log_id uuid not null default gen_random_uuid()
    );
    insert into log_identity default values;

    create table log_head (
      topic text not null,
      partition int not null,
      pos bigint not null default 0,
      hash bytea not null default decode(repeat('00', 32), 'hex'),
      primary key (topic, partition)
    );

    create table event_log (
      topic text not null,
      partition int not null,
      pos bigint not null,
      event_id uuid not null,
      key text not null,
      version int,
      type text not null,
      event text not null,
      appended_at timestamptz not null default clock_timestamp(),
      hash bytea not null,
      primary key (topic, partition, pos)
    );
    -- The database itself refuses a fork: two events of one key with the same version.
    create unique index event_log_key_version on event_log (topic, key, version) where version is not null;

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the event log is append-only' using errcode = '42501';
    end $$;
    create trigger event_log_is_append_only before update or delete or truncate on event_log
      for each statement execute function refuse_change();

    -- The events come sorted by topic and partition, in the order in which they happened, one a line: JSON text as we
    -- write it holds no line break, and lines are cheaper to send and to take apart than an array of long texts.
    create function append_events(
      topics text[], partitions int[], event_ids uuid[], keys text[], versions int[], types text[], lines text
    ) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
    declare
      last int := cardinality(topics);
      events text[] := string_to_array(lines, E'\\n');
      positions bigint[] := array[]::bigint[];
      hashes bytea[] := array[]::bytea[];
      head_pos bigint;
      head_hash bytea;
    begin
      if cardinality(events) <> last then
        raise exception '% events on % lines', last, cardinality(events) using errcode = '22023';
      end if;
      for i in 1 .. last loop
        if i = 1 or topics[i] <> topics[i - 1] or partitions[i] <> partitions[i - 1] then
          select pos, hash into head_pos, head_hash from log_head
            where topic = topics[i] and partition = partitions[i] for update;
          if not found then
            raise exception 'this log has no topic % with partition %', topics[i], partitions[i] using errcode = '22023';
          end if;
        end if;
        head_pos := head_pos + 1;
        head_hash := sha256(head_hash || convert_to(events[i], 'UTF8'));
        positions[i] := head_pos;
        hashes[i] := head_hash;
        if i = last or topics[i] <> topics[i + 1] or partitions[i] <> partitions[i + 1] then
          update log_head set pos = head_pos, hash = head_hash where topic = topics[i] and partition = partitions[i];
        end if;
      end loop;
      insert into event_log (topic, partition, pos, event_id, key, version, type, event, hash)
        select * from unnest(topics, partitions, positions, event_ids, keys, versions, types, events, hashes);
    end $$;
    revoke all on function append_events from public;
    grant execute on function append_events to ${running};

    revoke all on event_log, log_head, log_identity from ${running};
    grant select on event_log, log_head, log_identity to ${running};
  `,
};

const consumers: Migration = {
  number: 2,
  name: 'consumers',
  sql: () => `
    -- A position says exactly what a consumer has done: it moves in the transaction of the effect.
    create table checkpoint (
      consumer text not null,
      topic text not null,
      partition int not null,
      pos bigint not null default 0,
      log_id uuid,
      hash bytea not null default decode(repeat('00', 32), 'hex'),
      carrier_offset text,
      moved_at timestamptz not null default now(),
      primary key (consumer, topic, partition)
    ) with (fillfactor = 50);

    create table dead_letter (
      id uuid primary key default gen_random_uuid(),
      consumer text not null,
      topic text not null,
      partition int not null,
      pos bigint not null,
      key text not null,
      type text not null,
      reason text not null check (reason in ('MALFORMED', 'NULL_RECORD', 'TOO_LARGE', 'SCHEMA_INVALID', 'UNSUPPORTED_VERSION',
        'UNKNOWN_ISSUER', 'SIGNATURE_INVALID', 'CANNOT_DECRYPT', 'HANDLER_FAILED', 'HANDLER_KILLED')),
      detail text not null,
      event text not null,
      buried_at timestamptz not null default now(),
      unique (consumer, topic, partition, pos)
    );
    create index dead_letter_key on dead_letter (consumer, topic, key);

    -- Events that wait behind a dead letter of their key, in order.
    create table parked_event (
      consumer text not null,
      topic text not null,
      partition int not null,
      pos bigint not null,
      key text not null,
      event text not null,
      primary key (consumer, topic, partition, pos)
    );
    create index parked_event_key on parked_event (consumer, topic, key);
  `,
};

export const messagingMigrations: readonly Migration[] = [eventLog, consumers, operating, attempts, rebuilding];

/**
 * A head for each partition of a service's topics, a step for each topic: new topics are added at the end.
 * A released topic with another number of partitions is another text of its step, and is refused.
 */
export const logHeadMigrations = (topics: readonly Topic[]): Migration[] =>
  topics.map(({ name, partitions }, index) => ({
    number: index + 1,
    name,
    sql: () => `insert into log_head (topic, partition) select '${name}', generate_series(0, ${partitions - 1})`,
  }));
