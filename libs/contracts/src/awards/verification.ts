import { Instant, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId } from './award-events.v1.ts';
import { AwardUrn } from './consent-commands.ts';

export const CheckOutcome = z.enum(['PASS', 'FAIL', 'UNKNOWN', 'SKIPPED']);
export const VerificationVerdict = z.enum(['VALID', 'REVOKED', 'SUPERSEDED', 'SUSPENDED', 'EXPIRED', 'INDETERMINATE', 'NOT_VERIFIED']);
export const CredentialStatus = z.enum(['ACTIVE', 'SCHEDULED', 'EXPIRED', 'SUSPENDED', 'SUPERSEDED', 'REVOKED']);

const Named = z.object({ id: z.string(), name: z.string().optional() });

/** The answer to "is this real?", check by check. */
export const VerificationAnswer = z.object({
  verdict: VerificationVerdict,
  checks: z.array(
    z.object({
      id: z.string(),
      outcome: CheckOutcome,
      code: z.string(),
      message: z.string(),
      checkedAt: Instant,
      source: z.string(),
      faults: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string(), hint: z.string().optional() })).optional(),
    }),
  ),
  asOf: Instant,
  effectiveStatus: CredentialStatus.optional(),
  supersededBy: z.string().optional(),
  issuer: Named.optional(),
  microCredential: Named.optional(),
});

const LONGEST_CREDENTIAL = 1024 * 1024;

/** Verifies a credential: JSON text, or a JWT. */
export const VerifyCredential = defineQuery({
  name: 'verifyCredential',
  service: 'awards',
  input: z.strictObject({ credential: z.string().min(1).max(LONGEST_CREDENTIAL), asOf: Instant.optional() }),
  output: VerificationAnswer,
  refusals: [],
});

/** A hundred verifications on a busy machine. To give up and ask again would only have them done twice. */
const VERIFYING_PATIENCE_MS = 30_000;

/** The signed credentials of awards, for whoever may see those; an award of others, or without one, is left out. */
export const CredentialsOfAwards = defineQuery({
  name: 'credentialsOfAwards',
  service: 'awards',
  input: z.strictObject({ awards: z.array(AwardUrn).max(100), verify: z.boolean().default(false) }),
  output: z.array(z.object({ awardId: AwardId, credential: z.string(), verification: VerificationAnswer.optional() })),
  refusals: [],
  patienceMs: VERIFYING_PATIENCE_MS,
});
