import type { Database } from '@mcr/database';

/** A dead letter as its institution may see it: where the record stands on its topic and why it was not read, nothing of what it says. */
export interface DeadLetterAnswer {
  readonly deadLetterId: string;
  readonly institution: string;
  readonly topic: string;
  readonly offset: string;
  readonly reason: string;
  readonly detail: string;
  readonly bytes: number;
  readonly receivedAt: string;
}

export interface Page {
  readonly after?: string;
  readonly limit: number;
}

/** The oldest first, from behind `after`; of one institution, or of all. */
export function inboundDeadLetters(database: Database, institutionCode: string | undefined, { after, limit }: Page): Promise<DeadLetterAnswer[]> {
  return database.query<DeadLetterAnswer>(
    `select dead_letter_id as "deadLetterId", institution_code as institution, topic, record_offset::text as offset, reason, detail, bytes, received_at as "receivedAt"
     from inbound_dead_letter
     where ($1::text is null or institution_code = $1) and ($2::uuid is null or dead_letter_id > $2)
     order by dead_letter_id limit $3`,
    [institutionCode ?? null, after ?? null, limit],
  );
}
