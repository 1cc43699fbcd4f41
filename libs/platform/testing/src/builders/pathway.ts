import type { PublishPathway } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { english, newCtid } from '@mcr/event-kit';

type Pathway = CallerInput<typeof PublishPathway>;

/** What `publishPathway` takes: a certificate for one course, without an end. */
export const aPathway = (changes: Partial<Pathway> = {}): Pathway => ({
  ctid: newCtid(),
  ownedBy: 'UBC',
  name: english('Certificate in Data Support'),
  kind: 'LADDER',
  destinationType: 'CERTIFICATE',
  startDate: '2026-01-01',
  requirement: { node: 'COURSE', id: 'statistics', course: 'STAT 200' },
  ...changes,
});
