import { randomUUID } from 'node:crypto';
import { type GrantConsent, LinkLearner, type PublishedMicroCredential } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { Clock } from '@mcr/runtime';
import { principals } from '@mcr/testing';
import { Intake } from '../intake/intake.ts';
import type { AwardsRegistry, Institution } from './awards-registry.ts';
import { revoked, submitted } from './records.ts';

/** A clock that a test sets. It stands still. */
export class SetClock extends Clock {
  constructor(public time: Date) {
    super();
  }

  override now(): Date {
    return this.time;
  }
}

/** Somebody of a role, with a sign-in of their own. */
export const someone = (role: 'learner' | 'advisor', subject: string, institution?: string): Principal => ({
  ...principals[role],
  subject,
  ...(institution !== undefined && { institution }),
});

/** Awards to a learner who is known by a student number, and says their ids. */
export async function awardTo(
  registry: AwardsRegistry,
  by: Institution,
  studentNumber: string,
  courses: readonly PublishedMicroCredential[],
): Promise<string[]> {
  const learner = { identifiers: [{ type: 'STUDENT_NUMBER' as const, value: studentNumber }] };
  const records = courses.map(({ ctid }) => submitted(by, { microCredentialCtid: ctid, learner, awardedDate: '2026-06-01' }));
  const answers = await registry.get<Intake>(Intake).take(records);
  const rows = await registry.sql<{ id: string }>(
    `select 'urn:uuid:' || award_id as id from submission where submission_id = any ($1) order by array_position($1, submission_id)`,
    [answers.map(({ submissionId }) => submissionId)],
  );
  return rows.map(({ id }) => id);
}

/** Revokes the award that a record made. */
export async function revokeAward(registry: AwardsRegistry, by: Institution, awardId: string): Promise<void> {
  const [row] = await registry.sql<{ id: string }>('select source_award_id as id from source_award where award_id = $1', [awardId.slice('urn:uuid:'.length)]);
  await registry.get<Intake>(Intake).take([revoked(by, { sourceAwardId: row!.id })]);
}

/** A learner with awards whose sign-in is linked. */
export async function aLinkedLearner(registry: AwardsRegistry, by: Institution, courses: readonly PublishedMicroCredential[]) {
  const [studentNumber, subject] = [`S-${randomUUID()}`, `learner-${randomUUID()}`];
  const awards = await awardTo(registry, by, studentNumber, courses);
  const identifier = { type: 'STUDENT_NUMBER' as const, value: studentNumber, institution: by.code };
  await registry.call(LinkLearner, { subject, identifier }, principals.registrar);
  return { learner: someone('learner', subject), awards, studentNumber, identifier };
}

/** A consent to all awards for a week, to an advisor of that subject. */
export const aGrant = (advisor: string, now: Date, changes: Partial<CallerInput<typeof GrantConsent>> = {}): CallerInput<typeof GrantConsent> => ({
  scope: 'ALL',
  audience: { advisor },
  purpose: 'TRANSFER_ADVICE',
  expiresAt: new Date(now.getTime() + 7 * 86_400_000).toISOString(),
  ...changes,
});
