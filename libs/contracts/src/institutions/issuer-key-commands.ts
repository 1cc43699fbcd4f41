import { InstitutionCode, Instant, defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { IssuerKeyHolder, IssuerKeyStatus, PublicKeyMultibase } from './issuer-key.ts';

const service = 'institutions';
const OfKey = z.strictObject({ institution: InstitutionCode, publicKeyMultibase: PublicKeyMultibase });
const IssuerKey = z.object({
  institutionCode: InstitutionCode,
  kid: z.string(),
  publicKeyMultibase: z.string(),
  heldBy: IssuerKeyHolder,
  status: IssuerKeyStatus,
});

/** Names a key that the institution wants to sign with. The answer holds the challenge to sign; it is good for an hour. The same again asks anew. */
export const ProposeIssuerKey = defineCommand({
  name: 'proposeIssuerKey',
  service,
  input: OfKey,
  output: IssuerKey.extend({ challenge: z.string(), challengeExpiresAt: Instant }),
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'ISSUER_KEY_TAKEN'],
});

/** Proves that the institution has the private key: `signature` is that of the challenge's UTF-8 bytes, as multibase in base 58. */
export const ActivateIssuerKey = defineCommand({
  name: 'activateIssuerKey',
  service,
  input: OfKey.extend({ signature: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{60,90}$/, { error: 'Expected 64 bytes as multibase: "z" and base 58.' }) }),
  output: IssuerKey,
  refusals: ['INSTITUTION_NOT_FOUND', 'ISSUER_KEY_NOT_FOUND', 'ILLEGAL_STATE', 'PROOF_OF_POSSESSION_INVALID', 'ISSUER_KEY_TAKEN'],
});

/** Ends signing with a key. What it signed stays good. */
export const RetireIssuerKey = defineCommand({
  name: 'retireIssuerKey',
  service,
  input: OfKey,
  output: IssuerKey,
  refusals: ['INSTITUTION_NOT_FOUND', 'ISSUER_KEY_NOT_FOUND', 'ILLEGAL_STATE'],
});

/** Says since when somebody else may have had the private key; now, unless said. What the registry received before then stays good. */
export const ReportIssuerKeyCompromised = defineCommand({
  name: 'reportIssuerKeyCompromised',
  service,
  input: OfKey.extend({ compromisedAt: Instant.optional() }),
  output: IssuerKey,
  refusals: ['INSTITUTION_NOT_FOUND', 'ISSUER_KEY_NOT_FOUND', 'ILLEGAL_STATE'],
});

/** Lets the registry sign for the institution, with a key that the registry makes and keeps. Where it has one that is active, nothing changes. */
export const DelegateSigning = defineCommand({
  name: 'delegateSigning',
  service,
  input: z.strictObject({ institution: InstitutionCode }),
  output: IssuerKey,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE'],
});

/** How much can be asked to be signed at once, and how long each may be. */
export const MAX_SIGNATURES = 500;
const MAX_PAYLOAD_CHARACTERS = 200_000;

/**
 * Signatures (Ed25519) by keys that the registry holds, for the service that issues credentials and nobody else. What is asked for with a key that
 * is not active, or not held here, is answered null.
 */
export const SignForInstitutions = defineQuery({
  name: 'signForInstitutions',
  service,
  input: z.strictObject({
    payloads: z
      .array(
        z.strictObject({
          kid: z.string().max(500),
          payload: z
            .string()
            .min(1)
            .max(MAX_PAYLOAD_CHARACTERS)
            .regex(/^[A-Za-z0-9_-]+$/),
        }),
      )
      .max(MAX_SIGNATURES),
  }),
  output: z.object({ signatures: z.array(z.string().nullable()) }),
  refusals: [],
});
