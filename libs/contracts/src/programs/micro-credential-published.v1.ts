import { defineEvent } from '@mcr/event-kit';
import { topics } from '../topics.ts';
import { PublishedMicroCredential } from './micro-credential.ts';

/** A version of a micro-credential can be awarded from now on. Carries the full public snapshot. */
export const MicroCredentialPublished = defineEvent({
  type: 'ca.bc.mcr.microCredential.published.v1',
  topic: topics.programs,
  key: ({ ctid }) => ctid,
  data: PublishedMicroCredential,
});
