import type { PublishAgreement } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { newCtid } from '@mcr/event-kit';

type Agreement = CallerInput<typeof PublishAgreement>;

/** What `publishAgreement` takes: three assigned credits for one micro-credential, without an end. */
export const anAgreement = (changes: Partial<Agreement> = {}): Agreement => ({
  ctid: newCtid(),
  sender: 'BCIT',
  receiver: 'UBC',
  kind: 'ASSIGNED',
  from: [{ microCredential: newCtid() }],
  grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
  startDate: '2026-01-01',
  ...changes,
});
