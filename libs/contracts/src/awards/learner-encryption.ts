import { CompactEncrypt, importJWK } from 'jose';
import { z } from 'zod';
import type { SubmitAward } from './inbound.v1.ts';

/** On Kafka the learner of a submission is encrypted to the registry with these (RFC 7518, 4.6 and 5.3). Nothing else is opened. */
export const LEARNER_KEY_ALGORITHM = 'ECDH-ES+A256KW';
export const LEARNER_CONTENT_ALGORITHM = 'A256GCM';

/** A public key of the registry to which learners are encrypted. Its `kid` is its thumbprint (RFC 7638). */
export const LearnerEncryptionKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  use: z.literal('enc'),
  alg: z.literal(LEARNER_KEY_ALGORITHM),
});
export type LearnerEncryptionKey = z.infer<typeof LearnerEncryptionKey>;

/** What `GET /awards/encryption-keys` answers: a JWK set. The first key is the one to use. */
export const LearnerEncryptionKeys = z.object({ keys: z.array(LearnerEncryptionKey).min(1) });
export type LearnerEncryptionKeys = z.infer<typeof LearnerEncryptionKeys>;

/** The learner as it stands in `data.learner` of a record on Kafka: a compact JWE that only the registry opens. */
export async function encryptLearner(learner: SubmitAward['learner'], key: LearnerEncryptionKey): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(learner));
  return new CompactEncrypt(text)
    .setProtectedHeader({ alg: LEARNER_KEY_ALGORITHM, enc: LEARNER_CONTENT_ALGORITHM, kid: key.kid })
    .encrypt(await importJWK(key, LEARNER_KEY_ALGORITHM));
}
