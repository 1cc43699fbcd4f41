import { defineEvent } from '@mcr/event-kit';
import { topics } from '../topics.ts';
import { InstitutionSnapshot } from './institution.ts';

const institutionEvent = (pastTense: string) =>
  defineEvent({
    type: `ca.bc.mcr.institution.${pastTense}.v1`,
    topic: topics.institutions,
    key: ({ ctid }) => ctid,
    data: InstitutionSnapshot,
  });

/** The ministry invited an institution to the registry. */
export const InstitutionInvited = institutionEvent('invited');
/** Its identity was checked; it waits for a second person's approval. */
export const InstitutionVerified = institutionEvent('verified');
/** It may define micro-credentials and publish awards from now on. */
export const InstitutionActivated = institutionEvent('activated');
/** It may neither define nor publish until it is reinstated. */
export const InstitutionSuspended = institutionEvent('suspended');
export const InstitutionReinstated = institutionEvent('reinstated');

/** Each of them carries the whole public state, so a consumer may treat all alike. */
export const institutionEvents = [InstitutionInvited, InstitutionVerified, InstitutionActivated, InstitutionSuspended, InstitutionReinstated] as const;
