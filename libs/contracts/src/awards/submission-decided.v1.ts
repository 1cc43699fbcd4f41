import { InstitutionCode, Uuid, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { AwardId } from './award-events.v1.ts';

export const SubmissionState = z.enum(['PENDING', 'ACCEPTED', 'REJECTED', 'DUPLICATE']);

/** A fault or a warning about one record; never repeats a value of it. */
export const RecordFault = z.object({ pointer: z.string(), code: z.string(), message: z.string(), hint: z.string().optional() });

/** A record has its one outcome. Of no aggregate but itself: version 1, once. */
export const SubmissionDecided = defineEvent({
  type: 'ca.bc.mcr.submission.decided.v1',
  topic: topics.submissions,
  key: ({ submissionId }) => submissionId,
  data: z.object({
    submissionId: Uuid,
    institutionCode: InstitutionCode,
    eventId: z.string(),
    sourceAwardId: z.string().optional(),
    state: SubmissionState.exclude(['PENDING']),
    awardId: AwardId.optional(),
    errors: z.array(RecordFault).optional(),
    warnings: z.array(RecordFault).optional(),
  }),
});
