import { Instant, InstitutionCode, Uuid, defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId } from './award-events.v1.ts';
import { Consent, ConsentPurpose, ConsentScope, ConsentUse } from './consent.ts';
import { SignInSubject } from './learner-commands.ts';

const service = 'awards';

/** An award as a caller names it. */
export const AwardUrn = z
  .string()
  .regex(/^urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, { error: 'Expected "urn:uuid:" and a UUID.' })
  .toLowerCase();

const Audience = z
  .strictObject({
    /** The advisor's sign-in subject. */
    advisor: SignInSubject.optional(),
    /** The code of an institution, for all its advisors. */
    institution: InstitutionCode.optional(),
  })
  .refine(({ advisor, institution }) => (advisor === undefined) !== (institution === undefined), { error: 'Name either an advisor or an institution.' });

/** A learner lets advisors ask about awards, for a year at most. */
export const GrantConsent = defineCommand({
  name: 'grantConsent',
  service,
  input: z
    .strictObject({
      scope: ConsentScope,
      awards: z.array(AwardUrn).min(1).max(500).optional(),
      audience: Audience,
      purpose: ConsentPurpose,
      expiresAt: Instant,
    })
    .refine(({ scope, awards }) => (scope === 'LISTED') === (awards !== undefined), {
      path: ['awards'],
      error: 'Awards are named with the scope LISTED, and with no other.',
    }),
  output: Consent,
  refusals: ['LEARNER_NOT_LINKED', 'AWARD_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'TOO_MANY_CONSENTS'],
});

/** Ends a consent at once and for good. To end one that has ended changes nothing. */
export const WithdrawConsent = defineCommand({
  name: 'withdrawConsent',
  service,
  input: z.strictObject({ consent: Uuid }),
  output: Consent,
  refusals: ['LEARNER_NOT_LINKED', 'CONSENT_NOT_FOUND'],
});

/** The consents of the learner who asks, those that hold first, with their latest uses. */
export const MyConsents = defineQuery({
  name: 'myConsents',
  service,
  input: z.strictObject({}),
  output: z.array(Consent.extend({ uses: z.array(ConsentUse), useCount: z.int().nonnegative() })),
  refusals: ['LEARNER_NOT_LINKED'],
});

/**
 * An advisor's question by a consent, asked by the service that answers it, with the advisor's own token. The use is written down for the
 * learner in the same transaction. Whatever is wrong with the consent, the refusal is the same.
 */
export const UseConsent = defineCommand({
  name: 'useConsent',
  service,
  input: z.strictObject({ consent: Uuid, question: z.string().regex(/^[a-z][A-Za-z]{0,59}$/) }),
  output: z.object({
    learnerRef: Uuid,
    /** Absent: all awards. */
    awards: z.array(AwardId).optional(),
  }),
  refusals: ['CONSENT_NOT_USABLE'],
});
