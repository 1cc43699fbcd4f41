import { createPublicKey } from 'node:crypto';
import { StorableText } from '@mcr/event-kit';
import { z } from 'zod';

/** The name under which an institution's system signs in. */
export const ClientId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{2,63}$/, { error: 'Expected 3 to 64 of a-z, 0-9, ".", "_", "-", beginning with a letter or digit.' });

/** 32 bytes: a coordinate of either curve. The last of the 43 characters carries four bits only. */
const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, { abort: true, error: 'Expected 32 bytes as base64url.' });

const ofAnyKey = { kid: StorableText.min(1).max(128).optional(), use: z.literal('sig').optional() };
const Ed25519 = z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Coordinate, alg: z.enum(['EdDSA', 'Ed25519']).optional(), ...ofAnyKey });
const P256 = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate, alg: z.literal('ES256').optional(), ...ofAnyKey });

const isKey = (jwk: z.infer<typeof Ed25519> | z.infer<typeof P256>): boolean => {
  try {
    createPublicKey({ format: 'jwk', key: { ...jwk } });
    return true;
  } catch {
    return false;
  }
};

/** A public key as JWK: Ed25519, or P-256 on the curve. A private member (`d`) is refused, so that no secret ever enters. */
export const PublicJwk = z.discriminatedUnion('kty', [Ed25519, P256]).refine(isKey, { error: 'Expected a key: this is no point of its curve.' });
export type PublicJwk = z.infer<typeof PublicJwk>;

/** The same, as consumers read it from an event: checked when it was registered. */
export const RegisteredJwk = z.discriminatedUnion('kty', [Ed25519.strip(), P256.strip()]);
