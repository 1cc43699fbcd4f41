import type { Database } from '@mcr/database';
import type { Fault } from '@mcr/event-kit';

export interface SubmissionAnswer {
  readonly submissionId: string;
  readonly eventId: string;
  readonly sourceAwardId?: string;
  readonly state: 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';
  readonly awardId?: string;
  readonly errors?: readonly Fault[];
  readonly warnings?: readonly Fault[];
}

/** A submission as its institution may see it; undefined when there is none of that id, or it is another institution's. */
export async function submissionById(database: Database, submissionId: string, institutionCode: string | undefined): Promise<SubmissionAnswer | undefined> {
  const [row] = await database.query<{ answer: SubmissionAnswer }>(
    `select json_strip_nulls(json_build_object('submissionId', submission_id, 'eventId', event_id, 'sourceAwardId', source_award_id, 'state', state,
       'awardId', 'urn:uuid:' || award_id, 'errors', errors, 'warnings', warnings)) as answer
     from submission where submission_id = $1 and ($2::text is null or institution_code = $2)`,
    [submissionId, institutionCode ?? null],
  );
  return row?.answer;
}
