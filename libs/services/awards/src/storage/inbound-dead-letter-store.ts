import { column, type Database } from '@mcr/database';
import type { NamelessRecord } from '../domain/record/kafka-event.ts';

/** A record that names nothing to answer to, as it is kept. */
export interface InboundDeadLetter extends NamelessRecord {
  readonly deadLetterId: string;
  readonly institutionCode: string;
  readonly topic: string;
  readonly offset: string;
  /** Of key, headers and value; hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly sealed: Buffer;
  readonly receivedAt: Date;
}

/** Keeps what is not kept yet. */
export async function insertInboundDeadLetters(database: Database, letters: readonly InboundDeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await database.query(
    `insert into inbound_dead_letter (dead_letter_id, institution_code, topic, record_offset, sha256, reason, detail, bytes, sealed, received_at)
     select id, code, topic, record_offset, decode(sha256, 'hex'), reason, detail, bytes, decode(sealed, 'hex'), received_at
     from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::timestamptz[])
       as l (id, code, topic, record_offset, sha256, reason, detail, bytes, sealed, received_at)
     on conflict (topic, record_offset, sha256) do nothing`,
    [
      column(letters, ({ deadLetterId }) => deadLetterId),
      column(letters, ({ institutionCode }) => institutionCode),
      column(letters, ({ topic }) => topic),
      column(letters, ({ offset }) => offset),
      column(letters, ({ sha256 }) => sha256),
      column(letters, ({ reason }) => reason),
      column(letters, ({ detail }) => detail),
      column(letters, ({ bytes }) => bytes),
      column(letters, ({ sealed }) => sealed.toString('hex')),
      column(letters, ({ receivedAt }) => receivedAt),
    ],
  );
}
