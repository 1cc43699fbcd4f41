import { randomUUID } from 'node:crypto';
import { REVOKE_AWARD, SUBMIT_AWARD } from '@mcr/contracts';
import type { RevokeAward, SubmitAward } from '@mcr/contracts';
import { aRevocation, aSubmission } from '@mcr/testing';
import type { SentRecord } from '../intake/arrival.ts';
import type { Institution } from './awards-registry.ts';

/** A submission as it reaches the intake, under an event id of its own. */
export const submitted = ({ code }: Pick<Institution, 'code'>, data: Partial<SubmitAward>, eventId: string = randomUUID()): SentRecord => ({
  institutionCode: code,
  eventId,
  type: SUBMIT_AWARD,
  data: aSubmission(data),
});

export const revoked = (
  { code }: Pick<Institution, 'code'>,
  data: Partial<RevokeAward> & { sourceAwardId: string },
  eventId: string = randomUUID(),
): SentRecord => ({
  institutionCode: code,
  eventId,
  type: REVOKE_AWARD,
  data: aRevocation(data.sourceAwardId, data),
});
