import { CompactEncrypt, importJWK } from 'jose';
import { z } from 'zod';
import type { SubmitAward } from './inbound.v1.ts';

/** On Kafka whatever of a submission is personal is encrypted to the registry with these (RFC 7518, 4.6 and 5.3). Nothing else is opened. */
export const LEARNER_KEY_ALGORITHM = 'ECDH-ES+A256KW';
export const LEARNER_CONTENT_ALGORITHM = 'A256GCM';

/** A public key of the registry to which learners, and what is theirs, are encrypted. Its `kid` is its thumbprint (RFC 7638). */
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

/** What of a submission is about a person. On Kafka each of these members, where it is there, is a compact JWE that only the registry opens. */
export const PERSONAL_MEMBERS = ['learner', 'result', 'evidence', 'signedCredential'] as const;
export type PersonalMember = (typeof PERSONAL_MEMBERS)[number];

async function encrypt(value: unknown, key: LearnerEncryptionKey): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: LEARNER_KEY_ALGORITHM, enc: LEARNER_CONTENT_ALGORITHM, kid: key.kid })
    .encrypt(await importJWK(key, LEARNER_KEY_ALGORITHM));
}

/** The learner as it stands in `data.learner` of a record on Kafka. */
export const encryptLearner = (learner: SubmitAward['learner'], key: LearnerEncryptionKey): Promise<string> => encrypt(learner, key);

/** The data of a record as it stands on Kafka. Whatever stands in a personal member is encrypted, also what does not belong there: the registry says so then. */
export async function encryptPersonal<Data extends object>(
  data: Data,
  key: LearnerEncryptionKey,
): Promise<Omit<Data, PersonalMember> & Partial<Record<PersonalMember, string>>> {
  const present = PERSONAL_MEMBERS.filter((member) => (data as Record<string, unknown>)[member] !== undefined);
  const sealed = await Promise.all(present.map(async (member) => [member, await encrypt((data as Record<string, unknown>)[member], key)] as const));
  return { ...data, ...Object.fromEntries(sealed) } as Omit<Data, PersonalMember> & Partial<Record<PersonalMember, string>>;
}
