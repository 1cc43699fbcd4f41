import { defineEvent } from '@mcr/event-kit';
import { topics } from '../topics.ts';
import { ConsentSnapshot } from './consent.ts';

const consentEvent = (pastTense: string) =>
  defineEvent({ type: `ca.bc.mcr.consent.${pastTense}.v1`, topic: topics.awards, key: ({ consentId }) => consentId, data: ConsentSnapshot });

/** A learner let advisors ask about awards. That the consent expires later is no event. */
export const ConsentGranted = consentEvent('granted');
/** Nobody may ask by it any more, and never will again. */
export const ConsentWithdrawn = consentEvent('withdrawn');
