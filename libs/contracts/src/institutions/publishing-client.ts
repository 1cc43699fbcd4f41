import { z } from 'zod';

/** The name under which an institution's system signs in. */
export const ClientId = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,63}$/, { error: 'Expected 3 to 64 of a-z, 0-9, ".", "_", "-", beginning with a letter or digit.' });

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, { error: 'Expected base64url.' });

/** A public key as JWK: Ed25519, or P-256. A private member (`d`) is refused, so that no secret ever enters. */
export const PublicJwk = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Base64Url, kid: z.string().optional(), alg: z.string().optional(), use: z.literal('sig').optional() }),
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Base64Url, y: Base64Url, kid: z.string().optional(), alg: z.string().optional(), use: z.literal('sig').optional() }),
]);
export type PublicJwk = z.infer<typeof PublicJwk>;
