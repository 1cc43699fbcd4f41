import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject } from './credential.ts';

/**
 * The SHA-256 by which the registry knows a credential again, in hexadecimal: of the canonical JSON (RFC 8785) of the
 * whole secured document, or of the text of a JWT.
 */
export function credentialHash(secured: JsonObject | string): string {
  return createHash('sha256')
    .update(typeof secured === 'string' ? secured : canonicalize(secured)!)
    .digest('hex');
}
